"""Reads of the citizens' pages of reception: only what was posted; no visit, no person."""

from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from doithoai.accounts.queries import holders
from doithoai.core.errors import NotFound
from doithoai.reception.models import Kind, Session
from doithoai.reception.workflow import State

MOST: Final = 200
CALLED_OFF: Final = (State.POSTPONED, State.CANCELLED)


def _posted() -> "QuerySet[Session]":
    posted = Session.objects.posted().select_related("matter", "host__place", "receiver")
    return posted.exclude(state=State.PLANNED)


def coming(*, today: date) -> list[Session]:
    """Posted days from today on, the nearest first; postponed and called off ones stay visible."""
    return list(_posted().filter(day__gte=today).order_by("starts_at", "pk")[:MOST])


def past() -> "QuerySet[Session]":
    """Days that were held, the latest first."""
    return _posted().filter(state__in=[State.HELD, State.CONCLUDED]).order_by("-starts_at", "pk")


def day(code: str) -> Session:
    """A posted day by its number. Raises NotFound."""
    found = _posted().filter(matter__code=code.upper()).first()
    if found is None:
        raise NotFound(_("No reception day is posted at this address."))
    return found


def takes_appointments(session: Session, *, at: datetime) -> bool:
    """Whether somebody may still ask to be received on it."""
    return session.state == State.POSTED and session.starts_at > at


def receiver_name(session: Session) -> str:
    """Who holds the receiver's post that day, as far as it is known; a deputy is named already."""
    if session.kind == Kind.DEPUTY:
        return ""
    holder = holders([session.receiver_id], today=session.day).first()
    return holder.name if holder else ""
