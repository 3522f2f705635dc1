"""The desk's queue: somebody comes, is called, is heard, or leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases import secrecy, suspicions
from doithoai.core.actors import Actor, post_of
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.core.events import Event
from doithoai.docket.codes import next_in_register
from doithoai.docket.commands import enter
from doithoai.files.commands import keep
from doithoai.files.models import Purpose
from doithoai.ledger.commands import Dimensions, record
from doithoai.reception import events, policies, workflow
from doithoai.reception.commands.people import Who, caller, check_group, stand_in, written_down
from doithoai.reception.models import Appointment, Session, Visit
from doithoai.units.models import Body

REGISTER = "reception"


@dataclass(frozen=True)
class Arrival:
    """Who came, with how many, who speaks for them, to which reception day of a head, and by which
    appointment.
    """

    who: Who
    people: int = 1
    representatives: tuple[Who, ...] = ()
    session: UUID | None = None
    appointment: UUID | None = None
    interpreter: str = ""
    authority: "UploadedFile[bytes] | None" = None  # the written appointment with all signatures
    appointed: bool = False  # it was handed over on paper


@transaction.atomic
def arrive(body_id: UUID, arrival: Arrival, *, by: Actor, at: datetime) -> Visit:
    """Give somebody a number in the queue of the day. Raises Invalid for a group without its
    representatives.
    """
    body = Body.objects.get(pk=body_id)
    require(policies.may_receive_at(by, body))
    check_group(arrival.people, len(arrival.representatives))
    today = local_day(at)
    session = _session(arrival, body, by)
    asked = _asked(arrival, session, by)
    visit = Visit(
        body=body,
        session=session,
        year=today.year,
        ticket=next_in_register(body.pk, f"queue-{today:%m-%d}", today.year),
        arrived_at=at,
        people=arrival.people,
        appointed=arrival.appointed or arrival.authority is not None,
        interpreter=arrival.interpreter.strip(),
    )
    stand_in(visit, written_down(arrival.who, body, by=by, at=at))
    visit.save(force_insert=True)
    spoke = [written_down(each, body, by=by, at=at) for each in arrival.representatives]
    visit.representatives.set([came.person for came in spoke])
    if asked is not None:
        _kept(asked, visit, by, at)
    if arrival.authority is not None:
        keep(arrival.authority, about=visit.pk, purpose=Purpose.OTHER, by=by, at=at)
    note(events.Arrived(visit.pk, visit.people), visit, by=by, at=at)
    return visit


@transaction.atomic
def keep_appointment(appointment_id: UUID, *, by: Actor, at: datetime) -> Visit:
    """Whoever has an appointment is there: a number of the queue by the name and telephone they
    gave, for the day they asked for. Raises NotFound for no such appointment today, Invalid for a
    group, whose representatives are to be named, and when they have a number already.
    """
    today = Session.objects.visible_to(by).filter(day=local_day(at))
    asked = Appointment.objects.filter(pk=appointment_id, session__in=today).first()
    if asked is None:
        raise NotFound(_("Nobody has such an appointment today."))
    host = asked.session.host_id
    arrival = Arrival(
        who=caller(asked.name, asked.phone, host),
        people=asked.people,
        session=asked.session_id,
        appointment=asked.pk,
    )
    return arrive(host, arrival, by=by, at=at)


def _session(arrival: Arrival, body: Body, by: Actor) -> Session | None:
    if arrival.session is None:
        return None
    found = Session.objects.visible_to(by).filter(pk=arrival.session, host=body).first()
    if found is None:
        raise Invalid(_("Choose one of the reception days of this body."))
    return found


def _asked(arrival: Arrival, session: Session | None, by: Actor) -> Appointment | None:
    """The appointment they come by, its day locked. Raises NotFound, Invalid when it was kept."""
    if arrival.appointment is None:
        return None
    day = Session.objects.lock(session.pk, seen_by=by) if session else None
    found = Appointment.objects.filter(pk=arrival.appointment, session=day).first()
    if day is None or found is None:
        raise NotFound(_("Nobody has such an appointment today."))
    if found.visit_id is not None:
        raise Invalid(_("Whoever had this appointment has a number already."))
    return found


def _kept(asked: Appointment, visit: Visit, by: Actor, at: datetime) -> None:
    asked.visit = visit
    asked.save(update_fields=["visit"])
    about = asked.session.matter
    enter(events.AppointmentKept(asked.pk, visit.pk), about=about, by=by, at=at)


def note(
    event: Event, visit: Visit, *, by: Actor, at: datetime, content: Sequence[str] = ()
) -> None:
    """Enter what happened in a visit; of a sealed one without what was said."""
    where = Dimensions(procedure="reception", body=visit.body_id, place=visit.body.place_id)
    record(event, by=by, at=at, dimensions=where, content=() if visit.sealed else content)


def number(visit: Visit, *, at: datetime) -> int:
    """Give the visit its number in the register 03/TCD of the year. The visit must be locked."""
    visit.year = local_day(at).year
    visit.number = next_in_register(visit.body_id, REGISTER, visit.year)
    return visit.number


@transaction.atomic
def call(visit_id: UUID, *, by: Actor, at: datetime) -> Visit:
    """Call the number: the person is received, and the visit is a line of the register."""
    visit = Visit.objects.lock(visit_id, seen_by=by)
    require(policies.may_receive(by, visit))
    workflow.CALL.take(visit)
    given = number(visit, at=at)
    visit.received_at, visit.received_by_id = at, post_of(by)
    visit.save(update_fields=["state", "year", "number", "received_at", "received_by"])
    note(events.Received(visit.pk, given), visit, by=by, at=at)
    return visit


@transaction.atomic
def leave(visit_id: UUID, *, by: Actor, at: datetime) -> Visit:
    """They left before being received: no line of the register."""
    visit = Visit.objects.lock(visit_id, seen_by=by)
    require(policies.may_receive(by, visit))
    workflow.LEAVE.take(visit)
    visit.ended_at = at
    visit.save(update_fields=["state", "ended_at"])
    note(events.Left(visit.pk), visit, by=by, at=at)
    return visit


@dataclass(frozen=True)
class WrittenDown:
    """What was said, as it was written down for the person, and which papers they handed over."""

    summary: str
    kind: str = ""
    read_back: bool = False
    papers: str = ""
    interpreter: str = ""
    settled_before_by: str = ""
    not_secret: bool = False  # somebody looked at a mark in it
    ordinary: bool = False  # somebody asked: it denounces nobody
    appointed: bool = False  # the group's written appointment is there by now


@transaction.atomic
def write_down(visit_id: UUID, said: WrittenDown, *, by: Actor, at: datetime) -> Visit:
    """Write down what the person says; for who cannot write it is read back and signed or marked
    with a fingerprint (Decree 154/2026, article 14). Raises Invalid without a text, and for words
    that seem to denounce somebody until it was asked whom.
    """
    visit = Visit.objects.lock(visit_id, seen_by=by)
    require(policies.may_speak(by, visit))
    workflow.WRITE_DOWN.take(visit)
    if not said.summary.strip():
        raise Invalid(_("Write down what the person says; it is column 5 of the register."))
    secrecy.keep_out(said.summary, said.papers, looked=said.not_secret, by=by)
    unchanged = said.summary.strip() == visit.summary  # it was asked when it came there
    suspicions.ask_first(said.summary, asked=said.ordinary or unchanged)
    visit.summary, visit.kind = said.summary.strip(), said.kind
    visit.read_back, visit.papers = said.read_back, said.papers.strip()
    visit.interpreter = said.interpreter.strip()
    visit.settled_before_by = said.settled_before_by.strip()
    visit.appointed = visit.appointed or said.appointed
    visit.save(
        update_fields=[
            "summary", "kind", "read_back", "papers", "interpreter", "settled_before_by",
            "appointed",
        ]
    )  # fmt: skip
    content = [visit.summary, visit.papers]
    note(events.WrittenDown(visit.pk, visit.read_back), visit, by=by, at=at, content=content)
    return visit
