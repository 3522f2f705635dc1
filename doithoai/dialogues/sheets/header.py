"""Where the table's header is and what each of its columns holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from doithoai.dialogues.sheets import messages
from doithoai.dialogues.sheets.folding import fold
from doithoai.dialogues.sheets.messages import SheetError
from doithoai.dialogues.sheets.tables import Row, Table

_SEARCHED_ROWS = 60
_LABEL_LENGTH = 90


class Column(StrEnum):
    """What a column may hold."""

    NUMBER = "number"
    TEXT = "text"
    SPEAKER = "speaker"
    PLACE = "place"
    FIELD = "field"
    LEAD = "lead"
    COORDINATING = "coordinating"
    DUE = "due"
    ANSWER = "answer"
    RESULT = "result"
    DOCUMENT = "document"
    DOCUMENT_DATE = "document_date"
    NOTE = "note"
    CODE = "code"


@dataclass(frozen=True)
class Mapping:
    """Which column of the sheet (from 0) holds what; proposed here, changed by the clerk."""

    columns: dict[Column, int]
    header_lines: tuple[int, ...]
    headings: tuple[str, ...]

    def at(self, column: Column) -> int | None:
        """The place of a column, or nothing where the sheet has none."""
        return self.columns.get(column)

    def placed(self, column: Column, index: int | None) -> "Mapping":
        """The mapping with a column moved, or taken out; whatever stood there is freed.

        Raises SheetError when no column for the statements' text is left.
        """
        kept = {
            other: place
            for other, place in self.columns.items()
            if other != column and place != index
        }
        changed = kept if index is None else {**kept, column: index}
        if Column.TEXT not in changed:
            raise SheetError(messages.NO_TEXT_COLUMN)
        return replace(self, columns=changed)

    def unused(self) -> tuple[int, ...]:
        """Columns of the sheet that hold nothing known."""
        return tuple(
            index for index in range(len(self.headings)) if index not in self.columns.values()
        )


_EXACT: dict[Column, tuple[str, ...]] = {
    Column.NUMBER: ("stt", "tt", "so tt", "so thu tu", "s tt", "no"),
    Column.TEXT: (
        "noi dung", "noi dung kien nghi", "noi dung y kien", "noi dung y kien kien nghi",
        "kien nghi", "y kien", "y kien kien nghi",
        "noi dung kien nghi phan anh", "noi dung phan anh",
        "cau hoi", "noi dung phan anh kien nghi", "noi dung de nghi", "statement", "recommendation",
    ),
    Column.SPEAKER: (
        "nguoi dia ban kien nghi", "ho ten", "ho va ten", "don vi kien nghi", "doi tuong kien nghi",
        "to chuc ca nhan", "speaker",
    ),
    Column.PLACE: (
        "dia chi", "thon", "xom", "dia ban", "noi kien nghi", "dia phuong",
        "dia ban kien nghi", "place",
    ),
    Column.FIELD: ("linh vuc", "nhom linh vuc", "nhom noi dung", "nhom van de", "phan loai"),
    Column.LEAD: (
        "chu tri", "don vi", "co quan", "trach nhiem", "giao don vi", "don vi duoc giao",
        "lead body",
    ),
    Column.COORDINATING: ("phoi hop", "coordinating bodies"),
    Column.DUE: ("han", "thoi han", "thoi gian", "ngay hoan thanh", "due"),
    Column.ANSWER: ("tra loi", "noi dung tra loi giai quyet", "noi dung giai quyet", "answer"),
    Column.RESULT: ("ket qua", "ket qua giai quyet", "da giai quyet", "result"),
    Column.DOCUMENT: ("so ngay van ban", "so van ban", "van ban", "so vb", "so ky hieu"),
    Column.DOCUMENT_DATE: ("ngay van ban", "ngay vb", "ngay ban hanh", "ngay tra loi"),
    Column.NOTE: ("ghi chu", "note"),
    Column.CODE: ("ma", "ma kien nghi", "ma ho so", "code"),
}  # fmt: skip

# The first pattern that fits decides, so what is particular stands before what is general.
_PATTERNS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        (Column.NUMBER, r"^(stt|so tt|tt)\b"),
        (
            Column.DOCUMENT_DATE,
            r"^ngay\b.*\b(van ban|vb|ban hanh|cong van|cv)\b|\b(van ban|vb|"
            r"cong van)\b.*(?<!so )\bngay( thang)?( nam)?$",
        ),
        (Column.DOCUMENT, r"\b(van ban|so vb|cong van|so cv|ky hieu|so hieu)\b"),
        (Column.LEAD, r"\bchu tri\b"),
        (Column.COORDINATING, r"\bphoi hop\b"),
        (
            Column.LEAD,
            r"^(co quan|cq|don vi|dv|noi(?! dung)|nguoi|trach nhiem|tham quyen)\b.*"
            r"\b(giai quyet|xu ly|thuc hien|tham muu|tra loi|chiu trach nhiem|tham quyen)\b"
            r"|^(trach nhiem|phan cong|giao)\b",
        ),
        (
            Column.ANSWER,
            r"\b(tra loi|giai trinh|huong giai quyet|phuong an|bien phap|noi dung giai quyet|"
            r"noi dung xu ly)\b",
        ),
        (Column.DUE, r"\b(thoi han|thoi gian|han|den han|thoi diem)\b"),
        (Column.RESULT, r"\b(ket qua|tinh trang|trang thai|tien do)\b"),
        (Column.FIELD, r"\b(linh vuc|nhom|phan loai|chu de)\b"),
        (Column.TEXT, r"^((tong hop|tom tat|cac) )*(noi dung|y kien|kien nghi|cau hoi|phan anh)\b"),
        (Column.SPEAKER, r"\b(ho ten|ho va ten|nguoi|cong dan|cu tri|ca nhan|to chuc)\b"),
        (Column.PLACE, r"\b(dia chi|dia ban|thon|xom|to dan pho|khoi pho|noi o|cu tru)\b"),
        (Column.NOTE, r"\b(ghi chu|luu y)\b"),
        (Column.CODE, r"^ma\b"),
        (Column.TEXT, r"\b(noi dung|y kien|kien nghi|phan anh|de nghi|de xuat|van de|vuong mac)\b"),
    )
)  # fmt: skip


def meaning(label: str) -> tuple[Column, bool] | None:
    """What a heading announces, and whether in exactly the words known for it."""
    words = fold(label)
    if not words or len(words) > _LABEL_LENGTH:
        return None
    for column, known in _EXACT.items():
        if words in known:
            return column, True
    for column, pattern in _PATTERNS:
        if pattern.search(words):
            return column, False
    return None


def find(table: Table) -> Mapping:
    """The mapping proposed for a table, its header in one row or two.

    Raises SheetError when no heading announces the text of the statements.
    """
    rows = table.rows[:_SEARCHED_ROWS]
    found = [_mapped((row,)) for row in rows]
    found += [_mapped(pair) for pair in pairwise(rows) if _may_follow(pair[1])]
    usable = [mapping for mapping in found if _usable(mapping)]
    if not usable:
        raise SheetError(messages.NO_TEXT_COLUMN)
    return max(usable, key=_merit)


def find_all(tables: Sequence[Table]) -> list[tuple[Table, Mapping]]:
    """Every table that holds statements, with its proposed mapping.

    Raises SheetError when none does.
    """
    found = []
    for table in tables:
        try:
            found.append((table, find(table)))
        except SheetError:
            continue  # a letterhead in Word is a table too
    if not found:
        raise SheetError(messages.NO_TEXT_COLUMN)
    return found


def _merit(mapping: Mapping) -> tuple[int, int, int]:
    """More columns first, then fewer header rows, then the one further up."""
    return len(mapping.columns), -len(mapping.header_lines), -mapping.header_lines[0]


def _usable(mapping: Mapping) -> bool:
    """One heading alone may be a title about recommendations, unless it is the exact word."""
    if Column.TEXT not in mapping.columns:
        return False
    label = mapping.headings[mapping.columns[Column.TEXT]]
    return len(mapping.columns) > 1 or meaning(label) == (Column.TEXT, True)


def _may_follow(row: Row) -> bool:
    """Whether a row can be the second of a header: short labels and no number."""
    labels = [row.text(index) for index in row.filled()]
    return bool(labels) and all(
        isinstance(row.cell(index), str) and len(row.text(index)) <= 60 for index in row.filled()
    )


def _mapped(rows: tuple[Row, ...]) -> Mapping:
    labels = _labels(rows)
    columns: dict[Column, int] = {}
    for exact in (True, False):
        for index, label in enumerate(labels):
            read = meaning(label)
            if read and read[1] is exact and read[0] not in columns:
                columns[read[0]] = index
    _tell_answer_from_result(labels, columns)
    return Mapping(columns, tuple(row.line for row in rows), labels)


def _tell_answer_from_result(labels: tuple[str, ...], columns: dict[Column, int]) -> None:
    """Of two headings that say result where none says answer, the longer is the answer."""
    both = [index for index, label in enumerate(labels) if (meaning(label) or ("",))[0] == "result"]
    if len(both) < 2 or Column.ANSWER in columns:
        return
    longer, shorter = sorted(both[:2], key=lambda index: -len(labels[index]))
    columns[Column.ANSWER], columns[Column.RESULT] = longer, shorter


def _labels(rows: tuple[Row, ...]) -> tuple[str, ...]:
    """One label for each column; an upper label stands over the lower ones to its right."""
    width = max(len(row.cells) for row in rows)
    if len(rows) == 1:
        return tuple(_label(rows[0], index) for index in range(width))
    labels = []
    over = ""
    for index in range(width):
        upper, lower = _label(rows[0], index), _label(rows[1], index)
        over = upper or (over if lower else "")
        labels.append(_joined(over, lower))
    return tuple(labels)


def _joined(upper: str, lower: str) -> str:
    """The lower label where it speaks for itself, else both."""
    if not upper or upper == lower:
        return lower or upper
    if lower and meaning(lower):
        return lower
    return f"{upper} {lower}".strip()


def _label(row: Row, index: int) -> str:
    cell = row.cell(index)
    return cell if isinstance(cell, str) else ""
