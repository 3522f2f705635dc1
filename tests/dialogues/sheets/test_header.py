"""Which column holds what."""

import pytest

from doithoai.dialogues.sheets import header, messages
from doithoai.dialogues.sheets.header import Column
from doithoai.dialogues.sheets.messages import SheetError
from doithoai.dialogues.sheets.statements import parse
from doithoai.dialogues.sheets.tables import Row, Table


def table(*rows: tuple[str, ...]) -> Table:
    return Table(
        "", tuple(Row(line, tuple(v or None for v in row)) for line, row in enumerate(rows, 1))
    )


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("STT", Column.NUMBER),
        ("Số TT", Column.NUMBER),
        ("TT", Column.NUMBER),
        ("Nội dung", Column.TEXT),
        ("NỘI DUNG Ý KIẾN, KIẾN NGHỊ", Column.TEXT),
        ("Ý kiến", Column.TEXT),
        ("Kiến nghị", Column.TEXT),
        ("Noi dung kien nghi", Column.TEXT),
        ("Nội dung người dân phản ánh", Column.TEXT),
        ("Tổng hợp ý kiến cử tri", Column.TEXT),
        ("Họ tên", Column.SPEAKER),
        ("Người kiến nghị", Column.SPEAKER),
        ("Họ và tên người kiến nghị", Column.SPEAKER),
        ("Tổ chức, cá nhân kiến nghị", Column.SPEAKER),
        ("Địa chỉ", Column.PLACE),
        ("Thôn", Column.PLACE),
        ("Địa chỉ (thôn, tổ dân phố)", Column.PLACE),
        ("Lĩnh vực", Column.FIELD),
        ("CQ chủ trì", Column.LEAD),
        ("Đơn vị chủ trì", Column.LEAD),
        ("Cơ quan, đơn vị giải quyết", Column.LEAD),
        ("Trách nhiệm thực hiện", Column.LEAD),
        ("Thẩm quyền giải quyết", Column.LEAD),
        ("CQ phối hợp", Column.COORDINATING),
        ("Thời gian hoàn thành", Column.DUE),
        ("Hạn", Column.DUE),
        ("Thời hạn giải quyết", Column.DUE),
        ("Nội dung trả lời", Column.ANSWER),
        ("Ý kiến trả lời của UBND xã", Column.ANSWER),
        ("Kết quả giải quyết", Column.RESULT),
        ("Tình trạng", Column.RESULT),
        ("Tiến độ thực hiện", Column.RESULT),
        ("Số văn bản", Column.DOCUMENT),
        ("Số, ngày tháng văn bản trả lời", Column.DOCUMENT),
        ("Ngày văn bản", Column.DOCUMENT_DATE),
        ("Ghi chú", Column.NOTE),
        ("Mã", Column.CODE),
        ("Tuổi", None),
        ("", None),
    ],
)
def test_headings_are_understood_with_and_without_accents(label, column):
    read = header.meaning(label)
    assert (read[0] if read else None) == column


def test_a_header_of_two_rows_is_read_as_one():
    mapping = header.find(
        table(
            ("UBND XÃ CẨM LẠC", "", "", "", "", ""),
            ("STT", "Nội dung kiến nghị", "Cơ quan giải quyết", "", "Văn bản trả lời", ""),
            ("", "", "Chủ trì", "Phối hợp", "Số", "Ngày"),
            ("1", "Sửa đường", "UBND xã", "Phòng Kinh tế", "12/UBND", "1/8/2026"),
        )
    )
    assert mapping.header_lines == (2, 3)
    assert mapping.columns == {
        Column.NUMBER: 0,
        Column.TEXT: 1,
        Column.LEAD: 2,
        Column.COORDINATING: 3,
        Column.DOCUMENT: 4,
        Column.DOCUMENT_DATE: 5,
    }


def test_a_title_that_speaks_of_recommendations_is_no_header():
    mapping = header.find(
        table(
            ("Tổng hợp ý kiến, kiến nghị của nhân dân", ""),
            ("STT", "Nội dung"),
            ("1", "Sửa đường"),
        )
    )
    assert mapping.header_lines == (2,)


def test_a_sheet_with_one_column_needs_the_exact_word():
    assert header.find(table(("Nội dung kiến nghị",), ("Sửa đường",))).columns == {Column.TEXT: 0}
    with pytest.raises(SheetError):
        header.find(table(("Các ý kiến đã nêu",), ("Sửa đường",)))


def test_two_columns_for_the_result_are_answer_and_result():
    mapping = header.find(table(("Nội dung", "Kết quả giải quyết", "Kết quả"), ("a", "b", "c")))
    assert mapping.columns[Column.ANSWER] == 1
    assert mapping.columns[Column.RESULT] == 2


def test_the_clerk_may_move_a_column():
    mapping = header.find(table(("STT", "Nội dung", "Tuổi"), ("1", "Sửa đường", "x")))
    moved = mapping.placed(Column.NOTE, 2)
    assert moved.at(Column.NOTE) == 2
    assert moved.unused() == ()
    assert moved.placed(Column.NOTE, None).unused() == (2,)


def test_the_column_for_the_text_cannot_be_taken_away():
    mapping = header.find(table(("STT", "Nội dung"), ("1", "Sửa đường")))
    with pytest.raises(SheetError) as refused:
        mapping.placed(Column.NUMBER, 1)
    assert refused.value.message == messages.NO_TEXT_COLUMN


def test_a_column_nobody_knows_is_kept_beside_the_statement():
    sheet = table(("STT", "Nội dung", "Số hộ ảnh hưởng"), ("1", "Sửa đường", "40"))
    [statement] = parse(sheet, header.find(sheet)).statements
    assert statement.extra == (("Số hộ ảnh hưởng", "40"),)
