"""What a statement says, in values that stay the same as long as the content does."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from doithoai.dialogues.sheets.documents import Document
from doithoai.dialogues.sheets.folding import fold, normal
from doithoai.dialogues.sheets.messages import Params
from doithoai.dialogues.sheets.outcomes import Outcome
from doithoai.dialogues.sheets.speakers import NOBODY, Speaker


@dataclass(frozen=True)
class Attention:
    """Something on a line that was imported but that a person must look at."""

    code: str
    message: str
    params: Params


@dataclass(frozen=True)
class Statement:
    """One row understood. `due` and `result` hold the words, `due_on` and `outcome` what they mean.

    `extra` holds (heading, text) of filled columns the mapping does not know.
    """

    line: int
    key: str
    text: str
    number: str = ""
    code: str = ""
    group: str = ""
    speaker: Speaker = NOBODY
    field: str = ""
    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    out_of_competence: bool = False
    due: str = ""
    due_on: date | None = None
    answer: str = ""
    result: str = ""
    outcome: Outcome | None = None
    documents: tuple[Document, ...] = ()
    note: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    attention: tuple[Attention, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether the row comes with an answer or an outcome already."""
        return bool(self.answer or self.outcome)

    @property
    def answered_on(self) -> date | None:
        """The latest date of its documents, where it has one."""
        return max((paper.dated for paper in self.documents if paper.dated), default=None)


def values(statement: Statement) -> dict[str, str]:
    """The content by name, as a clerk would compare it; line, group and guesses are no content."""
    lead = "; ".join(statement.lead)
    outside = "Ngoài thẩm quyền" if statement.out_of_competence else ""
    return {
        "number": statement.number,
        "text": statement.text,
        "speaker": statement.speaker.raw,
        "place": statement.speaker.place,
        "field": statement.field,
        "lead": "; ".join(filter(None, (outside, lead))),
        "coordinating": "; ".join(statement.coordinating),
        "due": statement.due_on.isoformat() if statement.due_on else statement.due,
        "answer": statement.answer,
        "result": statement.outcome.value if statement.outcome else statement.result,
        "document": "; ".join(map(str, statement.documents)),
        "note": statement.note,
        **{f"extra: {heading}": text for heading, text in statement.extra},
    }


def digest(statement: Statement) -> str:
    """SHA-256 (hexadecimal) of the normalised content; the running number does not count."""
    return digest_of(values(statement))


def digest_of(content: dict[str, str]) -> str:
    """The digest of values kept from an earlier import."""
    counted = {
        name: normal(text) for name, text in content.items() if name != "number" and normal(text)
    }
    canonical = json.dumps(counted, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def key_of(text: str, taken: frozenset[str] | set[str]) -> str:
    """Sixteen hexadecimal digits for a text, another for its second and third occurrence."""
    words = fold(text) or normal(text)
    occurrence = 1
    while (key := _short(f"{words}#{occurrence}")) in taken:
        occurrence += 1
    return key


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
