"""What is still to come: the events, facts and roles of procedures whose app is not there yet.

A rulebook may already name them; once an app brings one, it is struck off the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from doithoai.law.rules import Text
from doithoai.law.tables import Table, WrongValue
from doithoai.law.vocabulary import Vocabulary, choices_of, is_type


@dataclass(frozen=True, slots=True)
class Announced:
    """One event to come, or facts to come of an event that an app has already (`words` is None)."""

    event: str
    words: Text | None
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Procedure:
    """What one procedure will bring: its code, its name, the app, its events, roles in words."""

    code: str
    name: Text
    app: str
    events: tuple[Announced, ...]
    roles: Mapping[str, Text]


def procedures(table: Table) -> tuple[Procedure, ...]:
    """The `[[procedure]]` tables of a file. Raises WrongValue with the reason."""
    table.only({"procedure"})
    return tuple(_procedure(item) for item in table.tables("procedure"))


def vocabulary(announced: Iterable[Procedure]) -> Vocabulary:
    """The words all of them bring together. Raises WrongValue where two of them disagree."""
    events: dict[str, dict[str, str]] = {}
    roles: set[str] = set()
    for procedure in announced:
        for event in procedure.events:
            known = events.setdefault(event.event, {})
            _agree(known, event)
            known.update(event.facts)
        roles.update(procedure.roles)
    return Vocabulary(events, frozenset(roles))


def fulfilled(announced: Iterable[Procedure], known: Vocabulary) -> tuple[str, ...]:
    """What an app brings by now and the list still announces, to be struck off it."""
    return tuple(
        f"{procedure.code}: {name}"
        for procedure in announced
        for name in (*_brought(procedure, known), *sorted(known.roles & set(procedure.roles)))
    )


def _procedure(table: Table) -> Procedure:
    table.only({"code", "vi", "en", "app", "event", "fact", "role"})
    events, facts, roles = table.table("event"), table.table("fact"), table.table("role")
    return Procedure(
        table.text("code"),
        Text(table.text("vi"), table.text("en")),
        table.text("app"),
        (
            *(_event(name, events.table(name)) for name in events.values),
            *(Announced(name, None, _facts(facts.table(name))) for name in facts.values),
        ),
        {name: _words(roles.table(name)) for name in roles.values},
    )


def _event(name: str, table: Table) -> Announced:
    table.only({"vi", "en", "facts"})
    words = Text(table.text("vi"), table.text("en"))
    return Announced(name, words, _facts(table.table("facts")))


def _words(table: Table) -> Text:
    table.only({"vi", "en"})
    return Text(table.text("vi"), table.text("en"))


def _facts(table: Table) -> Mapping[str, str]:
    found = {name: table.text(name) for name in table.values}
    for name, kind in found.items():
        if not is_type(kind):
            raise WrongValue(f"unknown type of the fact {table.place}[{name}]: {kind}")
    return found


def _agree(known: Mapping[str, str], event: Announced) -> None:
    for fact, kind in event.facts.items():
        before = known.get(fact, kind)
        if before != kind:
            raise WrongValue(f"{event.event}[{fact}] is announced as {before} and as {kind}")


def _brought(procedure: Procedure, known: Vocabulary) -> Iterator[str]:
    for event in procedure.events:
        facts = known.events.get(event.event)
        if facts is None:
            continue
        if event.words is not None:
            yield event.event
        yield from (
            f"{event.event}[{fact}]"
            for fact, kind in event.facts.items()
            if fact in facts and choices_of(kind) <= choices_of(facts[fact])
        )
