"""Addresses of accounts: the post somebody acts in."""

from django.urls import path

from doithoai.accounts import portal

desk_patterns = [path("posts/", portal.posts, name="posts")]
