"""The demo's reception days show what a commune lives through, done by commands alone."""

from datetime import date, datetime, timedelta, timezone

import pytest
from django.test import Client

from doithoai.config import demo_reception
from doithoai.docket.lawbook import calendar
from doithoai.duties import tasks as duties_tasks
from doithoai.duties.models import Disclosure, Duty
from doithoai.reception.models import LARGE, Appointment, Refusal, Session, Visit
from tests.cases.reaching import committee
from tests.dialogues.grounds import signed_in, text

pytestmark = pytest.mark.django_db
HANOI = timezone(timedelta(hours=7))


@pytest.fixture
def told() -> datetime:
    """Told just now: the story is of the last three months, whenever somebody looks."""
    now = datetime.now(HANOI)
    demo_reception.tell(now)
    duties_tasks.miss(now)
    return now


def test_the_demo_has_every_kind_of_visit_a_desk_knows(told: datetime) -> None:
    visits = Visit.objects.filter(body=committee())
    assert visits.filter(people__gte=LARGE, representatives__isnull=False).exists()
    assert visits.filter(due_on__isnull=False).exclude(contact="").exists()
    assert visits.filter(read_back=True, kind="complaint").exists()
    assert visits.filter(repeated=True, person__isnull=False).exists()
    assert visits.filter(sealed=True, person=None).exists()
    states = set(visits.values_list("state", flat=True))
    assert states == {"ended", "refused", "received", "waiting"}
    assert Refusal.objects.get().explained
    assert Appointment.objects.filter(visit__isnull=False).count() == 1
    numbers = visits.filter(number__isnull=False).order_by("year", "number")
    assert len({(v.year, v.number) for v in numbers}) == numbers.count() >= 12


def test_the_demo_s_chair_met_one_month_and_missed_another(told: datetime) -> None:
    duties = Duty.objects.filter(post__body=committee(), kind="reception", every="month")
    states = set(duties.values_list("state", flat=True))
    assert {"met", "missed"} <= states
    assert Disclosure.objects.standing().filter(body=committee()).exists()
    moved = Session.objects.get(fixed_day__isnull=False)
    assert calendar().day_off(moved.fixed_day or date.max) is not None
    assert calendar().day_off(moved.day) is None


@pytest.mark.parametrize("username", ["minh", "chi"])
def test_what_the_demo_told_is_on_the_pages(told: datetime, username: str) -> None:
    client = signed_in(username)
    assert "Trần Văn Bảy" in text(client.get("/desk/reception/register"))
    assert "Being received" in text(client.get("/desk/reception/"))
    assert client.get("/desk/duties/").status_code == 200
    assert client.get("/desk/reports/head/").status_code == 200
    assert "is a day off" not in text(Client().get("/reception/"))
