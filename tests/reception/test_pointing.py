"""The record of an open item names no visit that the register is silent about: whoever looked the
number up there would know that its person came about something sealed, too.
"""

import pytest
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.cases.commands import placing
from doithoai.cases.commands.placing import Kind
from doithoai.cases.models import Case
from doithoai.cases.queries import page, timeline
from doithoai.core.days import local_day
from doithoai.reception import tasks
from doithoai.reception.commands import raising, visits
from doithoai.reception.commands.raising import Brought
from doithoai.reception.models import Visit
from tests.cases.reaching import committee
from tests.conftest import become
from tests.reception.receiving import LAN

pytestmark = pytest.mark.django_db
LINE = "Nêu tại buổi tiếp công dân"


def record(case: Case, who: str) -> str:
    read = page.page(case.matter.code, become(who), today=local_day(timezone.now()))
    return "\n".join(each.text for each in timeline.happenings(read.pieces))


def came_with_two(minh: Official) -> tuple[Visit, Case, Case]:
    """One visit in which two things were raised."""
    now = timezone.now()
    visit = visits.arrive(committee().pk, visits.Arrival(who=LAN), by=minh, at=now)
    visits.call(visit.pk, by=minh, at=now)
    made = [
        raising.raise_matter(visit.pk, Brought(text), by=minh, at=timezone.now()).case
        for text in ("Đèn đường thôn Đông bị cháy", "Kênh Đồng Lều bị bồi lắng")
    ]
    return visit, made[0], made[1]


def test_an_item_raised_beside_what_is_sealed_says_no_more_in_which_visit(minh: Official) -> None:
    visit, open_one, other = came_with_two(minh)
    assert LINE in record(open_one, "minh")
    kind = Kind("other", other_procedure="denunciation", complained_of=committee().pk)
    placing.classify(other.pk, kind, by=minh, at=timezone.now())
    for who in ("minh", "chi"):
        assert LINE not in record(open_one, who), "at once, before the clock has been there"

    assert tasks.silence_sealed(timezone.now()) == 1
    assert Visit.objects.get(pk=visit.pk).sealed
    for who in ("minh", "chi"):
        assert LINE not in record(open_one, who), who
    assert LINE in record(Case.objects.get(pk=other.pk), "tinh"), "its own readers know"


def test_an_item_raised_beside_an_open_one_says_in_which_visit(minh: Official) -> None:
    _visit, first, second = came_with_two(minh)
    assert LINE in record(first, "minh")
    assert LINE in record(second, "chi")
