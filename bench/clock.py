"""Due dates a second on one core, each held against the naive counter; whole timelines too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from time import perf_counter
from uuid import UUID

from bench import naive
from bench.figures import Figure
from doithoai.docket import lawbook
from doithoai.law import calendars
from doithoai.law.counting import Pause, reckon
from doithoai.law.derivation import derive
from doithoai.law.rules import Period
from doithoai.law.timeline import Happening

HOW_MANY = 200_000
FIRST_DAY = date(2021, 1, 1)
DAYS = 2190  # six years of starting days, the years of mended calendars among them
TIMELINES = 2000


@dataclass(frozen=True)
class Asked:
    """One due date to find: from which day, how long, with which standstill."""

    start: date
    period: Period
    wait: naive.Wait | None


def run() -> list[Figure]:
    """Figures of the clock."""
    asked = questions()
    found, seconds = answered(asked)
    wrong = sum(1 for one, due in zip(asked, found, strict=True) if due != slow(one))
    return [
        Figure("clock", "due dates a second, one core", HOW_MANY / seconds, "/s", 100_000),
        Figure("clock", "unlike the naive counter's", wrong, f"of {HOW_MANY:,}", at_most=0),
        Figure("clock", "whole timelines of six events derived a second", _timelines(), "/s"),
    ]


def questions(how_many: int = HOW_MANY) -> list[Asked]:
    """Every period of the rulebook from every day in turn; one in ten stands still for a while."""
    periods = sorted(
        {
            (rule.within.amount, rule.within.unit)
            for rule in lawbook.rulebook().rules
            if rule.within is not None and rule.within.unit != "hours"
        }
    )
    turns = islice(cycle(periods), how_many)
    return [_question(n, Period(*period)) for n, period in enumerate(turns)]


def _question(number: int, period: Period) -> Asked:
    # A step that shares no factor with the number of days meets every day with every period.
    start = FIRST_DAY + timedelta(days=number * 17 % DAYS)
    if number % 10 or period.amount <= 0:
        return Asked(start, period, None)
    since = start + timedelta(days=1 + number // 10 % 12)
    return Asked(start, period, naive.Wait(since, since + timedelta(days=number // 10 % 40)))


def answered(asked: Sequence[Asked]) -> tuple[list[date | None], float]:
    """What the product's counter says, and in how many seconds."""
    calendar = lawbook.calendar()
    ready = [(a.start, a.period, _disturbed(a)) for a in asked]
    reckon(calendar, FIRST_DAY, Period(1, "working"))  # the years of the calendar are built once
    began = perf_counter()
    found = [
        reckon(calendar, start, period, disturbances).due for start, period, disturbances in ready
    ]
    return found, perf_counter() - began


def _disturbed(asked: Asked) -> tuple[tuple[Pause, ...], tuple[()]]:
    if asked.wait is None:
        return (), ()
    return (Pause(asked.wait.since, asked.wait.until, None),), ()


def slow(asked: Asked) -> date:
    """What the naive counter says."""
    worked = naive.days_worked(calendars.NATIONAL)
    return naive.due(asked.start, asked.period.amount, asked.period.unit, asked.wait, worked)


def _timelines() -> float:
    began = datetime(2026, 7, 15, 3, tzinfo=UTC)
    story: tuple[tuple[str, dict[str, str | int | bool | None]], ...] = (
        ("cases.received", {"occasion": "dialogue", "dialogue_day": "2026-07-15"}),
        ("cases.classified", {"kind": "recommendation"}),
        ("cases.routed", {}),
        ("cases.answered", {"outcome": "settled"}),
        ("cases.confirmed", {}),
        ("cases.closed", {}),
    )
    line = [
        Happening(UUID(int=n), event, began + timedelta(days=n), facts)
        for n, (event, facts) in enumerate(story)
    ]
    book, calendar = lawbook.rulebook(), lawbook.calendar()
    start = perf_counter()
    for _ in range(TIMELINES):
        derive(line, book, calendar, procedure="recommendation", received=began.date())
    return TIMELINES / (perf_counter() - start)
