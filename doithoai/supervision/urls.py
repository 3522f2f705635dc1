"""Addresses of supervisors' pages, under /desk/supervision/."""

from django.urls import path

from doithoai.supervision import desk

urlpatterns = [
    path("", desk.late, name="late"),
    path("print", desk.late_print, name="late_print"),
    path("excel", desk.late_excel, name="late_excel"),
    path("urge", desk.urge, name="late_urge"),
    path("villages/", desk.villages, name="villages"),
    path("villages/<str:key>/", desk.village, name="village_sheet"),
    path("villages/<str:key>/print", desk.village_print, name="village_sheet_print"),
    path("words/", desk.words, name="words"),
]
