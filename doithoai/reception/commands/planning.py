"""A reception day before it is held: plan, post, put off, move, call off."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.accounts.models import Post
from doithoai.cases.commands.naming import refuse_naming_in
from doithoai.core.actors import Actor
from doithoai.core.collation import nfc
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.codes import series
from doithoai.docket.commands import Opening, Said, enter, enter_all, open_matter
from doithoai.docket.lawbook import calendar
from doithoai.docket.models import Access, Matter, Party
from doithoai.law.periods import KeptDay, kept_day
from doithoai.reception import events, policies, workflow
from doithoai.reception.commands.attending import heads_party
from doithoai.reception.commands.days import check_day, refuse_clash
from doithoai.reception.commands.deputies import TOLD, Letter, check_deputy, untold
from doithoai.reception.commands.settling import label, store, title
from doithoai.reception.commands.telling import tell_applicants
from doithoai.reception.grounds import grounds
from doithoai.reception.models import Deputy, Form, Kind, Session
from doithoai.reception.workflow import State
from doithoai.theme.formatting import day as shown
from doithoai.units.models import Body
from doithoai.units.territory import country

# What another day changes.
ANEW: Final = (
    "day", "starts_at", "ends_at", "fixed_day", "why_moved", "posted_at", "notified_at",
    "tested_at", "connected_at", "late_number", "late_on", *TOLD,
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """A reception day as it is planned. ``grounds``: codes, of an unscheduled one only. Of a
    deputy's day ``receiver`` is the post of the office that serves the deputy and keeps the day.
    """

    host: UUID
    receiver: UUID
    kind: str
    starts_at: datetime
    venue: str
    ends_at: datetime | None = None
    form: str = Form.PLACE
    points: str = ""
    grounds: tuple[str, ...] = ()
    deputy: str = ""  # whose deputy receives or takes part, and who that is
    deputy_name: str = ""
    shown_by: Letter | None = None  # held already: the document that shows it


@transaction.atomic
def plan(planned: Plan, *, by: Actor, at: datetime) -> Session:
    """Set a reception day. One that falls on a day off goes to the next working day of its month,
    or else the last before it; the usual day and the reason are kept. One that was held already is
    written down by its document (``shown_by``) and stays where it was. Raises Invalid, with the
    article, for what the law asks and is not given; for a day in the past without a document, and
    one more than two years away; for a second one of the receiver at the same hour.
    """
    host = Body.objects.select_related("place").get(pk=planned.host)
    require(policies.may_plan(by, host))
    _check(planned)
    check_day(planned.starts_at, planned.shown_by, at)
    refuse_naming_in((), planned.venue, planned.points, by=by)
    receiver = _seat(planned.receiver)
    session = _session(planned, host, receiver)
    refuse_clash(session)
    matter = _matter(session, at)
    session.matter = matter
    opening = Opening(
        matter,
        (
            Party(matter=matter, role="host_body", body=host, since=at),
            Party(matter=matter, role="head", body_id=receiver.body_id, post=receiver, since=at),
        ),
        tuple(Access(matter=matter, body_id=b) for b in {host.pk, receiver.body_id, by.body}),
        f"{matter.title} {session.venue}",
    )
    open_matter(opening, *_said(session), by=by, at=at)
    session.save(force_insert=True)
    return session


def _seat(post_id: UUID) -> Post:
    """The post, locked: two days of one post are compared one after the other."""
    rows = Post.objects.select_for_update(no_key=True, of=("self",)).select_related("body")
    return rows.get(pk=post_id)


def _check(planned: Plan) -> None:
    if not planned.venue.strip():
        raise Invalid(_("Say where people are received; the place is posted."))
    if planned.form == Form.ONLINE and not planned.points.strip():
        raise Invalid(_("Name the places that are connected; each of them is told and tested."))
    if planned.ends_at and planned.ends_at <= planned.starts_at:
        raise Invalid(_("It ends before it begins."))
    check_deputy(planned.deputy, planned.deputy_name, needed=planned.kind == Kind.DEPUTY)
    _check_grounds(planned)


def _check_grounds(planned: Plan) -> None:
    given = set(planned.grounds)
    if planned.kind != Kind.UNSCHEDULED:
        return
    if not given or given - set(grounds().unscheduled):
        raise Invalid(
            _(
                "An unscheduled reception needs one of the grounds of the Law on Citizen Reception "
                "42/2013, article 18(3). Choose the ground, or plan a regular day."
            )
        )


def _session(planned: Plan, host: Body, receiver: Post) -> Session:
    online = planned.form == Form.ONLINE
    session = Session(
        state=State.PLANNED,
        kind=planned.kind,
        form=planned.form,
        host=host,
        receiver=receiver,
        venue=planned.venue.strip(),
        points=planned.points.strip() if online else "",
        grounds=list(planned.grounds) if planned.kind == Kind.UNSCHEDULED else [],
        party_head=planned.kind != Kind.DEPUTY and heads_party(receiver),
        deputy=planned.deputy,
        deputy_name=nfc(planned.deputy_name),
    )
    if planned.shown_by is not None:
        letter = planned.shown_by
        session.late_number, session.late_on = letter.number.strip(), letter.signed_on
    _set_day(session, planned.starts_at, planned.ends_at)
    return session


def _set_day(session: Session, starts_at: datetime, ends_at: datetime | None) -> None:
    """The day itself, or the one kept for it when it is off; an unscheduled one stays, and one
    that was held.
    """
    usual = local_day(starts_at)
    stays = session.kind == Kind.UNSCHEDULED or session.late_on is not None
    kept = KeptDay(usual) if stays else kept_day(usual, calendar())
    off, shift = kept.because, kept.day - usual
    session.day, session.starts_at = kept.day, starts_at + shift
    session.ends_at = ends_at + shift if ends_at else None
    session.fixed_day, session.why_moved = (usual, "") if off else (None, "")
    if off:
        with override(settings.LANGUAGE_CODE):
            facts = {"day": shown(usual), "name": off.vi, "source": off.source}
            session.why_moved = (_("%(day)s is a day off: %(name)s (%(source)s)") % facts)[:300]


def _matter(session: Session, at: datetime) -> Matter:
    return Matter(
        kind="reception",
        procedure="reception",
        code=series(country().reception_numbers, session.day),
        title=title(session),
        state=State.PLANNED,
        state_label=label(State.PLANNED),
        body=session.host,
        place=session.host.place,
        received_on=local_day(at),
    )


def _said(session: Session) -> list[Said]:
    planned = events.Planned(
        session.day,
        session.deputy == Deputy.ASSEMBLY,
        session.kind == Kind.UNSCHEDULED,
        session.deputy == Deputy.COUNCIL,
        session.late_on is not None,
    )
    said = [Said(planned, (session.venue, session.why_moved))]
    if session.form == Form.ONLINE:
        said.append(Said(events.OnlinePlanned(session.day), (session.points,)))
    return said


@transaction.atomic
def post(session_id: UUID, *, by: Actor, at: datetime) -> Session:
    """Make day, place and who receives public. Late is late, not refused: people must know. Raises
    Invalid once the day has passed.
    """
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_post(by, session))
    workflow.POST.take(session)
    if session.day < local_day(at):
        raise Invalid(
            _(
                "The day has passed; nobody can be told of it before any more. Record that it was "
                "held, or set another day."
            )
        )
    session.posted_at = at
    store(session, "posted_at")
    enter(events.SchedulePosted(), about=session.matter, by=by, at=at, content=[session.venue])
    return session


@transaction.atomic
def postpone(session_id: UUID, *, reason: str, by: Actor, at: datetime) -> Session:
    """Put it off; the reason is posted (Law 42/2013, article 24(4)), and a new day is owed."""
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_change(by, session))
    workflow.POSTPONE.take(session)
    session.why_not_held, session.posted_at = _reason(reason, by), session.posted_at or at
    store(session, "why_not_held", "posted_at")
    enter(events.Postponed(), about=session.matter, by=by, at=at, content=[reason])
    tell_applicants(session, "postponed", by=by, at=at)
    return session


@transaction.atomic
def reschedule(session_id: UUID, *, starts_at: datetime, by: Actor, at: datetime) -> Session:
    """Set another day for one that nobody was told of yet, off days avoided as in ``plan``; it is
    to be posted. Raises Invalid as ``plan`` does.
    """
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_change(by, session))
    workflow.RESCHEDULE.take(session)
    _put_on(session, starts_at, at)
    store(session, *ANEW)
    enter_all(_moved(session), about=session.matter, by=by, at=at)
    return session


@transaction.atomic
def move(
    session_id: UUID, *, starts_at: datetime, reason: str = "", by: Actor, at: datetime
) -> Session:
    """Move a day that was posted, or put off: the reason and both days are posted at once, which
    is the new announcement (Law 42/2013, article 24(4)), and who asked to be received is told.
    A day that was put off has its posted reason already. Raises Invalid without one, and as
    ``plan`` does.
    """
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_change(by, session))
    standing = session.why_not_held if session.state == State.POSTPONED else ""
    workflow.MOVE.take(session)
    left, session.why_not_held = session.day, _reason(reason.strip() or standing, by)
    _put_on(session, starts_at, at)
    session.moved_from, session.posted_at = left, at
    store(session, *ANEW, "moved_from", "why_not_held")
    content = (session.why_not_held, session.venue)
    said = [*_moved(session), Said(events.SchedulePosted(), content)]
    enter_all(said, about=session.matter, by=by, at=at)
    tell_applicants(session, "moved", by=by, at=at)
    return session


def _put_on(session: Session, starts_at: datetime, at: datetime) -> None:
    check_day(starts_at, None, at)
    length = session.ends_at - session.starts_at if session.ends_at else None
    session.late_number, session.late_on = "", None
    _set_day(session, starts_at, starts_at + length if length else None)
    _seat(session.receiver_id)
    refuse_clash(session)
    session.posted_at = session.notified_at = session.tested_at = session.connected_at = None
    untold(session)


def _moved(session: Session) -> list[Said]:
    said = [Said(events.Rescheduled(session.day))]
    if session.form == Form.ONLINE:
        said.append(Said(events.OnlinePlanned(session.day)))
    return said


@transaction.atomic
def cancel(session_id: UUID, *, reason: str, by: Actor, at: datetime) -> Session:
    """Call it off; the reason is posted."""
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_change(by, session))
    workflow.CANCEL.take(session)
    session.why_not_held = _reason(reason, by)
    store(session, "why_not_held")
    enter(events.Cancelled(), about=session.matter, by=by, at=at, content=[reason])
    tell_applicants(session, "cancelled", by=by, at=at)
    return session


def _reason(reason: str, by: Actor) -> str:
    if not reason.strip():
        raise Invalid(
            _("Give the reason in a sentence; it is posted (Law 42/2013, article 24(4)).")
        )
    refuse_naming_in((), reason, by=by)
    return reason.strip()
