"""Addresses of officials' pages on cases, and of the door for machines."""

from django.urls import path

from doithoai.cases import api, desk, desk_papers, desk_views, petition_desk, sealed_desk

desk_patterns = [
    path("sealed-intake", sealed_desk.take_down, name="sealed_intake"),
    path("messages/", desk.messages_in, name="messages_in"),
    path("messages/<uuid:message>/looked", desk.message_looked, name="message_looked"),
    path("messages/notices/<uuid:notice>/again", desk.notice_again, name="notice_again"),
    path("petitions/", petition_desk.register, name="petitions"),
    path("petitions/register.xlsx", petition_desk.excel, name="petitions_excel"),
    path("petitions/new", petition_desk.new, name="petition_new"),
    path("petitions/passed-on", petition_desk.passed_on, name="passed_on"),
    path("petitions/passed-on/<uuid:pk>", petition_desk.citizen_told, name="passed_on_told"),
    path("cases/", desk.cases, name="cases"),
    path("cases/new", desk.receive, name="receive"),
    path("cases/views/", desk_views.views, name="case_views"),
    path("cases/views/<uuid:view>/drop", desk_views.drop, name="case_view_drop"),
    path("cases/together/<slug:name>", desk.together, name="cases_together"),
    path("cases/<str:code>/", desk.case, name="case"),
    path("cases/<str:code>/files/<uuid:file>", desk.file, name="case_file"),
    path("cases/<str:code>/papers/", desk_papers.papers, name="case_papers"),
    path("cases/<str:code>/papers/new/<slug:form>", desk_papers.draft, name="case_draft"),
    path(
        "cases/<str:code>/papers/new/<slug:form>/signed",
        desk_papers.sealed_signed,
        name="case_sealed_signed",
    ),
    path("cases/<str:code>/papers/<uuid:paper>", desk.paper, name="case_paper"),
    path("cases/<str:code>/papers/<uuid:paper>/pdf", desk_papers.paper_pdf, name="case_paper_pdf"),
    path(
        "cases/<str:code>/papers/<uuid:paper>/signed",
        desk_papers.paper_signed,
        name="case_paper_signed",
    ),
    path("cases/<str:code>/<slug:name>", desk.act, name="case_act"),
]

api_patterns = [path("sms/", api.sms, name="sms")]
