"""The tables of legal time limits and the rulebooks say the same, both ways."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise

import pytest

from doithoai.config import law_coverage
from doithoai.law import command_line, coverage, rulebooks
from doithoai.law.coverage import Line
from doithoai.law.rules import Rule
from tests.law.story import VIET_NAM
from tests.law.words import VOCABULARY

NATION = rulebooks.load([rulebooks.NATIONAL], VOCABULARY)
LINES = coverage.lines(NATION)
RULED = [line for line in LINES if line.rules]
PLAIN = [line for line in RULED if not line.note]


def named(line: Line) -> str:
    return f"{line.row.name} {line.row.length}"


def test_the_tables_are_whole() -> None:
    tables = [line.row.table for line in LINES]
    assert (tables.count("deadlines.csv"), tables.count("frequencies.csv")) == (101, 14)


@pytest.mark.parametrize("line", LINES, ids=named)
def test_every_row_is_a_rule_or_says_why_not(line: Line) -> None:
    assert line.rules or line.note, "write a rule for the row, or the reason into coverage.toml"


@pytest.mark.parametrize("line", RULED, ids=named)
def test_a_rule_is_named_after_the_procedure_of_its_row(line: Line) -> None:
    assert {".".join(rule.id.split(".")[:2]) for rule in line.rules} == {f"vn.{line.row.procedure}"}


@pytest.mark.parametrize("line", PLAIN, ids=named)
def test_a_rule_is_as_certain_as_its_row(line: Line) -> None:
    assert {rule.certainty for rule in line.rules} == {line.row.certainty}


@pytest.mark.parametrize("line", PLAIN, ids=named)
def test_the_versions_of_a_rule_fill_the_time_of_their_row(line: Line) -> None:
    for stretch in by_condition(line.rules):
        assert stretch[0].force.since == line.row.force.since
        assert stretch[-1].force.until == line.row.force.until
        for before, after in pairwise(stretch):
            assert before.force.until is not None
            assert after.force.since is not None
            assert (after.force.since - before.force.until).days == 1


def by_condition(rules: tuple[Rule, ...]) -> list[list[Rule]]:
    found: dict[object, list[Rule]] = {}
    for rule in rules:
        key = (rule.id, rule.opening.when, rule.opening.only_when)
        found.setdefault(key, []).append(rule)
    return [sorted(each, key=lambda rule: rule.force.since or date.min) for each in found.values()]


def test_every_rule_has_a_row_or_a_reason_to_stand_alone() -> None:
    without = [each.rules[0].id for each in coverage.alone(NATION) if not each.reason]
    assert not without, "add the row, or the reason to [beyond] in coverage.toml"


def test_no_reason_is_given_for_what_is_not_so() -> None:
    notes, names = coverage.notes(), {line.row.name for line in LINES}
    alone = {
        name
        for each in coverage.alone(NATION)
        for name in (each.rules[0].id, f"{each.rules[0].id}, {coverage.length(each.rules[0])}")
    }
    assert {*notes.rules, *notes.no_rule, *notes.differs} <= names
    assert set(notes.beyond) <= alone
    assert {name for line in RULED for name in [line.row.name]}.isdisjoint(notes.no_rule)
    assert {rule for rules in notes.rules.values() for rule in rules} <= set(NATION.versions)


@pytest.mark.parametrize("rule", NATION.rules, ids=lambda rule: f"{rule.id} {rule.force.since}")
def test_the_prompt_answers_for_every_version(
    capsys: pytest.CaptureFixture[str], rule: Rule
) -> None:
    day = rule.force.until or date(2026, 11, 23)
    argv = [rule.id, "--on", day.isoformat(), "--json", *facts(rule)]
    assert command_line.due(argv, NATION, VIET_NAM) == 0
    answer = json.loads(capsys.readouterr().out)
    assert date.fromisoformat(answer["due"])
    assert answer["derivation"]["basis"] in {each.basis for each in NATION.versions[rule.id]}


def facts(rule: Rule) -> list[str]:
    given = [f"{rule.due}=2026-11-30"] if rule.due and rule.opening.every in {None, "term"} else []
    given += [
        f"{name}={str(value).lower() if isinstance(value, bool) else value}"
        for name, allowed in rule.opening.when
        for value in sorted(allowed, key=str)[-1:]
    ]
    return [word for fact in given for word in ("--fact", fact)]


@pytest.mark.parametrize("rule", NATION.rules, ids=lambda rule: f"{rule.id} {rule.force.since}")
def test_a_rule_names_the_text_it_stands_on(rule: Rule) -> None:
    acts = ("Luật", "Nghị định", "Thông tư", "Nghị quyết", "Quy định", "Kết luận")
    grounds = ("Chưa có văn bản quy định", "Kế hoạch đối thoại", "Thông báo kết luận")
    assert rule.basis.startswith(grounds if rule.provisional else (*acts, *grounds))


def test_the_document_shows_every_row_and_every_rule() -> None:
    shown = law_coverage.written()
    assert all(line.row.step in shown for line in LINES)
    assert all(f"`{name}`" in shown for name in NATION.versions)
    assert all(f"`{event.event}`" in shown for each in NATION.announced for event in each.events)
