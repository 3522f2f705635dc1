"""The register of petitions as an Excel file, one line a petition."""

import io
from collections.abc import Sequence

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from doithoai.cases.queries.petitions import Line
from doithoai.theme.formatting import day

HEAD = 3  # the row of the headings
FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
WIDTHS = (8, 12, 16, 28, 9, 24, 22, 40, 24)
A4 = 9


def register(lines: Sequence[Line], *, office: str, year: int) -> bytes:
    """The workbook. Texts are written as texts, so that nothing said is taken for a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = _sheet(book, year)
    bold = book.add_format({**FONT, "bold": True})
    sheet.write_string(0, 0, office, bold)
    sheet.write_string(1, 0, _("Register of petitions %(year)s") % {"year": year}, bold)
    border = {**FONT, "border": 1, "text_wrap": True}
    sheet.write_row(HEAD, 0, _heads(), book.add_format({**border, "bold": True}))
    cell = book.add_format(border)
    for row, line in enumerate(lines, start=HEAD + 1):
        sheet.write_number(row, 0, line.petition.number, cell)
        for column, text in enumerate(_texts(line), start=1):
            sheet.write_string(row, column, text, cell)
    book.close()
    return out.getvalue()


def _sheet(book: Workbook, year: int) -> Worksheet:
    sheet = book.add_worksheet(str(year))
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    return sheet


def _heads() -> list[str]:
    return [
        pgettext("register", "Number"),
        _("Came in on"),
        _("How it came in"),
        _("Name, address"),
        _("Signatories"),
        _("Who passed it on"),
        _("Kind"),
        _("About"),
        _("Where it stands"),
    ]


def _texts(line: Line) -> list[str]:
    petition = line.petition
    if line.hidden:
        return ["", "", _("Not shown to your post"), "", "", "", "", ""]
    said = petition.submission
    return [
        day(petition.arrived_on),
        line.arrived_by,
        ", ".join(filter(None, (said.speaker, said.address or said.place_text))),
        str(petition.signatories),
        line.forwarder,
        line.kinds,
        "; ".join(f"{c.matter.code}: {c.matter.title}" for c in line.cases),
        "; ".join(str(c.get_state_display()) for c in line.cases),
    ]
