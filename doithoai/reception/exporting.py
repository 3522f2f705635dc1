"""The register 03/TCD as an Excel file: the columns of the form, one line a visit."""

import io
from collections.abc import Iterable
from datetime import datetime

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from doithoai.reception.queries.register import Line, heads

A4 = 9
HEAD = 4  # the row of the headings
FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
CELL = {**FONT, "border": 1, "text_wrap": True}
WIDTHS = (5, 11, 28, 15, 40, 12, 9, 18, 9, 18, 18, 30, 22)


def register(lines: Iterable[Line], *, office: str, period: str, at: datetime) -> bytes:
    """The workbook. Texts are written as texts, so that nothing said is taken for a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"author": "", "created": at.replace(tzinfo=None)})
    sheet = _sheet(book)
    bold = book.add_format({**FONT, "bold": True})
    sheet.write_string(0, 0, office, bold)
    sheet.write_string(1, 0, _("Register of citizen reception (form 03/TCD)"), bold)
    sheet.write_string(2, 0, period)
    heading = book.add_format({**CELL, "bold": True, "align": "center", "valign": "vcenter"})
    sheet.write_row(HEAD, 0, heads(), heading)
    cell = book.add_format(CELL)
    for row, line in enumerate(lines, start=HEAD + 1):
        sheet.write_number(row, 0, line.number, cell)
        for column, text in enumerate(line.texts, start=1):
            sheet.write_string(row, column, text, cell)
    book.close()
    return out.getvalue()


def _sheet(book: Workbook) -> Worksheet:
    sheet = book.add_worksheet("03-TCD")
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    return sheet
