"""A file as the clerk sends it, into tables. The content decides what it is, not its name."""

import io
import zipfile
import zlib

from doithoai.dialogues.sheets import delimited, messages, word, workbooks
from doithoai.dialogues.sheets.messages import SheetError
from doithoai.dialogues.sheets.tables import Row, Table

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 80 * 1024 * 1024
MAX_PARTS = 3000
MAX_ROWS = 20_000
MAX_COLUMNS = 200

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(name: str, data: bytes) -> list[Table]:
    """The tables of an XLSX, XLS, ODS, CSV or DOCX file, without hidden or empty sheets.

    At most 20 MB, 80 MB unpacked, 20,000 rows and 200 columns a table. Raises SheetError for
    anything else.
    """
    if not data.strip():
        raise SheetError(messages.EMPTY_FILE, {"name": name})
    if len(data) > MAX_BYTES:
        raise SheetError(messages.TOO_LARGE, {"name": name, "limit": MAX_BYTES // 1024 // 1024})
    found = [table for table in map(_trimmed, _tables(name, data)) if table.rows]
    if not found:
        raise SheetError(messages.NO_TABLE, {"name": name})
    for table in found:
        _within_limits(table)
    return found


def _tables(name: str, data: bytes) -> list[Table]:
    if data.startswith(_ZIP):
        return _from_zip(name, data)
    if data.startswith(_OLE):
        return _from_ole(name, data)
    return delimited.read(name, data)


def _from_zip(name: str, data: bytes) -> list[Table]:
    parts = _sound_parts(name, data)
    if "word/document.xml" in parts:
        return word.read(name, data)
    if "xl/workbook.bin" in parts:
        raise SheetError(messages.BINARY_WORKBOOK, {"name": name})
    if "xl/workbook.xml" in parts:
        return workbooks.read_xlsx(name, data)
    if "content.xml" in parts:
        return workbooks.read_ods(name, data)
    raise SheetError(messages.WRONG_TYPE, {"name": name})


def _sound_parts(name: str, data: bytes) -> frozenset[str]:
    """The names of the parts, after unpacking every one within the limit.

    The sizes a zip file declares are bounded first; unpacking then proves them, because it stops
    at the declared size and the checksum of a part that lies is wrong.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise SheetError(messages.PASSWORD, {"name": name})
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
                raise SheetError(messages.UNPACKS_TOO_LARGE, {"name": name})
            if archive.testzip() is not None:
                raise SheetError(messages.DAMAGED, {"name": name})
            return frozenset(part.filename for part in parts)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
    ) as broken:
        raise SheetError(messages.DAMAGED, {"name": name}) from broken


def _from_ole(name: str, data: bytes) -> list[Table]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise SheetError(messages.PASSWORD, {"name": name})
    if "WordDocument".encode("utf-16-le") in data:
        raise SheetError(messages.OLD_WORD, {"name": name})
    return workbooks.read_xls(name, data)


def _trimmed(table: Table) -> Table:
    """Without the empty lines at the end, which are no lines of the file to anybody."""
    last = max((place for place, row in enumerate(table.rows, 1) if row.filled()), default=0)
    return Table(table.title, table.rows[:last])


def _within_limits(table: Table) -> None:
    if len(table.rows) > MAX_ROWS:
        raise SheetError(messages.TOO_MANY_ROWS, {"title": table.title, "limit": MAX_ROWS})
    if max(map(_width, table.rows)) > MAX_COLUMNS:
        raise SheetError(messages.TOO_MANY_COLUMNS, {"title": table.title, "limit": MAX_COLUMNS})


def _width(row: Row) -> int:
    return max(row.filled(), default=-1) + 1
