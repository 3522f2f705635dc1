"""Makes the three Word layouts that drafts start from: ``python -m doithoai.files.layout_making``.

A clerk may open the files in ``layouts/`` in Word and change anything but the words in braces.
State: Decree 30/2020/NĐ-CP, annex I (A4, Times New Roman, head in two columns). Party: Regulation
399-QĐ/TW of 9/1/2026. Front: its own form.
"""

import io
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from doithoai.files import office

FOLDER = Path(__file__).parent / "layouts"
FONT = "Times New Roman"
CENTRE, LEFT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
BODY = "[[body]]"


@dataclass(frozen=True)
class Line:
    """A line of a layout: its words, size in points, and how it is set."""

    words: str
    size: int
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = CENTRE


_PLACE = Line("{{ place }}, ngày ... tháng ... năm {{ year }}", 13, italic=True)
_REPUBLIC = (
    Line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True),
    Line("Độc lập - Tự do - Hạnh phúc", 13, bold=True),
    Line("_______________", 8),
    _PLACE,
)
_ISSUER = (
    Line("{{ parent_issuer }}", 12),
    Line("{{ issuer }}", 12, bold=True),
)
HEADS = {
    "state": ((*_ISSUER, Line("_______", 8), Line("Số: ......{{ symbol }}", 13)), _REPUBLIC),
    "party": (
        (*_ISSUER, Line("*", 13), Line("Số ......{{ symbol }}", 13)),
        (Line("ĐẢNG CỘNG SẢN VIỆT NAM", 15, bold=True), Line("_______________", 8), _PLACE),
    ),
    "front": ((*_ISSUER, Line("_______", 8), Line("Số: ......{{ symbol }}", 13)), _REPUBLIC),
}


def make(layout: str) -> bytes:
    """One layout as a Word file. The same bytes each time."""
    document = begun(layout)
    document.add_paragraph(BODY)
    foot(document)
    return saved(document)


def begun(layout: str) -> Document:
    """A paper with the head and the subject of a layout, and nothing below."""
    document = docx.Document()
    set_page(document)
    left, right = HEADS[layout]
    columns(document, (Mm(70), Mm(95)), left, right)
    subject(document)
    return document


def saved(document: Document) -> bytes:
    """The file without author and times, the same bytes each time."""
    out = io.BytesIO()
    document.save(out)
    return office.clean(out.getvalue())


def set_page(document: Document) -> None:
    """A4, margins and font of Decree 30/2020, Annex I."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(6)


def columns(
    document: Document, widths: tuple[int, int], left: tuple[Line, ...], right: tuple[Line, ...]
) -> None:
    """Two columns side by side without lines. Widths in EMU."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for cell, width, lines in zip(table.rows[0].cells, widths, (left, right), strict=True):
        cell.width = width
        _fill(cell, lines)


def _fill(cell: _Cell, lines: tuple[Line, ...]) -> None:
    for number, line in enumerate(lines):
        write(cell.paragraphs[0] if number == 0 else cell.add_paragraph(), line)


def write(paragraph: Paragraph, line: Line) -> None:
    """One line as it is set."""
    run = paragraph.add_run(line.words)
    run.font.name, run.font.size = FONT, Pt(line.size)
    run.bold, run.italic = line.bold, line.italic
    paragraph.alignment = line.align
    paragraph.paragraph_format.space_after = Pt(0)


def subject(document: Document) -> None:
    """What the paper is, about what, to whom."""
    for line in (
        Line("", 13),
        Line("{{ title }}", 14, bold=True),
        Line("{{ subject }}", 14, bold=True),
        Line("", 8),
        Line("{%p if addressee %}", 14),
        Line("Kính gửi: {{ addressee }}", 14),
        Line("", 8),
        Line("{%p endif %}", 14),
    ):
        write(document.add_paragraph(), line)


def foot(document: Document) -> None:
    """Who receives it and who signs."""
    write(document.add_paragraph(), Line("", 8))
    recipients = (
        Line("Nơi nhận:", 12, bold=True, italic=True, align=LEFT),
        Line("{%p for each in recipients %}", 11, align=LEFT),
        Line("- {{ each }};", 11, align=LEFT),
        Line("{%p endfor %}", 11, align=LEFT),
        Line("- Lưu: VT.", 11, align=LEFT),
    )
    signer = (
        Line("{{ signer_title }}", 14, bold=True),
        *(Line("", 14) for _blank in range(4)),
        Line("{{ signer_name }}", 14, bold=True),
    )
    columns(document, (Mm(80), Mm(85)), recipients, signer)


def main() -> None:
    """Write the three files anew."""
    for layout in HEADS:
        (FOLDER / f"{layout}.docx").write_bytes(make(layout))


if __name__ == "__main__":
    main()
