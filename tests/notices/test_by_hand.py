"""Those with neither mail nor telephone: what is called, posted and read out in a village."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from doithoai.notices import commands, queries
from doithoai.notices.commands import Recipient
from tests.notices.test_commands import ABOUT, queued

pytestmark = pytest.mark.django_db

HUNG_TRUNG = UUID(int=100)


def test_a_village_has_its_sheet_in_one_query(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = queued(now, Recipient("print", "0239000000", village=HUNG_TRUNG))
    second = queued(now, Recipient("print", "", village=HUNG_TRUNG))
    queued(now, Recipient("print", "", village=UUID(int=101)))
    queued(now + timedelta(days=1), Recipient("print", "", village=HUNG_TRUNG))

    with django_assert_num_queries(1):
        rows = queries.sheet(HUNG_TRUNG, at=now)

    assert [row.notice for row in rows] == [first.pk, second.pk]
    assert "125/UBND-KT" in rows[0].call


def test_what_is_posted_or_read_out_says_no_more_than_the_code(now: datetime) -> None:
    queued(now, Recipient("print", "", village=HUNG_TRUNG))

    (row,) = queries.sheet(HUNG_TRUNG, at=now)

    for said in (row.posting, row.loudspeaker):
        assert "2611 4470 8163" in said
        assert "125/UBND-KT" not in said


def test_words_written_for_the_loudspeaker_name_nobody(now: datetime) -> None:
    to = Recipient("print", "", village=HUNG_TRUNG)
    for name in ("Thử", "Nghiệm"):
        commands.queue("tests/held", to=to, about=None, context={"name": name}, at=now)

    rows = queries.sheet(HUNG_TRUNG, at=now)

    said = "Hội nghị đối thoại đã có kết luận, niêm yết tại nhà văn hóa thôn."
    assert [row.loudspeaker for row in rows] == [said, said]
    assert not any(name in row.posting for row in rows for name in ("Thử", "Nghiệm"))


def test_villages_with_somebody_waiting_are_counted(now: datetime) -> None:
    for village in (HUNG_TRUNG, HUNG_TRUNG, None):
        queued(now, Recipient("print", "", village=village))

    assert queries.villages() == [queries.Village(HUNG_TRUNG, 2), queries.Village(None, 1)]


def test_a_matter_shows_whom_it_told(now: datetime) -> None:
    row = queued(now)

    assert queries.told(ABOUT) == [row]
