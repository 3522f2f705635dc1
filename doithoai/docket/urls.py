"""Addresses of officials' pages on any matter."""

from django.urls import path

from doithoai.docket import desk

desk_patterns = [
    path("", desk.inbox, name="inbox"),
    path("why/<uuid:obligation>", desk.why, name="why"),
    path("search", desk.search, name="search"),
    path("rules", desk.rules, name="rules"),
]
