"""Addresses of officials' pages on cases."""

from django.urls import path

from doithoai.cases import desk

desk_patterns = [
    path("cases/", desk.cases, name="cases"),
    path("cases/new", desk.receive, name="receive"),
    path("cases/together/<slug:name>", desk.together, name="cases_together"),
    path("cases/<str:code>/", desk.case, name="case"),
    path("cases/<str:code>/files/<uuid:file>", desk.file, name="case_file"),
    path("cases/<str:code>/<slug:name>", desk.act, name="case_act"),
]
