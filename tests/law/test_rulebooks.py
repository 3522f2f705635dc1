from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from doithoai.law import rulebooks
from doithoai.law.rulebooks import RulebookError
from doithoai.law.vocabulary import Vocabulary
from tests.law.story import HA_TINH, SMALL, book, duty
from tests.law.words import VOCABULARY

REFUSALS = [
    (duty(opens_on='"asekd"'), "unknown event asekd"),
    (duty(opens_on="[]"), "opens_on must name an event"),
    (duty(closed_by='"gone"'), "unknown event gone"),
    (duty(discharged='"@all"'), "discharged names an unknown group of events: @all"),
    (duty(owed_by="{ role = 'king' }"), "unknown role king"),
    (duty(owed_by=""), "owed_by is missing"),
    (duty(when="{ far = true }"), "unknown fact far"),
    (duty(when="{ level = 'high' }"), "no version covers level = low on asked"),
    (duty(when="{ level = ['high', 'top'] }"), "the fact level cannot be top"),
    (duty(when="{ days = 3 }"), "when names days, whose values cannot be counted up"),
    (
        duty(opens_on='"again"', when="{ level = ['low', 'high'] }"),
        "no version covers level = unknown on again",
    ),
    (duty(counted_from='"remote"'), "the fact remote is not a date"),
    (duty(counted_from='"yesterday"'), "unknown fact yesterday"),
    (duty(per='"outcome"'), "per names outcome, which asked does not state"),
    (duty(discharged=""), "this duty can never be discharged"),
    (
        duty(discharged_when="{ outcome = 'never' }"),
        "this duty can never be discharged",
    ),
    (duty(kind='"window"', discharged=""), "a window needs on_lapse or discharged"),
    (duty(paused_by='"stopped"'), "a pause that can never end: resumed_by is missing"),
    (
        duty(paused_by='"stopped"', resumed_by='"resumed"'),
        "a pause needs a review date: review is missing",
    ),
    (duty(extend="{ days = 5 }"), "extend names no events"),
    (duty(count="0"), "count must be at least 1"),
    (duty(recurs_on='"again"'), "recurs_on names again, which does not discharge"),
    (duty(gives_way_to='"t.other"'), "unknown rule t.other"),
    (duty(within=""), "give either within or due"),
    (duty(due='"day"'), "give either within or due"),
    (
        duty(within="", due='"day"', counted_from='"day"'),
        "a rule with due is not counted from anything",
    ),
    (
        duty(within="{ hours = 3 }", counted_from='"day"'),
        "hours are counted forward from the event",
    ),
    (
        duty(within="{ days = -3 }", extend="{ days = 1, events = ['longer'] }"),
        "a period counted back can be neither paused nor extended",
    ),
    (duty(within="{ days = 3, hours = 2 }"), "within must give days, hours or months"),
    (duty(within="{ days = 3, count = 'weeks' }"), "count must be one of"),
    (duty(kind='"wish"'), "kind must be one of"),
    (duty(certainty='"E"'), "certainty must be one of"),
    (duty(source='"rumour"'), "source must be one of"),
    (duty(applies='"always"'), "applies must be one of"),
    (duty(applies='"start"'), "applies start needs counted_from received"),
    (duty(duty="{ vi = 'Trả lời' }"), "en must be a text that is not empty"),
    (duty(basis='" "'), "basis must be a text that is not empty"),
    (duty(id='"answer"'), "id answer must be words joined by full stops"),
    (duty(whithin="{ days = 3 }"), "unknown field: whithin"),
    (duty(remind='["soon"]'), "remind must be a list of whole numbers"),
    (duty(rolls='"no"'), "rolls must be true or false"),
    (duty(in_force="{ from = 'soon' }"), "from must be a date like 2026-07-15"),
    (
        duty(transition="[{ from = 2026-07-01, takes_over = 'old', basis = 'x' }]"),
        "unknown event old",
    ),
]


