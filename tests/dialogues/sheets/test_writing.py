"""What the product writes comes back as it was."""

import io
from dataclasses import replace

import docx
import openpyxl
import pytest

from doithoai.dialogues.sheets import header, reading, writing, writing_word
from doithoai.dialogues.sheets.comparing import compare, known
from doithoai.dialogues.sheets.register import RegisterRow, reread, row_of
from doithoai.dialogues.sheets.statements import parse
from tests.dialogues.sheets.samples import (
    AT,
    SAMPLE,
    TITLES,
    as_xlsx,
    parsed,
    sample,
    saved,
    without_lines,
)

READ = sample()
ROWS = [row_of(replace(statement, code=f"KN-{statement.number}")) for statement in READ.statements]
WRITERS = [writing.write_register, writing_word.write_register]
FORMS = [writing.write_blank_form, writing_word.write_blank_form]


@pytest.mark.parametrize("write", WRITERS)
def test_an_export_that_is_not_edited_comes_back_unchanged(write):
    data = write(ROWS, titles=TITLES, at=AT)
    back = parsed("xuat", data)
    found = compare([known(statement) for statement in reread(ROWS)], back.statements)
    assert len(found.unchanged) == 28
    assert (found.new, found.changed, found.gone, back.refused) == ((), (), (), ())


@pytest.mark.parametrize("write", WRITERS)
def test_an_export_says_what_the_sheet_it_came_from_said(write):
    back = parsed("xuat", write(ROWS, titles=TITLES, at=AT))
    assert [replace(s, code="") for s in without_lines(back.statements)] == without_lines(
        READ.statements
    )
    assert back.held_on == READ.held_on
    assert [group.title for group in back.groups] == [group.title for group in READ.groups]


def test_an_edited_export_changes_just_the_edited_row():
    data = writing.write_register(ROWS, titles=TITLES, at=AT)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    sheet["B8"] = "Toàn bộ nội dung viết lại"
    found = compare(
        [known(statement) for statement in reread(ROWS)], parsed("s", saved(book)).statements
    )
    assert [change.known.code for change in found.changed] == ["KN-2"]
    assert len(found.unchanged) == 27


def test_the_excel_layout_is_the_clerks_own():
    ours = openpyxl.load_workbook(
        io.BytesIO(writing.write_register(ROWS, titles=TITLES, at=AT))
    ).worksheets[0]
    theirs = openpyxl.load_workbook(SAMPLE).worksheets[0]
    assert [cell.value for cell in ours[5]][:11] == [cell.value for cell in theirs[5]]
    assert ours["L5"].value == "Mã"
    assert ours["A1"].value == theirs["A1"].value
    assert ours["G1"].value == theirs["G1"].value
    assert ours["A38"].value in {None, theirs["A38"].value}
    assert {"A1:D1", "G1:K1", "A3:K3", "A6:K6", "A16:K16"} <= set(map(str, ours.merged_cells))


def test_the_excel_sheet_prints_across_with_its_header_on_each_page():
    sheet = openpyxl.load_workbook(
        io.BytesIO(writing.write_register(ROWS, titles=TITLES, at=AT))
    ).worksheets[0]
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.print_title_rows == "$5:$5"
    assert sheet["B7"].alignment.wrap_text


@pytest.mark.parametrize("start", ["=1+1", "+84 239", "-5", "@SUM(A1)", "=HYPERLINK(1)"])
def test_a_text_that_looks_like_a_formula_is_written_as_text(start):
    rows = [RegisterRow("1", start, note=start)]
    data = writing.write_register(rows, titles=TITLES, at=AT)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert (sheet["B6"].value, sheet["B6"].data_type) == (start, "s")
    assert sheet["B6"].quotePrefix
    assert parsed("s", data).statements[0].text == start


@pytest.mark.parametrize("write", WRITERS)
def test_what_office_programs_cannot_hold_does_not_stop_the_export(write):
    rows = [RegisterRow("1", "Sửa\x00 đường\x0b" + "x" * 40_000)]
    [statement] = parsed("s", write(rows, titles=TITLES, at=AT)).statements
    assert statement.text.startswith("Sửa đường x")
    assert statement.text.endswith("…")


@pytest.mark.parametrize("write", WRITERS)
def test_an_empty_list_is_written_and_read(write):
    back = parsed("s", write([], titles=TITLES, at=AT))
    assert back.statements == ()
    assert back.refused == ()


@pytest.mark.parametrize("write", FORMS)
def test_a_blank_form_holds_no_statement(write):
    back = parsed("phieu", write(office="UBND XÃ CẨM LẠC", at=AT))
    assert back.statements == ()
    assert back.refused == ()


def test_a_form_filled_in_excel_is_read():
    book = openpyxl.load_workbook(
        io.BytesIO(writing.write_blank_form(office="UBND XÃ CẨM LẠC", at=AT))
    )
    for column, value in enumerate(["1", "Bà L.", "Thôn Lạc Thọ", "Sửa cầu"], 1):
        book.worksheets[0].cell(6, column, value)
    [statement] = parsed("phieu", saved(book)).statements
    assert (statement.text, statement.speaker.name) == ("Sửa cầu", "L.")
    assert statement.speaker.place == "Thôn Lạc Thọ"


def test_a_form_filled_in_word_is_read():
    data = writing_word.write_blank_form(office="UBND XÃ CẨM LẠC", at=AT)
    document = docx.Document(io.BytesIO(data))
    row = document.tables[1].rows[1]
    for cell, value in zip(row.cells, ["1", "Bà L.", "Thôn Lạc Thọ", "Sửa cầu"], strict=False):
        cell.text = value
    [statement] = parsed("phieu", saved(document)).statements
    assert (statement.line, statement.text) == (2, "Sửa cầu")


def test_no_author_is_written_into_a_word_file():
    data = writing_word.write_register(ROWS, titles=TITLES, at=AT)
    assert docx.Document(io.BytesIO(data)).core_properties.author == ""


def test_the_same_list_gives_the_same_excel_file():
    first = writing.write_register(ROWS, titles=TITLES, at=AT)
    assert first == writing.write_register(ROWS, titles=TITLES, at=AT)


def test_a_plain_sheet_is_read_through_the_same_doors():
    data = as_xlsx([["STT", "Nội dung", "Hạn"], [1, "Sửa cầu", AT.date()]])
    [(table, mapping)] = header.find_all(reading.read("a.xlsx", data))
    [statement] = parse(table, mapping).statements
    assert statement.due_on == AT.date()
