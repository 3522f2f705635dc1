"""Word documents in the clerk's own layout."""

import io
from collections.abc import Sequence
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row

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

_WIDTHS: dict[Column, float] = {
    Column.NUMBER: 1.0,
    Column.TEXT: 6.2,
    Column.SPEAKER: 2.6,
    Column.PLACE: 3.0,
    Column.FIELD: 1.9,
    Column.LEAD: 2.3,
    Column.COORDINATING: 2.3,
    Column.DUE: 1.8,
    Column.ANSWER: 4.2,
    Column.RESULT: 1.9,
    Column.DOCUMENT: 2.1,
    Column.NOTE: 1.6,
    Column.CODE: 1.6,
}
"""Centimetres; the page is as wide as A4 across."""


def write_register(rows: Sequence[RegisterRow], *, titles: Titles, at: datetime) -> bytes:
    """A DOCX of the list with the columns, groups and total line of the Excel one.

    `at` is the time written into the file's properties.
    """
    document = _document(titles, at)
    table = _table(document, HEADINGS)
    for line in with_groups(rows):
        if isinstance(line, GroupLine):
            _across(table, line.title)
        else:
            _fill(_new_row(table), line.cells())
    _across(table, total(len(rows)))
    return _saved(document)


def write_blank_form(*, office: str, at: datetime, lines: int = 12) -> bytes:
    """A DOCX "Phiếu ghi ý kiến" with empty lines, which is imported like any list."""
    document = _document(Titles(office, FORM_TITLE), at)
    table = _table(document, FORM_HEADINGS)
    for _line in range(lines):
        _new_row(table).height = Cm(1.2)
    return _saved(document)


def _document(titles: Titles, at: datetime) -> Document:
    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = at.replace(tzinfo=None)
    style = document.styles["Normal"].font
    style.name, style.size = "Times New Roman", Pt(11)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.2)
    section.top_margin = section.bottom_margin = Cm(1.5)
    head = document.add_table(rows=1, cols=2)
    for cell, text in zip(head.rows[0].cells, (titles.office, titles.nation), strict=True):
        _write(cell, text, bold=True, centred=True)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.add_run(writable(titles.heading)).bold = True
    return document


def _table(document: Document, headings: Sequence[tuple[Column, str]]) -> Table:
    table: Table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    table.autofit = False
    for cell, column, (kind, heading) in zip(
        table.rows[0].cells, table.columns, headings, strict=True
    ):
        column.width = cell.width = Cm(_WIDTHS[kind])
        _write(cell, heading, bold=True, centred=True)
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no name for a repeated header
    properties.append(OxmlElement("w:tblHeader"))
    return table


def _new_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx left it untyped
    return row


def _fill(row: _Row, texts: Sequence[str]) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        _write(cell, text, bold=False, centred=False)


def _across(table: Table, text: str) -> None:
    cells = _new_row(table).cells
    _write(cells[0].merge(cells[-1]), text, bold=True, centred=False)


def _write(cell: _Cell, text: str, *, bold: bool, centred: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.add_run(writable(text)).bold = bold


def _saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
