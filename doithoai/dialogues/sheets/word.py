"""Tables of Word documents (DOCX)."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement

from doithoai.dialogues.sheets import messages
from doithoai.dialogues.sheets.folding import clean, lines_of
from doithoai.dialogues.sheets.messages import SheetError
from doithoai.dialogues.sheets.tables import Cell, Row, Table

_BREAKING = {qn("w:p"): "\n", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " "}
_TEXT = qn("w:t")
_TITLE_LENGTH = 500
_MAX_SPAN = 200


def read(name: str, data: bytes) -> list[Table]:
    """The tables of a document in their order; a line is the row's place in its table, from 1.

    A cell merged over several rows counts for each of them. Text that was deleted with tracked
    changes is not read. Raises SheetError for a damaged document.
    """
    try:
        body = docx.Document(io.BytesIO(data)).element.body
        return list(_tables(body))
    except (OpcError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as broken:
        raise SheetError(messages.DAMAGED, {"name": name}) from broken


def _tables(body: BaseOxmlElement) -> Iterator[Table]:
    above: list[str] = []
    for element in body.iterchildren():
        if isinstance(element, CT_Tbl):
            yield Table(" ".join(above)[-_TITLE_LENGTH:], tuple(_rows(element)))
            above = []
        elif isinstance(element, CT_P) and (text := clean(_text(element))):
            above.append(text)


def _rows(table: CT_Tbl) -> Iterator[Row]:
    carried: dict[int, str] = {}
    for line, row in enumerate(table.iterchildren(qn("w:tr")), 1):
        yield _row(line, row, carried)


def _row(line: int, row: CT_Row, carried: dict[int, str]) -> Row:
    """One row; `carried` holds the text of cells that go on in the rows below."""
    cells: list[Cell] = []
    breaks: list[tuple[int, tuple[str, ...]]] = []
    wide = False
    for cell in row.iter(qn("w:tc")):
        if not _belongs(cell, row):
            continue
        text = _merged_text(cell, len(cells), carried)
        if len(lines := lines_of(text)) > 1:
            breaks.append((len(cells), lines))
        span = min(int(cell.grid_span), _MAX_SPAN)
        wide = wide or (span >= 3 and bool(lines) and not any(cells))
        cells += [clean(text) or None, *[None] * (span - 1)]
    return Row(line, tuple(cells), tuple(breaks), wide)


def _belongs(cell: CT_Tc, row: CT_Row) -> bool:
    """Whether the cell is the row's own, not one of a table inside a cell."""
    return next(cell.iterancestors(qn("w:tr")), None) is row


def _merged_text(cell: CT_Tc, column: int, carried: dict[int, str]) -> str:
    if cell.vMerge == "continue":
        return carried.get(column, "")
    text = _text(cell)
    if cell.vMerge == "restart":
        carried[column] = text
    return text


def _text(element: BaseOxmlElement) -> str:
    pieces = []
    for part in element.iter():
        if part.tag == _TEXT:
            pieces.append(str(part.text or ""))
        elif isinstance(part.tag, str):
            pieces.append(_BREAKING.get(part.tag, ""))
    return "".join(pieces).strip()
