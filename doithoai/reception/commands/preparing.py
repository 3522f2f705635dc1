"""Who asks to be received, and what is prepared for the head before the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases.commands.naming import refuse_naming_in
from doithoai.core.actors import Actor
from doithoai.core.collation import nfc
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.docket.commands import enter
from doithoai.docket.models import Matter
from doithoai.reception import events, policies, workflow
from doithoai.reception.models import DECLINED, GIVEN, Appointment, Prepared, Session
from doithoai.reception.workflow import State


@dataclass(frozen=True)
class Asked:
    """What somebody asks: who they are, how to reach them, about what, with how many."""

    name: str
    phone: str
    about: str
    people: int = 1


@transaction.atomic
def ask(session_id: UUID, asked: Asked, *, by: Actor, at: datetime) -> Appointment:
    """Ask for an appointment on a posted day; anybody may. Raises Invalid once it is over."""
    session = Session.objects.lock_posted(session_id)
    require(policies.may_ask(by))
    if session.state != State.POSTED or session.starts_at <= at:
        raise Invalid(_("Appointments for this day are no longer taken. Choose another day."))
    if not (asked.name.strip() and asked.about.strip()):
        raise Invalid(_("Give your name and what it is about."))
    made = Appointment.objects.create(
        session=session,
        name=nfc(asked.name),
        phone=asked.phone.strip(),
        people=asked.people,
        about=asked.about.strip(),
        asked_at=at,
    )
    appointed = events.Appointed(made.pk)
    enter(appointed, about=session.matter, by=by, at=at, content=[made.about])
    return made


@transaction.atomic
def answer(
    session_id: UUID, *, appointment: UUID, given: bool, reason: str, by: Actor, at: datetime
) -> Appointment:
    """Give the appointment, or decline it with a reason. Raises Invalid without one."""
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_change(by, session))
    workflow.APPOINT.take(session)
    row = session.appointments.filter(pk=appointment).first()
    if row is None:
        raise NotFound(_("There is no such request."))
    if not given and not reason.strip():
        raise Invalid(_("Say why, and what the person can do instead."))
    row.answer, row.reason = (GIVEN if given else DECLINED), reason.strip()
    row.save(update_fields=["answer", "reason"])
    answered = events.AppointmentAnswered(row.pk, given)
    enter(answered, about=session.matter, by=by, at=at, content=[row.reason])
    return row


@transaction.atomic
def prepare(
    session_id: UUID, *, code: str, brief: str, invited: Sequence[UUID], by: Actor, at: datetime
) -> Prepared:
    """Prepare a matter for the head: what it is about, what was done, which bodies send a leader
    (Decree 154/2026, article 26). Prepared again, the later brief holds.
    """
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_change(by, session))
    workflow.PREPARE.take(session)
    matter = Matter.objects.visible_to(by).filter(code=code.strip().upper(), sealed=False).first()
    if matter is None:
        raise Invalid(_("There is no item with this code that you may read. Check the code."))
    refuse_naming_in([matter.pk], brief, by=by)
    made, _new = Prepared.objects.update_or_create(
        session=session, matter=matter, defaults={"brief": brief.strip(), "invited": list(invited)}
    )
    enter(events.Prepared(matter.pk), about=session.matter, by=by, at=at, content=[brief])
    return made
