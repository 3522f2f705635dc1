"""Addresses of the head's pages, under /desk/direct/."""

from django.urls import path

from doithoai.home import desk

urlpatterns = [
    path("", desk.direct, name="direct"),
    path("print", desk.direct_print, name="direct_print"),
    path("handover/", desk.handovers, name="handovers"),
    path("handover/<uuid:post>/", desk.handover, name="handover"),
    path("<slug:name>/", desk.direct_section, name="direct_section"),
]
