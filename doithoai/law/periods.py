"""Recurring duties: the periods in which something is owed once more, and the days kept for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from doithoai.law.calendars import Calendar, DayOff
from doithoai.law.counting import add_months
from doithoai.law.rules import FIRST_DAY, LAST_DAY, Conditions, Facts, Rule, holds

DAY = timedelta(days=1)
WEEK, TERM = "week", "term"
MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
FIRST_MONTHS: Mapping[str, int] = {"first_quarter": 3, "first_half": 6, "nine_months": 9}
LENGTHS = (WEEK, *MONTHS, *FIRST_MONTHS, TERM)


@dataclass(frozen=True, slots=True)
class Span:
    """A period by its first and its last day, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Opened:
    """A period the Clock opens for one post: with these facts, under this rule."""

    rule: Rule
    span: Span
    facts: Facts


@dataclass(frozen=True, slots=True)
class KeptDay:
    """A day kept for something each month. `moved_from`: the day that was meant, and why not."""

    day: date
    moved_from: date | None = None
    because: DayOff | None = None


def span(every: str, day: date, calendar: Calendar) -> Span | None:
    """The period of that length around the day, by the calendar's own weeks and years.

    The first quarter, first half and nine months are those of the day's year, and may be over by
    then. None for a term, which no calendar counts. Raises ValueError for what is not in LENGTHS.
    """
    if every == WEEK:
        first = day - timedelta(days=(day.isoweekday() - calendar.counting.week_begins) % 7)
        return Span(first, first + timedelta(days=6))
    if every == TERM:
        return None
    year = _year_of(day, calendar)
    if every in FIRST_MONTHS:
        return _months(year.first, 0, FIRST_MONTHS[every])
    if every not in MONTHS:
        raise ValueError(f"{every} is not a period")
    length = MONTHS[every]
    return next(
        found
        for number in range(12 // length)
        if day in (found := _months(year.first, number, length))
    )


def opened_on(
    rules: Iterable[Rule], day: date, holder: Facts, calendar: Calendar
) -> tuple[Opened, ...]:
    """The periods running on that day that a post with these facts (`post_kind`, `level`) owes.

    The version in force on the first day of its period governs it (`applies = "received"`: the
    matter of a duty is received on that day).
    """
    found = (_opened(rule, day, holder, calendar) for rule in rules)
    return tuple(one for one in found if one is not None)


def kept_day(day: date, calendar: Calendar) -> KeptDay:
    """The day itself when it is worked, else the next working day; the last one before it when the
    next lies in another month, which the duty of this month could not count.

    Provinces move reception to the next working day (certainty B); the second half is ours (D).
    """
    off = calendar.day_off(day)
    if off is None:
        return KeptDay(day)
    after = calendar.add_working(day, 1)
    moved = after if after.month == day.month else calendar.add_working(day, -1)
    return KeptDay(moved, day, off)


def kept_days(
    days: Sequence[int], year: int, month: int, calendar: Calendar
) -> tuple[KeptDay, ...]:
    """A schedule such as "the 10th and the 24th" in one month, moved off days off, in order.

    A day the month does not have is its last one; two days that meet are kept once.
    """
    last = add_months(date(year, month, 1), 1) - DAY
    meant = sorted({min(date(year, month, 1) + timedelta(days=day - 1), last) for day in days})
    kept: dict[date, KeptDay] = {}
    for day in meant:
        found = kept_day(day, calendar)
        if found.day not in kept or found.moved_from is None:
            kept[found.day] = found
    return tuple(kept[day] for day in sorted(kept))


def _opened(rule: Rule, day: date, holder: Facts, calendar: Calendar) -> Opened | None:
    if rule.opening.every is None:
        return None
    found = span(rule.opening.every, day, calendar)
    if found is None or day not in found or not rule.force.on(found.first):
        return None
    facts: dict[str, str | int | bool | None] = {
        **_stated(rule.opening.only_when),
        **holder,
        "every": rule.opening.every,
        FIRST_DAY: found.first.isoformat(),
        LAST_DAY: found.last.isoformat(),
    }
    return Opened(rule, found, facts) if holds(rule.opening.only_when, facts) else None


def _stated(conditions: Conditions) -> dict[str, str | int | bool | None]:
    """What the rule itself says without a choice, such as which duty it is."""
    return {name: next(iter(allowed)) for name, allowed in conditions if len(allowed) == 1}


def _year_of(day: date, calendar: Calendar) -> Span:
    month, first_day = calendar.counting.year_begins
    begins = date(day.year, month, first_day)
    if begins > day:
        begins = date(day.year - 1, month, first_day)
    return Span(begins, add_months(begins, 12) - DAY)


def _months(first: date, number: int, length: int) -> Span:
    return Span(add_months(first, number * length), add_months(first, (number + 1) * length) - DAY)
