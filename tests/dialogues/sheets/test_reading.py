"""Files that are not what they seem."""

import io
import zipfile

import docx
import openpyxl
import pytest

from doithoai.dialogues.sheets import header, messages, reading
from doithoai.dialogues.sheets.messages import SheetError
from doithoai.dialogues.sheets.statements import parse
from tests.dialogues.sheets.samples import SAMPLE, as_csv, as_docx, as_xlsx, parsed, saved

HEAD = ["STT", "Nội dung kiến nghị", "Cơ quan chủ trì"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _with_sheet(xml: bytes) -> bytes:
    """The sample with its sheet replaced."""
    with zipfile.ZipFile(SAMPLE) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    return _zip({**parts, "xl/worksheets/sheet1.xml": xml})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", messages.EMPTY_FILE),
        (b"  \r\n ", messages.EMPTY_FILE),
        (b"%PDF-1.7 ...", messages.WRONG_TYPE),
        (b"\x89PNG\r\n\x1a\n", messages.WRONG_TYPE),
        (b"<html><table></table></html>", messages.WRONG_TYPE),
        (b"{\\rtf1 abc}", messages.WRONG_TYPE),
        (b"a;b\x00\x01\x02;c", messages.WRONG_TYPE),
        (b"PK\x03\x04 this is no archive", messages.DAMAGED),
        (_zip({"readme.txt": b"hello"}), messages.WRONG_TYPE),
        (_zip({"xl/workbook.bin": b"x"}), messages.BINARY_WORKBOOK),
        (_zip({"xl/workbook.xml": b"<broken"}), messages.DAMAGED),
        (_zip({"word/document.xml": b"<broken"}), messages.DAMAGED),
        (_zip({"content.xml": b"<broken"}), messages.DAMAGED),
        (OLE + bytes(600), messages.DAMAGED),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), messages.PASSWORD),
        (OLE + bytes(600) + "WordDocument".encode("utf-16-le"), messages.OLD_WORD),
        (b";;;\r\n;;;\r\n", messages.NO_TABLE),
        (SAMPLE.read_bytes()[:5000], messages.DAMAGED),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(data, message):
    with pytest.raises(SheetError) as refused:
        reading.read("tệp.xlsx", data)
    assert refused.value.message == message
    assert "tệp.xlsx" in str(refused.value)


def test_a_file_beyond_the_size_limit_is_refused():
    with pytest.raises(SheetError) as refused:
        reading.read("to.csv", b"a" * (reading.MAX_BYTES + 1))
    assert refused.value.message == messages.TOO_LARGE
    assert refused.value.params["limit"] == 20


def test_an_archive_that_unpacks_beyond_the_limit_is_not_opened():
    bomb = _zip({"xl/workbook.xml": bytes(reading.MAX_UNPACKED_BYTES + 1)})
    with pytest.raises(SheetError) as refused:
        reading.read("bom.xlsx", bomb)
    assert refused.value.message == messages.UNPACKS_TOO_LARGE


@pytest.mark.parametrize(
    "xml",
    [
        b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
        b"<worksheet><sheetData>" + b"<row/>" * 5000 + b"<row>" + b"<c/>" * 5000 + b"</row>"
        b"</sheetData></worksheet>",
    ],
)
def test_a_sheet_with_two_far_corners_does_not_take_the_memory(xml):
    with pytest.raises(SheetError) as refused:
        reading.read("bom.xlsx", _with_sheet(xml))
    assert refused.value.message == messages.UNPACKS_TOO_LARGE


def test_a_repeated_cell_of_an_ods_file_does_not_take_the_memory():
    content = (
        b'<table:table><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        b'office:value-type="float" table:number-columns-repeated="16384"></table:table-cell>'
    )
    with pytest.raises(SheetError) as refused:
        reading.read("bom.ods", _zip({"content.xml": content}))
    assert refused.value.message == messages.UNPACKS_TOO_LARGE


def test_too_many_rows_are_refused():
    lines = b"STT;Noi dung\n" + b"1;a\n" * reading.MAX_ROWS
    with pytest.raises(SheetError) as refused:
        reading.read("dai.csv", lines)
    assert refused.value.message == messages.TOO_MANY_ROWS


