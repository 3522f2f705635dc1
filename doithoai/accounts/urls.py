"""Addresses of accounts: the post somebody acts in; people and posts for administrators."""

from django.urls import path

from doithoai.accounts import desk, portal

desk_patterns = [
    path("posts/", portal.posts, name="posts"),
    path("people/", desk.people, name="people"),
    path("people/new", desk.new_person, name="new_person"),
    path("people/<uuid:user>", desk.person, name="person"),
    path("people/<uuid:user>/link", desk.person_link, name="person_link"),
    path("people/<uuid:user>/access", desk.person_access, name="person_access"),
    path("people/bodies/<uuid:body>", desk.body_posts, name="body_posts"),
    path("people/posts/<uuid:post>", desk.post_page, name="post_page"),
    path("people/posts/<uuid:post>/roles", desk.post_roles, name="post_roles"),
    path("people/seats/<uuid:holding>/substitute", desk.substitute, name="substitute"),
    path("people/seats/<uuid:holding>/leave", desk.leave_post, name="leave_post"),
]
