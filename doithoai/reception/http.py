"""A form sent twice is done once: each is known by the id drawn for its page."""

from typing import Final
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

FORMS: Final = "sent_once"  # in the session: the forms done last, by their ids
KEPT: Final = 20  # of them: nobody has more pages open at a time
LONGEST: Final = 64  # characters of an id


def drawn(request: HttpRequest) -> str:
    """The id of the form on this page: what was sent back to be mended keeps its own."""
    return _id(request) or uuid4().hex


def sent_forms(request: HttpRequest) -> list[str]:
    """The ids of the forms that were done."""
    found: list[str] = request.session.get(FORMS, [])
    return found


def sent_before(request: HttpRequest) -> bool:
    """Whether this very form was done already; whoever sent it is told so."""
    done = bool(_id(request)) and _id(request) in sent_forms(request)
    if done:
        messages.info(request, _("This form was sent twice: it was done once."))
    return done


def done_once(request: HttpRequest) -> str:
    """This form was done; sent again it does nothing. Gives back its id."""
    once = drawn(request)
    request.session[FORMS] = [*sent_forms(request), once][-KEPT:]
    return once


def _id(request: HttpRequest) -> str:
    return request.POST.get("once", "")[:LONGEST]
