"""Which days are worked: a country's weekend and public holidays, and overrides with a source."""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays

from doithoai.law.tables import Table, WrongValue, as_table

FOLDER = Path(__file__).parent / "calendars"
NATIONAL = FOLDER / "vn.toml"
ALL_DAYS_OF_THE_WEEK = frozenset(range(1, 8))
FURTHEST_YEAR = 9998
LAST_DAY_OF_EVERY_MONTH = 28


@dataclass(frozen=True, slots=True)
class Counting:
    """How a country counts. `weekend`: ISO weekdays (Monday is 1); `time_zone`: an IANA name;
    `week_begins`: an ISO weekday; `year_begins`: month and day (at most the 28th).
    """

    weekend: frozenset[int]
    first_day_counted: bool
    rolls: bool
    time_zone: str
    week_begins: int = 1
    year_begins: tuple[int, int] = (1, 1)

    def __post_init__(self) -> None:
        if not self.weekend < ALL_DAYS_OF_THE_WEEK:
            raise WrongValue("weekend must be days of the week from 1 to 7, and not all of them")


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day that is not as the week says: its name in both languages, and the text that says so."""

    day: date
    vi: str
    en: str
    source: str


@dataclass(frozen=True, slots=True)
class MarkedDay:
    """An override: this day is off, or is worked, whatever the week and the public holidays say."""

    off: bool
    note: DayOff


@dataclass(frozen=True, slots=True)
class Sources:
    """Which texts say that the public holidays and the weekly days of rest are off."""

    holiday: str = ""
    weekend: str = ""


@dataclass(frozen=True, slots=True)
class _Year:
    working: tuple[int, ...]
    working_set: frozenset[int]
    off: tuple[int, ...]
    off_notes: tuple[DayOff, ...]
    worked: tuple[int, ...]
    worked_notes: tuple[DayOff, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one country or city. `country`: an ISO code known to `holidays`, None for none.

    `confirmed_years`: years whose plan has been announced; None when every year is.
    """

    counting: Counting
    country: str | None = None
    marked: tuple[MarkedDay, ...] = ()
    confirmed_years: frozenset[int] | None = None
    sources: Sources = Sources()
    zone: ZoneInfo = field(init=False, repr=False, compare=False)
    _years: dict[int, _Year] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "zone", ZoneInfo(self.counting.time_zone))

    def local_day(self, at: datetime) -> date:
        """The day people there write for this moment."""
        return at.astimezone(self.zone).date()

    def is_working(self, day: date) -> bool:
        return day.toordinal() in self._year(day.year).working_set

    def confirmed(self, year: int) -> bool:
        """Whether the year's plan of days off has been announced; otherwise it is estimated."""
        return self.confirmed_years is None or year in self.confirmed_years

    def day_off(self, day: date) -> DayOff | None:
        """Why the day is not worked, or None when it is worked."""
        if self.is_working(day):
            return None
        year = self._year(day.year)
        place = bisect_left(year.off, day.toordinal())
        if place < len(year.off) and year.off[place] == day.toordinal():
            return year.off_notes[place]
        return DayOff(day, "ngày nghỉ hằng tuần", "weekly day of rest", self.sources.weekend)

    def add_working(self, day: date, amount: int) -> date:
        """The `amount`-th working day after the day; before it when negative; the day for 0."""
        if amount == 0:
            return day
        return self._after(day, amount) if amount > 0 else self._before(day, amount)

    def working_between(self, after: date, until: date) -> int:
        """How many working days lie after the first day, up to and including the second."""
        if until <= after:
            return 0
        count = 0
        for year in range(after.year, until.year + 1):
            days = self._year(year).working
            count += bisect_right(days, until.toordinal()) - bisect_right(days, after.toordinal())
        return count

    def weekdays_off(self, after: date, until: date) -> tuple[DayOff, ...]:
        """Days after the first, up to the second, that are off although the week says work."""
        return tuple(
            note
            for year in range(after.year, until.year + 1)
            for note in _between(self._year(year).off, self._year(year).off_notes, after, until)
            if note.day.isoweekday() not in self.counting.weekend
        )

    def weekend_worked(self, after: date, until: date) -> tuple[DayOff, ...]:
        """Days after the first, up to the second, that are worked although the week says rest."""
        return tuple(
            note
            for year in range(after.year, until.year + 1)
            for note in _between(
                self._year(year).worked, self._year(year).worked_notes, after, until
            )
        )

    def _after(self, day: date, amount: int) -> date:
        year = day.year
        days = self._year(year).working
        place = bisect_right(days, day.toordinal()) + amount - 1
        while place >= len(days):
            place -= len(days)
            year += 1
            days = self._year(year).working
        return date.fromordinal(days[place])

    def _before(self, day: date, amount: int) -> date:
        year = day.year
        days = self._year(year).working
        place = bisect_left(days, day.toordinal()) + amount
        while place < 0:
            year -= 1
            days = self._year(year).working
            place += len(days)
        return date.fromordinal(days[place])

    def _year(self, year: int) -> _Year:
        known = self._years.get(year)
        if known is None:
            if not 1 < year < FURTHEST_YEAR:
                raise ValueError(f"the year {year} is outside the calendar")
            known = self._years[year] = self._built(year)
        return known

    def _built(self, year: int) -> _Year:
        off, worked = _public_days(self.country, year, self.sources.holiday)
        for mark in self.marked:
            if mark.note.day.year == year:
                (off if mark.off else worked)[mark.note.day] = mark.note
                (worked if mark.off else off).pop(mark.note.day, None)
        weekend = self.counting.weekend
        worked = {day: note for day, note in worked.items() if day.isoweekday() in weekend}
        working = tuple(
            day.toordinal()
            for day in _days_of(year)
            if day not in off and (day in worked or day.isoweekday() not in weekend)
        )
        return _Year(working, frozenset(working), *_sorted(off), *_sorted(worked))


