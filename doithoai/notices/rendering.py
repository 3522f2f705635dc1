"""A notice's words. Templates lie in the app that tells: ``<template>[.<form>][.<language>].txt``.

The first line is the subject of a mail; what follows is the text, and all a telephone gets.
``form`` is sms, zalo, call, posting or loudspeaker, where the words differ from the mail's.
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.template import Context, Engine, Template
from django.template.exceptions import TemplateDoesNotExist
from django.utils import translation

from doithoai.notices.models import Outbox

_BLANK_LINES = re.compile(r"\n{3,}")
# What is posted or read aloud must name nobody, so only words written for that are used there.
_PUBLIC = {"posting", "loudspeaker"}
_IMPERSONAL = "notices/notices/in_public"


@dataclass(frozen=True)
class Words:
    """What is sent: a subject of one line, and the text."""

    subject: str
    text: str


def words(row: Outbox, *, form: str = "", extra: dict[str, str] | None = None) -> Words:
    """The notice in its own language. Raises TemplateDoesNotExist when nobody wrote it."""
    with translation.override(row.language):
        template = _template(row.template, form or row.channel, row.language)
        known = {"sms_replies": bool(settings.SMS_KEY)}  # whether an answer by message is heard
        context = Context({**known, **row.context, **(extra or {})}, autoescape=False)
        rendered = template.render(context)
    subject, _newline, text = rendered.strip().partition("\n")
    return Words(subject.strip(), _BLANK_LINES.sub("\n\n", text).strip())


def _template(name: str, form: str, language: str) -> Template:
    wanted = [f"{name}.{form}.{language}.txt", f"{name}.{form}.txt"]
    other = _IMPERSONAL if form in _PUBLIC else name
    return _first([*wanted, f"{other}.{language}.txt", f"{other}.txt"])


def _first(names: list[str]) -> Template:
    engine = Engine.get_default()
    for name in names:
        try:
            return engine.get_template(name)
        except TemplateDoesNotExist:
            continue
    raise TemplateDoesNotExist(", ".join(names))