@pytest.mark.parametrize(("rule", "reason"), REFUSALS, ids=[reason for _, reason in REFUSALS])
def test_an_unsound_rule_is_refused_with_its_file_its_id_and_the_reason(
    tmp_path: Path, rule: str, reason: str
) -> None:
    with pytest.raises(RulebookError) as refused:
        book(tmp_path, rule)
    message = next(line for line in refused.value.refusals if reason in line)
    assert message.startswith("rules.toml: ")
    assert "answer: " in message


def test_all_refusals_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as refused:
        book(tmp_path, duty(discharged=""), duty(id='"t.two"', owed_by="{ role = 'king' }"))
    assert len(refused.value.refusals) == 2


@pytest.mark.parametrize(
    "second",
    [
        duty(),
        duty(in_force="{ from = 2026-07-01 }"),
        duty(only_when="{ level = 'high' }"),
    ],
)
def test_two_versions_that_can_both_hold_on_one_day_are_refused(
    tmp_path: Path, second: str
) -> None:
    with pytest.raises(RulebookError, match="two versions of this id"):
        book(tmp_path, duty(), second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (duty(in_force="{ to = 2026-06-30 }"), duty(in_force="{ from = 2026-07-01 }")),
        (duty(when="{ remote = true }"), duty(when="{ remote = false }")),
        (duty(only_when="{ level = 'low' }"), duty(only_when="{ level = 'high' }")),
        (duty(procedures='["a"]'), duty(procedures='["b"]')),
        (duty(only_after='"again"'), duty(unless_after='"again"')),
        (duty(), duty(opens_on='"again"')),
    ],
)
def test_versions_that_never_meet_are_accepted(tmp_path: Path, first: str, second: str) -> None:
    assert len(book(tmp_path, first, second).versions["t.answer"]) == 2


def test_a_combination_that_a_later_version_forgets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="no version covers remote = false on asked"):
        book(
            tmp_path,
            duty(in_force="{ to = 2026-06-30 }"),
            duty(in_force="{ from = 2026-07-01 }", when="{ remote = true }"),
        )


def laid_over(folder: Path, lower: str, upper: str) -> rulebooks.Rulebook:
    for name, rule in (("national", lower), ("province", upper)):
        (folder / f"{name}.toml").write_text(f"[[rule]]\n{rule}", encoding="utf-8")
    return rulebooks.load([folder / "national.toml", folder / "province.toml"], SMALL)


