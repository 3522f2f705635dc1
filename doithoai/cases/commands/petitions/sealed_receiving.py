"""A petition known to be sealed when it is registered: never an open matter, not for a moment."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from doithoai.cases import secrecy
from doithoai.cases.commands.intake import Statement, Taken
from doithoai.cases.commands.petitions import arrivals
from doithoai.cases.commands.petitions.arrivals import Arrival, Registered
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.sealed_intake import cleaned
from doithoai.cases.commands.sealed_opening import (
    LONGEST,
    Content,
    Files,
    Opened,
    name_respondents,
    open_sealed,
    sealed_number,
)
from doithoai.cases.commands.sealed_ways import (
    Way,
    may_take_down,
    paper_way,
    shut_out_of,
)
from doithoai.cases.models import Petition
from doithoai.core.actors import Actor
from doithoai.core.collation import nfc
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid
from doithoai.docket.unsealing import Person
from doithoai.units.models import Body, Place

if TYPE_CHECKING:
    Uploads = Sequence[UploadedFile[bytes]]

FACE_TO_FACE = frozenset({"in_person", "reception", "telephone"})


def take_in(
    said: Statement,
    arrival: Arrival,
    uploads: "Uploads",
    *,
    to: Body,
    by: Actor,
    at: datetime,
) -> Registered:
    """Keep it sealed under the competent superior, numbered in that body's own register, with a
    sealed slip. The facts of the paper stay; what names anybody is in the vault.

    Raises Denied for an official it is about, Invalid where only the paper way is left.
    """
    nature = arrival.nature
    assert nature is not None, "receive() asks what it is first"
    found = nature.whither(to, today=local_day(at))
    _may(by, found, arrival)
    if found.to is None:
        raise Invalid(paper_way(found))
    looked = said.not_secret or arrival.not_secret
    secrecy.keep_out_sealed(said.text, uploads, looked=looked, to=found.to.body.name)
    content = content_of(said, arrival, nature, files=cleaned(uploads))
    opened = open_apart(content, nature, found, by=by, at=at)
    taken = Taken(opened.case, opened.submission, opened.receipt)
    return Registered(line(opened, arrival, found.to.body), taken)


def _may(by: Actor, found: Way, arrival: Arrival) -> None:
    """Whoever is excluded writes nothing down: a person is sent on, a paper is closed and passed
    on. Raises Denied.
    """
    if arrival.arrived_by in FACE_TO_FACE:
        may_take_down(by, found)
    elif shut_out_of(by, found):
        body = found.to.body.name if found.to else found.paper
        raise Denied(
            _(
                "Your body may not register this: it is about the body you are in, or somebody in "
                "it. Note nothing of it, put the paper back into its envelope, close it, and hand "
                "it to the head of %(body)s today."
            )
            % {"body": body}
        )


def content_of(said: Statement, arrival: Arrival, nature: Nature, *, files: Files = ()) -> Content:
    """What is kept of it. Raises Invalid for no words, or too many."""
    text = nfc(said.text)
    if not text or len(text) > LONGEST:
        raise Invalid(_("Write what happened, in at most 20,000 characters."))
    came_with = [arrival.forwarder_name.strip(), *arrivals.originals(arrival)]
    return Content(
        procedure=nature.kind,
        channel=said.channel,
        occasion=said.occasion,
        text=text,
        received_on=arrival.arrived_on,
        person=_person(said),
        language=said.language,
        denounced=nature.people.strip(),
        came_with="\n".join(filter(None, came_with)),
        files=files,
        forwarder=arrival.forwarder,
        party_head=said.party_head,
    )


def open_apart(
    content: Content,
    nature: Nature,
    found: Way,
    *,
    holders: Collection[UUID] = (),
    by: Actor,
    at: datetime,
) -> Opened:
    """Begin the sealed matter, and name whom it is about."""
    opened = open_sealed(content, found, holders=holders, by=by, at=at)
    name_respondents(opened.case, [nature.about(body) for body in nature.respondents], found)
    return opened


def _person(said: Statement) -> Person:
    place = Place.objects.get(pk=said.place).name if said.place else ""
    where = dict.fromkeys(filter(None, [said.address, said.place_text, place]))
    return Person(nfc(said.speaker), nfc(", ".join(where)), said.phone, said.email)


def line(opened: Opened, arrival: Arrival, body: Body) -> Petition:
    """Its line in the settling body's own register, with the facts of the paper."""
    petition = arrivals.row(opened.submission, arrival)
    petition.sealed, petition.body, petition.year = True, body, arrival.arrived_on.year
    petition.number = sealed_number(body, year=petition.year)
    petition.save(force_insert=True)
    return petition
