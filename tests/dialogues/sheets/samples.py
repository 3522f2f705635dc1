"""The sample sheet and files made from it."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import openpyxl

from doithoai.dialogues.sheets import header, reading
from doithoai.dialogues.sheets.content import Statement
from doithoai.dialogues.sheets.register import Titles
from doithoai.dialogues.sheets.statements import Parsed, parse

SAMPLE = Path(__file__).parents[2] / "data" / "cam-lac-2026-07-15.xlsx"
AT = datetime(2026, 8, 20, 8, 0, tzinfo=UTC)
TITLES = Titles("ĐẢNG ỦY - UBND XÃ CẨM LẠC", "BẢNG TỔNG HỢP Ý KIẾN NGÀY 15/7/2026")

Grid = list[list[str]]


def parsed(name: str, data: bytes) -> Parsed:
    [(table, mapping)] = header.find_all(reading.read(name, data))
    return parse(table, mapping)


def sample() -> Parsed:
    return parsed(SAMPLE.name, SAMPLE.read_bytes())


def sample_grid() -> Grid:
    """The sample's cells as an independent reader gives them."""
    sheet = openpyxl.load_workbook(SAMPLE).worksheets[0]
    return [
        ["" if value is None else str(value) for value in row]
        for row in sheet.iter_rows(values_only=True)
    ]


def as_csv(grid: Grid, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(grid)
    return buffer.getvalue().encode(encoding)


def as_docx(grid: Grid) -> bytes:
    """A table whose rows with one filled cell are merged across, as in Word files of offices."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=max(map(len, grid)))
    for values in grid:
        cells = table.add_row().cells
        if sum(map(bool, values)) == 1 and values[0]:
            cells[0].merge(cells[-1]).text = values[0]
            continue
        for cell, value in zip(cells, values, strict=False):
            cell.text = value
    return saved(document)


def as_xlsx(grid: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for values in grid:
        book.worksheets[0].append(values)
    return saved(book)


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]  # a Word document or an Excel workbook
    return buffer.getvalue()


def without_lines(statements: tuple[Statement, ...]) -> list[Statement]:
    return [replace(statement, line=0) for statement in statements]
