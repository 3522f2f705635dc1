from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doithoai.law import calendars
from doithoai.law.counting import (
    Pause,
    Prolongation,
    add_months,
    due_date,
    moment_due,
    reckon,
    reckon_fixed,
)
from doithoai.law.rules import Period, Unit
from tests.law import naive
from tests.law.city import city

VIET_NAM = calendars.load()
CALENDARS = [
    VIET_NAM,
    city(),
    city(first_day_counted=False, rolls=True),
    city(first_day_counted=True, rolls=True),
]
repeatable = settings(derandomize=True, deadline=None, max_examples=200)
any_calendar = st.sampled_from(CALENDARS)
any_day = st.dates(date(2025, 11, 1), date(2027, 3, 31))
any_amount = st.integers(1, 60)
any_unit: st.SearchStrategy[Unit] = st.sampled_from(["calendar", "working"])


@st.composite
def pauses_after(draw: st.DrawFn) -> tuple[date, list[Pause]]:
    """A start and up to three pauses after it, in order; they may touch."""
    start = draw(any_day)
    found, day = [], start
    for _ in range(draw(st.integers(0, 3))):
        since = day + timedelta(days=draw(st.integers(0, 15)))
        day = since + timedelta(days=draw(st.integers(0, 20)))
        found.append(Pause(since, day, None))
    return start, found


@repeatable
@given(any_calendar, any_day, any_amount, any_unit)
def test_a_period_ends_where_a_clerk_counting_days_ends(
    calendar: calendars.Calendar, start: date, amount: int, unit: Unit
) -> None:
    end = naive.forward(calendar, start, amount, unit)
    found = reckon(calendar, start, Period(amount, unit))
    assert found.unrolled == end
    assert found.due == naive.roll(calendar, end)
    assert due_date(calendar, start, Period(amount, unit)) == found.due


@repeatable
@given(any_calendar, any_day, any_amount, any_unit)
def test_a_period_counted_back_never_rolls(
    calendar: calendars.Calendar, start: date, amount: int, unit: Unit
) -> None:
    found = reckon(calendar, start, Period(-amount, unit))
    assert found.due == found.unrolled == naive.back(calendar, start, amount, unit)


@repeatable
@given(any_calendar, pauses_after(), any_amount, any_unit)
def test_days_of_suspension_are_left_out_and_days_of_resumption_counted(
    calendar: calendars.Calendar, paused: tuple[date, list[Pause]], amount: int, unit: Unit
) -> None:
    start, pauses = paused
    end = naive.forward(calendar, start, amount, unit, pauses)
    found = reckon(calendar, start, Period(amount, unit), (pauses, ()))
    assert found.unrolled == end
    assert found.due == naive.roll(calendar, end)


@repeatable
@given(any_calendar, pauses_after(), any_amount, any_amount, any_unit)
def test_an_extension_goes_on_from_the_unrolled_end_and_rolls_once(
    calendar: calendars.Calendar,
    paused: tuple[date, list[Pause]],
    amount: int,
    more: int,
    unit: Unit,
) -> None:
    start, pauses = paused
    step = Prolongation(start, Period(more, unit), None, "complex", True)
    end = naive.forward(calendar, start, amount + more, unit, pauses)
    found = reckon(calendar, start, Period(amount, unit), (pauses, [step]))
    assert found.due == naive.roll(calendar, end)


@repeatable
@given(any_calendar, any_day, any_amount, any_amount)
def test_an_extension_in_other_days_is_added_to_the_end(
    calendar: calendars.Calendar, start: date, amount: int, more: int
) -> None:
    step = Prolongation(start, Period(more, "working"), None, None, True)
    end = naive.forward(calendar, start, amount, "calendar")
    found = reckon(calendar, start, Period(amount, "calendar"), ((), [step]))
    assert found.unrolled == calendar.add_working(end, more)


@repeatable
@given(any_calendar, any_day, any_day)
def test_working_days_between_two_days_are_those_a_clerk_counts(
    calendar: calendars.Calendar, after: date, until: date
) -> None:
    days = (after + timedelta(days=n + 1) for n in range((until - after).days))
    assert calendar.working_between(after, until) == sum(calendar.is_working(day) for day in days)


