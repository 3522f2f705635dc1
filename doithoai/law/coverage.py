"""The tables of legal time limits beside the rulebooks: which rule says which row, or why none."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from doithoai.law.rulebooks import Rulebook
from doithoai.law.rules import Force, Rule
from doithoai.law.tables import Table, as_table

FOLDER = Path(__file__).parent / "data"
DEADLINES, FREQUENCIES, NOTES = "deadlines.csv", "frequencies.csv", "coverage.toml"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `length` as the table writes it (`10 working`, `2 day/month`); basis, certainty."""

    table: str
    procedure: str
    step: str
    length: str
    force: Force
    basis: str
    certainty: str

    @property
    def name(self) -> str:
        return f"{self.procedure}: {self.step}"


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the versions that stand for it; `note`: why there are none, or what differs."""

    row: Row
    rules: tuple[Rule, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Alone:
    """Versions of one length that no row stands behind, and why."""

    rules: tuple[Rule, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Notes:
    """What the names alone do not say; keys are the names of rows, or rules with their length."""

    rules: Mapping[str, tuple[str, ...]]
    no_rule: Mapping[str, str]
    differs: Mapping[str, str]
    beyond: Mapping[str, str]


def rows() -> tuple[Row, ...]:
    """Both tables, in their order."""
    return (*map(_deadline, _read(DEADLINES)), *map(_frequency, _read(FREQUENCIES)))


@lru_cache(maxsize=1)
def notes() -> Notes:
    """`data/coverage.toml`. Raises WrongValue when it says something nobody reads."""
    table = as_table(tomllib.loads((FOLDER / NOTES).read_text(encoding="utf-8")), NOTES)
    table.only({"rules", "no_rule", "differs", "beyond"})
    named = table.table("rules")
    return Notes(
        {name: named.texts(name) for name in named.values},
        *(_texts(table.table(part)) for part in ("no_rule", "differs", "beyond")),
    )


def lines(rulebook: Rulebook) -> tuple[Line, ...]:
    """Each row with the versions of its length that are in force in its time."""
    return tuple(Line(row, tuple(_standing_for(row, rulebook)), _note(row.name)) for row in rows())


def alone(rulebook: Rulebook) -> tuple[Alone, ...]:
    """The versions without a row, by id and length. A default of ours needs no other reason."""
    covered = {id(rule) for line in lines(rulebook) for rule in line.rules}
    left: dict[str, list[Rule]] = {}
    for rule in rulebook.rules:
        if id(rule) not in covered:
            left.setdefault(f"{rule.id}, {length(rule)}", []).append(rule)
    return tuple(Alone(tuple(rules), _reason(name, rules)) for name, rules in left.items())


def length(rule: Rule) -> str:
    """`10 working`, `2 a month`, or the date fact that is itself the due date."""
    if rule.opening.every is not None:
        return f"{rule.life.count} a {rule.opening.every.replace('_', ' ')}"
    if rule.within is None:
        return f"on {rule.due}"
    return f"{rule.within.amount} {rule.within.unit}"


def _standing_for(row: Row, rulebook: Rulebook) -> Iterator[Rule]:
    excused = row.name in notes().differs
    for name in notes().rules.get(row.name, (f"vn.{row.procedure}.{row.step}",)):
        for rule in rulebook.versions.get(name, ()):
            if rule.force.meets(row.force) and (excused or _as_long(row, rule)):
                yield rule


def _as_long(row: Row, rule: Rule) -> bool:
    if rule.opening.every is not None:
        return _as_often(row, rule)
    return row.length in {length(rule), "working"}


def _as_often(row: Row, rule: Rule) -> bool:
    """A row that names several periods stands for one rule each."""
    if len(notes().rules.get(row.name, ())) > 1:
        return rule.life.count == 1
    count, _, per = row.length.partition(" ")
    every = (rule.opening.every or "").replace("_", " ")
    return int(count) == rule.life.count and per.split("/")[-1].split()[-1] == every


def _note(name: str) -> str:
    return notes().no_rule.get(name) or notes().differs.get(name, "")


def _reason(name: str, rules: Sequence[Rule]) -> str:
    said = notes().beyond.get(name) or notes().beyond.get(rules[0].id, "")
    if said or not all(rule.provisional for rule in rules):
        return said
    return "A default of ours (D): no text prescribes it."


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]


def _deadline(row: Mapping[str, str]) -> Row:
    return _row(DEADLINES, row, row["step"], f"{row['days']} {row['day_kind']}".strip())


def _frequency(row: Mapping[str, str]) -> Row:
    return _row(FREQUENCIES, row, row["duty"], f"{row['count']} {row['per']}")


def _row(table: str, row: Mapping[str, str], step: str, long: str) -> Row:
    force = Force(_day(row["effective_from"]), _day(row["effective_to"]), False, ())
    return Row(table, row["procedure"], step, long, force, row["legal_basis"], row["certainty"])


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _texts(table: Table) -> dict[str, str]:
    return {name: table.text(name) for name in table.values}


def said_force(rules: Iterable[Rule]) -> str:
    """The days the versions are in force, each stretch once, as `2012-07-01 – 2026-06-30`."""
    stretches = dict.fromkeys(_stretch(rule.force) for rule in rules)
    return "; ".join(stretches)


def _stretch(force: Force) -> str:
    since = force.since.isoformat() if force.since else ""
    until = force.until.isoformat() if force.until else ""
    return f"{since} – {until}".strip() if since or until else "always"
