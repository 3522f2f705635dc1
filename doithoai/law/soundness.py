"""Why a rule, or a set of its versions, cannot be used: each finding is a reason for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, product

from doithoai.law.periods import LENGTHS
from doithoai.law.rules import EVENT, MATTER, RECEIVED, UNKNOWN, Conditions, Conversion, Rule, holds
from doithoai.law.tables import Fact
from doithoai.law.vocabulary import Vocabulary

Combination = dict[str, Fact | None]


def reasons(rule: Rule, vocabulary: Vocabulary, ids: frozenset[str]) -> Iterator[str]:
    """Everything wrong with one rule by itself."""
    yield from _words(rule, vocabulary)
    yield from _other_rules(rule, ids)
    yield from _conditions(rule, vocabulary)
    yield from _dates(rule, vocabulary)
    yield from _correlation(rule, vocabulary)
    yield from _length(rule)
    yield from _pause(rule)
    yield from _end(rule, vocabulary)
    yield from _recurrence(rule)


def of_conversion(turn: Conversion, vocabulary: Vocabulary) -> Iterator[str]:
    """Everything wrong with a conversion: events nobody enters, a procedure it does not state."""
    for event in (turn.event, *turn.undoes):
        if event not in vocabulary.events:
            yield f"unknown event {event}"
    if not vocabulary.states(turn.event, turn.out_of):
        yield f"it does not state the fact {turn.out_of}"


def disputes(versions: Sequence[Rule]) -> Iterator[tuple[Rule, str]]:
    """Versions of one id that could both hold on the same day for the same event."""
    for first, second in combinations(versions, 2):
        if _can_both_hold(first, second):
            yield (
                second,
                "two versions of this id are in force on the same day and can both hold"
                f" ({first.file} and {second.file})",
            )


def gaps(versions: Sequence[Rule], vocabulary: Vocabulary) -> Iterator[tuple[Rule, str]]:
    """Combinations of the facts named by `when` that no version in force answers."""
    for event in dict.fromkeys(event for rule in versions for event in rule.opening.events):
        opened = [rule for rule in versions if event in rule.opening.events]
        for day in _turning_days(opened):
            for group in _groups([rule for rule in opened if rule.force.on(day)]):
                missing = _missing(group, event, vocabulary)
                if missing is not None:
                    yield group[0], f"no version covers {_said(missing)} on {event}"


def _words(rule: Rule, vocabulary: Vocabulary) -> Iterator[str]:
    for event in _events(rule):
        if event not in vocabulary.events:
            yield f"unknown event {event}"
    if rule.owed_by and rule.owed_by.role not in vocabulary.roles:
        yield f"unknown role {rule.owed_by.role}"
    if not rule.opening.events:
        yield "opens_on must name an event"


def _other_rules(rule: Rule, ids: frozenset[str]) -> Iterator[str]:
    for other in (*rule.not_later_than, *rule.life.gives_way_to):
        if other not in ids:
            yield f"unknown rule {other}"


def _events(rule: Rule) -> list[str]:
    life, opening = rule.life, rule.opening
    named = [
        *(*opening.events, *opening.only_after, *opening.unless_after),
        *(*life.paused_by, *life.resumed_by, *life.discharged, *life.closed_by, *life.recurs_on),
        *(rule.extend.events if rule.extend else ()),
        *(change.takes_over for change in rule.force.transition),
    ]
    if life.on_lapse:
        named.append(life.on_lapse)
    return list(dict.fromkeys(named))


def _conditions(rule: Rule, vocabulary: Vocabulary) -> Iterator[str]:
    opening = rule.opening
    for name, allowed in (*opening.when, *opening.only_when, *rule.life.discharged_when):
        yield from _values(name, allowed, vocabulary)
    for name, _ in opening.when:
        if vocabulary.types(name) and vocabulary.choices(name) is None:
            yield f"when names {name}, whose values cannot be counted up; use only_when"


def _dates(rule: Rule, vocabulary: Vocabulary) -> Iterator[str]:
    if rule.force.by_start and rule.counted_from != RECEIVED:
        yield "applies start needs counted_from received"
    for name in (rule.counted_from, rule.due or EVENT, rule.life.count_by or EVENT):
        if name not in {EVENT, RECEIVED}:
            yield from _date_fact(name, vocabulary)


def _correlation(rule: Rule, vocabulary: Vocabulary) -> Iterator[str]:
    if rule.per != MATTER:
        for event in rule.opening.events:
            if not vocabulary.states(event, rule.per):
                yield f"per names {rule.per}, which {event} does not state"


def _values(name: str, allowed: frozenset[Fact], vocabulary: Vocabulary) -> Iterator[str]:
    if not vocabulary.types(name):
        yield f"unknown fact {name}"
        return
    choices = vocabulary.choices(name)
    if choices is None:
        return
    for value in sorted(map(str, allowed - {*choices, UNKNOWN})):
        yield f"the fact {name} cannot be {value}"


def _date_fact(name: str, vocabulary: Vocabulary) -> Iterator[str]:
    types = vocabulary.types(name)
    if not types:
        yield f"unknown fact {name}"
    elif types != {"date"}:
        yield f"the fact {name} is not a date"


def _length(rule: Rule) -> Iterator[str]:
    if (rule.within is None) == (rule.due is None):
        yield "give either within or due"
    if rule.due is not None and rule.counted_from != EVENT:
        yield "a rule with due is not counted from anything"
    if rule.within is None:
        return
    if rule.within.unit == "hours" and (rule.counted_from != EVENT or rule.within.amount < 0):
        yield "hours are counted forward from the event"
    if rule.within.amount < 0 and (rule.life.paused_by or rule.extend):
        yield "a period counted back can be neither paused nor extended"


def _pause(rule: Rule) -> Iterator[str]:
    life = rule.life
    if life.paused_by and not life.resumed_by:
        yield "a pause that can never end: resumed_by is missing"
    if life.paused_by and life.review is None:
        yield "a pause needs a review date: review is missing"
    if rule.extend and not rule.extend.events:
        yield "extend names no events"
    if life.count < 1:
        yield "count must be at least 1"


def _end(rule: Rule, vocabulary: Vocabulary) -> Iterator[str]:
    life = rule.life
    if rule.kind != "alarm" and rule.owed_by is None:
        yield "owed_by is missing"
    if rule.kind == "duty" and not _dischargeable(rule, vocabulary):
        yield "this duty can never be discharged"
    if rule.kind == "window" and not (life.on_lapse or life.discharged):
        yield "a window needs on_lapse or discharged"
    for event in life.recurs_on:
        if event not in life.discharged:
            yield f"recurs_on names {event}, which does not discharge"


def _recurrence(rule: Rule) -> Iterator[str]:
    every = rule.opening.every
    if every is not None and every not in LENGTHS:
        yield f"every must be one of {', '.join(LENGTHS)}, not {every}"
    if every is not None and rule.due is None:
        yield "a recurring duty is due on a day its period states: due is missing"
    if rule.life.count_by is not None and every is None:
        yield "count_by counts the days of a period: every is missing"


def _dischargeable(rule: Rule, vocabulary: Vocabulary) -> bool:
    """Some discharging event can meet discharged_when: it states no such fact, or one allowed."""
    return any(
        all(
            not vocabulary.states(event, name) or _possible(vocabulary.events[event][name], allowed)
            for name, allowed in rule.life.discharged_when
        )
        for event in rule.life.discharged
    )


def _possible(kind: str, allowed: frozenset[Fact]) -> bool:
    if not kind.startswith("choice:"):
        return True
    return bool(allowed & set(kind.removeprefix("choice:").split("|")))


def _can_both_hold(first: Rule, second: Rule) -> bool:
    one, two = first.opening, second.opening
    return (
        bool(set(one.events) & set(two.events))
        and first.force.meets(second.force)
        and (not one.procedures or not two.procedures or bool(one.procedures & two.procedures))
        and not _excluded((*one.when, *one.only_when), (*two.when, *two.only_when))
        and not _separated(first, second)
    )


def _separated(first: Rule, second: Rule) -> bool:
    one, two = first.opening, second.opening
    return bool(
        set(one.only_after) & set(two.unless_after) or set(two.only_after) & set(one.unless_after)
    )


def _excluded(one: Conditions, two: Conditions) -> bool:
    other = dict(two)
    return any(name in other and not allowed & other[name] for name, allowed in one)


def _turning_days(rules: Sequence[Rule]) -> list[date]:
    """One day in each stretch of time in which the same versions are in force."""
    days = {date.min}
    for rule in rules:
        days |= {rule.force.since} if rule.force.since else set()
        days |= {rule.force.until + timedelta(days=1)} if rule.force.until else set()
    return sorted(days)


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Versions that are silent for the same reason must answer together for the rest."""
    found: dict[tuple[object, ...], list[Rule]] = {}
    for rule in rules:
        opening = rule.opening
        silence = (opening.only_when, opening.procedures, opening.only_after, opening.unless_after)
        found.setdefault(silence, []).append(rule)
    return list(found.values())


def _missing(group: Sequence[Rule], event: str, vocabulary: Vocabulary) -> Combination | None:
    names = sorted({name for rule in group for name, _ in rule.opening.when})
    for values in product(*(_choices(name, event, vocabulary) for name in names)):
        facts: Combination = dict(zip(names, values, strict=True))
        if not any(holds(rule.opening.when, facts) for rule in group):
            return facts
    return None


def _choices(name: str, event: str, vocabulary: Vocabulary) -> tuple[str | bool, ...]:
    choices = vocabulary.choices(name) or ()
    if vocabulary.types(name) == {"bool"} or vocabulary.states(event, name):
        return choices
    return (*choices, UNKNOWN)


def _said(facts: Mapping[str, Fact | None]) -> str:
    return ", ".join(f"{name} = {_shown(value)}" for name, value in facts.items())


def _shown(value: Fact | None) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if value else "unknown"
