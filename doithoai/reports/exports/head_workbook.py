"""The head's report as an Excel file: the figures, and a sheet of the rows behind each."""

import io

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from doithoai.reports import prose
from doithoai.reports.exports.workbook import Looks, looks_of, number_cell, page
from doithoai.reports.queries.heads import Figure, HeadReport
from doithoai.theme.formatting import day

WIDTHS = (70, 12, 80)
ROWS = (6, 18, 90, 14, 10)


def write(report: HeadReport) -> bytes:
    """The workbook; figures link to the sheets of their rows. Texts are written as texts, so that
    nothing people said is taken for a formula.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"author": "", "created": report.cutoff.at.replace(tzinfo=None)})
    looks = looks_of(book)
    first = book.add_worksheet(_("Figures"))
    sheets = _rows_sheets(book, looks, report)
    _figures(first, looks, report, sheets)
    book.close()
    return out.getvalue()


def _rows_sheets(book: Workbook, looks: Looks, report: HeadReport) -> dict[str, str]:
    """One sheet for each figure above nothing; measure → name of its sheet."""
    names: dict[str, str] = {}
    for figure in report.figures:
        if figure.count:
            names[figure.measure.key] = f"{len(names) + 1:02d}"
            _rows(book.add_worksheet(names[figure.measure.key]), looks, figure)
    return names


def _rows(sheet: Worksheet, looks: Looks, figure: Figure) -> None:
    page(sheet, ROWS)
    sheet.write_string(0, 0, f"{figure.measure.words} ({figure.count})", looks.title)
    sheet.write_string(1, 0, figure.measure.said)
    heads = [_("No."), _("Code"), _("What it is"), _("Day")]
    heads += [pgettext("report", "People")] if figure.measure.of_people else []
    for column, head in enumerate(heads):
        sheet.write_string(3, column, head, looks.head)
    for place, line in enumerate(figure.lines, start=1):
        sheet.write_number(3 + place, 0, place, looks.number)
        for column, text in enumerate(
            (line.code, line.text, day(line.on) if line.on else ""), start=1
        ):
            sheet.write_string(3 + place, column, text, looks.cell)
        if figure.measure.of_people:
            sheet.write_number(3 + place, 4, line.counts, looks.number)
    sheet.repeat_rows(3)


def _figures(sheet: Worksheet, looks: Looks, report: HeadReport, sheets: dict[str, str]) -> None:
    page(sheet, WIDTHS)
    sheet.write_string(0, 0, _("Report of the head"), looks.title)
    sheet.write_string(1, 0, prose.about_head(report))
    sheet.write_string(2, 0, prose.cut_off_of(report.cutoff))
    for column, head in enumerate((_("Figure"), _("Number"), _("How it is counted"))):
        sheet.write_string(4, column, head, looks.head)
    row = 4
    for chapter in report.chapters:
        row += 1
        sheet.write_string(row, 0, chapter.words, looks.head)
        for figure in chapter.figures:
            row += 1
            sheet.write_string(row, 0, figure.measure.words, looks.cell)
            number_cell(sheet, (row, 1), figure.count, sheets.get(figure.measure.key), looks)
            sheet.write_string(row, 2, figure.measure.said, looks.cell)
