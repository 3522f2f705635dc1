"""The words a rulebook may use: events with their facts, and roles. The apps bring them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PLAIN_TYPES = frozenset({"text", "int", "bool", "date", "uuid"})
CHOICE = "choice:"


def is_type(name: str) -> bool:
    """A type of fact: text, int, bool, date, uuid, or `choice:a|b|c`."""
    return name in PLAIN_TYPES or (name.startswith(CHOICE) and name != CHOICE)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`events`: an event to its facts and their types; `roles`: the roles a matter may fill."""

    events: Mapping[str, Mapping[str, str]]
    roles: frozenset[str]

    def merged(self, other: Vocabulary) -> Vocabulary:
        """Both together; where both know a fact of an event, this one's type stands, with the
        choices of both.
        """
        events = {
            event: _together(self.events.get(event, {}), other.events.get(event, {}))
            for event in (*self.events, *other.events)
        }
        return Vocabulary(events, self.roles | other.roles)

    def types(self, fact: str) -> frozenset[str]:
        """Every type the fact has in any event; empty when no event states it."""
        return frozenset(facts[fact] for facts in self.events.values() if fact in facts)

    def states(self, event: str, fact: str) -> bool:
        """Whether the event itself states the fact."""
        return fact in self.events.get(event, {})

    def choices(self, fact: str) -> tuple[str | bool, ...] | None:
        """The values of a fact that can be counted up; None for texts, numbers, dates and ids."""
        types = self.types(fact)
        if types == {"bool"}:
            return (True, False)
        if not types or not all(kind.startswith(CHOICE) for kind in types):
            return None
        return tuple(sorted(_named(types)))

    def wrong_types(self) -> tuple[str, ...]:
        """Facts, as `event.fact`, whose type is none of ours."""
        return tuple(
            f"{event}[{fact}]"
            for event, facts in self.events.items()
            for fact, kind in facts.items()
            if not is_type(kind)
        )


def choices_of(kind: str) -> frozenset[str]:
    """The choices of a type `choice:a|b`; none for every other type."""
    if not kind.startswith(CHOICE):
        return frozenset()
    return frozenset(kind.removeprefix(CHOICE).split("|"))


def _together(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    both = {fact: _either(kind, second[fact]) for fact, kind in first.items() if fact in second}
    return {**second, **first, **both}


def _either(first: str, second: str) -> str:
    more = choices_of(second) - choices_of(first)
    return "|".join((first, *sorted(more))) if more and choices_of(first) else first


def _named(types: Iterable[str]) -> set[str]:
    return {choice for kind in types for choice in kind.removeprefix(CHOICE).split("|")}
