"""Every word inside a file somebody may download: cells, tables, headers, comments, properties."""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.table import Table
from openpyxl import load_workbook
from pypdf import PdfReader
from python_calamine import load_workbook as calamine

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def words_in(data: bytes, kind: str) -> str:
    """All text of a file of this content type; of a kind nobody can open here, a failure."""
    sort = kind.partition(";")[0].strip()
    if sort.startswith("text/") or sort in {"application/json", "image/svg+xml"}:
        return data.decode()
    if sort.startswith(("image/", "font/")) or not data:
        return ""
    return "\n".join(OPENERS[sort](data))


def _excel(data: bytes) -> Iterator[str]:
    """By two readers, for one of them leaves out what the other shows."""
    for sheet in load_workbook(BytesIO(data)).worksheets:
        yield sheet.title
        for row in sheet.iter_rows():
            yield from (str(cell.value) for cell in row if cell.value is not None)
            yield from (cell.comment.text for cell in row if cell.comment)
    book = calamine(BytesIO(data))
    for name in book.sheet_names:
        for cells in book.get_sheet_by_name(name).to_python():
            yield " ".join(str(cell) for cell in cells)
    yield from _parts(data)


def _word(data: bytes) -> Iterator[str]:
    document = Document(BytesIO(data))
    yield from (each.text for each in document.paragraphs)
    yield from _tables(document.tables)
    yield from _margins(document)
    about = document.core_properties
    yield f"{about.author} {about.title} {about.comments} {about.last_modified_by}"
    yield from _parts(data)


def _tables(tables: list[Table]) -> Iterator[str]:
    for table in tables:
        for row in table.rows:
            for cell in row.cells:
                yield cell.text
                yield from _tables(cell.tables)


def _margins(document: Word) -> Iterator[str]:
    for section in document.sections:
        for edge in (section.header, section.footer):
            yield from (each.text for each in edge.paragraphs)


def _parts(data: bytes) -> Iterator[str]:
    """The parts themselves: properties, comments and what no reader shows."""
    with zipfile.ZipFile(BytesIO(data)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                yield parts.read(name).decode()


def _pdf(data: bytes) -> Iterator[str]:
    reader = PdfReader(BytesIO(data))
    for page in reader.pages:
        yield " ".join(page.extract_text().split())
    yield " ".join(str(value) for value in (reader.metadata or {}).values())


OPENERS: dict[str, Callable[[bytes], Iterator[str]]] = {XLSX: _excel, DOCX: _word, PDF: _pdf}
