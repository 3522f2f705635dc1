"""A reception day before it is held: plan, post, put off, move, call off, go online."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.accounts.models import Post
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.codes import series
from doithoai.docket.commands import Opening, Said, enter, enter_all, open_matter
from doithoai.docket.lawbook import calendar
from doithoai.docket.models import Access, Matter, Party
from doithoai.law.periods import KeptDay, kept_day
from doithoai.reception import events, policies, workflow
from doithoai.reception.commands.settling import label, store, title
from doithoai.reception.grounds import grounds
from doithoai.reception.models import Form, Kind, Session
from doithoai.reception.workflow import State
from doithoai.theme.formatting import day as shown
from doithoai.units.models import Body
from doithoai.units.territory import country


@dataclass(frozen=True)
class Plan:
    """A reception day as it is planned. ``grounds``: codes, of an unscheduled one only."""

    host: UUID
    receiver: UUID
    kind: str
    starts_at: datetime
    venue: str
    ends_at: datetime | None = None
    form: str = Form.PLACE
    points: str = ""
    grounds: tuple[str, ...] = ()
    deputy: bool = False


@transaction.atomic
def plan(planned: Plan, *, by: Actor, at: datetime) -> Session:
    """Set a reception day. One that falls on a day off goes to the next working day of its month,
    or else the last before it; the usual day and the reason are kept. Raises Invalid, with the
    article, for what the law asks and is not given.
    """
    host = Body.objects.select_related("place").get(pk=planned.host)
    require(policies.may_plan(by, host))
    _check(planned)
    receiver = Post.objects.select_related("body").get(pk=planned.receiver)
    session = _session(planned, host, receiver)
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
    open_matter(opening, *_said(session, deputy=planned.deputy), by=by, at=at)
    session.save(force_insert=True)
    return session


def _check(planned: Plan) -> None:
    if not planned.venue.strip():
        raise Invalid(_("Say where people are received; the place is posted."))
    if planned.form == Form.ONLINE and not planned.points.strip():
        raise Invalid(_("Name the places that are connected; each of them is told and tested."))
    if planned.ends_at and planned.ends_at <= planned.starts_at:
        raise Invalid(_("It ends before it begins."))
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
    )
    _set_day(session, planned.starts_at, planned.ends_at)
    return session


def _set_day(session: Session, starts_at: datetime, ends_at: datetime | None) -> None:
    """The day itself, or the one kept for it when it is off; an unscheduled one stays."""
    usual = local_day(starts_at)
    kept = KeptDay(usual) if session.kind == Kind.UNSCHEDULED else kept_day(usual, calendar())
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
        title=title(session.receiver.title, session.day),
        state=State.PLANNED,
        state_label=label(State.PLANNED),
        body=session.host,
        place=session.host.place,
        received_on=local_day(at),
    )


def _said(session: Session, *, deputy: bool) -> list[Said]:
    planned = events.Planned(session.day, deputy, session.kind == Kind.UNSCHEDULED)
    said = [Said(planned, (session.venue, session.why_moved))]
    if session.form == Form.ONLINE:
        said.append(Said(events.OnlinePlanned(session.day), (session.points,)))
    return said


@transaction.atomic
def post(session_id: UUID, *, by: Actor, at: datetime) -> Session:
    """Make day, place and who receives public. Late is late, not refused: people must know."""
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_change(by, session))
    workflow.POST.take(session)
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
    session.why_not_held, session.posted_at = _reason(reason), session.posted_at or at
    store(session, "why_not_held", "posted_at")
    enter(events.Postponed(), about=session.matter, by=by, at=at, content=[reason])
    return session


@transaction.atomic
def reschedule(session_id: UUID, *, starts_at: datetime, by: Actor, at: datetime) -> Session:
    """Set another day, off days avoided as in ``plan``; it is to be posted again."""
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_change(by, session))
    workflow.RESCHEDULE.take(session)
    length = session.ends_at - session.starts_at if session.ends_at else None
    _set_day(session, starts_at, starts_at + length if length else None)
    session.posted_at = session.notified_at = session.tested_at = None
    store(
        session, "day", "starts_at", "ends_at", "fixed_day", "why_moved", "posted_at",
        "notified_at", "tested_at",
    )  # fmt: skip
    said = [Said(events.Rescheduled(session.day))]
    if session.form == Form.ONLINE:
        said.append(Said(events.OnlinePlanned(session.day)))
    enter_all(said, about=session.matter, by=by, at=at)
    return session


@transaction.atomic
def cancel(session_id: UUID, *, reason: str, by: Actor, at: datetime) -> Session:
    """Call it off; the reason is posted."""
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_change(by, session))
    workflow.CANCEL.take(session)
    session.why_not_held = _reason(reason)
    store(session, "why_not_held")
    enter(events.Cancelled(), about=session.matter, by=by, at=at, content=[reason])
    return session


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid(
            _("Give the reason in a sentence; it is posted (Law 42/2013, article 24(4)).")
        )
    return reason.strip()


@transaction.atomic
def notify(session_id: UUID, *, by: Actor, at: datetime) -> Session:
    """The person and all points of an online reception were told (Decree 154/2026, article 23)."""
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_go_online(by, session))
    workflow.NOTIFY.take(session)
    session.notified_at = at
    store(session, "notified_at")
    enter(events.ParticipantsNotified(), about=session.matter, by=by, at=at)
    return session


@transaction.atomic
def test(session_id: UUID, *, by: Actor, at: datetime) -> Session:
    """All points were connected in a test that succeeded (Decree 154/2026, article 23)."""
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_go_online(by, session))
    workflow.TEST.take(session)
    session.tested_at = at
    store(session, "tested_at")
    enter(events.ConnectionTested(), about=session.matter, by=by, at=at)
    return session
