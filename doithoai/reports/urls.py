"""Addresses of reports, under /desk/reports/."""

from django.urls import path

from doithoai.reports import desk

urlpatterns = [
    path("", desk.reports, name="reports"),
    path("methods", desk.report_methods, name="report_methods"),
    path("head/", desk.head_report, name="head_report"),
    path("head/print", desk.head_report_print, name="head_report_print"),
    path("head/excel", desk.head_report_excel, name="head_report_excel"),
    path("head/word", desk.head_report_word, name="head_report_word"),
    path("head/rows/<slug:key>", desk.head_report_rows, name="head_report_rows"),
    path("dialogues/<str:code>/", desk.dialogue_report, name="dialogue_report"),
    path("dialogues/<str:code>/print", desk.dialogue_report_print, name="dialogue_report_print"),
    path("dialogues/<str:code>/said", desk.dialogue_report_said, name="dialogue_report_said"),
    path("dialogues/<str:code>/excel", desk.dialogue_report_excel, name="dialogue_report_excel"),
    path("dialogues/<str:code>/word", desk.dialogue_report_word, name="dialogue_report_word"),
]
