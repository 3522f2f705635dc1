"""A Word paper as PDF for printing: the same words in the same order, whoever made the template."""

import io
from dataclasses import asdict, dataclass

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from doithoai.files.printing import pdf

_SIZE = 14.0  # points, where the file names none
_ALIGNED = {
    WD_ALIGN_PARAGRAPH.CENTER: "center",
    WD_ALIGN_PARAGRAPH.RIGHT: "right",
    WD_ALIGN_PARAGRAPH.JUSTIFY: "justify",
}
_EMU = 36_000  # in a millimetre


@dataclass(frozen=True)
class _Run:
    words: str
    bold: bool
    italic: bool
    size: float


@dataclass(frozen=True)
class _Paragraph:
    runs: tuple[_Run, ...]
    align: str
    indent: float
    gap: float
    kind: str = "paragraph"


@dataclass(frozen=True)
class _Table:
    cells: tuple[tuple[_Paragraph, ...], ...]
    widths: tuple[float, ...]
    lines: bool
    kind: str = "table"


def printed(data: bytes, *, title: str) -> bytes:
    """A Word file of ours as PDF, A4."""
    document = docx.Document(io.BytesIO(data))
    blocks = [
        _table(each) if isinstance(each, Table) else _paragraph(each)
        for each in document.iter_inner_content()
    ]
    return pdf("word", {"title": title, "blocks": [asdict(block) for block in blocks]})


def _paragraph(paragraph: Paragraph) -> _Paragraph:
    runs = tuple(
        _Run(run.text, bool(run.bold), bool(run.italic), _points(run.font.size))
        for run in paragraph.runs
        if run.text
    )
    blank = paragraph.runs[0].font.size if paragraph.runs else None
    indent = paragraph.paragraph_format.first_line_indent or 0
    aligned = _ALIGNED.get(paragraph.alignment or WD_ALIGN_PARAGRAPH.LEFT, "left")
    return _Paragraph(runs, aligned, max(indent, 0) / _EMU, _points(blank))


def _points(size: object) -> float:
    return float(getattr(size, "pt", _SIZE))


def _table(table: Table) -> _Table:
    rows = [row.cells for row in table.rows]
    first = rows[0] if rows else ()
    widths = tuple(float(cell.width or 1) for cell in first)
    cells = tuple(_cell(cell) for row in rows for cell in row)
    style = table.style.name if table.style else ""
    return _Table(cells, widths, lines=style == "Table Grid")


def _cell(cell: _Cell) -> tuple[_Paragraph, ...]:
    return tuple(_paragraph(each) for each in cell.paragraphs)
