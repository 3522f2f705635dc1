"""Addresses of officials' pages on forms and texts."""

from django.urls import path

from doithoai.files import desk

desk_patterns = [
    path("forms/", desk.forms, name="forms"),
    path("forms/<slug:code>/<slug:layout>", desk.form, name="form"),
    path("forms/<slug:code>/<slug:layout>/use", desk.choose, name="form_use"),
    path("forms/<slug:code>/<slug:layout>/<int:version>.docx", desk.template, name="form_template"),
    path("texts/", desk.paragraphs, name="paragraphs"),
    path("texts/new", desk.new_paragraph, name="new_paragraph"),
    path("texts/<uuid:series>", desk.paragraph, name="paragraph"),
    path("texts/<uuid:series>/withdraw", desk.withdraw_paragraph, name="withdraw_paragraph"),
]
