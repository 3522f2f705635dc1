"""What kind of line a row is: a statement, or one of those that only arrange the page."""

import re
from dataclasses import dataclass
from enum import StrEnum

from doithoai.dialogues.sheets.folding import fold, normal, plain
from doithoai.dialogues.sheets.header import Column, Mapping, meaning
from doithoai.dialogues.sheets.tables import Row


class Why(StrEnum):
    """Why a line is no statement."""

    GROUP = "group"
    BLANK = "blank"
    TOTAL = "total"
    TITLE = "title"
    HEADER = "header"
    REPEATED_HEADER = "repeated_header"


@dataclass(frozen=True)
class Skipped:
    """A line that is no statement, with what stands on it."""

    line: int
    why: Why
    text: str


_ROMAN = re.compile(r"^(?:[ivx]{1,6}|[a-h])\s*[.)/:\-]?$")
_GROUP_START = re.compile(
    r"^(?:[IVXLC]{1,6}|[A-H])\s*[.)/:\-–]\s*\S|^(?:PHẦN|LĨNH VỰC|NHÓM|MỤC|Phần|Lĩnh vực|Nhóm|Mục)\b"
)
_TOTAL = re.compile(r"^(?:tổng cộng|tổng số|tong cong|tong so)\b|^(?:tổng|cộng)\s*(?:[:\d]|$)")
_FOOTER = re.compile(
    r"(?:nguoi (?:lap|lap bieu|tong hop)|thu ky|chu toa|chu tri hoi nghi"
    r"|(?:pho )?(?:chu tich|bi thu)"
    r"|noi nhan\b.*|(?:tm|kt|tl|tuq)\..*|t/m\b.*|ky ten.*|\(ky.*|xac nhan cua.*"
    r"|[^,]{0,40}, ngay (?:\d{1,2}|\.+) thang (?:\d{1,2}|\.+) nam (?:\d{4}|[\d.]+))"
)
_NUMBER = re.compile(r"^\(?\d{1,5}(?:\.\d{1,3})*[.)]?$")
_ENOUGH = (Column.SPEAKER, Column.LEAD, Column.DUE, Column.ANSWER, Column.RESULT)


def why_skipped(row: Row, mapping: Mapping, *, after_total: bool) -> Why | None:
    """Why the row is no statement, or nothing when it is one (with a text or not)."""
    filled = row.filled()
    if not filled:
        return Why.BLANK
    if row.line <= mapping.header_lines[-1]:
        return Why.HEADER if row.line in mapping.header_lines else Why.TITLE
    if _repeats_header(row, filled, mapping):
        return Why.REPEATED_HEADER
    if has_number(row, mapping):
        return None
    return _unnumbered(row, filled, mapping, after_total=after_total)


def has_number(row: Row, mapping: Mapping) -> bool:
    """Whether the row carries a running number."""
    return bool(_NUMBER.match(row.text(mapping.at(Column.NUMBER))))


def _repeats_header(row: Row, filled: tuple[int, ...], mapping: Mapping) -> bool:
    """A header printed again on each page, or the line that numbers the columns below it."""
    texts = [row.text(index) for index in filled]
    if len(filled) >= 3 and [text.strip("().") for text in texts] == [
        str(number) for number in range(1, len(filled) + 1)
    ]:
        return True
    same = [
        index
        for index in filled
        if index < len(mapping.headings)
        and fold(row.text(index)) == fold(mapping.headings[index])
        and meaning(row.text(index))
    ]
    return len(same) >= 2 and len(same) * 2 > len(filled)


def _unnumbered(
    row: Row, filled: tuple[int, ...], mapping: Mapping, *, after_total: bool
) -> Why | None:
    first = row.text(filled[0])
    working = any(row.text(mapping.at(column)) for column in _ENOUGH)
    if not working and len(filled) <= 3 and len(first) <= 150 and _TOTAL.match(normal(first)):
        return Why.TOTAL
    if _is_footer(row, filled) or (after_total and not working):
        return Why.TITLE
    if _is_group(row, filled, mapping):
        return Why.GROUP
    return None


def _is_footer(row: Row, filled: tuple[int, ...]) -> bool:
    """Signatures and places below a table that has no total line."""
    return all(
        len(row.text(index)) <= 80 and _FOOTER.fullmatch(plain(row.text(index))) for index in filled
    )


def _is_group(row: Row, filled: tuple[int, ...], mapping: Mapping) -> bool:
    text_at = mapping.at(Column.TEXT)
    number_at = mapping.at(Column.NUMBER)
    if len(filled) == 2 and filled == (number_at, text_at):
        return bool(_ROMAN.match(plain(row.text(number_at))))
    if len(filled) != 1:
        return False
    text = row.text(filled[0])
    if row.wide or _GROUP_START.match(text) or (text.isupper() and len(text) <= 120):
        return True
    return filled[0] == number_at and not text.isdigit()
