"""The law at a prompt: are the rulebooks sound, and when is a thing due. No database is needed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from gettext import gettext as _
from uuid import UUID

from doithoai.law import periods
from doithoai.law.calendars import Calendar
from doithoai.law.explanation import Derivation, Json, said
from doithoai.law.obligations import opened
from doithoai.law.rulebooks import Rulebook, RulebookError
from doithoai.law.rules import (
    EVENT,
    FIRST_DAY,
    LAST_DAY,
    RECEIVED,
    Conditions,
    Facts,
    Rule,
    holds,
)
from doithoai.law.tables import Fact
from doithoai.law.timeline import Happening
from doithoai.law.vocabulary import Vocabulary

SOUND, REFUSED = 0, 2
NOBODY = UUID(int=0)


class Unanswerable(ValueError):
    """A question the rulebook cannot answer, in one sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which rule, on which local day or moment, with which facts, and how to say the answer."""

    rule: str
    on: datetime | None
    facts: Sequence[tuple[str, str]]
    language: str
    as_json: bool


def check(load: Callable[[], Rulebook], *, as_json: bool = False) -> int:
    """Load the rulebooks and say whether they are sound: 0, or 2 with one refusal on each line."""
    try:
        rulebook = load()
    except RulebookError as error:
        _refuse(str(error), as_json=as_json)
        return REFUSED
    provisional = sorted({rule.id for rule in rulebook.not_adopted()})
    found = {"rules": len(rulebook.versions), "versions": len(rulebook.rules)}
    if as_json:
        sys.stdout.write(json.dumps({**found, "provisional": provisional}) + "\n")
        return SOUND
    sys.stdout.write(_("%(rules)s rules in %(versions)s versions are sound.") % found + "\n")
    said = _("%(count)s are defaults that no text prescribes yet (certainty D):")
    sys.stdout.write(said % {"count": len(provisional)} + "\n")
    sys.stdout.writelines(f"  {name}\n" for name in provisional)
    return SOUND


def due(
    argv: Sequence[str], rulebook: Rulebook, calendar: Calendar, *, language: str = "vi"
) -> int:
    """Answer `RULE --on DATE [--fact NAME=VALUE ...] [--json]`: 0, or 2 with one sentence."""
    try:
        question = _question(argv, calendar, language)
        derivation = derivation_of(question, rulebook, calendar)
    except Unanswerable as error:
        _refuse(str(error), as_json="--json" in argv)
        return REFUSED
    if question.as_json:
        sys.stdout.write(json.dumps(_answer(derivation), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in derivation.sentences(question.language))
    return SOUND


def _refuse(sentence: str, *, as_json: bool) -> None:
    sys.stderr.write(f"{sentence}\n")
    if as_json:
        sys.stdout.write(json.dumps({"error": sentence}, ensure_ascii=False) + "\n")


def derivation_of(question: Question, rulebook: Rulebook, calendar: Calendar) -> Derivation:
    """The due date of the rule if its event happened then. Raises Unanswerable."""
    facts = _facts(question.facts, rulebook.vocabulary)
    rule = _version(question, facts, rulebook, calendar)
    if question.on is None and rule.due is None:
        raise Unanswerable(
            _("Say with --on from which day %(rule)s is counted.") % {"rule": rule.id}
        )
    at = question.on or datetime.combine(date.min.replace(year=2000), time(), calendar.zone)
    if rule.counted_from not in {EVENT, RECEIVED}:
        facts[rule.counted_from] = calendar.local_day(at).isoformat()
    if rule.opening.every is not None and question.on is not None:
        _around(calendar.local_day(at), rule.opening.every, facts, calendar)
    obligation = opened(rule, Happening(NOBODY, rule.opening.events[0], at, facts), facts, calendar)
    if obligation is None:
        raise Unanswerable(
            _("%(rule)s needs the date %(fact)s: add --fact %(fact)s=2026-08-30.")
            % {"rule": rule.id, "fact": rule.due}
        )
    return obligation.derivation()


def _around(day: date, every: str, facts: dict[str, Fact | None], calendar: Calendar) -> None:
    """The period in which the day lies, unless its last day is given; a term is not known to us."""
    found = periods.span(every, day, calendar)
    if found is not None:
        facts.setdefault(FIRST_DAY, found.first.isoformat())
        facts.setdefault(LAST_DAY, found.last.isoformat())


def _question(argv: Sequence[str], calendar: Calendar, language: str) -> Question:
    parser = argparse.ArgumentParser(
        prog="doithoai law due", description=_("Say when something is due, and why.")
    )
    parser.add_argument("rule", help=_("the rule's id, such as vn.complaint.settle_first"))
    parser.add_argument("--on", help=_("the day counted from: 2026-07-15 or 15/07/2026"))
    parser.add_argument(
        "--fact",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=_("what is known of the item, such as remote_area=true; several are allowed"),
    )
    parser.add_argument(
        "--language", choices=("vi", "en"), default=language, help=_("language of the answer")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON, for machines"))
    given = parser.parse_args(argv)
    facts = [_named(str(fact)) for fact in given.fact]
    on = None if given.on is None else _moment(str(given.on), calendar)
    return Question(str(given.rule), on, facts, str(given.language), bool(given.json))


def _named(fact: str) -> tuple[str, str]:
    name, separator, value = fact.partition("=")
    if not separator or not name:
        raise Unanswerable(_("A fact is written NAME=VALUE, not %(fact)s.") % {"fact": fact})
    return name.strip(), value.strip()


def _moment(written: str, calendar: Calendar) -> datetime:
    """Midnight where the calendar is, unless an hour is written (2026-07-15T08:30)."""
    try:
        moment = datetime.fromisoformat(_iso(written))
    except ValueError:
        said = _("%(text)s is not a date; write 2026-07-15 or 15/07/2026.")
        raise Unanswerable(said % {"text": written}) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=calendar.zone)


def _iso(written: str) -> str:
    """A day written the Vietnamese way, d/m/yyyy, in ISO form; anything else as it is."""
    parts = written.split("/")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return written
    return f"{int(parts[2]):04d}-{int(parts[1]):02d}-{int(parts[0]):02d}"


def _facts(given: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> dict[str, Fact | None]:
    return {name: _value(name, written, vocabulary) for name, written in given}


def _value(name: str, written: str, vocabulary: Vocabulary) -> Fact:
    types = vocabulary.types(name)
    if not types:
        raise Unanswerable(_("No event states a fact named %(name)s.") % {"name": name})
    if types == {"bool"}:
        return _truth(name, written)
    if types == {"date"}:
        return _day(name, written)
    if types == {"int"}:
        return _whole(name, written)
    choices = vocabulary.choices(name)
    if choices is not None and written not in choices:
        known = {"name": name, "choices": ", ".join(map(str, choices)), "text": written}
        raise Unanswerable(_("%(name)s is one of %(choices)s, not %(text)s.") % known)
    return written


def _not(sentence: str, name: str, written: str) -> str:
    return sentence % {"name": name, "text": written}


def _truth(name: str, written: str) -> bool:
    if written not in {"true", "false"}:
        raise Unanswerable(_not(_("%(name)s is true or false, not %(text)s."), name, written))
    return written == "true"


def _day(name: str, written: str) -> str:
    try:
        return date.fromisoformat(_iso(written)).isoformat()
    except ValueError:
        raise Unanswerable(
            _not(_("%(name)s is a date like 2026-07-15, not %(text)s."), name, written)
        ) from None


def _whole(name: str, written: str) -> int:
    if not written.lstrip("-").isdigit():
        raise Unanswerable(_not(_("%(name)s is a whole number, not %(text)s."), name, written))
    return int(written)


def _version(question: Question, facts: Facts, rulebook: Rulebook, calendar: Calendar) -> Rule:
    """The version in force that day whose conditions the facts meet."""
    versions = rulebook.versions.get(question.rule)
    if versions is None:
        raise Unanswerable(_unknown(question.rule, rulebook))
    if question.on is not None:
        day = calendar.local_day(question.on)
        versions = tuple(rule for rule in versions if rule.force.on(day))
        if not versions:
            out = _("%(rule)s is not in force on %(day)s.")
            raise Unanswerable(out % {"rule": question.rule, "day": said(day)})
    for rule in versions:
        if _meets(rule, facts):
            return rule
    raise Unanswerable(_("%(rule)s opens nothing with these facts.") % {"rule": question.rule})


def _meets(rule: Rule, facts: Facts) -> bool:
    """`when` is answered with what is given; `only_when` matters only where a fact is given."""
    asked: Conditions = tuple(item for item in rule.opening.only_when if item[0] in facts)
    whole = any(name in facts for name, _value in rule.opening.when)
    return holds(asked, facts) and (not whole or holds(rule.opening.when, facts))


def _unknown(name: str, rulebook: Rulebook) -> str:
    near = get_close_matches(name, rulebook.versions, n=3, cutoff=0.5)
    last = name.rpartition(".")[2]
    near += [known for known in rulebook.versions if last and last in known and known not in near]
    if not near:
        return _("There is no rule named %(name)s.") % {"name": name}
    said = _("There is no rule named %(name)s; did you mean %(near)s?")
    return said % {"name": name, "near": ", ".join(near[:4])}


def _answer(derivation: Derivation) -> dict[str, Json]:
    return {
        "due": None if derivation.due is None else derivation.due.isoformat(),
        "due_at": None if derivation.due_at is None else derivation.due_at.isoformat(),
        "rule": derivation.rule,
        "derivation": derivation.to_json(),
    }
