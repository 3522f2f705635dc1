"""What is owed because of what happened: a pure fold of a matter's timeline over the rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from doithoai.law.calendars import Calendar
from doithoai.law.explanation import Derivation
from doithoai.law.obligations import Obligation, opened
from doithoai.law.rulebooks import Rulebook
from doithoai.law.rules import PROVISIONAL, REGISTERED, Facts, Kind, Rule, Source, Text, holds
from doithoai.law.tables import Fact
from doithoai.law.timeline import Happening

State = Literal["open", "paused", "discharged", "closed"]


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing owed, with everything a list, a reminder or an explanation needs.

    `key` is stable: rule, opening happening, correlation. `due_on` is a local day; it is None while
    a pause is open. `due_at` is set for periods in hours only. `late`: a duty discharged after it
    was due, or missed because its period ended; what was closed otherwise is never late.
    `later_than`: the rule whose legal date this one passes.
    """

    key: str
    rule: str
    in_force_from: date | None
    kind: Kind
    role: str | None
    each: bool
    correlation: str | None
    opened_by: UUID
    opened_at: datetime
    due_on: date | None
    due_at: datetime | None
    state: State
    ended_by: UUID | None
    ended_at: datetime | None
    late: bool
    paused_since: date | None
    review_on: date | None
    remind_on: tuple[date, ...]
    on_lapse: str | None
    source: Source
    certainty: str
    basis: str
    duty: Text
    later_than: str | None
    derivation: Derivation


def derive(
    timeline: Sequence[Happening],
    rulebook: Rulebook,
    calendar: Calendar,
    *,
    procedure: str,
    received: date,
) -> tuple[Owed, ...]:
    """Everything the timeline (already in order) has opened, in order of opening.

    `procedure` is the one the matter is in now; before it was converted, it was in another.
    `received` is the local day the matter came in, by which some rules choose their version. What
    counts from receipt counts from there too, until an event states `registered_on`: the day
    another body, which has taken the matter over, registered it as its own.
    """
    ahead = _procedures(timeline, rulebook, procedure)
    fold = _Fold(rulebook, calendar, ahead[0], received, ahead[1:])
    for happening in timeline:
        fold.take(happening)
    return fold.owed()


@dataclass(slots=True)
class _Fold:
    rulebook: Rulebook
    calendar: Calendar
    procedure: str
    received: date
    ahead: list[str]  # the procedures after each conversion that is still to come
    facts: dict[str, Fact | None] = field(default_factory=dict)
    happened: dict[str, date] = field(default_factory=dict)
    live: list[Obligation] = field(default_factory=list)
    all: list[Obligation] = field(default_factory=list)

    def take(self, happening: Happening) -> None:
        """First what is open goes on, pauses or ends; then the event opens what it opens."""
        day = self.calendar.local_day(happening.at)
        self._succeed(day)
        ended = self._go_on(happening)
        self.facts.update({k: v for k, v in happening.facts.items() if v is not None})
        self._keep_moved_dates(happening)
        self._convert(happening)
        for rule in (*self._recurring(ended, happening.event, day), *self._opened(happening, day)):
            self._open(rule, happening)
        self.happened.setdefault(happening.event, day)

    def owed(self) -> tuple[Owed, ...]:
        found = tuple(_owed(obligation, self.calendar) for obligation in self.all)
        if not any(obligation.rule.not_later_than for obligation in self.all):
            return found
        return tuple(
            replace(owed, later_than=_passed(owed, obligation.rule, found))
            for owed, obligation in zip(found, self.all, strict=True)
        )

    def _go_on(self, happening: Happening) -> list[Obligation]:
        for obligation in self.live:
            if obligation.concerns(happening.facts):
                obligation.take(happening)
        ended = [obligation for obligation in self.live if obligation.ended_by is not None]
        if ended:
            self.live = [obligation for obligation in self.live if obligation.ended_by is None]
        return ended

    def _convert(self, happening: Happening) -> None:
        """What the former procedure alone owed ends unfulfilled; its steps no longer count."""
        turn = self.rulebook.conversion(happening.event)
        if turn is None:
            return
        self.procedure = self.ahead.pop(0)
        for event in turn.undoes:
            self.happened.pop(event, None)
        for obligation in self.live:
            if not obligation.rule.of(self.procedure):
                obligation.close(happening)
        self.live = [obligation for obligation in self.live if obligation.ended_by is None]

    def _keep_moved_dates(self, happening: Happening) -> None:
        """A date set by a document stays moved for the rules that read it later."""
        for obligation in self.live:
            if obligation.rule.due and obligation.moved_by == happening.id:
                moved = obligation.due_on()
                self.facts[obligation.rule.due] = moved.isoformat() if moved else None

    def _recurring(self, ended: Iterable[Obligation], event: str, day: date) -> list[Rule]:
        return [
            self._version(obligation.rule, day)
            for obligation in ended
            if obligation.discharged and event in obligation.rule.life.recurs_on
        ]

    def _version(self, rule: Rule, day: date) -> Rule:
        versions = self.rulebook.in_force(rule.id, day)
        fitting = (version for version in versions if set(version.life.recurs_on))
        return next((v for v in fitting if holds(v.opening.when, self.facts)), rule)

    def _opened(self, happening: Happening, day: date) -> list[Rule]:
        rules = self.rulebook.opening.get(happening.event, ())
        return [rule for rule in rules if self._opens(rule, day)]

    def _opens(self, rule: Rule, day: date) -> bool:
        return (
            rule.of(self.procedure)
            and self._in_force(rule, day)
            and _fits(rule, self.facts)
            and self._in_turn(rule)
        )

    def _in_turn(self, rule: Rule) -> bool:
        opening = rule.opening
        return (
            not opening.only_after or any(event in self.happened for event in opening.only_after)
        ) and not any(event in self.happened for event in opening.unless_after)

    def _in_force(self, rule: Rule, day: date) -> bool:
        if rule.force.by_start:
            return rule.force.on(self._registered())
        if not rule.force.by_receipt:
            return rule.force.on(day)
        successor = self._successor(rule, day)
        if successor is not None:
            return successor is rule
        return rule.force.on(self.received)

    def _successor(self, rule: Rule, day: date) -> Rule | None:
        """The version of the rule's id, fitting the facts, that has taken this matter over by the
        day, if one has.
        """
        if rule.id not in self.rulebook.transitional:
            return None
        for version in self.rulebook.versions[rule.id]:
            for change in version.force.transition:
                before = self.happened.get(change.takes_over)
                taken_over = change.since <= day and before is not None and before < change.since
                if taken_over and _fits(version, self.facts):
                    return version
        return None

    def _succeed(self, day: date) -> None:
        """A transition hands what is already open to the new version; the period stays."""
        if not self.rulebook.transitional:
            return
        for obligation in self.live:
            successor = self._successor(obligation.rule, day)
            if successor is not None and successor is not obligation.rule:
                obligation.hand_to(successor)

    def _registered(self) -> date:
        """From when the body that has the matter owes; by which version, `received` says."""
        stated = self.facts.get(REGISTERED)
        return date.fromisoformat(stated) if isinstance(stated, str) and stated else self.received

    def _open(self, rule: Rule, happening: Happening) -> None:
        found = opened(rule, happening, self.facts, self.calendar, received=self._registered())
        if found is None or any(_stands_for(other, found) for other in self.live):
            return
        for other in self.live:
            if rule.id in other.rule.life.gives_way_to:
                other.close(happening)
        self.live = [obligation for obligation in self.live if obligation.ended_by is None]
        self.live.append(found)
        self.all.append(found)


