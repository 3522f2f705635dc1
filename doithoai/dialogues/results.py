"""What an import did, as it was kept with the file, and what of it still waits for a person."""

from collections.abc import Mapping
from dataclasses import dataclass

from doithoai.core.actors import Actor
from doithoai.core.sentences import told
from doithoai.dialogues.commands import importing
from doithoai.dialogues.models import Item, Sheet
from doithoai.dialogues.previewing import LineNote, read_kept
from doithoai.dialogues.sheets.content import digest
from doithoai.files.queries import content

Kept = Mapping[str, object]


@dataclass(frozen=True)
class Outcomes:
    """What an import did, each row with the case it became. ``settled`` are the rows left for a
    person in which what they asked for has been done since.
    """

    rows: int
    imported: int
    already: int
    changed: int
    gone: int
    attention: tuple[LineNote, ...]
    settled: tuple[LineNote, ...]
    refused: tuple[LineNote, ...]


@dataclass(frozen=True)
class _Row:
    """A line of the file as the item it became stands now."""

    code: str
    left: tuple[object, ...]
    taken: bool


def result(sheet: Sheet, by: Actor) -> Outcomes:
    """The result kept with the file; ``code`` of a note is the case its row became, if the reader
    may see it: a row may have been sealed since.
    """
    kept = sheet.result
    assert kept is not None, "the caller asks only after the import"
    now = _rows(sheet, by)
    noted = [(each, _note(each, now)) for each in kept["attention"]]
    return Outcomes(
        kept["rows"],
        kept["imported"],
        kept["already"],
        kept["changed"],
        kept["gone"],
        attention=tuple(note for each, note in noted if _waits(each, now)),
        settled=tuple(note for each, note in noted if not _waits(each, now)),
        refused=tuple(_note(each, now) for each in kept["refused"]),
    )


def _note(remark: Kept, now: Mapping[int, _Row]) -> LineNote:
    """A kept remark in the reader's language; older imports kept the words only."""
    line, why = _line(remark), remark.get("why") or remark.get("reason", "")
    assert isinstance(why, str | dict), "a sentence is kept whole or in words"
    row = now.get(line)
    return LineNote(line, "", told(why), str(remark.get("code") or (row.code if row else "")))


def _line(remark: Kept) -> int:
    line = remark["row"]
    assert isinstance(line, int), "a row is kept by its line in the file"
    return line


def _waits(remark: Kept, now: Mapping[int, _Row]) -> bool:
    """Whether it still asks for a person: by what the item's own record says it is left for. What
    an import said of a row without leaving it on the item stays said.
    """
    row, why = now.get(_line(remark)), remark.get("why")
    if row is None or not isinstance(why, dict) or why.get("message") in importing.ONLY_SAID:
        return True
    if why.get("message") == importing.DIFFERS:
        return not row.taken
    return _said(why) in map(_said, row.left)


def _said(kept: object) -> tuple[object, object]:
    """The sentence of what was kept, whatever else was kept with it."""
    return (kept.get("message"), kept.get("params")) if isinstance(kept, dict) else (kept, None)


def _rows(sheet: Sheet, by: Actor) -> dict[int, _Row]:
    """Line of the file → the item it became, of those the reader may see."""
    parsed = read_kept(sheet, content(sheet.stored), sheet.mapping or None)
    if isinstance(parsed, str):
        return {}
    items = list(sheet.dialogue.items.readable(by).select_related("case__matter"))
    known = {item.row_key: item for item in items if item.row_key}
    known |= {item.case.matter.code: item for item in items}
    found = {s.line: (s, known.get(s.code or s.key)) for s in parsed.statements}
    return {line: _now(item, digest(s)) for line, (s, item) in found.items() if item is not None}


def _now(item: Item, read: str) -> _Row:
    return _Row(item.case.matter.code, tuple(item.case.attention), taken=item.row_digest == read)
