"""A deputy of the National Assembly or of a People's Council receives, or takes part: the office
that serves them tells them the day, records that they cannot come, names another (Law on Citizen
Reception 42/2013, articles 21 and 22).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases.commands.naming import refuse_naming_in
from doithoai.core.actors import Actor
from doithoai.core.collation import nfc
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.commands import enter
from doithoai.reception import events, policies, workflow
from doithoai.reception.commands.settling import store
from doithoai.reception.models import Deputy, Session

TOLD: Final = ("notice_number", "notice_on", "excuse", "excuse_number", "excused_on")


@dataclass(frozen=True)
class Letter:
    """A document signed elsewhere: its number and the day it was signed."""

    number: str
    signed_on: date


@transaction.atomic
def notify_deputy(session_id: UUID, letter: Letter, *, by: Actor, at: datetime) -> Session:
    """The deputy was told the schedule, by this letter. Late is late, not refused. Raises Invalid
    without its number, or for a day to come.
    """
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_notify_deputy(by, session))
    workflow.NOTIFY_DEPUTY.take(session)
    session.notice_number, session.notice_on = _checked(letter, at), letter.signed_on
    store(session, "notice_number", "notice_on")
    enter(events.DeputyNotified(letter.signed_on), about=session.matter, by=by, at=at)
    return session


@transaction.atomic
def excuse_deputy(
    session_id: UUID, letter: Letter, *, reason: str, by: Actor, at: datetime
) -> Session:
    """The deputy cannot come, and says why, in writing. The day stays: another deputy is named, or
    it is put off or called off. Raises Invalid without the reason or the document.
    """
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_excuse_deputy(by, session))
    workflow.EXCUSE_DEPUTY.take(session)
    if not reason.strip():
        raise Invalid(_("Write down the reason the deputy gives."))
    refuse_naming_in((), reason, by=by)
    session.excuse_number, session.excused_on = _checked(letter, at), letter.signed_on
    session.excuse = reason.strip()
    store(session, "excuse", "excuse_number", "excused_on")
    excused = events.DeputyExcused(letter.signed_on)
    enter(excused, about=session.matter, by=by, at=at, content=[session.excuse])
    return session


@transaction.atomic
def replace_deputy(session_id: UUID, *, deputy: str, name: str, by: Actor, at: datetime) -> Session:
    """Name another deputy, who is told in their turn. Raises Invalid without the name."""
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_replace_deputy(by, session))
    workflow.REPLACE_DEPUTY.take(session)
    check_deputy(deputy, name, needed=True)
    session.deputy, session.deputy_name = deputy, nfc(name)
    untold(session)
    store(session, "deputy", "deputy_name", *TOLD)
    changed = events.DeputyChanged(session.day, deputy == Deputy.ASSEMBLY, deputy == Deputy.COUNCIL)
    enter(changed, about=session.matter, by=by, at=at, content=[session.deputy_name])
    return session


def untold(session: Session) -> None:
    """Another day or another deputy: nobody was told yet, and nobody is excused."""
    session.notice_number = session.excuse = session.excuse_number = ""
    session.notice_on = session.excused_on = None


def check_deputy(deputy: str, name: str, *, needed: bool) -> None:
    """Who receives is named with whose deputy they are. Raises Invalid."""
    if deputy not in ("", *Deputy.values):
        raise Invalid(_("Choose whose deputy it is from the list."))
    if (needed or name.strip()) and not deputy:
        raise Invalid(_("Say whether it is a deputy of the National Assembly or of the Council."))
    if deputy and not name.strip():
        raise Invalid(_("Name the deputy; the schedule says who receives."))


def _checked(letter: Letter, at: datetime) -> str:
    if not letter.number.strip() or letter.signed_on > local_day(at):
        raise Invalid(_("Give the number of the document, and a date that has passed."))
    return letter.number.strip()