def test_seven_working_days_over_tet_2026_end_on_the_27th_of_february() -> None:
    assert due_date(VIET_NAM, date(2026, 2, 11), Period(7, "working")) == date(2026, 2, 27)


def test_ten_days_from_the_15th_of_july_end_on_saturday_and_roll_to_monday() -> None:
    found = reckon(VIET_NAM, date(2026, 7, 15), Period(10, "calendar"))
    assert (found.unrolled, found.due) == (date(2026, 7, 25), date(2026, 7, 27))


def test_a_period_that_ends_on_a_swapped_saturday_does_not_roll() -> None:
    assert due_date(VIET_NAM, date(2026, 8, 12), Period(10, "calendar")) == date(2026, 8, 22)


def test_a_period_that_ends_before_national_day_rolls_over_the_swap_and_the_holiday() -> None:
    assert due_date(VIET_NAM, date(2026, 8, 19), Period(10, "calendar")) == date(2026, 9, 3)


def test_the_rule_may_forbid_rolling() -> None:
    day = date(2026, 7, 25)
    assert due_date(VIET_NAM, day, Period(0, "calendar"), rolls=False) == day


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 7, 15), 6, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
    ],
)
def test_a_month_ends_on_the_corresponding_day_or_the_last(
    start: date, months: int, end: date
) -> None:
    assert add_months(start, months) == end


def test_months_are_extended_from_their_own_end() -> None:
    step = Prolongation(date(2026, 9, 1), Period(3, "months"), None, None, True)
    found = reckon(VIET_NAM, date(2026, 8, 31), Period(6, "months"), ((), [step]))
    assert found.unrolled == date(2027, 5, 28)


def test_months_are_paused_day_for_day() -> None:
    pause = Pause(date(2026, 8, 1), date(2026, 8, 11), None)
    found = reckon(VIET_NAM, date(2026, 7, 15), Period(1, "months"), ([pause], ()))
    assert found.unrolled == date(2026, 8, 25)


def test_the_first_day_counts_for_months_where_the_country_counts_it() -> None:
    found = reckon(city(), date(2026, 7, 15), Period(1, "months"))
    assert found.due == date(2026, 8, 14)


def test_the_end_is_not_known_while_a_pause_is_open() -> None:
    pause = Pause(date(2026, 7, 20), None, date(2026, 8, 3))
    found = reckon(VIET_NAM, date(2026, 7, 15), Period(15, "working"), ([pause], ()))
    assert (found.unrolled, found.due) == (None, None)


def test_a_pause_after_the_end_changes_nothing() -> None:
    pause = Pause(date(2026, 9, 20), None, None)
    found = reckon(VIET_NAM, date(2026, 7, 15), Period(10, "calendar"), ([pause], ()))
    assert found.due == date(2026, 7, 27)


def test_an_extension_that_came_too_late_adds_nothing() -> None:
    step = Prolongation(date(2026, 8, 20), Period(15, "calendar"), None, None, False)
    found = reckon(VIET_NAM, date(2026, 7, 15), Period(10, "calendar"), ((), [step]))
    assert found.due == date(2026, 7, 27)


def test_a_date_set_by_a_document_neither_rolls_nor_moves_back() -> None:
    sunday = date(2026, 8, 30)
    earlier = Prolongation(date(2026, 8, 1), None, date(2026, 8, 10), None, True)
    assert reckon_fixed(VIET_NAM, sunday, []).due == sunday
    assert reckon_fixed(VIET_NAM, sunday, [earlier]).due == sunday


def test_hours_are_clock_hours_and_wait_for_a_pause() -> None:
    start = datetime(2026, 8, 14, 1, 30, tzinfo=UTC)
    pause = (start + timedelta(hours=10), start + timedelta(hours=34))
    assert moment_due(start, 72, []) == start + timedelta(hours=72)
    assert moment_due(start, 72, [pause]) == start + timedelta(hours=96)
    assert moment_due(start, 72, [(pause[0], None)]) is None
    assert moment_due(start, 5, [pause]) == start + timedelta(hours=5)
