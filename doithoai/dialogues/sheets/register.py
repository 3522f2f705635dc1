"""The clerk's own layout: its columns, titles and rows, whatever the file they are written to."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from doithoai.dialogues.sheets.content import Statement
from doithoai.dialogues.sheets.header import Column, Mapping
from doithoai.dialogues.sheets.statements import parse
from doithoai.dialogues.sheets.tables import Row, Table

HEADINGS: tuple[tuple[Column, str], ...] = (
    (Column.NUMBER, "STT"),
    (Column.TEXT, "Nội dung kiến nghị"),
    (Column.SPEAKER, "Người/địa bàn kiến nghị"),
    (Column.FIELD, "Lĩnh vực"),
    (Column.LEAD, "Cơ quan chủ trì"),
    (Column.COORDINATING, "Cơ quan phối hợp"),
    (Column.DUE, "Thời hạn"),
    (Column.ANSWER, "Nội dung trả lời / giải quyết"),
    (Column.RESULT, "Kết quả"),
    (Column.DOCUMENT, "Số, ngày văn bản"),
    (Column.NOTE, "Ghi chú"),
    (Column.CODE, "Mã"),
)
"""The eleven columns offices use, and the code by which an edited export finds its rows."""

FORM_HEADINGS: tuple[tuple[Column, str], ...] = (
    (Column.NUMBER, "STT"),
    (Column.SPEAKER, "Họ và tên người kiến nghị"),
    (Column.PLACE, "Địa chỉ (thôn, tổ dân phố)"),
    (Column.TEXT, "Nội dung kiến nghị"),
    (Column.FIELD, "Lĩnh vực"),
    (Column.LEAD, "Cơ quan chủ trì"),
    (Column.DUE, "Thời hạn"),
    (Column.NOTE, "Ghi chú"),
)
"""The columns of the blank form filled in at a meeting."""

FORM_TITLE = "PHIẾU GHI Ý KIẾN, KIẾN NGHỊ"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
CELL_LENGTH = 32_000
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Titles:
    """What stands above the table: the office left, the nation right, the heading below."""

    office: str
    heading: str
    nation: str = NATION


@dataclass(frozen=True)
class RegisterRow:
    """One statement as it is written; texts are written as they are, `code` is the case's."""

    number: str
    text: str
    speaker: str = ""
    field: str = ""
    lead: str = ""
    coordinating: str = ""
    due: str = ""
    answer: str = ""
    result: str = ""
    document: str = ""
    note: str = ""
    code: str = ""
    group: str = ""

    def cells(self) -> tuple[str, ...]:
        """The values in the order of HEADINGS, without what no office program can hold."""
        return tuple(writable(str(getattr(self, column.value))) for column, _heading in HEADINGS)


@dataclass(frozen=True)
class GroupLine:
    """A heading across the table."""

    title: str


def row_of(statement: Statement) -> RegisterRow:
    """The row that reads back as the same statement."""
    outside = ("Ngoài thẩm quyền",) if statement.out_of_competence else ()
    return RegisterRow(
        number=statement.number,
        text=statement.text,
        speaker=statement.speaker.raw,
        field=statement.field,
        lead="; ".join((*outside, *statement.lead)),
        coordinating="; ".join(statement.coordinating),
        due=statement.due,
        answer=statement.answer,
        result=statement.result,
        document="; ".join(map(str, statement.documents)),
        note=statement.note,
        code=statement.code,
        group=statement.group,
    )


def reread(rows: Sequence[RegisterRow], *, held_on: date | None = None) -> tuple[Statement, ...]:
    """The statements these rows will be when their file comes back; group headings apart.

    Whoever exports keeps `comparing.known` of these, so that an unedited file is unchanged.
    """
    headings = tuple(heading for _column, heading in HEADINGS)
    columns = {column: index for index, (column, _heading) in enumerate(HEADINGS)}
    lines = (
        Row(line, tuple(cell or None for cell in row.cells())) for line, row in enumerate(rows, 2)
    )
    table = Table("", (Row(1, headings), *lines))
    return parse(table, Mapping(columns, (1,), headings), held_on=held_on).statements


def with_groups(rows: Iterable[RegisterRow]) -> Iterator[RegisterRow | GroupLine]:
    """The rows, with a heading wherever the group changes."""
    group = ""
    for row in rows:
        if row.group and row.group != group:
            yield GroupLine(writable(row.group))
        group = row.group
        yield row


def total(count: int) -> str:
    """The line below the last row."""
    return f"Tổng cộng: {count} ý kiến, kiến nghị"


def writable(text: str) -> str:
    """Without characters XML forbids, and short enough for one cell of Excel."""
    kept = _UNWRITABLE.sub(" ", text)
    return kept if len(kept) <= CELL_LENGTH else f"{kept[:CELL_LENGTH]}…"
