from __future__ import annotations

import json

import pytest

from doithoai.law import command_line
from doithoai.law.rulebooks import Rulebook, RulebookError
from tests.law.story import HA_TINH, VIET_NAM


def due(*argv: str) -> int:
    return command_line.due(argv, HA_TINH, VIET_NAM)


@pytest.mark.parametrize(
    ("argv", "day"),
    [
        (("vn.commune_dialogue_conference.publish_results", "--on", "15/7/2026"), "2026-07-27"),
        (("vn.commune_dialogue_conference.publish_results", "--on", "2026-07-15"), "2026-07-27"),
        (
            ("vn.commune_dialogue_conference.announce_time_place_content", "--on", "15/07/2026"),
            "2026-07-08",
        ),
        (("vn.citizen_reception.post_reception_schedule", "--on", "2026-02-25"), "2026-02-11"),
        (("vn.complaint.accept_first", "--on", "2026-06-30"), "2026-07-10"),
        (("vn.complaint.accept_first", "--on", "2026-07-01"), "2026-07-10"),
        (("vn.complaint.accept_second", "--on", "2026-07-03"), "2026-07-14"),
        (("vn.complaint.settle_first", "--on", "2026-07-13"), "2026-08-12"),
        (
            ("vn.complaint.settle_first", "--on", "2026-07-13", "--fact", "remote_area=true"),
            "2026-08-27",
        ),
        (("vn.recommendation.answer_by_conclusion", "--fact", "due_on=30/8/2026"), "2026-08-30"),
        (("vn.personal_data.notify_breach", "--on", "2026-08-14T08:30"), "2026-08-17"),
        (("vn.recommendation.review_roadmap", "--on", "2026-08-31"), "2027-03-01"),
    ],
)
def test_a_due_date_is_answered_at_the_prompt(
    capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], day: str
) -> None:
    assert due(*argv, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["due"] == day
    assert answer["rule"] == argv[0]
    assert answer["derivation"]["due"] == day


def test_the_answer_is_explained_in_vietnamese_or_english(
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = "vn.commune_dialogue_conference.publish_results"
    assert due(name, "--on", "15/7/2026") == 0
    vietnamese = capsys.readouterr().out
    assert "10 ngày kể từ ngày 15/07/2026 (không tính ngày đầu)." in vietnamese
    assert "Đến hạn ngày 27/07/2026." in vietnamese
    assert due(name, "--on", "15/7/2026", "--language", "en") == 0
    assert "Due on 27/07/2026." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (
            ("vn.complaint.setle_first", "--on", "15/7/2026"),
            "There is no rule named vn.complaint.setle_first; did you mean vn.complaint.settle",
        ),
        (("x", "--on", "15/7/2026"), "There is no rule named x"),
        (("publish_results", "--on", "15/7/2026"), "did you mean vn.commune_dialogue_conference"),
        (("vn.complaint.settle_first",), "Say with --on from which day"),
        (("vn.complaint.settle_first", "--on", "31/2/2026"), "31/2/2026 is not a date"),
        (("vn.complaint.settle_first", "--on", "2001-01-01"), "is not in force on 01/01/2001"),
        (
            ("vn.recommendation.answer_by_conclusion", "--on", "15/7/2026"),
            "needs the date due_on: add --fact due_on=2026-08-30.",
        ),
        (
            ("vn.complaint.settle_first", "--on", "15/7/2026", "--fact", "remote_area"),
            "A fact is written NAME=VALUE",
        ),
        (
            ("vn.complaint.settle_first", "--on", "15/7/2026", "--fact", "colour=red"),
            "No event states a fact named colour.",
        ),
        (
            ("vn.complaint.settle_first", "--on", "15/7/2026", "--fact", "remote_area=far"),
            "remote_area is true or false",
        ),
        (
            ("vn.complaint.settle_first", "--on", "15/7/2026", "--fact", "due_on=soon"),
            "due_on is a date like 2026-07-15",
        ),
        (
            ("vn.complaint.settle_first", "--on", "15/7/2026", "--fact", "year=soon"),
            "year is a whole number",
        ),
        (
            ("vn.denunciation.settle", "--on", "15/7/2026", "--fact", "complexity=odd"),
            "complexity is one of complex, normal, special, not odd.",
        ),
        (
            ("vn.recommendation.carry_out", "--on", "15/7/2026", "--fact", "outcome=settled"),
            "opens nothing with these facts",
        ),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_sentence(
    capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], sentence: str
) -> None:
    assert due(*argv) == 2
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_a_sound_rulebook_lists_what_no_text_prescribes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command_line.check(lambda: HA_TINH) == 0
    said = capsys.readouterr().out
    assert "are sound." in said
    assert "  vn.recommendation.answer\n" in said


def test_refusals_are_listed_one_on_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    def refused() -> Rulebook:
        raise RulebookError(["a.toml: t.one: unknown event x", "a.toml: t.two: unknown role y"])

    assert command_line.check(refused) == 2
    assert capsys.readouterr().err.count("\n") == 2
