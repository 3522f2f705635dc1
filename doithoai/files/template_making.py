"""The Word template of a form in a layout, made from the wording kept as data."""

from functools import cache

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from doithoai.files.layout_making import Line, begun, columns, foot, saved, write
from doithoai.files.wordings import Form

_SIZE = 14  # points, Decree 30/2020, Annex I, II.5
_BY_HAND = "(ký hoặc điểm chỉ, ghi rõ họ tên)"


@cache
def make(form: Form, layout: str) -> bytes:
    """The template as a Word file an administrator may open and change. The same bytes each
    time.
    """
    document = begun(layout)
    for line in form.body:
        _paragraph(document, line)
    if form.sides:
        _sides(document, form.sides)
    else:
        foot(document)
    return saved(document)


def _paragraph(document: Document, line: str) -> None:
    if line.startswith("# "):
        words = line.removeprefix("# ")
        write(
            document.add_paragraph(), Line(words, _SIZE, bold=True, align=WD_ALIGN_PARAGRAPH.LEFT)
        )
        return
    fact, _bar, words = line[1:].partition("|") if line.startswith("?") else ("", "", line)
    if fact:
        document.add_paragraph(f"{{%p if {fact} %}}")
    paragraph = document.add_paragraph()
    write(paragraph, Line(words.strip(), _SIZE, align=WD_ALIGN_PARAGRAPH.JUSTIFY))
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    if fact:
        document.add_paragraph("{%p endif %}")


def _sides(document: Document, sides: tuple[str, ...]) -> None:
    """Both sign by hand, side by side."""
    write(document.add_paragraph(), Line("", 8))
    left, right = (
        (Line(side, _SIZE, bold=True), Line(_BY_HAND, 12, italic=True)) for side in sides
    )
    columns(document, (Mm(80), Mm(85)), left, right)
