"""Addresses of the pages on duties of heads."""

from django.urls import path

from doithoai.duties import desk, portal

desk_patterns = [
    path("", desk.duties, name="duties"),
    path("print", desk.duties_print, name="duties_print"),
    path("excel", desk.duties_excel, name="duties_excel"),
    path("publish/<uuid:body>", desk.disclose, name="duties_disclose"),
    path("withdraw/<uuid:body>", desk.withdraw, name="duties_withdraw"),
    path("<str:code>", desk.duty, name="duty"),
    path("<str:code>/note", desk.note, name="duty_note"),
    path("<str:code>/excuse", desk.excuse, name="duty_excuse"),
]
portal_patterns = [
    path("fulfilment/", portal.fulfilments, name="fulfilments"),
    path("fulfilment/<uuid:body>/", portal.fulfilment, name="fulfilment"),
    path("fulfilment/<uuid:body>/decision", portal.decision, name="fulfilment_decision"),
]
