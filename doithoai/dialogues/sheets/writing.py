"""Excel files in the clerk's own layout."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from doithoai.dialogues.sheets.header import Column
from doithoai.dialogues.sheets.register import (
    FORM_HEADINGS,
    FORM_TITLE,
    HEADINGS,
    GroupLine,
    RegisterRow,
    Titles,
    total,
    with_groups,
    writable,
)

_A4 = 9
_HEADER_ROW = 4
_WIDTHS: dict[Column, int] = {
    Column.NUMBER: 5,
    Column.TEXT: 46,
    Column.SPEAKER: 20,
    Column.PLACE: 20,
    Column.FIELD: 13,
    Column.LEAD: 17,
    Column.COORDINATING: 17,
    Column.DUE: 11,
    Column.ANSWER: 36,
    Column.RESULT: 14,
    Column.DOCUMENT: 16,
    Column.NOTE: 14,
    Column.CODE: 9,
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class _Looks:
    """The formats of one workbook."""

    title: Format
    heading: Format
    group: Format
    cell: Format
    quoted: Format
    number: Format


def write_register(rows: Sequence[RegisterRow], *, titles: Titles, at: datetime) -> bytes:
    """An XLSX of the list: titles, groups, rows, total line; A4 across, header on each page.

    `at` is the time written into the file's properties. Every text is written as text, never as a
    formula.
    """
    buffer = io.BytesIO()
    with _workbook(buffer, at) as book:
        looks = _looks(book)
        sheet = _sheet(book, "Tổng hợp", HEADINGS, titles, looks)
        below = _HEADER_ROW + 1
        for below, line in enumerate(with_groups(rows), _HEADER_ROW + 1):
            _write_line(sheet, below, line, looks)
        if rows:
            below += 1
        sheet.merge_range(below, 0, below, _last_shared(HEADINGS), total(len(rows)), looks.group)
    return buffer.getvalue()


def write_blank_form(*, office: str, at: datetime, lines: int = 20) -> bytes:
    """An XLSX "Phiếu ghi ý kiến" with empty lines, which is imported like any list."""
    buffer = io.BytesIO()
    with _workbook(buffer, at) as book:
        looks = _looks(book)
        sheet = _sheet(book, "Phiếu ghi ý kiến", FORM_HEADINGS, Titles(office, FORM_TITLE), looks)
        for line in range(_HEADER_ROW + 1, _HEADER_ROW + 1 + lines):
            sheet.set_row(line, 36)
            for column in range(len(FORM_HEADINGS)):
                sheet.write_blank(line, column, None, looks.cell)
    return buffer.getvalue()


def _workbook(buffer: io.BytesIO, at: datetime) -> Workbook:
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": at.replace(tzinfo=None)})
    return book


def _looks(book: Workbook) -> _Looks:
    body = {"font_name": "Times New Roman", "font_size": 11}
    boxed = {**body, "border": 1, "text_wrap": True, "valign": "top"}
    return _Looks(
        title=book.add_format(
            {**body, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
        ),
        heading=book.add_format(
            {**boxed, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#F2F2F2"}
        ),
        group=book.add_format({**boxed, "bold": True}),
        cell=book.add_format(boxed),
        quoted=book.add_format({**boxed, "quote_prefix": True}),
        number=book.add_format({**boxed, "align": "center"}),
    )


def _last_shared(headings: Sequence[tuple[Column, str]]) -> int:
    """The last column that titles and groups lie across; the code stands beside them."""
    codes = sum(column == Column.CODE for column, _heading in headings)
    return len(headings) - 1 - codes


def _sheet(
    book: Workbook,
    name: str,
    headings: Sequence[tuple[Column, str]],
    titles: Titles,
    looks: _Looks,
) -> Worksheet:
    sheet = book.add_worksheet(name)
    for index, (column, heading) in enumerate(headings):
        sheet.set_column(index, index, _WIDTHS[column])
        sheet.write_string(_HEADER_ROW, index, heading, looks.heading)
    _print_setup(sheet)
    last = _last_shared(headings)
    sheet.merge_range(0, 0, 0, 3, "", looks.title)
    sheet.write_string(0, 0, writable(titles.office), looks.title)
    right = max(4, last - 4)
    sheet.merge_range(0, right, 0, last, "", looks.title)
    sheet.write_string(0, right, titles.nation, looks.title)
    sheet.merge_range(2, 0, 2, last, "", looks.title)
    sheet.write_string(2, 0, writable(titles.heading), looks.title)
    sheet.set_row(2, 36)
    return sheet


def _print_setup(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_footer("&CTrang &P/&N")
    sheet.freeze_panes(_HEADER_ROW + 1, 0)


def _write_line(sheet: Worksheet, row: int, line: RegisterRow | GroupLine, looks: _Looks) -> None:
    if isinstance(line, GroupLine):
        sheet.merge_range(row, 0, row, _last_shared(HEADINGS), "", looks.group)
        sheet.write_string(row, 0, line.title, looks.group)
        return
    for index, text in enumerate(line.cells()):
        if HEADINGS[index][0] == Column.NUMBER and text.isdecimal():
            sheet.write_number(row, index, int(text), looks.number)
        elif text.startswith(_FORMULA_STARTS):
            sheet.write_string(row, index, text, looks.quoted)
        else:
            sheet.write_string(row, index, text, looks.cell)
