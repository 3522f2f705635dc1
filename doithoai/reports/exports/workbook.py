"""A report as an Excel file: figures, tables, and a sheet of the rows behind each figure."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from doithoai.cases.models import Answer, Case
from doithoai.cases.queries.choosing import field_named
from doithoai.core.days import local_day
from doithoai.reports import prose
from doithoai.reports.measures import Measure
from doithoai.reports.queries.dialogue import Report
from doithoai.theme.formatting import day

A4: Final = 9
WIDTHS: Final = (6, 13, 50, 18, 22, 24, 20, 22, 24, 13, 18)


@dataclass(frozen=True)
class Looks:
    """How the cells of a report look."""

    title: Format
    head: Format
    cell: Format
    plain: Format
    number: Format
    link: Format


def write(report: Report, cases: Sequence[Case]) -> bytes:
    """The workbook. ``cases`` are the report's cases; figures link to the sheets of their rows.

    Texts are written as texts, so that nothing people said is taken for a formula.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"author": "", "created": report.cutoff.at.replace(tzinfo=None)})
    looks = looks_of(book)
    first = book.add_worksheet(_("Figures"))
    tables = book.add_worksheet(_("Tables"))
    sheets = _rows_sheets(book, looks, report, {case.pk: case for case in cases})
    _figures(first, looks, report, sheets)
    _tables(tables, looks, report)
    book.close()
    return out.getvalue()


def looks_of(book: Workbook) -> Looks:
    """The looks of a workbook's cells."""
    font = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
    cell = {**font, "border": 1, "text_wrap": True}
    return Looks(
        title=book.add_format({**font, "bold": True, "font_size": 14}),
        head=book.add_format({**cell, "bold": True, "align": "center", "valign": "vcenter"}),
        cell=book.add_format(cell),
        plain=book.add_format({**font, "text_wrap": True}),
        number=book.add_format({**cell, "align": "right"}),
        link=book.add_format({**cell, "align": "right", "font_color": "#0b5d3b", "underline": 1}),
    )


def _rows_sheets(
    book: Workbook, looks: Looks, report: Report, cases: Mapping[UUID, Case]
) -> dict[str, str]:
    """One sheet for each figure above nothing; measure → name of its sheet."""
    names: dict[str, str] = {}
    measures = [m for section in report.sections for m, _figure in section.figures]
    for measure in measures:
        found = [cases[c.pk] for c in report.cases if measure.key in c.meets and c.pk in cases]
        if found:
            names[measure.key] = f"{len(names) + 1:02d}"
            _rows(book.add_worksheet(names[measure.key]), looks, measure, found)
    return names


def _rows(sheet: Worksheet, looks: Looks, measure: Measure, cases: Sequence[Case]) -> None:
    page(sheet, WIDTHS)
    sheet.write_string(0, 0, f"{measure.words} ({len(cases)})", looks.title)
    sheet.write_string(1, 0, measure.said)
    for column, head in enumerate(_heads()):
        sheet.write_string(3, column, head, looks.head)
    for index, case in enumerate(cases, start=1):
        sheet.write_number(3 + index, 0, index, looks.number)
        for column, text in enumerate(_line(case), start=1):
            sheet.write_string(3 + index, column, text, looks.cell)
    sheet.repeat_rows(3)


def _heads() -> tuple[str, ...]:
    return (
        _("No."),
        _("Code"),
        _("Item"),
        _("Field"),
        _("Village"),
        _("Body that has it"),
        _("State"),
        _("Outcome"),
        _("The person's word"),
        _("Answered on"),
        _("Document"),
    )


def _line(case: Case) -> tuple[str, ...]:
    last = max(case.answers.all(), key=_moment, default=None)
    return (
        case.matter.code,
        case.matter.title,
        field_named(case.matter.field) if case.matter.field else "",
        case.matter.place.name if case.matter.place else "",
        (case.handling_body or case.receiving_body).short_name,
        case.get_state_display(),
        case.get_outcome_display(),
        case.get_word_display(),
        day(local_day(case.answered_at)) if case.answered_at else "",
        _document(last),
    )


def _moment(answer: Answer) -> float:
    return answer.at.timestamp()


def _document(answer: Answer | None) -> str:
    if answer is None or not answer.number:
        return ""
    return f"{answer.number} ({day(answer.signed_on)})" if answer.signed_on else answer.number


def _figures(sheet: Worksheet, looks: Looks, report: Report, sheets: Mapping[str, str]) -> None:
    page(sheet, (46, 12, 90))
    sheet.write_string(0, 0, _("Settlement report of the dialogue"), looks.title)
    sheet.write_string(1, 0, prose.about(report))
    sheet.write_string(2, 0, prose.cut_off(report))
    row = 4
    for column, head in enumerate((_("Figure"), _("Number"), _("How it is counted"))):
        sheet.write_string(row, column, head, looks.head)
    row += 1
    sheet.write_string(row, 0, _("Statements received"), looks.cell)
    sheet.write_number(row, 1, report.submissions, looks.number)
    sheet.write_string(row, 2, "", looks.cell)
    for measure, figure in (pair for s in report.sections for pair in s.figures):
        row += 1
        sheet.write_string(row, 0, measure.words, looks.cell)
        number_cell(sheet, (row, 1), figure.count, sheets.get(measure.key), looks)
        sheet.write_string(row, 2, measure.said, looks.cell)


def number_cell(
    sheet: Worksheet, at: tuple[int, int], count: int, rows: str | None, looks: Looks
) -> None:
    """A figure, leading to the sheet of its rows when there is one."""
    if rows is None:
        sheet.write_number(*at, count, looks.number)
        return
    sheet.write_url(*at, f"internal:'{rows}'!A1", looks.link, string=str(count))
    sheet.write_number(*at, count, looks.link)  # a number under the link, so that it can be added


def _tables(sheet: Worksheet, looks: Looks, report: Report) -> None:
    page(sheet, (34, *(12 for _column in report.columns)))
    row = 0
    for table in report.tables:
        sheet.write_string(row, 0, prose.heading(table.dimension), looks.head)
        for column, measure in enumerate(report.columns, start=1):
            sheet.write_string(row, column, measure.head, looks.head)
        for line in (*table.rows, report.total):
            row += 1
            label = _("Total") if line is report.total else line.label or _("not stated")
            sheet.write_string(row, 0, label, looks.cell)
            for column, figure in enumerate(line.figures, start=1):
                sheet.write_number(row, column, figure.count, looks.number)
        row += 2


def page(sheet: Worksheet, widths: Sequence[int]) -> None:
    """A4 across, one page wide."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