def test_a_province_may_not_replace_national_law(tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as refused:
        laid_over(tmp_path, duty(), duty(within="{ days = 5 }"))
    assert refused.value.refusals[0] == (
        "province.toml: t.answer: a rule of certainty A in national.toml may not be replaced"
    )


def test_a_province_replaces_a_default_and_what_lets_itself_be_replaced(tmp_path: Path) -> None:
    for lower in (duty(certainty='"D"'), duty(overlays="true")):
        (rule,) = laid_over(tmp_path, lower, duty(within="{ days = 5 }", certainty='"B"')).rules
        assert (rule.certainty, rule.source) == ("B", "regulation")


def test_a_province_adds_a_rule_of_its_own(tmp_path: Path) -> None:
    assert set(laid_over(tmp_path, duty(), duty(id='"t.local"')).versions) == {
        "t.answer",
        "t.local",
    }


def test_the_default_stands_until_the_province_regulation_is_in_force(tmp_path: Path) -> None:
    local = duty(in_force="{ from = 2026-07-01 }", certainty='"B"')
    rulebook = laid_over(tmp_path, duty(certainty='"D"'), local)
    assert [rule.certainty for rule in rulebook.in_force("t.answer", date(2026, 6, 30))] == ["D"]
    assert [rule.certainty for rule in rulebook.in_force("t.answer", date(2026, 7, 1))] == ["B"]
    newer = laid_over(tmp_path, duty(certainty='"D"', in_force="{ from = 2026-08-01 }"), local)
    assert len(newer.rules) == 1


def test_groups_stand_for_their_events(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(
        '[groups]\nend = ["dropped", "lapsed"]\n[[rule]]\n' + duty(closed_by='["@end", "again"]'),
        encoding="utf-8",
    )
    (rule,) = rulebooks.load([path], SMALL).rules
    assert rule.life.closed_by == ("dropped", "lapsed", "again")


def test_an_unknown_calendar_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text('calendar = "mars"\n[[rule]]\n' + duty(), encoding="utf-8")
    with pytest.raises(RulebookError, match="unknown calendar mars"):
        rulebooks.load([path], SMALL)
    assert rulebooks.load([path], SMALL, known_calendars=frozenset({"mars"})).rules


@pytest.mark.parametrize("text", ["[[rule]", "rules = 3", "rule = 3", "[[rule]]\nid = 3"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError, match=r"rules\.toml: -: "):
        rulebooks.load([path], SMALL)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match=r"none\.toml"):
        rulebooks.load([tmp_path / "none.toml"], SMALL)


def announce(folder: Path, events: str) -> None:
    procedure = '[[procedure]]\ncode = "later"\nvi = "Sau"\nen = "Later"\napp = "later"\n'
    text = f"{procedure}[procedure.event]\n{events}"
    (folder / "procedures.toml").write_text(text, encoding="utf-8")


def test_events_of_later_apps_come_with_the_rulebook_and_give_way_to_the_app(
    tmp_path: Path,
) -> None:
    announce(
        tmp_path,
        '"future.begun" = { vi = "bắt đầu", en = "begun", facts = { far = "bool" } }\n'
        '[procedure.fact]\n"asked" = { day = "text", level = "choice:middle", new = "bool" }\n'
        '[procedure.role]\nboard = { vi = "Ban", en = "Board" }\n',
    )
    (tmp_path / "rules.toml").write_text(
        "[[rule]]\n" + duty(opens_on='"future.begun"', owed_by="{ role = 'board' }"),
        encoding="utf-8",
    )
    rulebook = rulebooks.load([tmp_path], SMALL)
    assert rulebook.vocabulary.types("day") == {"date"}
    assert rulebook.vocabulary.choices("level") == ("high", "low", "middle")
    assert rulebook.vocabulary.states("asked", "new")
    assert rulebook.vocabulary.states("future.begun", "far")


def test_a_fact_of_an_unknown_type_is_refused(tmp_path: Path) -> None:
    announce(tmp_path, '"future.begun" = { vi = "a", en = "b", facts = { far = "colour" } }\n')
    with pytest.raises(RulebookError, match=r"unknown type of the fact facts\[far\]: colour"):
        rulebooks.load([tmp_path], SMALL)
    wrong = Vocabulary({"asked": {"day": "moment"}}, frozenset())
    with pytest.raises(RulebookError, match=r"asked\[day\]"):
        rulebooks.load([], wrong)


def test_the_shipped_rules_are_sound_with_each_province() -> None:
    for name in ("ha-tinh", "thai-nguyen"):
        rulebooks.load([rulebooks.NATIONAL, rulebooks.province(name)], VOCABULARY)


def test_every_default_says_that_no_text_prescribes_it() -> None:
    for rule in HA_TINH.not_adopted():
        assert "hưa có văn bản quy định" in rule.basis, rule.id
        assert rule.source in {"regulation", "conclusion"}


def test_the_rule_of_thai_nguyen_is_a_local_regulation() -> None:
    name = "vn.party_secretary_reception.advise_and_issue_conclusion_notice"
    there = rulebooks.load([rulebooks.NATIONAL, rulebooks.province("thai-nguyen")], VOCABULARY)
    (rule,) = there.in_force(name, date(2026, 7, 15))
    assert (rule.certainty, rule.source) == ("B", "regulation")
    (default,) = HA_TINH.in_force(name, date(2026, 7, 15))
    assert default.provisional


def test_the_national_rules_stand_without_a_province() -> None:
    assert rulebooks.load([rulebooks.NATIONAL], VOCABULARY).rules
