"""Why a thing is due when it is: stored as JSON, said in whole sentences."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from doithoai.law.calendars import DayOff
from doithoai.law.counting import Pause, Prolongation
from doithoai.law.readings import period as read_period
from doithoai.law.rules import LAST_DAY, PROVISIONAL, Period, Text
from doithoai.law.tables import Table, as_table

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None

Speaker = Callable[[str, Mapping[str, str]], str]

WORDING = Path(__file__).parent / "explanation.toml"


@dataclass(frozen=True, slots=True)
class Counted:
    """What was left out of, or put into, the count of working days."""

    skipped: tuple[DayOff, ...] = ()
    weekly: int = 0
    worked: tuple[DayOff, ...] = ()


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a due date came about.

    `period` is None when a document set the date itself (`start` is then that date). `moment` and
    `due_at` are local times, present for periods in hours. `due` is None while a pause is open.
    `estimated`: years within the period whose days off are not announced.
    """

    rule: str
    basis: str
    certainty: str
    start: date
    counted_from: str
    period: Period | None
    first_day_counted: bool
    counted: Counted
    pauses: tuple[Pause, ...]
    prolongations: tuple[Prolongation, ...]
    unrolled: date | None
    rolled_over: tuple[DayOff, ...]
    due: date | None
    moment: datetime | None = None
    due_at: datetime | None = None
    estimated: tuple[int, ...] = ()
    transition: str | None = None

    def to_json(self) -> dict[str, Json]:
        """Texts, numbers, lists and tables only; dates and moments in ISO form."""
        return {
            "rule": self.rule,
            "basis": self.basis,
            "certainty": self.certainty,
            "start": self.start.isoformat(),
            "counted_from": self.counted_from,
            "period": _period_json(self.period),
            "first_day_counted": self.first_day_counted,
            "skipped": [_day_json(day) for day in self.counted.skipped],
            "weekly": self.counted.weekly,
            "worked": [_day_json(day) for day in self.counted.worked],
            "pauses": [_pause_json(pause) for pause in self.pauses],
            "prolongations": [_prolongation_json(step) for step in self.prolongations],
            "unrolled": _iso(self.unrolled),
            "rolled_over": [_day_json(day) for day in self.rolled_over],
            "due": _iso(self.due),
            "moment": _iso(self.moment),
            "due_at": _iso(self.due_at),
            "estimated": list(self.estimated),
            "transition": self.transition,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Json]) -> Derivation:
        """What `to_json` wrote. Raises WrongValue for anything else."""
        table = as_table(dict(stored), "the derivation")
        return cls(
            rule=table.text("rule"),
            basis=table.text("basis"),
            certainty=table.text("certainty"),
            start=table.day("start"),
            counted_from=table.text("counted_from"),
            period=read_period(table.table("period")) if table.has("period") else None,
            first_day_counted=table.flag("first_day_counted", default=False),
            counted=Counted(
                _days(table, "skipped"), table.number("weekly"), _days(table, "worked")
            ),
            pauses=tuple(_pause_of(item) for item in table.tables("pauses")),
            prolongations=tuple(_prolongation_of(item) for item in table.tables("prolongations")),
            unrolled=table.day_or_none("unrolled"),
            rolled_over=_days(table, "rolled_over"),
            due=table.day_or_none("due"),
            moment=_moment_of(table, "moment"),
            due_at=_moment_of(table, "due_at"),
            estimated=table.numbers("estimated"),
            transition=table.text_or_none("transition"),
        )

    def sentences(self, language: str = "vi") -> list[str]:
        """The derivation said to a person, step by step; `language` is vi or en."""
        say = _speaker(language)
        return [
            self._length(say),
            *self._count(say, language),
            *(sentence for pause in self.pauses for sentence in _pause_said(pause, say)),
            *(_prolongation_said(step, say) for step in self.prolongations),
            *self._end(say, language),
            *self._ground(say),
        ]

    def _length(self, say: Speaker) -> str:
        start, period = said(self.start), self.period
        first = say("first_counted" if self.first_day_counted else "first_not_counted", {})
        if period is None:
            return say("period" if self.counted_from == LAST_DAY else "fixed", {"start": start})
        if period.amount == 0:
            return say("same_day", {"start": start})
        if self.moment is not None:
            return say("hours", {"amount": str(period.amount), "moment": said(self.moment)})
        name = period.unit if period.amount > 0 else f"{period.unit}_back"
        return say(name, {"amount": str(abs(period.amount)), "start": start, "first": first})

    def _count(self, say: Speaker, language: str) -> Iterator[str]:
        if self.counted.skipped:
            yield say("skipped", {"days": _listed(self.counted.skipped, say, language)})
        if self.counted.weekly:
            yield say("weekly", {"count": str(self.counted.weekly)})
        if self.counted.worked:
            yield say("worked", {"days": _listed(self.counted.worked, say, language)})

    def _end(self, say: Speaker, language: str) -> Iterator[str]:
        if self.due is not None and self.rolled_over:
            days = _listed(self.rolled_over, say, language)
            yield say("rolled", {"days": days, "due": said(self.due)})
        if self.due_at is not None:
            yield say("due_at", {"moment": said(self.due_at)})
        elif self.due is not None:
            yield say("due", {"due": said(self.due)})
        if self.estimated:
            yield say("estimated", {"years": ", ".join(map(str, self.estimated))})

    def _ground(self, say: Speaker) -> Iterator[str]:
        if self.transition:
            yield say("transition", {"basis": self.transition})
        yield say("basis", {"basis": self.basis})
        if self.certainty == PROVISIONAL:
            yield say("provisional", {})


