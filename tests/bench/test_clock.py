"""The naive counter and the product's agree, so that the bench compares two things that work."""

from datetime import date

import pytest

from bench import clock, naive
from doithoai.law import calendars
from doithoai.law.rules import Period

WORKED = naive.days_worked(calendars.NATIONAL)


def test_both_counters_say_the_same_for_every_period_of_the_rulebook() -> None:
    asked = clock.questions(how_many=3000)
    found, _seconds = clock.answered(asked)
    assert [clock.slow(one) for one in asked] == found


def test_some_questions_stand_still_and_some_count_back() -> None:
    asked = clock.questions(how_many=3000)
    assert any(one.wait for one in asked)
    assert any(one.period.amount < 0 for one in asked)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        (date(2026, 7, 15), 15, "working", date(2026, 8, 5)),
        (date(2026, 7, 16), 10, "calendar", date(2026, 7, 27)),  # the 26th is a Sunday
        (date(2026, 1, 30), 1, "months", date(2026, 3, 2)),  # the 28th of February is a Saturday
        (date(2026, 1, 1), 1, "working", date(2026, 1, 5)),  # the 2nd was swapped and is off
        (date(2026, 7, 15), -7, "calendar", date(2026, 7, 8)),
    ],
)
def test_the_naive_counter_counts_as_the_civil_code_says(
    start: date, amount: int, unit: str, due: date
) -> None:
    assert naive.due(start, amount, unit, None, WORKED) == due


def test_the_day_of_suspension_is_not_counted_and_the_day_of_resumption_is() -> None:
    wait = naive.Wait(date(2026, 7, 20), date(2026, 7, 23))
    assert naive.due(date(2026, 7, 15), 8, "working", wait, WORKED) == date(2026, 7, 30)


def test_a_wrong_counter_would_be_seen() -> None:
    one = clock.Asked(date(2026, 7, 15), Period(15, "working"), None)
    assert clock.slow(one) != date(2026, 8, 4)
