"""What is written down late, and which receptions of one post lie on one day."""

from datetime import date

from doithoai.docket import lawbook
from doithoai.reception.models import Kind, Session
from doithoai.reception.workflow import State


def is_late(held_on: date, today: date) -> bool:
    """Whether it was held more than one working day ago (design §1)."""
    return lawbook.calendar().working_between(held_on, today) > 1


def beside(session: Session) -> list[Session]:
    """Other receptions of the same post on that day that still stand, the first hour first; of
    deputies none: the office only keeps their days.
    """
    if session.kind == Kind.DEPUTY:
        return []
    rows = Session.objects.filter(receiver=session.receiver_id, day=session.day)
    rows = rows.exclude(kind=Kind.DEPUTY).exclude(state__in=[State.POSTPONED, State.CANCELLED])
    return list(rows.exclude(pk=session.pk).select_related("matter").order_by("starts_at", "pk"))
