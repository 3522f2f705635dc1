"""One obligation as it goes along a timeline: it pauses, is extended, is discharged or closed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from doithoai.law import counting
from doithoai.law.calendars import Calendar
from doithoai.law.counting import Pause, Prolongation, Reckoning
from doithoai.law.explanation import Counted, Derivation
from doithoai.law.rules import (
    EVENT,
    FIRST_DAY,
    MATTER,
    RECEIVED,
    Extension,
    Facts,
    Period,
    Rule,
    Unit,
    holds,
)
from doithoai.law.timeline import Happening


@dataclass(slots=True)
class Obligation:
    """`start`: the local day counted from, or the date a document set when the rule has `due`."""

    rule: Rule
    opening: Happening
    correlation: str | None
    start: date
    calendar: Calendar
    interruptions: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    prolongations: list[Prolongation] = field(default_factory=list)
    discharges: int = 0
    days: set[date] = field(default_factory=set)
    discharged: bool = False
    lapsed: bool = False
    ended_by: UUID | None = None
    ended_at: datetime | None = None
    moved_by: UUID | None = None
    transition: str | None = None

    @property
    def key(self) -> str:
        parts = (self.rule.id, str(self.opening.id), self.correlation)
        return ":".join(part for part in parts if part is not None)

    @property
    def paused(self) -> bool:
        return bool(self.interruptions) and self.interruptions[-1][1] is None

    def concerns(self, facts: Facts) -> bool:
        """An event that names another request is not ours; one that names none is everybody's."""
        named = None if self.rule.per == MATTER else facts.get(self.rule.per)
        return named is None or str(named) == self.correlation

    def take(self, happening: Happening) -> None:
        """Let one later happening do to the obligation what the rule says it does."""
        life, event = self.rule.life, happening.event
        if event in life.discharged and _counts(self.rule, happening.facts):
            self._discharge(happening)
        elif event in life.closed_by or event == life.on_lapse:
            self.lapsed = event == life.on_lapse
            self.close(happening)
        elif event in life.paused_by:
            self._pause(happening)
        elif event in life.resumed_by:
            self._resume(happening)
        elif self.rule.extend is not None and event in self.rule.extend.events:
            self._extend(happening, self.rule.extend)

    def close(self, happening: Happening) -> None:
        """Ended without being fulfilled: no mark of being on time or late."""
        self.ended_by, self.ended_at = happening.id, happening.at

    def hand_to(self, successor: Rule) -> None:
        """A transitional provision puts it under a newer version; the period it has stays."""
        for change in successor.force.transition:
            self.transition = change.basis
        self.rule = _with_period_of(successor, self.rule)

    def reckon(self) -> Reckoning:
        """Where the period ends as things stand. Hours are reckoned by `due_at`."""
        if self.rule.within is None:
            return counting.reckon_fixed(self.calendar, self.start, self.prolongations)
        disturbances = (self.pauses(), self.prolongations)
        return counting.reckon(
            self.calendar, self.start, self.rule.within, disturbances, rolls=self.rule.rolls
        )

    def due_at(self) -> datetime | None:
        """The moment a period of hours ends; None for days, and while a pause is open."""
        within = self.rule.within
        if within is None or within.unit != "hours":
            return None
        more = (step.more for step in self.prolongations if step.counted)
        hours = within.amount + sum(period.amount for period in more if period is not None)
        return counting.moment_due(self.opening.at, hours, self.interruptions)

    def due_on(self) -> date | None:
        """The local day it is due; None while a pause is open."""
        if self.in_hours:
            moment = self.due_at()
            return None if moment is None else self.calendar.local_day(moment)
        return self.reckon().due

    @property
    def in_hours(self) -> bool:
        return self.rule.within is not None and self.rule.within.unit == "hours"

    def pauses(self) -> tuple[Pause, ...]:
        if not self.interruptions:
            return ()
        day = self.calendar.local_day
        return tuple(
            Pause(day(since), None if until is None else day(until), self._review_on(day(since)))
            for since, until in self.interruptions
        )

    def overran(self, at: datetime) -> bool:
        """Whether the moment lies after the due date or, for hours, the due moment."""
        if self.in_hours:
            moment = self.due_at()
            return moment is not None and at > moment
        due = self.reckon().due
        return due is not None and self.calendar.local_day(at) > due

    def _review_on(self, since: date) -> date | None:
        review = self.rule.life.review
        return None if review is None else counting.due_date(self.calendar, since, review)

    def _discharge(self, happening: Happening) -> None:
        if self.rule.life.count_by is not None and not self._new_day(happening):
            return
        self.discharges += 1
        if self.discharges >= self.rule.life.count:
            self.discharged = True
            self.close(happening)

    def _new_day(self, happening: Happening) -> bool:
        """Whether it happened inside the period, on a day that has not counted yet."""
        stated = happening.facts.get(self.rule.life.count_by or EVENT)
        day = _day(stated) or self.calendar.local_day(happening.at)
        first = _day(self.opening.facts.get(FIRST_DAY)) or date.min
        if day in self.days or not first <= day <= self.start:
            return False
        self.days.add(day)
        return True

    def _pause(self, happening: Happening) -> None:
        if not self.paused:
            self.interruptions.append((happening.at, None))

    def _resume(self, happening: Happening) -> None:
        if self.paused:
            self.interruptions[-1] = (self.interruptions[-1][0], happening.at)

    def _extend(self, happening: Happening, extend: Extension) -> None:
        if not self._may_extend(happening.facts, extend):
            return
        step = self._prolongation(happening, extend)
        if step is None:
            return
        self.prolongations.append(step)
        if step.counted:
            self.moved_by = happening.id

    def _may_extend(self, facts: Facts, extend: Extension) -> bool:
        """The event is for this rule, for a reason the text admits, and not once too often."""
        used = sum(step.counted for step in self.prolongations)
        return (
            facts.get("rule") in {None, "", self.rule.id}
            and (not extend.reasons or facts.get("reason") in extend.reasons)
            and used < extend.times
        )

    def _prolongation(self, happening: Happening, extend: Extension) -> Prolongation | None:
        facts = happening.facts
        until, days, reason = facts.get("until"), facts.get("days"), facts.get("reason")
        more = None if isinstance(until, str) and until else self._more(days, extend)
        last = None if more or not isinstance(until, str) else self._capped(until, extend)
        if more is None and last is None:
            return None
        return Prolongation(
            self.calendar.local_day(happening.at),
            more,
            last,
            str(reason) if reason else None,
            not self.overran(happening.at),
        )

    def _more(self, days: object, extend: Extension) -> Period | None:
        """As much as the event says, never more than the text allows; all of it when unsaid."""
        if not isinstance(days, int) or days <= 0:
            return extend.most
        if extend.most is None:
            return Period(days, self._unit)
        return Period(min(days, extend.most.amount), extend.most.unit)

    def _capped(self, until: str, extend: Extension) -> date:
        asked, end = date.fromisoformat(until), self.reckon().unrolled
        if extend.most is None or end is None:
            return asked
        most = extend.most
        return min(asked, counting.advance(self.calendar, end, most.amount, most.unit))

    @property
    def _unit(self) -> Unit:
        return "calendar" if self.rule.within is None else self.rule.within.unit

    def derivation(self) -> Derivation:
        """How its due date came about, with everything that moved it."""
        if self.in_hours:
            return self._derivation_in_hours()
        reckoning, rule, calendar = self.reckon(), self.rule, self.calendar
        due, unrolled = reckoning.due, reckoning.unrolled
        moved = due is not None and unrolled is not None and due != unrolled
        return Derivation(
            rule.id,
            rule.basis,
            rule.certainty,
            self.start,
            rule.due or rule.counted_from if rule.opening.every else rule.counted_from,
            rule.within,
            calendar.counting.first_day_counted,
            _counted(reckoning, rule, calendar),
            self.pauses(),
            tuple(self.prolongations),
            unrolled,
            counting.stepped_over(calendar, unrolled, due) if moved and unrolled and due else (),
            due,
            estimated=_estimated(self.start, due, rule, calendar),
            transition=self.transition,
        )

    def _derivation_in_hours(self) -> Derivation:
        rule, zone, due_at = self.rule, self.calendar.zone, self.due_at()
        day = self.due_on()
        return Derivation(
            rule.id,
            rule.basis,
            rule.certainty,
            self.start,
            rule.counted_from,
            rule.within,
            self.calendar.counting.first_day_counted,
            Counted(),
            self.pauses(),
            tuple(self.prolongations),
            day,
            (),
            day,
            self.opening.at.astimezone(zone),
            None if due_at is None else due_at.astimezone(zone),
            transition=self.transition,
        )