def load(path: Path = NATIONAL, *, scopes: frozenset[str] = frozenset()) -> Calendar:
    """The calendar of a TOML file; overrides with a scope count only when it is among `scopes`.

    Raises WrongValue for a file that is not a calendar.
    """
    table = as_table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    table.only({"counting", "country", "confirmed", "sources", "day"})
    sources = table.table("sources")
    return Calendar(
        _counting(table.table("counting")),
        table.text_or_none("country"),
        tuple(_marked(day) for day in table.tables("day") if _in_scope(day, scopes)),
        frozenset(table.numbers("confirmed")) if table.has("confirmed") else None,
        Sources(sources.text("holiday", " - "), sources.text("weekend", " - ")),
    )


def names() -> frozenset[str]:
    """The calendars that are shipped, by name."""
    return frozenset(path.stem for path in FOLDER.glob("*.toml"))


def _counting(table: Table) -> Counting:
    return Counting(
        frozenset(table.numbers("weekend")),
        table.flag("first_day_counted", default=False),
        table.flag("rolls", default=True),
        table.text("time_zone"),
        table.number("week_begins", 1),
        _month_and_day(table),
    )


def _month_and_day(table: Table) -> tuple[int, int]:
    """`year_begins = [1, 1]`: the month and the day."""
    found = table.numbers("year_begins") or (1, 1)
    if len(found) != 2 or not (1 <= found[0] <= 12 and 1 <= found[1] <= LAST_DAY_OF_EVERY_MONTH):
        raise WrongValue("year_begins must be a month and a day that every month has")
    return found[0], found[1]


def _in_scope(day: Table, scopes: frozenset[str]) -> bool:
    return not day.has("scope") or day.text("scope") in scopes


def _marked(table: Table) -> MarkedDay:
    table.only({"date", "kind", "name", "source", "scope"})
    kind, name = table.text("kind"), table.table("name")
    if kind not in {"off", "work"}:
        raise WrongValue("kind must be off or work")
    note = DayOff(table.day("date"), name.text("vi"), name.text("en"), table.text("source"))
    return MarkedDay(kind == "off", note)


def _days_of(year: int) -> list[date]:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return [date.fromordinal(ordinal) for ordinal in range(first, last + 1)]


@lru_cache(maxsize=512)
def _published(
    country: str, year: int, language: str
) -> tuple[Mapping[date, str], frozenset[date]]:
    found = holidays.country_holidays(country, years=[year], language=language)
    return dict(found), frozenset(found.weekend_workdays)


def _public_days(
    country: str | None, year: int, source: str
) -> tuple[dict[date, DayOff], dict[date, DayOff]]:
    if country is None:
        return {}, {}
    vi, swapped = _published(country, year, "vi")
    en, _ = _published(country, year, "en_US")
    off = {
        day: DayOff(day, vi[day], en.get(day, vi[day]), source) for day in vi if day.year == year
    }
    worked = {
        day: DayOff(day, "ngày làm việc bù", "make-up working day", source)
        for day in swapped
        if day.year == year
    }
    return off, worked


def _sorted(notes: Mapping[date, DayOff]) -> tuple[tuple[int, ...], tuple[DayOff, ...]]:
    days = sorted(notes)
    return tuple(day.toordinal() for day in days), tuple(notes[day] for day in days)


def _between(
    days: tuple[int, ...], notes: tuple[DayOff, ...], after: date, until: date
) -> tuple[DayOff, ...]:
    return notes[bisect_right(days, after.toordinal()) : bisect_right(days, until.toordinal())]
