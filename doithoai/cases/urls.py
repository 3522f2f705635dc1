"""Addresses of officials' pages on cases, and of the door for machines."""

from django.urls import path

from doithoai.cases import api, desk

desk_patterns = [
    path("messages/", desk.messages_in, name="messages_in"),
    path("messages/<uuid:message>/looked", desk.message_looked, name="message_looked"),
    path("messages/notices/<uuid:notice>/again", desk.notice_again, name="notice_again"),
    path("cases/", desk.cases, name="cases"),
    path("cases/new", desk.receive, name="receive"),
    path("cases/together/<slug:name>", desk.together, name="cases_together"),
    path("cases/<str:code>/", desk.case, name="case"),
    path("cases/<str:code>/files/<uuid:file>", desk.file, name="case_file"),
    path("cases/<str:code>/papers/<uuid:paper>", desk.paper, name="case_paper"),
    path("cases/<str:code>/<slug:name>", desk.act, name="case_act"),
]

api_patterns = [path("sms/", api.sms, name="sms")]