def said(day: date | datetime) -> str:
    """A day as dd/mm/yyyy; a moment with its hour before it."""
    if isinstance(day, datetime):
        return day.strftime("%H:%M %d/%m/%Y")
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


@lru_cache(maxsize=1)
def _wording() -> Mapping[str, Text]:
    table = as_table(tomllib.loads(WORDING.read_text(encoding="utf-8")), WORDING.name)
    texts = {name: table.table(name) for name in table.values}
    return {name: Text(text.text("vi"), text.text("en")) for name, text in texts.items()}


def _speaker(language: str) -> Speaker:
    def say(name: str, values: Mapping[str, str]) -> str:
        return _wording()[name].of(language).format_map(dict(values))

    return say


def _listed(days: Sequence[DayOff], say: Speaker, language: str) -> str:
    return "; ".join(
        say(
            "day_with_source" if day.source.strip(" -") else "day",
            {
                "day": said(day.day),
                "name": Text(day.vi, day.en).of(language),
                "source": day.source,
            },
        )
        for day in days
    )


def _pause_said(pause: Pause, say: Speaker) -> Iterator[str]:
    since = said(pause.since)
    if pause.until is not None:
        yield say("paused", {"since": since, "until": said(pause.until)})
        return
    yield say("pausing", {"since": since})
    if pause.review_on is not None:
        yield say("review", {"day": said(pause.review_on)})


def _prolongation_said(step: Prolongation, say: Speaker) -> str:
    on = said(step.on)
    if not step.counted:
        return say("too_late", {"on": on})
    if step.until is not None:
        return say("more_until", {"on": on, "until": said(step.until)})
    assert step.more is not None
    return say(f"more_{step.more.unit}", {"on": on, "amount": str(step.more.amount)})


def _iso(day: date | datetime | None) -> str | None:
    return None if day is None else day.isoformat()


def _day_json(day: DayOff) -> dict[str, Json]:
    return {"day": day.day.isoformat(), "vi": day.vi, "en": day.en, "source": day.source}


def _period_json(period: Period | None) -> dict[str, Json] | None:
    return None if period is None else {"days": period.amount, "count": period.unit}


def _pause_json(pause: Pause) -> dict[str, Json]:
    return {
        "since": pause.since.isoformat(),
        "until": _iso(pause.until),
        "review_on": _iso(pause.review_on),
    }


def _prolongation_json(step: Prolongation) -> dict[str, Json]:
    return {
        "on": step.on.isoformat(),
        "more": _period_json(step.more),
        "until": _iso(step.until),
        "reason": step.reason,
        "counted": step.counted,
    }


def _days(table: Table, name: str) -> tuple[DayOff, ...]:
    return tuple(
        DayOff(item.day("day"), item.text("vi"), item.text("en"), _source(item))
        for item in table.tables(name)
    )


def _source(item: Table) -> str:
    source = item.values.get("source")
    return source if isinstance(source, str) else ""


def _pause_of(item: Table) -> Pause:
    return Pause(item.day("since"), item.day_or_none("until"), item.day_or_none("review_on"))


def _prolongation_of(item: Table) -> Prolongation:
    return Prolongation(
        item.day("on"),
        read_period(item.table("more")) if item.has("more") else None,
        item.day_or_none("until"),
        item.text_or_none("reason"),
        item.flag("counted", default=True),
    )


def _moment_of(table: Table, name: str) -> datetime | None:
    return datetime.fromisoformat(table.text(name)) if table.has(name) else None
