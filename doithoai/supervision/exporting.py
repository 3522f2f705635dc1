"""The late list as an Excel file: the rows on the screen, with who has each and since when."""

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from doithoai.cases.queries.choosing import field_named
from doithoai.supervision.queries.watching import Watched
from doithoai.theme.formatting import day, moment

A4 = 9
HEAD = 3  # the row of the headings
FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
CELL = {**FONT, "border": 1, "text_wrap": True}
WIDTHS = (6, 13, 9, 26, 24, 13, 24, 34, 17, 50, 18, 18, 34)


def late_list(rows: Sequence[Watched], *, title: str, reader: str, at: datetime) -> bytes:
    """The workbook. Texts are written as texts, so that nothing said is taken for a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"author": "", "created": at.replace(tzinfo=None)})
    sheet = _sheet(book)
    sheet.write_string(0, 0, title, book.add_format({**FONT, "bold": True, "font_size": 14}))
    counted = _("As of %(moment)s, among what %(reader)s may see.")
    sheet.write_string(1, 0, counted % {"moment": moment(at), "reader": reader})
    sheet.write_row(HEAD, 0, _heads(), book.add_format({**CELL, "bold": True}))
    cell = book.add_format(CELL)
    for place, row in enumerate(rows, start=1):
        sheet.write_number(HEAD + place, 0, place, cell)
        sheet.write_string(HEAD + place, 1, _day(row), cell)
        sheet.write_number(HEAD + place, 2, row.days_late, cell)
        for column, text in enumerate(_texts(row), start=3):
            sheet.write_string(HEAD + place, column, text, cell)
    book.close()
    return out.getvalue()


def _sheet(book: Workbook) -> Worksheet:
    sheet = book.add_worksheet(_("Late list"))
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    return sheet


def _heads() -> tuple[str, ...]:
    return (
        _("No."),
        pgettext("column", "Due"),
        _("Days late"),
        _("Who owes it"),
        _("Post"),
        _("Has it since"),
        _("Who had it before"),
        _("What is owed"),
        _("Code"),
        pgettext("column", "About"),
        _("Village"),
        _("Field"),
        _("Why this date, and what the debtor was told"),
    )


def _day(row: Watched) -> str:
    due_on = row.line.obligation.due_on
    return day(due_on) if due_on else ""


def _texts(row: Watched) -> tuple[str, ...]:
    owed = row.line.obligation
    return (
        owed.body.short_name if owed.body else "",
        owed.post.title if owed.post else "",
        day(row.since),
        ", ".join(row.former),
        row.line.duty,
        owed.matter.code,
        owed.matter.title,
        owed.matter.place.name if owed.matter.place else "",
        field_named(owed.matter.field) if owed.matter.field else "",
        "; ".join((row.line.why, *row.told)),
    )
