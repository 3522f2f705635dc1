"""Counting days: Civil Code 91/2015/QH13, articles 144-148, with pauses and extensions.

The day of suspension is not counted, the day of resumption is; an extension is added to the end
before it rolls, and the end rolls once; a period counted back from a day never rolls.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from doithoai.law.calendars import Calendar, DayOff
from doithoai.law.rules import Period, Unit

DAY = timedelta(days=1)
Stretch = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Pause:
    """From the day of suspension to the day of resumption (None: not yet resumed)."""

    since: date
    until: date | None
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Prolongation:
    """An extension decided on `on`: by `more`, or up to `until`; `counted` unless it came late."""

    on: date
    more: Period | None
    until: date | None
    reason: str | None
    counted: bool


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The end before and after rolling, and the stretches (after, up to) whose days were counted.

    Both ends are None while a pause is open: the end is not known until the days run again.
    """

    unrolled: date | None
    due: date | None
    counted: tuple[Stretch, ...]


def add_months(day: date, months: int) -> date:
    """The corresponding day that many months on, or the month's last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def advance(calendar: Calendar, day: date, amount: int, unit: Unit) -> date:
    """`amount` units on from the day (back when negative); the day itself is not counted."""
    if unit == "working":
        return calendar.add_working(day, amount)
    if unit == "months":
        return add_months(day, amount)
    return day + timedelta(days=amount)


def counted_between(calendar: Calendar, unit: Unit, after: date, until: date) -> int:
    """How many countable days lie after the first day, up to and including the second."""
    if unit == "working":
        return calendar.working_between(after, until)
    return max(0, (until - after).days)


def due_date(calendar: Calendar, start: date, period: Period, *, rolls: bool = True) -> date:
    """The last day of an undisturbed period: the simple case, without pauses or extensions."""
    end = _plain_end(calendar, start, period)
    return rolled(calendar, end) if rolls and period.amount >= 0 else end


def rolled(calendar: Calendar, day: date) -> date:
    """The day itself when it is worked or the country does not roll; else the next working day."""
    if not calendar.counting.rolls or calendar.is_working(day):
        return day
    return calendar.add_working(day, 1)


def reckon(
    calendar: Calendar,
    start: date,
    period: Period,
    disturbances: tuple[Sequence[Pause], Sequence[Prolongation]] = ((), ()),
    *,
    rolls: bool = True,
) -> Reckoning:
    """The end of a period counted from `start` with its pauses and extensions, in order of time."""
    pauses, prolongations = disturbances
    if not pauses and not prolongations:
        end = _plain_end(calendar, start, period)
        counted: tuple[Stretch, ...] = (_stretch(start, end),)
    else:
        lengthened = Period(period.amount + _same_unit(period.unit, prolongations), period.unit)
        paused_end, counted = _paused_end(calendar, start, lengthened, pauses)
        if paused_end is None:
            return Reckoning(None, None, counted)
        end = _later(calendar, paused_end, period.unit, prolongations)
    due = rolled(calendar, end) if rolls and period.amount >= 0 else end
    return Reckoning(end, due, counted)


def reckon_fixed(
    calendar: Calendar, fixed: date, prolongations: Sequence[Prolongation]
) -> Reckoning:
    """A due date set by a document: it neither rolls nor pauses, and moves only by extension."""
    end = _later(calendar, fixed, None, prolongations)
    return Reckoning(end, end, ())


def moment_due(
    start: datetime, hours: int, interruptions: Iterable[tuple[datetime, datetime | None]]
) -> datetime | None:
    """Clock hours from the moment, with the time of pauses added; None while one is open."""
    end = start.astimezone(UTC) + timedelta(hours=hours)
    for since, until in interruptions:
        if since >= end:
            break
        if until is None:
            return None
        end += until - since
    return end


def rest_days(calendar: Calendar, after: date, until: date) -> int:
    """Days after the first day, up to the second, that are not worked."""
    return max(0, (until - after).days) - calendar.working_between(after, until)


def stepped_over(calendar: Calendar, unrolled: date, due: date) -> tuple[DayOff, ...]:
    """Why the end moved: each day off from the unrolled end to the day before the due date."""
    found = (calendar.day_off(unrolled + DAY * n) for n in range((due - unrolled).days))
    return tuple(day for day in found if day is not None)


def _plain_end(calendar: Calendar, start: date, period: Period) -> date:
    if period.amount == 0:
        return start
    end = advance(calendar, start, period.amount, period.unit)
    if not calendar.counting.first_day_counted:
        return end
    return _with_first_day(calendar, start, period)


def _with_first_day(calendar: Calendar, start: date, period: Period) -> date:
    """In a country that counts the first day, the period begins on the start itself."""
    one = DAY if period.amount > 0 else -DAY
    if period.unit == "months":
        return add_months(start, period.amount) - one
    return advance(calendar, start - one, period.amount, period.unit)


def _stretch(start: date, end: date) -> Stretch:
    """The counted days as (after, up to); for a period counted back, from the end to the start."""
    return (start, end) if end >= start else (end - DAY, start - DAY)


def _paused_end(
    calendar: Calendar, start: date, period: Period, pauses: Sequence[Pause]
) -> tuple[date | None, tuple[Stretch, ...]]:
    """Use up the days before each pause, then go on from the day of resumption."""
    left, unit = _in_days(calendar, start, period)
    position = start - DAY if calendar.counting.first_day_counted and left else start
    counted: list[Stretch] = []
    for pause in pauses:
        before = pause.since - DAY
        used = counted_between(calendar, unit, position, before)
        if used >= left:
            break
        left -= used
        counted.append((position, max(position, before)))
        if pause.until is None:
            return None, tuple(counted)
        position = max(position, pause.until - DAY)
    end = advance(calendar, position, left, unit)
    return end, (*counted, (position, end))


def _in_days(calendar: Calendar, start: date, period: Period) -> tuple[int, Unit]:
    """Months are as long as they are when the period starts; pauses then move that many days."""
    if period.unit != "months":
        return period.amount, period.unit
    end = _plain_end(calendar, start, period)
    first = start - DAY if calendar.counting.first_day_counted else start
    return (end - first).days, "calendar"


def _same_unit(unit: Unit, prolongations: Iterable[Prolongation]) -> int:
    """What lengthens the period itself; months are added to its end, which may be a short month."""
    if unit == "months":
        return 0
    return sum(
        step.more.amount
        for step in prolongations
        if step.counted and step.more is not None and step.more.unit == unit
    )


def _later(
    calendar: Calendar, end: date, unit: Unit | None, prolongations: Iterable[Prolongation]
) -> date:
    """Extensions that do not lengthen the period itself, and those up to a date, one by one."""
    for step in prolongations:
        if not step.counted:
            continue
        if step.until is not None:
            end = max(end, step.until)
        elif step.more is not None and (step.more.unit != unit or unit == "months"):
            end = advance(calendar, end, step.more.amount, step.more.unit)
    return end
