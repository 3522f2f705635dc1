"""Addresses of the citizens' pages of dialogues."""

from django.urls import path

from doithoai.dialogues import portal

urlpatterns = [
    path("dialogues/", portal.dialogues, name="dialogues"),
    path("dialogues/<slug:code>/", portal.dialogue_public, name="dialogue_public"),
    path("dialogues/<slug:code>/poster", portal.dialogue_poster, name="dialogue_poster"),
    path("dialogues/<slug:code>/question", portal.dialogue_question, name="dialogue_question"),
    path(
        "dialogues/<slug:code>/minutes",
        portal.dialogue_minutes_public,
        name="dialogue_minutes_public",
    ),
    path(
        "dialogues/<slug:code>/conclusion", portal.dialogue_conclusion, name="dialogue_conclusion"
    ),
]
