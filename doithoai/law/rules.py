"""What a rule of law is, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from doithoai.law.tables import Fact

Kind = Literal["duty", "window", "effect", "minimum", "alarm"]
Unit = Literal["calendar", "working", "hours", "months"]
Source = Literal["law", "regulation", "conclusion"]
Conditions = tuple[tuple[str, frozenset[Fact]], ...]
Facts = Mapping[str, Fact | None]

MATTER = "matter"
EVENT = "event"
RECEIVED = "received"
REGISTERED = "registered_on"
FIRST_DAY, LAST_DAY = "first_day", "last_day"
UNKNOWN = ""
PROVISIONAL = "D"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time; negative amounts are counted back from the day."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Extension:
    """How a period may be prolonged: `most` each time (None: as far as the event says)."""

    most: Period | None
    times: int
    events: tuple[str, ...]
    reasons: frozenset[str]
    document: bool


@dataclass(frozen=True, slots=True)
class Transition:
    """From this day the version also governs matters in which `takes_over` happened earlier."""

    since: date
    takes_over: str
    basis: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """An event after which a matter goes on under another procedure; its fact `out_of` names the
    one until then. `undoes`: steps taken under the former procedure which the new one has yet to
    take (`unless_after`, `only_after` and `takes_over` no longer know of them).
    """

    event: str
    out_of: str
    undoes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Debtor:
    """The role that owes; `each`: every holder of the role owes its own."""

    role: str
    each: bool


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    vi: str
    en: str

    def of(self, language: str) -> str:
        return self.vi if language.startswith("vi") else self.en


@dataclass(frozen=True, slots=True)
class Life:
    """The events by which an obligation of the rule pauses and ends.

    `discharged_when` is asked only of events that state its facts. `gives_way_to`: ids of rules
    whose obligation, once open, closes this one. `recurs_on`: discharges that open the next one.
    `count_by`: a date fact of the discharges; they count once for each different day, and only
    inside the period the opening states. `on_lapse`: the event the Clock enters, once, when the
    time has run out; a duty it ends is missed, and stays late.
    """

    paused_by: tuple[str, ...]
    resumed_by: tuple[str, ...]
    review: Period | None
    discharged: tuple[str, ...]
    discharged_when: Conditions
    closed_by: tuple[str, ...]
    on_lapse: str | None
    recurs_on: tuple[str, ...]
    gives_way_to: tuple[str, ...]
    count: int
    count_by: str | None


@dataclass(frozen=True, slots=True)
class Opening:
    """When an obligation of the rule opens.

    `when` must be answered for every combination of its facts; `only_when` is silent elsewhere.
    `every`: the length of the period in which a recurring duty is owed once more (periods.py).
    """

    events: tuple[str, ...]
    when: Conditions
    only_when: Conditions
    only_after: tuple[str, ...]
    unless_after: tuple[str, ...]
    procedures: frozenset[str]
    every: str | None


@dataclass(frozen=True, slots=True)
class Force:
    """The days a version is in force (both included), and by which day a matter is judged: by the
    opening event's; `by_receipt`: the day it came in; `by_start`: the day the period counts from,
    which is that on which whoever owes has registered it.
    """

    since: date | None
    until: date | None
    by_receipt: bool
    transition: tuple[Transition, ...]
    by_start: bool = False

    def on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    def meets(self, other: Force) -> bool:
        """Whether some day lies in both."""
        return not (
            (self.until is not None and other.since is not None and self.until < other.since)
            or (other.until is not None and self.since is not None and other.until < self.since)
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule; versions of one `id` differ by `force` or by what they are open to.

    `within` is None exactly when `due` names the date fact that is itself the due date.
    `counted_from`: the event, a date fact, or `received`: the day the matter came in
    to the body that has it (`registered_on` of an event, once another took it over).
    """

    id: str
    file: str
    kind: Kind
    opening: Opening
    counted_from: str
    owed_by: Debtor | None
    per: str
    within: Period | None
    due: str | None
    rolls: bool
    extend: Extension | None
    life: Life
    force: Force
    remind: tuple[int, ...]
    not_later_than: tuple[str, ...]
    duty: Text
    basis: str
    certainty: str
    source: Source
    overlays: bool
    basis_en: str = ""  # where the basis is a sentence and not the name of an act

    @property
    def provisional(self) -> bool:
        """No text prescribes it: our default, to be adopted by a document of the province."""
        return self.certainty == PROVISIONAL

    def of(self, procedure: str) -> bool:
        """Whether it is a rule of that procedure; one that names none is a rule of each."""
        return not self.opening.procedures or procedure in self.opening.procedures


def holds(conditions: Conditions, facts: Facts) -> bool:
    """Whether every condition is met; a fact nobody stated counts as false, or as unknown ("")."""
    for name, allowed in conditions:
        value = facts.get(name)
        if value is None:
            if False not in allowed and UNKNOWN not in allowed:
                return False
        elif value not in allowed:
            return False
    return True
