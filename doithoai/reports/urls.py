"""Addresses of reports, under /desk/reports/."""

from django.urls import path

from doithoai.reports import desk

urlpatterns = [
    path("", desk.reports, name="reports"),
    path("methods", desk.report_methods, name="report_methods"),
    path("dialogues/<str:code>/", desk.dialogue_report, name="dialogue_report"),
    path("dialogues/<str:code>/print", desk.dialogue_report_print, name="dialogue_report_print"),
    path("dialogues/<str:code>/said", desk.dialogue_report_said, name="dialogue_report_said"),
    path("dialogues/<str:code>/excel", desk.dialogue_report_excel, name="dialogue_report_excel"),
    path("dialogues/<str:code>/word", desk.dialogue_report_word, name="dialogue_report_word"),
]
