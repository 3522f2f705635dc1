"""Every line is a statement, a refusal, or a line that only arranges the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.dialogues.sheets import header, messages
from doithoai.dialogues.sheets.content import digest, values
from doithoai.dialogues.sheets.header import Column, Mapping
from doithoai.dialogues.sheets.lines import Why
from doithoai.dialogues.sheets.messages import SheetError
from doithoai.dialogues.sheets.statements import Parsed, parse
from doithoai.dialogues.sheets.tables import Row, Table

HEAD = ("STT", "Nội dung", "Người kiến nghị", "Cơ quan chủ trì", "Thời hạn", "Kết quả", "Số VB")


def read(*rows: tuple[str, ...], title: str = "") -> Parsed:
    lines = (
        Row(line, tuple(cell or None for cell in row)) for line, row in enumerate((HEAD, *rows), 1)
    )
    table = Table(title, tuple(lines))
    return parse(table, header.find(table))


def test_a_row_without_text_is_refused_with_its_line_and_reason():
    parsed = read(("1", "Sửa đường"), ("2", "", "Ông A.", "UBND xã"), ("3", "Nạo vét kênh"))
    [refused] = parsed.refused
    assert (refused.line, refused.message) == (3, messages.NO_TEXT)
    assert refused.message % refused.params == (
        "There is no statement text here: only 2, Ông A., UBND xã."
    )
    assert [statement.number for statement in parsed.statements] == ["1", "3"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("I. Hạ tầng",), Why.GROUP),
        (("I", "Hạ tầng"), Why.GROUP),
        (("", "B. Lĩnh vực đất đai"), Why.GROUP),
        (("", "LĨNH VỰC ĐẤT ĐAI"), Why.GROUP),
        (("Về giao thông",), Why.GROUP),
        (("", "Tổng cộng: 2 ý kiến"), Why.TOTAL),
        (("Cộng", "2"), Why.TOTAL),
        (HEAD, Why.REPEATED_HEADER),
        (("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"), Why.REPEATED_HEADER),
        (("", "", "", "", "NGƯỜI LẬP BIỂU"), Why.TITLE),
        (("", "", "", "Cẩm Lạc, ngày 20 tháng 7 năm 2026"), Why.TITLE),
        (("",), Why.BLANK),
    ],
)
def test_lines_that_arrange_the_page_are_no_statements(row, why):
    parsed = read(("1", "Sửa đường"), row, ("2", "Nạo vét kênh"))
    assert [(skipped.line, skipped.why) for skipped in parsed.skipped if skipped.line > 1] == [
        (3, why)
    ]
    assert len(parsed.statements) == 2


@pytest.mark.parametrize(
    "row",
    [
        ("3", "Tổng số hộ chưa được cấp nước là 40"),
        ("3", "I. Sửa đường"),
        ("", "Công an xã chưa xử lý xe quá tải", "Ông A."),
        ("", "Sửa cầu"),
        ("3", "SỬA CẦU"),
    ],
)
def test_a_statement_is_not_taken_for_something_else(row):
    parsed = read(("1", "Sửa đường"), row)
    assert len(parsed.statements) == 2


def test_a_numbered_row_below_the_total_still_counts():
    parsed = read(("1", "Sửa đường"), ("Tổng cộng: 1",), ("2", "Bổ sung"), ("", "Chủ tịch"))
    assert [statement.text for statement in parsed.statements] == ["Sửa đường", "Bổ sung"]
    assert parsed.skipped[-1].why == Why.TITLE


def test_an_impossible_date_is_imported_and_left_for_a_person():
    [statement] = read(("1", "Sửa đường", "", "UBND xã", "31/9/2026")).statements
    assert statement.due == "31/9/2026"
    assert statement.due_on is None
    [attention] = statement.attention
    assert attention.code == "impossible_due"
    assert attention.message % attention.params == (
        "The due date “31/9/2026” does not exist in the calendar."
    )


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("1", "Sửa đường", "", "", "sớm"), "unreadable_due"),
        (("1", "Sửa đường", "", "", "1/8/2026; 1/9/2026"), "several_due"),
        (("1", "Sửa đường", "", "", "1/7/2026"), "due_before_dialogue"),
        (("1", "Sửa đường", "", "", "", "Xanh lá"), "unknown_result"),
        (("1", "Sửa đường", "", "", "", "", "Biên bản"), "unreadable_document"),
        (("1", "Sửa đường", "", "", "", "", "1/UBND ngày 31/9/2026"), "impossible_document_date"),
    ],
)
def test_what_is_odd_is_imported_with_a_remark(row, code):
    [statement] = read(row, title="Đối thoại ngày 15/7/2026").statements
    assert [attention.code for attention in statement.attention] == [code]


def test_the_same_text_twice_is_imported_twice_and_shown():
    first, second = read(("1", "Sửa đường"), ("2", "SỬA  ĐƯỜNG.")).statements
    assert first.key != second.key
    assert [attention.code for attention in second.attention] == ["same_text"]
    assert second.attention[0].params == {"line": 2}


def test_a_text_that_goes_on_in_the_next_line_is_shown():
    _first, second = read(("1", "Sửa đường thôn A"), ("", "và cầu thôn B")).statements
    assert [attention.code for attention in second.attention] == ["continuation"]


def test_an_answer_in_the_column_for_the_result_is_kept_as_the_answer():
    answer = "Đã giải quyết xong, UBND xã đã sửa 300 m đường bằng bê tông trong tháng 8 năm 2026"
    [statement] = read(("1", "Sửa đường", "", "", "", answer)).statements
    assert statement.answer == answer
    assert statement.outcome == "settled"


def test_keys_of_another_table_are_not_given_again():
    [first] = read(("1", "Sửa đường")).statements
    table = Table("", (Row(1, ("Nội dung",)), Row(2, ("Sửa đường",))))
    [again] = parse(table, header.find(table), taken={first.key}).statements
    assert again.key != first.key


def test_the_digest_knows_content_and_not_form():
    [one] = read(("1", "Sửa  đường", "Ông A.", "", "30/9/2026")).statements
    [same] = read(("", "SỬA ĐƯỜNG", "Ông A.", "", "30.09.2026")).statements
    [other] = read(("1", "Sửa đường", "Ông B.", "", "30/9/2026")).statements
    assert digest(one) == digest(same)
    assert digest(one) != digest(other)
    assert values(one)["due"] == "2026-09-30"


CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.floats(),
    st.dates(),
    st.booleans(),
    st.sampled_from(["1", "I.", "31/9/2026", "Tổng cộng: 3", "Nội dung", "và", ";"]),
)  # fmt: skip
GRIDS = st.lists(st.lists(CELLS, max_size=9), max_size=12)


@given(GRIDS, st.dictionaries(st.sampled_from(Column), st.integers(0, 10)))
def test_no_table_stops_the_reading_and_every_line_is_accounted_for(grid, columns):
    rows = tuple(Row(line, tuple(cells)) for line, cells in enumerate(grid, 1))
    mapping = Mapping({**columns, Column.TEXT: 1}, (1,), HEAD)
    parsed = parse(Table("", rows), mapping)
    lines = [item.line for item in (*parsed.statements, *parsed.refused, *parsed.skipped)]
    assert sorted(lines) == [row.line for row in rows]
    assert len({statement.key for statement in parsed.statements}) == len(parsed.statements)


@given(GRIDS)
def test_a_header_is_found_or_refused_in_any_table(grid):
    table = Table("", tuple(Row(line, tuple(cells)) for line, cells in enumerate(grid, 1)))
    try:
        found = [header.find(table)]
    except SheetError:
        found = []
    assert all(Column.TEXT in mapping.columns for mapping in found)
