"""What a form may say: one vocabulary of placeholders for every form, filled from the record."""

from dataclasses import dataclass, fields
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts of one paper, each as people read it; what is not known is empty and stays a
    gap on paper. ``papers`` and ``parts`` hold one item a line.
    """

    person_name: str = ""
    person_address: str = ""
    person_identity: str = ""
    people: str = ""
    code: str = ""
    petition_kind: str = ""
    petition_number: str = ""
    petition_date: str = ""
    received_on: str = ""
    content: str = ""
    respondent: str = ""
    ground: str = ""
    article: str = ""
    explanation: str = ""
    reason: str = ""
    next_step: str = ""
    above_body: str = ""
    to_body: str = ""
    contact: str = ""
    due_on: str = ""
    accepted_on: str = ""
    earlier_number: str = ""
    earlier_date: str = ""
    papers: str = ""
    parts: str = ""
    appointment_at: str = ""
    appointment_place: str = ""
    visit_number: str = ""
    visit_at: str = ""
    venue: str = ""
    received_by: str = ""
    present: str = ""
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class Head:
    """Who makes the paper: what stands above and below its text in every layout."""

    issuer: str
    year: int
    layout: str
    parent_issuer: str = ""
    place: str = "..."
    signer_title: str = "..."
    signer_name: str = ""


# Of the layouts; filled from the head and the form itself.
FRAME: Final = frozenset(
    {
        "title", "subject", "issuer", "issuer_name", "parent_issuer", "symbol", "place", "year",
        "addressee", "recipients", "signer_title", "signer_name",
    }
)  # fmt: skip
PLACEHOLDERS: Final = FRAME | {field.name for field in fields(Facts)}

LABELS: Final[dict[str, str | Promise]] = {
    "title": _("kind of paper"),
    "subject": _("what the paper is about"),
    "issuer": _("the body that makes the paper, in capitals"),
    "issuer_name": _("the body that makes the paper"),
    "parent_issuer": _("the body above it"),
    "symbol": _("what follows the clerk's number"),
    "place": _("place of signature"),
    "year": _("year of signature"),
    "addressee": _("to whom"),
    "recipients": _("who receives it, one a line"),
    "signer_title": _("on whose behalf and in which post the head signs"),
    "signer_name": _("name of the head"),
    "person_name": _("the person who came or wrote"),
    "person_address": _("their address"),
    "person_identity": _("their identity papers"),
    "people": _("how many people"),
    "code": _("code of the item"),
    "petition_kind": _("kind of petition"),
    "petition_number": _("number in the register of petitions"),
    "petition_date": _("date of the petition"),
    "received_on": _("day of receipt"),
    "content": _("what it is about"),
    "respondent": _("who is complained of or denounced"),
    "ground": _("ground of the decision"),
    "article": _("article that gives the ground"),
    "explanation": _("what the officer adds"),
    "reason": _("the words of the decision, as the person was told"),
    "next_step": _("what the person can do next"),
    "above_body": _("the body above the one that decided"),
    "to_body": _("the competent body"),
    "contact": _("whom to ask"),
    "due_on": _("last day of the time limit"),
    "accepted_on": _("day of acceptance"),
    "earlier_number": _("number of the earlier letter"),
    "earlier_date": _("date of the earlier letter"),
    "papers": _("documents handed over, one a line"),
    "parts": _("the several contents, one a line"),
    "appointment_at": _("day and hour of the appointment"),
    "appointment_place": _("place of the appointment"),
    "visit_number": _("number in the register of reception"),
    "visit_at": _("day of the visit"),
    "venue": _("place of reception"),
    "received_by": _("who received"),
    "present": _("who else took part"),
    "answer": _("what was answered or concluded"),
}
