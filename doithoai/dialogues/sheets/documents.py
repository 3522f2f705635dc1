"""Numbers and dates of documents, as written in one cell."""

import re
from dataclasses import dataclass
from datetime import date

from doithoai.dialogues.sheets.dates import Problem, days_in
from doithoai.dialogues.sheets.dates import read as read_date
from doithoai.dialogues.sheets.tables import Cell, day_text

_NUMBER = re.compile(
    r"(?<![\d/])(?:\d{1,6}[a-zđ]?\s?/\s?(?:\d{4}\s?/\s?)?[^\W\d_][\w&.]*(?:\s?[-–]\s?[^\W\d_][\w&.]*)*"
    r"|\d{1,5}\s?[-–]\s?[^\W\d_]{1,6}\s?/\s?[^\W\d_][\w&.]*(?:-\w+)*)"
)
_BARE_NUMBER = re.compile(r"\bsố\s*:?\s*(\d{1,6})\b(?!\s*[/-]\s*\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """A document's number as its own office wrote it, and its date where one was given."""

    number: str
    dated: date | None = None

    def __str__(self) -> str:
        return f"{self.number} ngày {day_text(self.dated)}" if self.dated else self.number


@dataclass(frozen=True)
class DocumentsRead:
    """The documents found; `unclear`: no number, `impossible`: a day that does not exist."""

    documents: tuple[Document, ...] = ()
    unclear: bool = False
    impossible: bool = False


def read(text: str, dated: Cell = None) -> DocumentsRead:
    """The documents named in a cell, and in the cell for their date where the sheet has one."""
    if not text:
        return DocumentsRead()
    beside = read_date(dated)
    found = list(_NUMBER.finditer(text)) or list(_BARE_NUMBER.finditer(text))
    impossible = (
        read_date(text).problem == Problem.IMPOSSIBLE or beside.problem == Problem.IMPOSSIBLE
    )
    if not found:
        only = Document(text, _first(days_in(text)) or beside.on)
        return DocumentsRead((only,), unclear=True, impossible=impossible)
    ends = [later.start() for later in found[1:]] + [len(text)]
    documents = tuple(
        Document(_tidy(number), _first(days_in(text[number.end() : end])) or beside.on)
        for number, end in zip(found, ends, strict=True)
    )
    return DocumentsRead(documents, impossible=impossible)


def _tidy(found: re.Match[str]) -> str:
    number = found.group(1) if found.re.groups else found.group()
    return re.sub(r"\s*([/\-–])\s*", r"\1", number).strip(" .")


def _first(days: list[date]) -> date | None:
    return days[0] if days else None