def test_too_many_columns_are_refused():
    with pytest.raises(SheetError) as refused:
        reading.read("rong.csv", b";".join([b"a"] * 201))
    assert refused.value.message == messages.TOO_MANY_COLUMNS


def test_hidden_and_empty_sheets_are_left_out():
    book = openpyxl.load_workbook(SAMPLE)
    book.create_sheet("trống")
    hidden = book.create_sheet("ẩn")
    hidden.append(["bí mật"])
    hidden.sheet_state = "hidden"
    assert [table.title for table in reading.read("a.xlsx", saved(book))] == ["Tổng hợp"]


def test_the_content_decides_and_not_the_name():
    assert len(parsed("ds.csv", SAMPLE.read_bytes()).statements) == 28
    assert len(parsed("ds.xlsx", as_csv([HEAD, ["1", "Sửa đường", "UBND"]])).statements) == 1


def test_a_cell_merged_over_several_lines_counts_for_each():
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEAD, [1, "Sửa đường", "UBND xã"], [2, "Nạo vét kênh", None]):
        sheet.append(row)
    sheet.merge_cells("C2:C3")
    read = parsed("a.xlsx", saved(book))
    assert [statement.lead for statement in read.statements] == [("UBND xã",), ("UBND xã",)]


def test_a_word_cell_merged_over_several_rows_counts_for_each():
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    grid = [HEAD, ["1", "Sửa đường", "UBND xã"], ["2", "Nạo vét kênh", ""]]
    for row, values in zip(table.rows, grid, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    table.cell(1, 2).merge(table.cell(2, 2))
    read = parsed("a.docx", saved(document))
    assert [statement.lead for statement in read.statements] == [("UBND xã",), ("UBND xã",)]


def test_a_letterhead_table_in_word_is_no_list():
    document = docx.Document(io.BytesIO(as_docx([HEAD, ["1", "Sửa đường", "UBND"]])))
    letterhead = document.add_table(rows=1, cols=2)
    letterhead.cell(0, 0).text = "UBND XÃ CẨM LẠC"
    tables = reading.read("a.docx", saved(document))
    assert len(tables) == 2
    assert len(header.find_all(tables)) == 1


def test_a_word_file_without_a_table_is_refused():
    document = docx.Document()
    document.add_paragraph("Kính gửi")
    with pytest.raises(SheetError) as refused:
        reading.read("thư.docx", saved(document))
    assert refused.value.message == messages.NO_TABLE


def test_the_day_of_the_dialogue_is_found_above_a_word_table():
    document = docx.Document()
    document.add_paragraph("Hội nghị đối thoại ngày 15 tháng 7 năm 2026")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table.rows[0].cells, HEAD, strict=False):
        cell.text = text
    table.cell(1, 1).text = "Sửa đường"
    read = parsed("a.docx", saved(document))
    assert str(read.held_on) == "2026-07-15"


def test_a_sheet_without_a_column_for_the_text_is_refused():
    tables = reading.read("a.xlsx", as_xlsx([["STT", "Họ tên", "Tuổi"], [1, "An", 40]]))
    with pytest.raises(SheetError) as refused:
        header.find_all(tables)
    assert refused.value.message == messages.NO_TEXT_COLUMN


def test_line_breaks_in_a_csv_cell_do_not_shift_the_lines():
    data = 'STT;Nội dung kiến nghị\n1;"một\nhai"\n;\n2;ba\n'.encode()
    [table] = reading.read("a.csv", data)
    read = parse(table, header.find(table))
    assert [(s.line, s.text) for s in read.statements] == [(2, "một hai"), (5, "ba")]


def test_an_opendocument_sheet_is_read():
    def row(*texts: str) -> str:
        cells = (
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>'
            "</table:table-cell>"
            for text in texts
        )
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="A">{row(*HEAD)}{row("1", "Sửa đường", "UBND xã")}'
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    data = _zip(
        {
            "mimetype": mimetype,
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest,
        }
    )
    [statement] = parsed("a.ods", data).statements
    assert (statement.line, statement.text, statement.lead) == (2, "Sửa đường", ("UBND xã",))
