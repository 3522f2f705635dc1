from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from doithoai.law import calendars
from doithoai.law.calendars import Counting
from doithoai.law.tables import WrongValue
from tests.law.city import FEAST, city

VIET_NAM = calendars.load()


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 1, 2),
        *(date(2026, 2, number) for number in range(14, 23)),
        date(2026, 4, 27),
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 8, 31),
        date(2026, 9, 2),
        date(2026, 11, 24),
        date(2026, 7, 25),
    ],
)
def test_the_days_off_of_2026_are_not_worked(day: date) -> None:
    assert not VIET_NAM.is_working(day)
    assert VIET_NAM.day_off(day) is not None


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 10),
        date(2026, 8, 22),
        date(2026, 2, 13),
        date(2026, 2, 23),
        date(2025, 11, 24),
    ],
)
def test_swapped_saturdays_and_plain_days_are_worked(day: date) -> None:
    assert VIET_NAM.is_working(day)
    assert VIET_NAM.day_off(day) is None


def test_a_day_off_says_its_name_and_its_source() -> None:
    swap = VIET_NAM.day_off(date(2026, 1, 2))
    tet = VIET_NAM.day_off(date(2026, 2, 17))
    sunday = VIET_NAM.day_off(date(2026, 7, 26))
    assert swap is not None
    assert swap.source == "Công văn 12729/VPCP-KGVX ngày 25/12/2025"
    assert tet is not None
    assert (tet.vi, tet.en) == ("Tết Nguyên Đán", "Lunar New Year")
    assert tet.source == "Bộ luật Lao động 45/2019/QH14, Điều 112"
    assert sunday is not None
    assert sunday.vi == "ngày nghỉ hằng tuần"


def test_a_year_is_confirmed_once_its_plan_is_announced() -> None:
    assert VIET_NAM.confirmed(2026)
    assert not VIET_NAM.confirmed(2027)


def test_a_local_day_begins_seven_hours_before_the_day_in_utc() -> None:
    assert VIET_NAM.local_day(datetime(2026, 7, 14, 17, 30, tzinfo=UTC)) == date(2026, 7, 15)


def test_working_days_are_counted_over_the_turn_of_the_year() -> None:
    assert VIET_NAM.add_working(date(2025, 12, 31), 1) == date(2026, 1, 5)
    assert VIET_NAM.add_working(date(2026, 1, 5), -1) == date(2025, 12, 31)
    assert VIET_NAM.add_working(date(2026, 1, 3), 0) == date(2026, 1, 3)
    assert VIET_NAM.working_between(date(2026, 7, 17), date(2026, 7, 15)) == 0


def test_the_invented_city_rests_on_friday_and_saturday() -> None:
    assert not city().is_working(date(2026, 3, 13))
    assert not city().is_working(date(2026, 3, 14))
    assert city().is_working(date(2026, 3, 15))
    assert city().day_off(date(2026, 3, 17)) == FEAST
    assert city().is_working(date(2026, 3, 20))
    assert city().confirmed(2031)


def test_an_override_with_a_scope_counts_only_there(tmp_path: Path) -> None:
    path = tmp_path / "calendar.toml"
    path.write_text(
        '[counting]\nweekend = [6, 7]\ntime_zone = "Asia/Ho_Chi_Minh"\n'
        '[[day]]\ndate = 2026-07-15\nkind = "off"\nscope = "vn/ha-tinh"\n'
        'name = { vi = "mất điện", en = "power cut" }\nsource = "Công văn 1"\n',
        encoding="utf-8",
    )
    assert calendars.load(path).is_working(date(2026, 7, 15))
    there = calendars.load(path, scopes=frozenset({"vn/ha-tinh"}))
    assert not there.is_working(date(2026, 7, 15))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[counting]\nweekend = [8]\ntime_zone = 'UTC'", "weekend must be days of the week"),
        ("[counting]\nweekend = [1,2,3,4,5,6,7]\ntime_zone = 'UTC'", "not all of them"),
        ("[counting]\nweekend = [6]", "time_zone must be a text"),
        ("nonsense = 1", "unknown field: nonsense"),
        (
            "[counting]\nweekend = [6]\ntime_zone = 'UTC'\nyear_begins = [2, 29]",
            "year_begins must be a month and a day that every month has",
        ),
        (
            "[counting]\nweekend = [6]\ntime_zone = 'UTC'\n[[day]]\ndate = 2026-01-01\n"
            "kind = 'half'\nname = { vi = 'a', en = 'b' }\nsource = 'c'",
            "kind must be off or work",
        ),
    ],
)
def test_a_file_that_is_not_a_calendar_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "calendar.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongValue, match=reason):
        calendars.load(path)


def test_a_year_outside_the_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="outside the calendar"):
        city().is_working(date(9999, 1, 1))


def test_a_week_without_a_working_day_is_refused() -> None:
    with pytest.raises(WrongValue):
        Counting(frozenset(range(1, 8)), False, True, "UTC")


def test_the_shipped_calendars_are_known_by_name() -> None:
    assert calendars.names() == {"vn"}
