"""An invented city: it rests on Friday and Saturday, counts the first day, and never rolls."""

from __future__ import annotations

from datetime import date

from doithoai.law.calendars import Calendar, Counting, DayOff, MarkedDay

FEAST = DayOff(date(2026, 3, 17), "lễ hội sông", "River Feast", "City order 4")
SWAP = DayOff(date(2026, 3, 20), "làm bù", "worked for the feast", "City order 4")


def city(*, first_day_counted: bool = True, rolls: bool = False) -> Calendar:
    return Calendar(
        Counting(frozenset({5, 6}), first_day_counted, rolls, "Asia/Muscat"),
        marked=(MarkedDay(True, FEAST), MarkedDay(False, SWAP)),
    )
