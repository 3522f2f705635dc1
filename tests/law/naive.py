"""Counting one day at a time, as a clerk does with a wall calendar: slow, and easy to believe."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from doithoai.law.calendars import Calendar
from doithoai.law.counting import Pause
from doithoai.law.rules import Unit

DAY = timedelta(days=1)


def counts(calendar: Calendar, day: date, unit: Unit) -> bool:
    return unit == "calendar" or calendar.is_working(day)


def suspended(day: date, pauses: Sequence[Pause]) -> bool:
    """The day of suspension is not counted, the day of resumption is."""
    return any(p.since <= day and (p.until is None or day < p.until) for p in pauses)


def forward(
    calendar: Calendar, start: date, amount: int, unit: Unit, pauses: Sequence[Pause] = ()
) -> date:
    """The day on which the count reaches the amount; the start is day nought."""
    day, left = start, amount
    if calendar.counting.first_day_counted and amount:
        day -= DAY
    while left:
        day += DAY
        if counts(calendar, day, unit) and not suspended(day, pauses):
            left -= 1
    return day


def back(calendar: Calendar, start: date, amount: int, unit: Unit) -> date:
    day, left = start, amount
    if calendar.counting.first_day_counted and amount:
        day += DAY
    while left:
        day -= DAY
        if counts(calendar, day, unit):
            left -= 1
    return day


def roll(calendar: Calendar, day: date) -> date:
    while calendar.counting.rolls and not calendar.is_working(day):
        day += DAY
    return day
