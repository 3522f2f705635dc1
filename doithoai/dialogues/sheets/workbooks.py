"""Workbooks: XLSX, XLS and ODS, read with calamine."""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from doithoai.dialogues.sheets import messages
from doithoai.dialogues.sheets.folding import clean, lines_of
from doithoai.dialogues.sheets.messages import SheetError
from doithoai.dialogues.sheets.tables import Cell, Row, Table

# calamine lays a sheet out as one full rectangle, so two cells in opposite corners would take all
# memory.
MAX_CELLS = 4_000_000

_XLSX_PLACES = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)")
_XLSX_REFERENCE = re.compile(rb'\br="([A-Z]{0,4})(\d{0,8})"')
_ODS_PLACES = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b([^>]*)>")
_ODS_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})"')

_Value = int | float | str | bool | time | date | datetime | timedelta
_Merged = tuple[tuple[int, int], tuple[int, int]]


def read_xlsx(name: str, data: bytes) -> list[Table]:
    """The visible sheets of an XLSX file. Raises SheetError."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                _refuse_vast(name, _xlsx_cells(archive.read(part)))
    return _read(name, data)


def read_ods(name: str, data: bytes) -> list[Table]:
    """The visible sheets of an ODS file. Raises SheetError."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _refuse_vast(name, _ods_cells(archive.read("content.xml")))
    return _read(name, data)


def read_xls(name: str, data: bytes) -> list[Table]:
    """The visible sheets of an XLS file, whose format bounds its own size. Raises SheetError."""
    return _read(name, data)


def _refuse_vast(name: str, cells: int) -> None:
    if cells > MAX_CELLS:
        raise SheetError(messages.UNPACKS_TOO_LARGE, {"name": name})


def _xlsx_cells(sheet: bytes) -> int:
    """How many cells the sheet's rectangle from A1 holds."""
    row = column = height = width = 0
    for tag, attributes in _XLSX_PLACES.findall(sheet):
        reference = _XLSX_REFERENCE.search(attributes)
        letters, digits = reference.groups() if reference else (b"", b"")
        if tag == b"row":
            row, column = int(digits or row + 1), 0
        else:
            column = _column_number(letters) or column + 1
            row = int(digits or row)
        height, width = max(height, row), max(width, column)
    return height * width


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_cells(content: bytes) -> int:
    """How many cells lie between the first cell and the last filled one, repetitions unrolled."""
    row = column = height = width = row_repeated = 0
    for tag, attributes in _ODS_PLACES.findall(content):
        times = _ODS_REPEATED.search(attributes)
        repeated = int(times.group(1)) if times else 1
        if tag == b"table-row":
            row, column, row_repeated = row + row_repeated, 0, repeated
            continue
        column += repeated
        if not attributes.endswith(b"/") or b"value-type" in attributes:
            height, width = max(height, row + row_repeated), max(width, column)
    return height * width


def _read(name: str, data: bytes) -> list[Table]:
    try:
        return _visible_tables(data)
    except PasswordError as locked:
        raise SheetError(messages.PASSWORD, {"name": name}) from locked
    except (CalamineError, OSError, ValueError) as broken:
        raise SheetError(messages.DAMAGED, {"name": name}) from broken
    except BaseException as broken:
        # A panic inside the Rust reader arrives as a class that is no Exception and cannot be
        # imported.
        if type(broken).__name__ != "PanicException":
            raise
        raise SheetError(messages.DAMAGED, {"name": name}) from broken


def _visible_tables(data: bytes) -> list[Table]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return [
            _table(book.get_sheet_by_name(sheet.name))
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]


def _table(sheet: CalamineSheet) -> Table:
    values: list[list[_Value]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    merged = sheet.merged_cell_ranges or []
    _fill_down(values, merged)
    wide = frozenset(first for (first, left), (_last, right) in merged if right - left >= 2)
    rows = (_row(index, row, index in wide) for index, row in enumerate(values))
    return Table(clean(sheet.name), tuple(rows))


def _fill_down(values: list[list[_Value]], merged: Iterable[_Merged]) -> None:
    """A cell merged over several lines counts for each of them."""
    for (top, left), (bottom, right) in merged:
        if left != right or top >= len(values) or left >= len(values[top]):
            continue
        for row in values[top + 1 : bottom + 1]:
            row[left] = values[top][left]


def _row(index: int, values: list[_Value], wide: bool) -> Row:  # noqa: FBT001 - a fact of the row
    split = (
        (place, lines_of(value)) for place, value in enumerate(values) if isinstance(value, str)
    )
    breaks = tuple((place, lines) for place, lines in split if len(lines) > 1)
    return Row(index + 1, tuple(map(_cell, values)), breaks, wide)


def _cell(value: _Value) -> Cell:
    if isinstance(value, str):
        return clean(value) or None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool | date):
        return value
    if isinstance(value, int | float):
        return float(value)
    return str(value)
