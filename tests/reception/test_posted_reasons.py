"""No reason that is posted with a reception day names who spoke under seal."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.core.errors import Invalid
from doithoai.reception.commands import deputies, planning
from doithoai.reception.commands.deputies import Letter
from doithoai.reception.models import Session
from tests.conftest import become
from tests.journeys.test_leaks import NAME, by_desk


def day_of(tinh: Official, start: datetime, venue: str = "Trụ sở tiếp công dân") -> Session:
    """A reception day of the provincial chair, in whose hand a sealed item is."""
    planned = planning.Plan(
        host=tinh.body, receiver=tinh.post, kind="head_scheduled", starts_at=start, venue=venue,
        deputy="assembly", deputy_name="Lê Thị Hoa",
    )  # fmt: skip
    return planning.plan(planned, by=tinh, at=timezone.now())


def test_a_posted_reason_names_nobody_who_spoke_under_seal(committed_db: str) -> None:
    tinh, now = become("tinh"), timezone.now()
    by_desk(now)
    start, told = now + timedelta(days=20), f"Theo lời bà {NAME}"
    session = day_of(tinh, start)
    planning.post(session.pk, by=tinh, at=now)
    letter, new = Letter("5/CV", timezone.localdate(now)), start + timedelta(days=7)
    acts: list[Callable[[], object]] = [
        lambda: planning.postpone(session.pk, reason=told, by=tinh, at=now),
        lambda: planning.cancel(session.pk, reason=told, by=tinh, at=now),
        lambda: planning.move(session.pk, starts_at=new, reason=told, by=tinh, at=now),
        lambda: deputies.excuse_deputy(session.pk, letter, reason=told, by=tinh, at=now),
        lambda: day_of(tinh, new, told),
    ]
    for act in acts:
        with pytest.raises(Invalid, match="25/2018/QH14"):
            act()
    planning.postpone(session.pk, reason="Mưa lũ", by=tinh, at=now)
