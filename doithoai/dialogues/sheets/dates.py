"""Days as clerks write them."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from doithoai.dialogues.sheets.folding import plain
from doithoai.dialogues.sheets.tables import Cell

_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(36526, 73415)  # 2000 to 2100
_YEARS = range(2000, 2101)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_FULL = re.compile(
    r"(?<![\d/])(?:(?P<d>\d{1,2})\s*(?P<s>[/.\-])\s*(?P<m>\d{1,2})\s*(?P=s)\s*(?P<y>\d{4}|"
    r"\d{2})(?![\d/])"
    r"|(?P<iy>\d{4})-(?P<im>\d{1,2})-(?P<id>\d{1,2})(?!\d)"
    r"|(?P<wd>\d{1,2})\s+thang\s+(?P<wm>\d{1,2})\s*,?\s+nam\s+(?P<wy>\d{4}))"
)
_YEAR = r"(?:\s*(?:/|-|\.|,|\s|nam|cua)*\s*(?P<y>\d{4}))?"
_HALF = re.compile(r"\b(?:6|sau) thang (?P<half>dau|cuoi)(?: nam)?" + _YEAR)
_QUARTER = re.compile(r"\bquy\s*(?P<q>iv|iii|ii|i|[1-4])\b" + _YEAR)
_MONTH = re.compile(r"\bthang\s*(?P<m>\d{1,2})\b" + _YEAR)
_MONTH_YEAR = re.compile(r"(?<![\d/])(?P<m>\d{1,2})\s*/\s*(?P<y>\d{4})(?![\d/])")
_WHOLE_YEAR = re.compile(
    r"^(?:(?:trong|truoc|den|het|cuoi|cuoi nam|nam|hoan thanh)\s*)*(?P<y>\d{4})$"
)
_DAY_MONTH = re.compile(r"(?<![\d/])(?P<d>\d{1,2})\s*/\s*(?P<m>\d{1,2})(?![\d/])")
_RANGE = re.compile(r"\bden\b|-")


class Problem(StrEnum):
    """Why a written date needs a person."""

    IMPOSSIBLE = "impossible"
    UNREADABLE = "unreadable"
    SEVERAL = "several"


@dataclass(frozen=True)
class DateRead:
    """The day understood, if any, and what is wrong with it, if anything."""

    on: date | None = None
    problem: Problem | None = None


_NOTHING = DateRead()
_IMPOSSIBLE = DateRead(None, Problem.IMPOSSIBLE)
_UNREADABLE = DateRead(None, Problem.UNREADABLE)


def read(cell: Cell, *, after: date | None = None) -> DateRead:
    """The last day a cell allows: 30/9/2026, an Excel date, "quý III/2026", "cuối năm 2026".

    "Trước ngày 15/9/2026" gives 15/9/2026, as offices use it. A day without a year is the first
    one not before `after`, and cannot be read without it.
    """
    if isinstance(cell, date):
        return DateRead(cell) if cell.year in _YEARS else _IMPOSSIBLE
    if cell is None or isinstance(cell, bool):
        return _NOTHING if not cell else _UNREADABLE
    if isinstance(cell, float):
        return _number(cell)
    text = plain(cell)
    return _full(text) or _period(text, after) or (_UNREADABLE if text else _NOTHING)


def days_in(text: str) -> list[date]:
    """Every complete and possible day named in a text, in its order."""
    return [day for day in _days(plain(text)) if day]


def _number(value: float) -> DateRead:
    if value in _EXCEL_DAYS:
        return DateRead(_EXCEL_EPOCH + timedelta(days=int(value)))
    return DateRead(date(int(value), 12, 31)) if value in _YEARS else _UNREADABLE


def _full(text: str) -> DateRead | None:
    days = list(_days(text))
    if not days:
        return None
    if None in days:
        return _IMPOSSIBLE
    several = len(set(days)) > 1 and not _RANGE.search(text)
    return DateRead(days[-1], Problem.SEVERAL if several else None)


def _days(text: str) -> Iterator[date | None]:
    for found in _FULL.finditer(text):
        day, month, year = (
            int(found[name] or found[iso] or found[words])
            for name, iso, words in (("d", "id", "wd"), ("m", "im", "wm"), ("y", "iy", "wy"))
        )
        yield _day(year if year > 99 else 2000 + year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    if year not in _YEARS or not 1 <= month <= 12:
        return None
    return date(year, month, day) if 1 <= day <= _last(year, month) else None


def _last(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _period(text: str, after: date | None) -> DateRead | None:
    """A half-year, quarter, month or year counts to its last day."""
    if found := _HALF.search(text):
        return _month_end(6 if found["half"] == "dau" else 12, found["y"], after)
    if found := _QUARTER.search(text):
        quarter = _ROMAN.get(found["q"]) or int(found["q"])
        return _month_end(quarter * 3, found["y"], after)
    if found := _MONTH.search(text) or _MONTH_YEAR.search(text):
        return _month_end(int(found["m"]), found["y"], after)
    if found := _WHOLE_YEAR.search(text):
        return _month_end(12, found["y"], after)
    return _day_of_some_year(text, after)


def _month_end(month: int, year: str | None, after: date | None) -> DateRead:
    if not 1 <= month <= 12 or (year and int(year) not in _YEARS):
        return _IMPOSSIBLE
    if year:
        return DateRead(date(int(year), month, _last(int(year), month)))
    if after is None:
        return _UNREADABLE
    ends = (date(y, month, _last(y, month)) for y in (after.year, after.year + 1))
    return DateRead(next(end for end in ends if end >= after))


def _day_of_some_year(text: str, after: date | None) -> DateRead | None:
    found = _DAY_MONTH.search(text)
    if not found or after is None:
        return None
    days = (_day(after.year + more, int(found["m"]), int(found["d"])) for more in (0, 1))
    possible = [day for day in days if day and day >= after]
    return DateRead(possible[0]) if possible else _IMPOSSIBLE
