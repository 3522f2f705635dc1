"""Registering a petition: numbered in the body's register, whoever brought it and whichever way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases import petition_rules, policies, secrecy
from doithoai.cases.commands.intake import Statement, Taken, submit
from doithoai.cases.commands.petitions import sorting, threads
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.sealing import SEALED
from doithoai.cases.models import Channel, Occasion, Petition
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.codes import next_in_register
from doithoai.files import commands as files
from doithoai.files.models import Purpose
from doithoai.units.models import Body

if TYPE_CHECKING:
    Uploads = Sequence[UploadedFile[bytes]]

REGISTER: Final = "petitions"
_CHANNEL: Final = {
    "in_person": Channel.COUNTER,
    "post": Channel.LETTER,
    "box": Channel.LETTER,
    "web": Channel.WEB,
    "telephone": Channel.TELEPHONE,
    "transferred": Channel.LETTER,
    "reception": Channel.COUNTER,
}
_OCCASION: Final = {
    "web": Occasion.WEB,
    "telephone": Occasion.TELEPHONE,
    "reception": Occasion.RECEPTION,
}


@dataclass(frozen=True)
class Arrival:
    """How a petition came in, who passed it on, and what it is like as a paper.

    ``begun_place``, ``begun_with``: the unit and the body where it was begun, which have ended.
    ``not_secret``: a person has looked at a mark in the text and says it is no state secret.
    ``nature``: what it is, where that is known at once: what is to be sealed gets its number in the
    settling body's own register.
    ``kept_on_paper``: the number of a paper that may not be kept here; nothing of it is.
    """

    arrived_on: date
    arrived_by: str = "in_person"
    forwarder: str = "none"
    forwarding_body: UUID | None = None
    forwarder_name: str = ""
    letter_number: str = ""
    letter_on: date | None = None
    begun_place: UUID | None = None
    begun_with: str = ""
    written: bool = True
    signed: bool = True
    dated_on: date | None = None
    signatories: int = 1
    anonymous: bool = False
    impersonated: bool = False
    originals: tuple[str, ...] = ()
    not_secret: bool = False
    kept_on_paper: str = ""
    nature: Nature | None = None


@dataclass(frozen=True)
class Registered:
    """A petition in the register, and the first matter it opened."""

    petition: Petition
    taken: Taken


@transaction.atomic
def receive(
    statement: Statement,
    arrival: Arrival,
    uploads: "Uploads" = (),
    *,
    to: Body,
    by: Actor,
    at: datetime,
) -> Registered:
    """Register a petition of body ``to`` and open its matter; the clocks count from the day it came
    in. The same petition sent before is found, and counted as sent again.

    Raises Invalid for a state secret, a day yet to come, a forwarder without a name.
    """
    require(policies.may_receive(by))
    _refuse_secrets(statement.text, arrival, uploads)
    _check(arrival, at)
    said = _statement(statement, arrival)
    taken = submit(said, to=to, by=by, at=at)
    for upload in uploads:
        files.keep(upload, about=taken.case.pk, purpose=Purpose.OTHER, by=by, at=at)
    petition = _petition(said, arrival, taken)
    nature = arrival.nature
    petition.sealed = nature is not None and nature.kind in petition_rules.PRIVATE
    if nature is not None:
        _check_nature(nature, arrival)
        sorted_case = sorting.sort(taken.case.pk, nature, by=by, at=at)
        to = (sorted_case.handling_body or to) if petition.sealed else to
    _number(petition, to, arrival.arrived_on.year)
    return Registered(threads.tie(petition), taken)


def _number(petition: Petition, body: Body, year: int) -> None:
    register = SEALED if petition.sealed else REGISTER
    petition.sender_key = "" if petition.sealed else petition.sender_key
    petition.body, petition.year = body, year
    petition.number = next_in_register(body.pk, register, year)
    petition.save(force_insert=True)


def _check_nature(nature: Nature, arrival: Arrival) -> None:
    if nature.kind != "denunciation":
        return
    unsigned = arrival.written and not arrival.signed
    sorting.refuse_denunciation(
        nameless=arrival.anonymous or arrival.impersonated,
        by_word=unsigned or arrival.arrived_by in {"web", "telephone"},
    )


def _statement(said: Statement, arrival: Arrival) -> Statement:
    occasion = _OCCASION.get(arrival.arrived_by, Occasion.LETTER)
    occasion = {"front": Occasion.FRONT, "press": Occasion.PRESS}.get(arrival.forwarder, occasion)
    several = arrival.signatories > 1
    return replace(
        said,
        text=_paper_only(arrival) or said.text,
        channel=_CHANNEL[arrival.arrived_by],
        occasion=occasion,
        who="group" if several and said.who == "person" else said.who,
        people=said.people or (arrival.signatories if several else None),
        speaker="" if arrival.anonymous else said.speaker,
        received_on=arrival.arrived_on,
        forwarder=arrival.forwarder,
    )


def _paper_only(arrival: Arrival) -> str:
    number = arrival.kept_on_paper.strip()
    if not number:
        return ""
    return _("Petition kept on paper only, outside this system: %(number)s") % {"number": number}


def _petition(said: Statement, arrival: Arrival, taken: Taken) -> Petition:
    return Petition(
        submission=taken.submission,
        arrived_on=arrival.arrived_on,
        arrived_by=arrival.arrived_by,
        forwarder=arrival.forwarder,
        forwarding_body_id=arrival.forwarding_body,
        forwarder_name=arrival.forwarder_name.strip(),
        letter_number=arrival.letter_number.strip(),
        letter_on=arrival.letter_on,
        begun_place_id=arrival.begun_place,
        begun_with=arrival.begun_with.strip(),
        written=arrival.written,
        signed=arrival.signed and not arrival.anonymous,
        dated_on=arrival.dated_on,
        signatories=arrival.signatories,
        anonymous=arrival.anonymous,
        impersonated=arrival.impersonated,
        originals=[paper.strip() for paper in arrival.originals if paper.strip()],
        sender_key=threads.sender_key(
            said.speaker, said.place, anonymous=arrival.anonymous or arrival.impersonated
        ),
    )


def _refuse_secrets(text: str, arrival: Arrival, uploads: "Uploads") -> None:
    """A marked file never; marked words only once somebody says that they are none. Of a paper kept
    outside neither text nor file comes in.
    """
    if arrival.kept_on_paper.strip():
        if uploads or text.strip():
            raise Invalid(
                _("A petition kept on paper comes in by its number alone: no text, no file.")
            )
        return
    for upload in uploads:
        if mark := secrecy.marked(upload.name or ""):
            raise Invalid(_refusal(mark))
    mark = secrecy.stamped(text)
    if mark and not arrival.not_secret:
        raise Invalid(_refusal(mark))


def _refusal(mark: str) -> str:
    return _(
        "This bears the mark “%(mark)s”. A state secret may not be kept here (Law on the "
        "Protection of State Secrets 117/2025): keep the paper outside, and register only its "
        "number. If it is no state secret, look at it and say so."
    ) % {"mark": mark}


def _check(arrival: Arrival, at: datetime) -> None:
    if arrival.arrived_on > local_day(at):
        raise Invalid(_("The day it came in lies in the future. Correct it."))
    if arrival.dated_on and arrival.dated_on > arrival.arrived_on:
        raise Invalid(_("The petition bears a later date than the day it came in. Correct one."))
    named = arrival.forwarding_body or arrival.forwarder_name.strip()
    if arrival.forwarder != "none" and not named:
        raise Invalid(_("Say who passed it on; they are told what becomes of it."))
    if arrival.forwarder == "none" and (arrival.letter_number or arrival.letter_on):
        raise Invalid(_("A letter is named, but nobody who passed it on. Choose who did."))
    if arrival.signatories < 1:
        raise Invalid(_("A petition has at least one author, named or not."))
