"""Addresses of officials' pages on any matter."""

from django.urls import path

from doithoai.docket import desk, sealed_desk

desk_patterns = [
    path("", desk.inbox, name="inbox"),
    path("why/<uuid:obligation>", desk.why, name="why"),
    path("search", desk.search, name="search"),
    path("rules", desk.rules, name="rules"),
    path("sealed/", sealed_desk.register, name="sealed"),
    path("sealed/opened", sealed_desk.unsealings, name="unsealings"),
    path("sealed/<str:code>", sealed_desk.sealed_matter, name="sealed_matter"),
    path("sealed/<str:code>/open", sealed_desk.unseal, name="unseal"),
    path("sealed/<str:code>/write", sealed_desk.write, name="sealed_write"),
    path("sealed/<str:code>/near", sealed_desk.declare, name="sealed_near"),
    path("sealed/<str:code>/file/<int:turn>", sealed_desk.file, name="sealed_file"),
]
