"""Due dates counted the slow way, day after day, from the text of the Civil Code and nothing else.

It shares no line with ``doithoai.law.counting``: it reads the calendar's data itself and steps
through every day, so that what the fast counter says can be held against it.
"""

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import holidays

DAY = timedelta(days=1)
FIRST, LAST = 2019, 2034


@dataclass(frozen=True)
class Wait:
    """From the day of suspension to the day of resumption."""

    since: date
    until: date


@cache
def days_worked(calendar: Path) -> frozenset[date]:
    """Every worked day from 2019 to 2034 that the file and the public holidays leave."""
    file = tomllib.loads(calendar.read_text(encoding="utf-8"))
    public = holidays.country_holidays(file["country"], years=range(FIRST, LAST + 1))
    off, worked = set(public), set(public.weekend_workdays)
    for mark in file["day"]:
        if "scope" not in mark:
            (off if mark["kind"] == "off" else worked).add(mark["date"])
            (worked if mark["kind"] == "off" else off).discard(mark["date"])
    weekend = file["counting"]["weekend"]
    found, day = set(), date(FIRST, 1, 1)
    while day.year <= LAST:
        if day not in off and (day in worked or day.isoweekday() not in weekend):
            found.add(day)
        day += DAY
    return frozenset(found)


def due(start: date, amount: int, unit: str, wait: Wait | None, worked: frozenset[date]) -> date:
    """The last day of a period (Civil Code arts 144-148).

    The first day is not counted; a period that ends on a day off ends on the next worked day; one
    counted back never moves. The day of suspension is not counted, the day of resumption is.
    """
    if amount < 0:
        return _back(start, -amount, unit, worked)
    if unit == "months" and wait is None:
        return _next_worked(_months_on(start, amount), worked)
    left = (_months_on(start, amount) - start).days if unit == "months" else amount
    day = start
    while left:
        day += DAY
        stands = wait is not None and wait.since <= day < wait.until
        if not stands and (unit != "working" or day in worked):
            left -= 1
    return _next_worked(day, worked)


def _back(start: date, left: int, unit: str, worked: frozenset[date]) -> date:
    if unit == "months":
        return _months_on(start, -left)
    day = start
    while left:
        day -= DAY
        if unit != "working" or day in worked:
            left -= 1
    return day


def _months_on(day: date, months: int) -> date:
    """The same day of the month, so many months on; the last one of a shorter month."""
    step, year, month = (1 if months > 0 else -1), day.year, day.month
    for _ in range(abs(months)):
        month += step
        if month in {0, 13}:
            year, month = year + step, 12 if month == 0 else 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _next_worked(day: date, worked: frozenset[date]) -> date:
    while day not in worked:
        day += DAY
    return day
