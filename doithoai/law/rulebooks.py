"""The rules in force: read from TOML, a province's over the national ones, all checked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from doithoai.law import announcements, calendars, readings, soundness
from doithoai.law.rules import Conversion, Rule
from doithoai.law.tables import Table, WrongValue
from doithoai.law.vocabulary import Vocabulary

FOLDER = Path(__file__).parent / "rulebooks"
NATIONAL = FOLDER / "vn"
PROCEDURES = "procedures.toml"


class RulebookError(ValueError):
    """One or more refusals; each message names the file, the rule and the reason."""

    def __init__(self, refusals: Sequence[str]) -> None:
        super().__init__("\n".join(refusals))
        self.refusals = tuple(refusals)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All versions of all rules; look-ups are by event and by id.

    `announced`: what procedures to come will bring; the vocabulary has it already. `recurring`:
    the versions owed once more in every period, for `periods.opened_on`. `conversions`: the events
    by which a matter goes over to another procedure.
    """

    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    announced: tuple[announcements.Procedure, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    opening: Mapping[str, tuple[Rule, ...]] = field(init=False, repr=False, compare=False)
    versions: Mapping[str, tuple[Rule, ...]] = field(init=False, repr=False, compare=False)
    transitional: frozenset[str] = field(init=False, repr=False, compare=False)
    recurring: tuple[Rule, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "opening", _by_event(self.rules))
        object.__setattr__(self, "versions", _by_id(self.rules))
        changing = frozenset(rule.id for rule in self.rules if rule.force.transition)
        object.__setattr__(self, "transitional", changing)
        recurring = tuple(rule for rule in self.rules if rule.opening.every is not None)
        object.__setattr__(self, "recurring", recurring)

    def in_force(self, rule_id: str, day: date) -> tuple[Rule, ...]:
        """The versions of the id in force on the day; empty when unknown or not in force."""
        return tuple(rule for rule in self.versions.get(rule_id, ()) if rule.force.on(day))

    def not_adopted(self) -> tuple[Rule, ...]:
        """Rules no text prescribes, which a province must still adopt."""
        return tuple(rule for rule in self.rules if rule.provisional)

    def conversion(self, event: str) -> Conversion | None:
        """What the event does to the procedure of a matter; None for every other event."""
        return next((each for each in self.conversions if each.event == event), None)


def province(name: str) -> Path:
    """The folder of a province's rulebook, such as `ha-tinh`."""
    return NATIONAL / name


def load(
    paths: Iterable[Path],
    vocabulary: Vocabulary,
    *,
    known_calendars: frozenset[str] | None = None,
) -> Rulebook:
    """Read folders (their own *.toml) or files, each laid over the ones before it.

    A later path may add rules, and replace an id of certainty D or one with `overlays = true` from
    the day its own version comes into force. `procedures.toml` in a folder adds events, facts and
    roles that no app brings yet. Raises RulebookError with every refusal found.
    """
    reader = _Reader(calendars.names() if known_calendars is None else known_calendars)
    rules: list[Rule] = []
    for layer, path in enumerate(paths):
        rules = reader.laid_over(rules, reader.layer(path, layer))
    words = vocabulary.merged(reader.vocabulary)
    announced, conversions = tuple(reader.procedures), tuple(reader.conversions)
    rulebook = Rulebook(tuple(rules), words, announced, conversions)
    refusals = [*reader.refusals, *_unsound(rulebook)]
    if refusals:
        raise RulebookError(refusals)
    return rulebook


@dataclass(slots=True)
class _Reader:
    known_calendars: frozenset[str]
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary({}, frozenset()))
    procedures: list[announcements.Procedure] = field(default_factory=list)
    conversions: list[Conversion] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def refuse(self, file: str, rule: str, reason: str) -> None:
        self.refusals.append(f"{file}: {rule}: {reason}")

    def layer(self, path: Path, layer: int) -> list[Rule]:
        files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        return [rule for file in files for rule in self.file(file, layer)]

    def file(self, path: Path, layer: int) -> list[Rule]:
        try:
            table = Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
            return self.announced(table) if path.name == PROCEDURES else self.rules(table, layer)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, WrongValue) as error:
            self.refuse(path.name, "-", str(error))
            return []

    def announced(self, table: Table) -> list[Rule]:
        self.procedures.extend(announcements.procedures(table))
        self.vocabulary = announcements.vocabulary(self.procedures)
        return []

    def rules(self, table: Table, layer: int) -> list[Rule]:
        table.only({"calendar", "groups", "procedures", "conversion", "rule"})
        calendar = table.text_or_none("calendar")
        if calendar is not None and calendar not in self.known_calendars:
            self.refuse(table.place, "-", f"unknown calendar {calendar}")
        groups = table.table("groups")
        page = readings.Page(
            table.place,
            layer,
            {name: groups.texts(name) for name in groups.values},
            frozenset(table.texts("procedures")),
        )
        self.conversions += [readings.conversion(t, page) for t in table.tables("conversion")]
        return [rule for item in table.tables("rule") for rule in self.rule(item, page)]

    def rule(self, table: Table, page: readings.Page) -> list[Rule]:
        try:
            return [readings.rule(table, page)]
        except WrongValue as error:
            name = table.values.get("id")
            self.refuse(page.file, name if isinstance(name, str) else "-", str(error))
            return []

    def laid_over(self, lower: list[Rule], upper: list[Rule]) -> list[Rule]:
        """The lower layer where the upper is silent: by id, and before the upper's first day."""
        firsts = {name: _first_day(versions) for name, versions in _by_id(upper).items()}
        kept: list[Rule] = []
        for rule in lower:
            if rule.id not in firsts:
                kept.append(rule)
                continue
            if not (rule.provisional or rule.overlays):
                self.refuse(
                    next(over.file for over in upper if over.id == rule.id),
                    rule.id,
                    f"a rule of certainty {rule.certainty} in {rule.file} may not be replaced",
                )
            kept.extend(_until(rule, firsts[rule.id]))
        return kept + upper


