"""What procedures to come will bring: named once, used by rules, struck off once there."""

from __future__ import annotations

from pathlib import Path

import pytest

from doithoai.config import vocabulary
from doithoai.law import announcements, rulebooks
from doithoai.law.announcements import Announced, Procedure
from doithoai.law.rulebooks import Rulebook, RulebookError
from doithoai.law.rules import Rule, Text
from doithoai.law.vocabulary import Vocabulary
from tests.law.story import SMALL, duty
from tests.law.words import VOCABULARY

NATION = rulebooks.load([rulebooks.NATIONAL], VOCABULARY)
CODES = [procedure.code for procedure in NATION.announced]


def test_what_an_app_defines_is_no_longer_announced() -> None:
    """Strike it off doithoai/law/rulebooks/vn/procedures.toml, and run make docs."""
    assert announcements.fulfilled(NATION.announced, vocabulary.vocabulary()) == ()


def test_the_rules_stand_on_what_the_apps_bring_and_what_is_announced() -> None:
    assert rulebooks.load([rulebooks.NATIONAL], vocabulary.vocabulary()).rules


def test_a_procedure_is_announced_once() -> None:
    assert len(CODES) == len(set(CODES))
    events = [event.event for each in NATION.announced for event in each.events if event.words]
    assert len(events) == len(set(events))


def test_every_announced_event_is_named_by_a_rule() -> None:
    announced = {event.event for each in NATION.announced for event in each.events}
    assert announced - named(NATION) == set()


def named(rulebook: Rulebook) -> set[str]:
    return {event for rule in rulebook.rules for event in of_rule(rule)}


def of_rule(rule: Rule) -> set[str]:
    life, opening = rule.life, rule.opening
    return {
        *(*opening.events, *opening.only_after, *opening.unless_after, life.on_lapse or ""),
        *(*life.paused_by, *life.resumed_by, *life.discharged, *life.closed_by),
        *(rule.extend.events if rule.extend else ()),
    }


def test_what_is_announced_is_said_in_both_languages() -> None:
    for procedure in NATION.announced:
        texts = [procedure.name, *procedure.roles.values()]
        texts += [event.words for event in procedure.events if event.words]
        assert all(text.vi and text.en and text.vi != text.en for text in texts)


def announced(event: str, *, words: bool = True, **facts: str) -> Procedure:
    name = Text("Sau này", "Later")
    return Procedure(
        "later", name, "later", (Announced(event, name if words else None, facts),), {}
    )


@pytest.mark.parametrize(
    ("procedure", "left"),
    [
        (announced("future"), ()),
        (announced("asked"), ("later: asked",)),
        (announced("asked", words=False, day="date"), ("later: asked[day]",)),
        (announced("asked", words=False, level="choice:middle"), ()),
        (announced("asked", words=False, level="choice:low"), ("later: asked[level]",)),
        (announced("asked", words=False, new="bool"), ()),
    ],
)
def test_what_is_there_is_told(procedure: Procedure, left: tuple[str, ...]) -> None:
    assert announcements.fulfilled([procedure], SMALL) == left


def test_a_role_that_is_there_is_told() -> None:
    name = Text("Sau này", "Later")
    procedure = Procedure("later", name, "later", (), {"body": name, "board": name})
    assert announcements.fulfilled([procedure], SMALL) == ("later: body",)


def test_two_procedures_may_not_announce_one_fact_differently(tmp_path: Path) -> None:
    head = '[[procedure]]\ncode = "c"\nvi = "v"\nen = "e"\napp = "a"\n[procedure.event]\n'
    text = "".join(
        f'{head}"new" = {{ vi = "a", en = "b", facts = {{ day = "{kind}" }} }}\n'
        for kind in ("date", "text")
    )
    (tmp_path / "procedures.toml").write_text(text, encoding="utf-8")
    (tmp_path / "rules.toml").write_text("[[rule]]\n" + duty(), encoding="utf-8")
    with pytest.raises(RulebookError, match=r"new\[day\] is announced as date and as text"):
        rulebooks.load([tmp_path], SMALL)


def test_what_is_known_keeps_its_type_and_takes_more_choices() -> None:
    app = Vocabulary({"asked": {"day": "date", "level": "choice:a|b"}}, frozenset())
    later = Vocabulary(
        {"asked": {"day": "text", "level": "choice:b|c", "far": "bool"}}, frozenset()
    )
    assert app.merged(later).events["asked"] == {
        "day": "date",
        "level": "choice:a|b|c",
        "far": "bool",
    }
