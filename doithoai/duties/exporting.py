"""The fulfilment page as an Excel file: one row for each duty, and what was held behind each."""

import io
from datetime import date, datetime

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from doithoai.duties.models import Met
from doithoai.duties.queries import Fulfilment, Line
from doithoai.theme.formatting import day, moment

A4 = 9
HEAD = 3  # the row of the headings
FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
WIDTHS = (6, 30, 28, 26, 12, 12, 9, 9, 9, 20, 40, 13)
ROWS = (6, 13, 30, 13, 16, 40)


def workbook(found: Fulfilment, *, reader: str, at: datetime) -> bytes:
    """The workbook. Texts are written as texts, so that nothing said is taken for a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"author": "", "created": at.replace(tzinfo=None)})
    bold = book.add_format({**FONT, "bold": True, "font_size": 14})
    cell = book.add_format({**FONT, "border": 1, "text_wrap": True})
    head = book.add_format({**FONT, "border": 1, "text_wrap": True, "bold": True})
    sheet = book.add_worksheet(_("Fulfilment"))
    _begin(sheet, title(found), WIDTHS, _heads(), bold, head)
    counted = _("As of %(moment)s, among what %(reader)s may see.")
    sheet.write_string(1, 0, counted % {"moment": moment(at), "reader": reader})
    for place, line in enumerate(found.lines, start=1):
        _write(sheet, place, _texts(line), cell)
    rows = book.add_worksheet(_("What was held"))
    _begin(rows, _("What was held"), ROWS, _row_heads(), bold, head)
    for place, (line, met) in enumerate(_held(found), start=1):
        _write(rows, place, _row(line, met), cell)
    book.close()
    return out.getvalue()


def title(found: Fulfilment) -> str:
    """What the paper is called."""
    return _("How heads fulfilled reception and dialogue, %(first)s to %(last)s") % {
        "first": day(found.chosen.month.first),
        "last": day(found.chosen.month.last),
    }


def _begin(
    sheet: Worksheet,
    name: str,
    widths: tuple[int, ...],
    heads: tuple[str, ...],
    bold: Format,
    head: Format,
) -> None:
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, name, bold)
    sheet.write_row(HEAD, 0, heads, head)


def _write(sheet: Worksheet, place: int, values: tuple[str | int, ...], cell: Format) -> None:
    for column, value in enumerate((place, *values)):
        if isinstance(value, int):
            sheet.write_number(HEAD + place, column, value, cell)
        else:
            sheet.write_string(HEAD + place, column, value, cell)


def _heads() -> tuple[str, ...]:
    return (
        _("No."),
        _("Post"),
        _("Held by"),
        pgettext("column", "Duty"),
        _("From"),
        _("To"),
        pgettext("column", "Owed"),
        pgettext("column", "Held"),
        _("By a deputy (not counted)"),
        pgettext("column", "State"),
        _("Excused for"),
        _("Code"),
    )


def _texts(line: Line) -> tuple[str | int, ...]:
    duty = line.duty
    return (
        f"{duty.post.title}, {duty.post.body.short_name}",
        ", ".join(line.holders),
        line.name,
        day(duty.first_day),
        day(duty.last_day),
        line.asked.times,
        line.held,
        len(line.by_deputy),
        _state(line),
        line.why,
        duty.matter.code,
    )


def _state(line: Line) -> str:
    state = str(line.duty.get_state_display())
    if line.done and line.duty.was_missed:
        return f"{state}. {_('It had been missed; what was held was entered late.')}"
    return f"{state}. {_('Only with what was entered late.')}" if line.done_late else state


def _row_heads() -> tuple[str, ...]:
    return (
        _("No."),
        _("Duty's code"),
        _("Post"),
        pgettext("column", "Held on"),
        _("Counted or not"),
        _("What it rests on"),
    )


def _held(found: Fulfilment) -> list[tuple[Line, Met]]:
    return [(line, met) for line in found.lines for met in (*line.counted, *line.uncounted)]


def _counted(line: Line, met: Met) -> str:
    said = [_("counted") if met in line.counted else _("not counted")]
    said += [_("entered late")] if met.entered_late else []
    said += [_("not posted before")] if met.unposted else []
    return ", ".join(said)


def _row(line: Line, met: Met) -> tuple[str | int, ...]:
    held: date = met.held_on
    return (
        line.duty.matter.code,
        f"{line.duty.post.title}, {line.duty.post.body.short_name}",
        day(held),
        _counted(line, met),
        ", ".join(part for part in (met.about.code if met.about else "", met.document) if part),
    )
