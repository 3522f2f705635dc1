"""Tables of separated values, in the encodings Vietnamese offices save them in."""

import codecs
import csv
import re
from collections import Counter
from itertools import islice

from doithoai.dialogues.sheets import messages
from doithoai.dialogues.sheets.folding import clean, lines_of
from doithoai.dialogues.sheets.messages import SheetError
from doithoai.dialogues.sheets.tables import Cell, Row, Table

_SEPARATORS = (";", ",", "\t", "|")
_FOREIGN = (b"%PDF", b"<", b"{\\rtf", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SAMPLE_LINES = 60


def read(name: str, data: bytes) -> list[Table]:
    """The one table of a CSV file; a line is where the row begins in the file.

    Raises SheetError for what is not text or cannot be split.
    """
    if data.lstrip().startswith(_FOREIGN):
        raise SheetError(messages.WRONG_TYPE, {"name": name})
    text = _decoded(data)
    if text is None or _BINARY.search(text):
        raise SheetError(messages.WRONG_TYPE, {"name": name})
    try:
        return [Table(name, tuple(_rows(text, _separator(text))))]
    except csv.Error as broken:
        raise SheetError(messages.DAMAGED, {"name": name}) from broken


def _decoded(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode(data, "utf-16")
    if data[1::2].count(0) * 4 > len(data):  # half of the second bytes are zero: no BOM was written
        return _decode(data, "utf-16-le")
    text = _decode(data, "utf-8-sig")
    return text if text is not None else _decode(data, "windows-1258")


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _separator(text: str) -> str:
    """The separator that cuts most lines into the same number of columns."""
    if text.startswith("sep=") and len(text) > 4:
        return text[4] if text[4] in _SEPARATORS else ";"
    return max(_SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> int:
    sample = csv.reader(text.splitlines(keepends=True), delimiter=separator)
    widths = Counter(len(row) for row in islice(sample, _SAMPLE_LINES))
    return max((width * times for width, times in widths.items() if width > 1), default=0)


def _rows(text: str, separator: str) -> list[Row]:
    rows = []
    reader = csv.reader(_physical_lines(text), delimiter=separator)
    begins = 1
    for values in reader:
        rows.append(_row(begins, values))
        begins = reader.line_num + 1
    return rows


def _physical_lines(text: str) -> list[str]:
    """Lines as an editor counts them; str.splitlines would also cut at rarer characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)


def _row(line: int, values: list[str]) -> Row:
    cells: tuple[Cell, ...] = tuple(clean(value) or None for value in values)
    split = ((index, lines_of(value)) for index, value in enumerate(values))
    return Row(line, cells, tuple((index, lines) for index, lines in split if len(lines) > 1))
