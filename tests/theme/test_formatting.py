"""Days, moments and figures, to the letter, in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from doithoai.theme import formatting

MONDAY = date(2026, 8, 3)


def test_a_day_is_written_day_month_year_in_every_language() -> None:
    for language in ("vi", "en"):
        with translation.override(language):
            assert formatting.day(date(2026, 8, 5)) == "05/08/2026"


def test_a_moment_late_in_the_evening_utc_is_the_next_local_day() -> None:
    late = datetime(2026, 8, 4, 18, 30, tzinfo=UTC)
    assert formatting.day(late) == "05/08/2026"
    assert formatting.moment(late) == "05/08/2026 01:30"


def test_a_naive_moment_is_taken_as_local() -> None:
    naive = datetime(2026, 8, 4, 18, 30)  # noqa: DTZ001 - the case under test
    assert formatting.moment(naive) == "04/08/2026 18:30"
    assert formatting.day(naive) == "04/08/2026"


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (0, None, "0", "0"),
        (1234, None, "1.234", "1,234"),
        (1234567, None, "1.234.567", "1,234,567"),
        (1234.5, None, "1.234,5", "1,234.5"),
        (Decimal("7.00"), None, "7", "7"),
        (-1234.56, 1, "-1.234,6", "-1,234.6"),
        (0.125, 2, "0,13", "0.13"),
        (3, 1, "3,0", "3.0"),
    ],
)
def test_a_number_has_the_separators_of_its_language(
    value: formatting.Number, decimals: int | None, vi: str, en: str
) -> None:
    assert formatting.number(value, decimals=decimals, language="vi") == vi
    assert formatting.number(value, decimals=decimals, language="en") == en


def test_a_number_follows_the_language_in_use() -> None:
    with translation.override("vi"):
        assert formatting.number(1234.5) == "1.234,5"
    with translation.override("en"):
        assert formatting.number(1234.5) == "1,234.5"


@pytest.mark.parametrize(
    ("part", "whole", "vi", "en"),
    [
        (2, 3, "66,7%", "66.7%"),
        (1, 1, "100%", "100%"),
        (Decimal("0.5"), 1, "50%", "50%"),
        (0, 9, "0%", "0%"),
        (1, 0, "—", "—"),
    ],
)
def test_a_share_has_one_decimal_and_nothing_to_share_is_a_dash(
    part: formatting.Number, whole: int, vi: str, en: str
) -> None:
    assert formatting.percent(part, whole, language="vi") == vi
    assert formatting.percent(part, whole, language="en") == en


def test_weekdays_are_named_as_officials_write_them() -> None:
    week = [date(2026, 8, day) for day in range(3, 10)]
    with translation.override("vi"):
        assert [formatting.weekday(day) for day in week] == [
            "thứ Hai",
            "thứ Ba",
            "thứ Tư",
            "thứ Năm",
            "thứ Sáu",
            "thứ Bảy",
            "Chủ nhật",
        ]
    with translation.override("en"):
        assert formatting.weekday(week[2]) == "Wednesday"


@pytest.mark.parametrize(
    ("due_on", "working", "urgency", "vi", "en"),
    [
        (date(2026, 8, 1), None, "late", "quá 2 ngày", "2 days late"),
        (date(2026, 8, 2), 5, "late", "quá 1 ngày", "1 day late"),
        (MONDAY, None, "today", "hôm nay", "today"),
        (date(2026, 8, 4), None, "soon", "còn 1 ngày", "1 day left"),
        (date(2026, 8, 6), 3, "soon", "còn 3 ngày làm việc", "3 working days left"),
        (date(2026, 8, 7), None, "later", "còn 4 ngày", "4 days left"),
        (date(2026, 8, 7), 1, "later", "còn 1 ngày làm việc", "1 working day left"),
    ],
)
def test_a_due_date_is_said_in_words(
    due_on: date, working: int | None, urgency: str, vi: str, en: str
) -> None:
    with translation.override("vi"):
        due = formatting.due(due_on, MONDAY, working=working)
    assert (due.urgency, due.words) == (urgency, vi)
    with translation.override("en"):
        assert formatting.due(due_on, MONDAY, working=working).words == en


def test_a_paused_due_date_is_never_late() -> None:
    with translation.override("vi"):
        due = formatting.due(date(2026, 7, 1), MONDAY, paused=True)
    assert (due.urgency, due.words, due.day) == ("paused", "tạm dừng", "01/07/2026")
