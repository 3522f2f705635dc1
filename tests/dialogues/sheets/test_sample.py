"""The clerk's sample sheet, and the same list in other files."""

import unicodedata
from datetime import date

import pytest

from doithoai.dialogues.sheets.lines import Why
from doithoai.dialogues.sheets.outcomes import Outcome
from doithoai.dialogues.sheets.speakers import Who
from tests.dialogues.sheets.samples import (
    as_csv,
    as_docx,
    as_xlsx,
    parsed,
    sample,
    sample_grid,
    without_lines,
)


def test_the_sample_gives_twenty_eight_statements_and_refuses_nothing():
    read = sample()
    assert [statement.number for statement in read.statements] == [str(n) for n in range(1, 29)]
    assert read.refused == ()
    assert [statement for statement in read.statements if statement.attention] == []


def test_every_line_of_the_sample_is_accounted_for():
    read = sample()
    lines = [item.line for item in (*read.statements, *read.skipped)]
    assert sorted(lines) == list(range(1, 39))
    whys = {skipped.line: skipped.why for skipped in read.skipped}
    assert whys == {
        1: Why.TITLE,
        2: Why.BLANK,
        3: Why.TITLE,
        4: Why.BLANK,
        5: Why.HEADER,
        6: Why.GROUP,
        16: Why.GROUP,
        24: Why.BLANK,
        29: Why.GROUP,
        38: Why.TOTAL,
    }


def test_the_three_groups_hold_their_rows():
    read = sample()
    assert [group.title[:4].split(".")[0] for group in read.groups] == ["I", "II", "III"]
    counts = [
        sum(statement.group == group.title for statement in read.statements)
        for group in read.groups
    ]
    assert counts == [9, 11, 8]


def test_six_rows_come_answered_with_their_outcomes_and_documents():
    answered = [statement for statement in sample().statements if statement.answered]
    assert [(s.number, s.outcome, str(s.documents[0])) for s in answered] == [
        ("1", Outcome.IN_PROGRESS, "125/UBND-KT ngày 12/8/2026"),
        ("5", Outcome.SETTLED, "88/ĐLHT ngày 5/7/2026"),
        ("6", Outcome.SCHEDULED, "140/UBND-VX ngày 20/8/2026"),
        ("14", Outcome.SETTLED, "92/UBND-VX ngày 10/7/2026"),
        ("19", Outcome.EXPLAINED, "101/PKT ngày 15/7/2026"),
        ("28", Outcome.NOT_COMPETENT, "133/UBND ngày 18/8/2026"),
    ]


def test_two_answers_are_dated_before_the_dialogue():
    read = sample()
    assert read.held_on == date(2026, 7, 15)
    early = [s.number for s in read.statements if s.answered_on and s.answered_on < read.held_on]
    assert early == ["5", "14"]


def test_eleven_rows_carry_a_date_set_by_the_conclusion():
    dated = {s.number: s.due_on for s in sample().statements if s.due_on}
    assert dated == {
        "1": date(2026, 9, 30),
        "2": date(2026, 8, 20),
        "3": date(2026, 8, 31),
        "4": date(2026, 10, 15),
        "6": date(2026, 12, 31),
        "7": date(2026, 9, 30),
        "8": date(2026, 8, 15),
        "9": date(2026, 8, 10),
        "18": date(2026, 12, 31),
        "23": date(2026, 8, 20),
        "25": date(2026, 8, 5),
    }


def test_the_last_row_is_out_of_competence_and_led_by_nobody():
    last = sample().statements[-1]
    assert last.out_of_competence
    assert last.lead == ()
    assert sum(statement.out_of_competence for statement in sample().statements) == 1


def test_coordinating_bodies_are_told_apart_only_where_they_are_several():
    by_number = {s.number: s for s in sample().statements}
    assert by_number["6"].coordinating == ("Sở Giáo dục và Đào tạo", "Sở Tài chính")
    assert by_number["22"].coordinating == ("Sở Y tế", "Bảo hiểm xã hội tỉnh")
    assert by_number["18"].coordinating == ("Sở Văn hóa, Thể thao và Du lịch",)


def test_speakers_are_guessed():
    kinds = {s.number: s.speaker.who for s in sample().statements}
    assert [number for number, who in kinds.items() if who == Who.PERSON] == [
        "4", "9", "15", "21", "24", "27",
    ]  # fmt: skip
    assert [number for number, who in kinds.items() if who == Who.ORGANISATION] == [
        "6", "12", "14", "19", "26",
    ]  # fmt: skip
    assert [number for number, who in kinds.items() if who == Who.GROUP] == [
        "3", "7", "16", "22", "23", "28",
    ]  # fmt: skip
    assert [number for number, who in kinds.items() if who is None] == []


def test_texts_are_composed_and_on_one_line():
    for statement in sample().statements:
        assert statement.text == unicodedata.normalize("NFC", statement.text).strip()
        assert "\n" not in statement.text
        assert "  " not in statement.text


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_the_same_list_as_csv_gives_the_same_statements(delimiter, encoding):
    read = parsed("ds.csv", as_csv(sample_grid(), delimiter, encoding))
    assert without_lines(read.statements) == without_lines(sample().statements)
    assert read.refused == ()


def test_the_same_list_in_windows_1258_gives_the_same_statements():
    grid = [[_for_1258(value) for value in row] for row in sample_grid()]
    read = parsed("ds.csv", as_csv(grid, ";", "windows-1258"))
    assert [s.text for s in read.statements] == [s.text for s in sample().statements]


def test_the_same_list_in_word_gives_the_same_statements():
    read = parsed("ds.docx", as_docx(sample_grid()))
    assert read.statements == sample().statements


def test_decomposed_accents_make_no_difference():
    grid = [[unicodedata.normalize("NFD", value) for value in row] for row in sample_grid()]
    read = parsed("ds.xlsx", as_xlsx([list(row) for row in grid]))
    assert read.statements == sample().statements


def _for_1258(text: str) -> str:
    """Windows-1258 has the vowels ready-made and the tones as marks behind them."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"]
        rest = "".join(mark for mark in parts if mark not in tones)
        out.append(unicodedata.normalize("NFC", rest) + "".join(tones))
    return "".join(out)