def _first_day(versions: Sequence[Rule]) -> date | None:
    days = [rule.force.since for rule in versions]
    return min((day for day in days if day is not None), default=None) if None not in days else None


def _until(rule: Rule, replaced_from: date | None) -> list[Rule]:
    """What is left of a rule that another replaces from that day on."""
    if replaced_from is None or (rule.force.since and rule.force.since >= replaced_from):
        return []
    last = replaced_from - timedelta(days=1)
    until = last if rule.force.until is None else min(last, rule.force.until)
    return [replace(rule, force=replace(rule.force, until=until))]


def _unsound(rulebook: Rulebook) -> list[str]:
    ids = frozenset(rulebook.versions)
    found = [
        f"the vocabulary: -: unknown type of the fact {wrong}"
        for wrong in rulebook.vocabulary.wrong_types()
    ]
    for turn in rulebook.conversions:
        reasons = soundness.of_conversion(turn, rulebook.vocabulary)
        found.extend(f"a conversion: {turn.event}: {reason}" for reason in reasons)
    for rule in rulebook.rules:
        alone = soundness.reasons(rule, rulebook.vocabulary, ids)
        found.extend(f"{rule.file}: {rule.id}: {reason}" for reason in alone)
    for versions in rulebook.versions.values():
        together = [*soundness.disputes(versions), *soundness.gaps(versions, rulebook.vocabulary)]
        found.extend(f"{rule.file}: {rule.id}: {reason}" for rule, reason in together)
    return list(dict.fromkeys(found))


def _by_event(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        for event in rule.opening.events:
            found.setdefault(event, []).append(rule)
    return {event: tuple(opened) for event, opened in found.items()}


def _by_id(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.id, []).append(rule)
    return {name: tuple(versions) for name, versions in found.items()}
