"""A later version of the list."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from doithoai.dialogues.sheets.comparing import FieldChange, compare, known
from doithoai.dialogues.sheets.content import Statement
from tests.dialogues.sheets.samples import as_xlsx, parsed, sample, sample_grid

STATEMENTS = sample().statements
KNOWN = [known(statement) for statement in STATEMENTS]


def test_the_same_file_again_adds_nothing():
    found = compare(KNOWN, STATEMENTS)
    assert (found.new, found.changed, found.gone) == ((), (), ())
    assert len(found.unchanged) == 28


def test_a_later_version_is_told_apart_row_by_row():
    grid = sample_grid()
    grid[7][8] = "Đã giải quyết xong"  # row 2 is answered now
    grid[7][9] = "150/UBND ngày 1/9/2026"
    grid[8][1] = grid[8][1].replace("3 lần/tuần", "4 lần/tuần")  # row 3 is worded otherwise
    del grid[14]  # row 9 is gone
    grid.insert(30, ["29", "Đề nghị mở lớp học bơi cho trẻ em trong hè.", "Thôn Lạc Thọ"])
    later = parsed("ds.xlsx", as_xlsx([list(row) for row in grid]))
    found = compare(KNOWN, later.statements)
    assert [statement.number for statement in found.new] == ["29"]
    assert [row.values["number"] for row in found.gone] == ["9"]
    assert {change.statement.number: change.fields for change in found.changed} == {
        "2": (
            FieldChange("result", "", "settled"),
            FieldChange("document", "", "150/UBND ngày 1/9/2026"),
        ),
        "3": (FieldChange("text", STATEMENTS[2].text, later.statements[2].text),),
    }
    assert len(found.unchanged) == 25


def test_numbers_that_move_change_nothing():
    moved = [replace(s, number=str(100 - int(s.number)), line=s.line + 3) for s in STATEMENTS]
    assert len(compare(KNOWN, moved).unchanged) == 28


def test_the_case_code_finds_a_row_that_was_written_anew():
    old = known(STATEMENTS[0], code="HS-7")
    anew = replace(STATEMENTS[0], text="Làm lại đường liên thôn", code="HS-7")
    [change] = compare([old], [anew]).changed
    assert change.known is old


def test_a_copied_code_is_used_once():
    old = known(STATEMENTS[0], code="HS-7")
    copy = replace(STATEMENTS[5], code="HS-7")
    found = compare([old], [replace(STATEMENTS[0], code="HS-7"), copy])
    assert len(found.unchanged) == 1
    assert found.new == (copy,)


def test_two_like_wishes_are_not_taken_for_one_another():
    eleven, twelve = STATEMENTS[10], STATEMENTS[11]
    found = compare([known(eleven)], [twelve])
    assert found.new == (twelve,)
    assert len(found.gone) == 1


def test_the_closest_text_is_the_partner():
    old = Statement(1, "a", "Đề nghị sửa chữa tuyến đường liên thôn Hưng Trung sang Hưng Thắng")
    near = replace(old, key="b", text=f"{old.text} sớm")
    nearest = replace(old, key="c", text=f"{old.text} ạ")
    found = compare([known(old)], [near, nearest])
    assert [change.statement for change in found.changed] == [nearest]
    assert found.new == (near,)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(range(28))), st.lists(st.sampled_from(range(28))))
def test_every_row_of_both_versions_stands_in_exactly_one_place(old, new):
    olds = [KNOWN[place] for place in old]
    news = [STATEMENTS[place] for place in new]
    found = compare(olds, news)
    pairs = [*found.changed, *found.unchanged]
    assert len(found.new) + len(pairs) == len(news)
    assert len(found.gone) + len(pairs) == len(olds)