def opened(
    rule: Rule,
    happening: Happening,
    facts: Facts,
    calendar: Calendar,
    *,
    received: date | None = None,
) -> Obligation | None:
    """The obligation the happening opens; None when the date it needs is not known.

    `received`: the local day the matter came in; the happening's own day when it is not said.
    """
    if rule.counted_from == RECEIVED and received is not None:
        start: date | None = received
    else:
        start = _start(rule, happening, facts, calendar)
    if start is None:
        return None
    named = None if rule.per == MATTER else happening.facts.get(rule.per)
    return Obligation(rule, happening, None if named is None else str(named), start, calendar)


def _start(rule: Rule, happening: Happening, facts: Facts, calendar: Calendar) -> date | None:
    name = rule.due or rule.counted_from
    if name == EVENT:
        return calendar.local_day(happening.at)
    stated = _day(facts.get(name))
    if stated is not None:
        return stated
    if rule.within is None or rule.within.amount < 0:
        return None
    return calendar.local_day(happening.at)


def _day(stated: object) -> date | None:
    return date.fromisoformat(stated) if isinstance(stated, str) and stated else None


def _counts(rule: Rule, facts: Facts) -> bool:
    """`discharged_when` is asked only of events that state its facts."""
    asked = tuple((name, allowed) for name, allowed in rule.life.discharged_when if name in facts)
    return holds(asked, facts)


def _with_period_of(successor: Rule, before: Rule) -> Rule:
    if successor.within == before.within and successor.due == before.due:
        return successor
    return replace(successor, within=before.within, due=before.due)


def _counted(reckoning: Reckoning, rule: Rule, calendar: Calendar) -> Counted:
    if rule.within is None or rule.within.unit != "working":
        return Counted()
    stretches = reckoning.counted
    skipped = tuple(day for stretch in stretches for day in calendar.weekdays_off(*stretch))
    worked = tuple(day for stretch in stretches for day in calendar.weekend_worked(*stretch))
    not_worked = sum(counting.rest_days(calendar, *stretch) for stretch in stretches)
    return Counted(skipped, not_worked - len(skipped), worked)


def _estimated(start: date, due: date | None, rule: Rule, calendar: Calendar) -> tuple[int, ...]:
    if due is None or rule.within is None:
        return ()
    first, last = sorted((start.year, due.year))
    return tuple(year for year in range(first, last + 1) if not calendar.confirmed(year))
