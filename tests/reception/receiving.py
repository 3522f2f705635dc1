"""What tests of reception begin with: a day of the chair, and somebody at the desk."""

from datetime import UTC, datetime, timedelta, timezone

from django.utils import timezone as clock

from doithoai.accounts.actors import Official
from doithoai.reception.commands import planning, visits
from doithoai.reception.commands.people import Who
from doithoai.reception.commands.visits import Arrival
from doithoai.reception.models import Session, Visit
from tests.cases.reaching import committee

HANOI = timezone(timedelta(hours=7))
START = datetime(2026, 9, 15, 7, 30, tzinfo=HANOI)
HOLIDAY = datetime(2026, 11, 24, 7, 30, tzinfo=HANOI)
LAN = Who(name="Trần Thị Lan", identity="card", number="042180000001", phone="0912000001")
HUNG = Who(name="Nguyễn Văn Hùng", phone="0912000002", address="Thôn Đông Lều")


def plan(minh: Official, chi: Official, *, start: datetime = START, **changes: object) -> Session:
    """The chair's reception day, planned twenty days before."""
    words = {"kind": "head_scheduled", "venue": "Phòng tiếp công dân", **changes}
    planned = planning.Plan(host=committee().pk, receiver=chi.post, starts_at=start, **words)  # type: ignore[arg-type]  # the words of a test
    at = min(start - timedelta(days=20), datetime.now(UTC))
    return planning.plan(planned, by=minh, at=at)


def today(minh: Official, chi: Official, **changes: object) -> Session:
    """The chair receives today, out of turn, so that no day off moves it."""
    words = {"kind": "unscheduled", "grounds": ("complex",), **changes}
    session = plan(minh, chi, start=clock.now() - timedelta(minutes=10), **words)
    return planning.post(session.pk, by=minh, at=clock.now())


def arrived(minh: Official, who: Who = HUNG, **more: object) -> Visit:
    """Somebody with a number in the queue."""
    arrival = Arrival(who=who, **more)  # type: ignore[arg-type]  # the words of a test
    return visits.arrive(committee().pk, arrival, by=minh, at=clock.now())


def received(minh: Official, who: Who = HUNG, **more: object) -> Visit:
    """The same, called: a line of the register."""
    return visits.call(arrived(minh, who, **more).pk, by=minh, at=clock.now())