def _procedures(timeline: Sequence[Happening], rulebook: Rulebook, procedure: str) -> list[str]:
    """The procedure at the beginning and after each conversion; the last is the matter's own."""
    turns = [(h, rulebook.conversion(h.event)) for h in timeline]
    stated = [h.facts.get(turn.out_of) for h, turn in turns if turn is not None]
    return [*(str(each or procedure) for each in stated), procedure]


def _fits(rule: Rule, facts: Facts) -> bool:
    return holds((*rule.opening.when, *rule.opening.only_when), facts)


def _stands_for(other: Obligation, opening: Obligation) -> bool:
    """One open obligation per rule and correlation: a deadline does not start again."""
    same_rule = other.rule.id == opening.rule.id and other.correlation == opening.correlation
    return same_rule or other.rule.id in opening.rule.life.gives_way_to


def _owed(obligation: Obligation, calendar: Calendar) -> Owed:
    rule, derivation = obligation.rule, obligation.derivation()
    state = _state(obligation)
    pauses = derivation.pauses if state == "paused" else ()
    return Owed(
        key=obligation.key,
        rule=rule.id,
        in_force_from=rule.force.since,
        kind=rule.kind,
        role=rule.owed_by.role if rule.owed_by else None,
        each=rule.owed_by.each if rule.owed_by else False,
        correlation=obligation.correlation,
        opened_by=obligation.opening.id,
        opened_at=obligation.opening.at,
        due_on=derivation.due,
        due_at=derivation.due_at,
        state=state,
        ended_by=obligation.ended_by,
        ended_at=obligation.ended_at,
        late=_late(obligation, derivation, calendar),
        paused_since=pauses[-1].since if pauses else None,
        review_on=pauses[-1].review_on if pauses else None,
        remind_on=_reminders(obligation, derivation, calendar) if state == "open" else (),
        on_lapse=rule.life.on_lapse,
        source=rule.source,
        certainty=rule.certainty,
        basis=rule.basis,
        duty=rule.duty,
        later_than=None,
        derivation=derivation,
    )


def _state(obligation: Obligation) -> State:
    if obligation.ended_by is not None:
        return "discharged" if obligation.discharged else "closed"
    return "paused" if obligation.paused else "open"


def _late(obligation: Obligation, derivation: Derivation, calendar: Calendar) -> bool:
    if obligation.rule.kind != "duty" or obligation.ended_at is None:
        return False
    if not obligation.discharged:
        return obligation.lapsed
    if derivation.due_at is not None:
        return obligation.ended_at > derivation.due_at
    return derivation.due is not None and calendar.local_day(obligation.ended_at) > derivation.due


def _reminders(
    obligation: Obligation, derivation: Derivation, calendar: Calendar
) -> tuple[date, ...]:
    """Working days before the due date, as the rule's ladder says; none before it opened."""
    if derivation.due is None or not obligation.rule.remind:
        return ()
    first, due = calendar.local_day(obligation.opening.at), derivation.due
    days = {calendar.add_working(due, -before) for before in obligation.rule.remind}
    return tuple(sorted(day for day in days if day >= first))


def _passed(owed: Owed, rule: Rule, all_owed: Iterable[Owed]) -> str | None:
    """The rule, prescribed by a text, whose date this one lies after."""
    for other in all_owed:
        if other.rule in rule.not_later_than and _earlier(other, owed):
            return other.rule
    return None


def _earlier(other: Owed, owed: Owed) -> bool:
    return (
        other.certainty != PROVISIONAL
        and other.due_on is not None
        and owed.due_on is not None
        and other.due_on < owed.due_on
    )
