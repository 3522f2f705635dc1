"""Drafts in Word for the body's clerk to number and its head to sign."""

import io
from dataclasses import dataclass, field
from pathlib import Path

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

from doithoai.files import office
from doithoai.files.layout_making import BODY, FOLDER
from doithoai.files.models import Layout


@dataclass(frozen=True)
class Text:
    """A paragraph. ``heading`` is set bold and without indent."""

    words: str
    heading: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a head that repeats on every page. Widths in millimetres, or equal."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a paper says. ``symbol`` is what follows the clerk's number: ``/UBND-KT``, ``-TB/ĐU``.

    The number and the day of signature stay open: they are the clerk's.
    """

    layout: Layout
    title: str
    subject: str
    issuer: str
    year: int
    blocks: tuple[Text | Table, ...]
    signer_title: str
    parent_issuer: str = ""
    symbol: str = ""
    place: str = "..."
    addressee: str = ""
    signer_name: str = ""
    recipients: tuple[str, ...] = field(default=())


def draft(paper: Draft) -> bytes:
    """The paper as a Word file in its layout (Decree 30/2020, Regulation 399-QĐ/TW, the Front's).

    The same paper gives the same bytes, and the file names no author.
    """
    template = DocxTemplate(_file(paper.layout))
    template.render(_context(paper), autoescape=True)
    document: Document = template.docx
    marker = next(p for p in document.paragraphs if p.text == BODY)
    for block in paper.blocks:
        if isinstance(block, Table):
            _table(document, marker, block)
        else:
            _text(marker, block)
    marker._p.getparent().remove(marker._p)  # noqa: SLF001 - python-docx has no public way
    out = io.BytesIO()
    template.save(out)
    return office.clean(out.getvalue())


def _file(layout: Layout) -> Path:
    return FOLDER / f"{layout.value}.docx"


def _context(paper: Draft) -> dict[str, object]:
    return {
        "title": paper.title.upper(),
        "subject": paper.subject,
        "issuer": paper.issuer.upper(),
        "parent_issuer": paper.parent_issuer.upper(),
        "symbol": paper.symbol,
        "place": paper.place,
        "year": paper.year,
        "addressee": paper.addressee,
        "recipients": list(paper.recipients),
        "signer_title": paper.signer_title.upper(),
        "signer_name": paper.signer_name,
    }


def _text(marker: Paragraph, block: Text) -> None:
    for words in block.words.splitlines() or [""]:
        paragraph = marker.insert_paragraph_before()
        paragraph.add_run(words).bold = block.heading
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if not block.heading:
            paragraph.paragraph_format.first_line_indent = Mm(12.7)


def _table(document: Document, marker: Paragraph, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.head))
    table.style = "Table Grid"
    _row(table.rows[0].cells, block.head, bold=True)
    # Without this mark Word does not repeat the head on the next page.
    table.rows[0]._tr.get_or_add_trPr().append(_header_mark())  # noqa: SLF001
    for row in block.rows:
        _row(table.add_row().cells, row, bold=False)
    for column, width in zip(table.columns, block.widths, strict=False):
        for cell in column.cells:
            cell.width = Mm(width)
    marker._p.addprevious(table._tbl)  # noqa: SLF001
    marker.insert_paragraph_before().paragraph_format.space_after = Pt(0)


def _header_mark() -> BaseOxmlElement:
    return OxmlElement("w:tblHeader")


def _row(cells: tuple[_Cell, ...], words: tuple[str, ...], *, bold: bool) -> None:
    for cell, said in zip(cells, words, strict=True):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(said)
        run.bold, run.font.size = bold, Pt(12)
        paragraph.paragraph_format.space_after = Pt(0)
        if bold:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
