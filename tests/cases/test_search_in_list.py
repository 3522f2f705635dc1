"""Words in the list of cases: found among what the reader may read, and nothing beyond it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doithoai.accounts.actors import Citizen, Official
from doithoai.cases.commands import intake, placing
from doithoai.cases.models import Case
from doithoai.cases.queries import Selection, select
from doithoai.cases.queries.listing import listed
from doithoai.core.days import local_day
from doithoai.docket.models import Excluded, Words
from doithoai.units.models import Body

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[object]]
CANAL = Selection(text="kenh dong leu")


@pytest.fixture
def canal(now: datetime) -> Case:
    """What somebody says to the commune's committee about a canal."""
    committee = Body.objects.get(short_name="UBND xã Cẩm Lạc")
    said = intake.Statement(text="Nạo vét kênh Đồng Lều.", channel="web", occasion="web")
    return intake.submit(said, to=committee, by=Citizen(), at=now).case


@pytest.fixture
def today(now: datetime) -> date:
    """The local day of it all."""
    return local_day(now)


def found(actor: Official, today: date) -> list[Case]:
    """The cases whose words this reader finds."""
    return list(select(actor, CANAL, today=today))


def test_words_are_found_by_those_who_may_read_them_and_by_nobody_else(
    canal: Case, minh: Official, lien: Official, today: date
) -> None:
    assert found(minh, today) == [canal]
    assert found(lien, today) == []


def test_words_are_found_by_the_body_a_case_is_handed_to(
    canal: Case, minh: Official, hoa: Official, now: datetime, today: date
) -> None:
    assert found(hoa, today) == []
    placing.classify(canal.pk, placing.Kind("irrigation"), by=minh, at=now)
    economy = Body.objects.get(short_name="Phòng Kinh tế xã Cẩm Lạc")
    placing.route(canal.pk, to=economy.pk, why="Its field.", by=minh, at=now)
    assert found(hoa, today) == [canal]


def test_who_is_excluded_finds_no_words_either(canal: Case, minh: Official, today: date) -> None:
    Excluded.objects.create(matter=canal.matter, user_id=minh.user, reason="named in it")
    assert found(minh, today) == []


def test_readers_only_narrow_a_search_and_open_nothing(
    canal: Case, lien: Official, today: date
) -> None:
    Words.objects.filter(matter=canal.matter).update(readers=[lien.post])
    assert found(lien, today) == []


def test_words_in_the_list_are_looked_for_among_the_readers_own(
    canal: Case, minh: Official, today: date, django_assert_max_num_queries: Counted
) -> None:
    with django_assert_max_num_queries(2), CaptureQueriesContext(connection) as asked:
        assert listed(minh, CANAL, today=today, page="1").count == 1
    assert all('"readers" &&' in query["sql"] for query in asked.captured_queries)
