"""A kept file before it is imported: its header, its columns, and what every line will become."""

import re
from collections.abc import Collection, Sequence
from collections.abc import Mapping as Names
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doithoai.cases import suspicions
from doithoai.cases.workflow import Outcome
from doithoai.cases.workflow import State as CaseState
from doithoai.core.actors import Actor
from doithoai.core.collation import folded
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid
from doithoai.core.sentences import Sentence
from doithoai.dialogues import rows
from doithoai.dialogues.commands import importing
from doithoai.dialogues.commands.hall import OTHER, acting
from doithoai.dialogues.commands.missing import undecided
from doithoai.dialogues.models import Item, Sheet
from doithoai.dialogues.reading_sheets import find_tables, read_list, remapped
from doithoai.dialogues.rows import Ground
from doithoai.dialogues.sheets.comparing import Comparison, FieldChange
from doithoai.dialogues.sheets.content import Statement
from doithoai.dialogues.sheets.header import Column, Mapping
from doithoai.dialogues.sheets.lines import Why
from doithoai.dialogues.sheets.naming import How, match
from doithoai.dialogues.sheets.statements import Parsed
from doithoai.dialogues.sheets.tables import Table
from doithoai.files.queries import content
from doithoai.theme.formatting import day
from doithoai.units.models import Field
from doithoai.units.queries import field_label

SAMPLES = 3
_ISO = re.compile(r"\d{4}-\d\d-\d\d")

COLUMNS = {
    Column.NUMBER: gettext_lazy("Running number"),
    Column.TEXT: gettext_lazy("Content of the recommendation"),
    Column.SPEAKER: gettext_lazy("Who spoke"),
    Column.PLACE: gettext_lazy("Village or address"),
    Column.FIELD: gettext_lazy("Field"),
    Column.LEAD: gettext_lazy("Lead body"),
    Column.COORDINATING: gettext_lazy("Coordinating bodies"),
    Column.DUE: gettext_lazy("Date set by the conclusion"),
    Column.ANSWER: gettext_lazy("Answer given"),
    Column.RESULT: gettext_lazy("Result"),
    Column.DOCUMENT: gettext_lazy("Number and date of the document"),
    Column.DOCUMENT_DATE: gettext_lazy("Date of the document"),
    Column.NOTE: gettext_lazy("Note"),
    Column.CODE: gettext_lazy("Code of the recommendation"),
}
HOW = {
    How.EXACT: gettext_lazy("same name"),
    How.ALIAS: gettext_lazy("another way to write its name"),
    How.FORMER: gettext_lazy("name of a unit before the merger"),
    How.PLACE: gettext_lazy("name without the place"),
    How.FUZZY: gettext_lazy("similar spelling: please check"),
}
WHY_SKIPPED = {
    Why.GROUP: gettext_lazy("heading of a group"),
    Why.BLANK: gettext_lazy("empty line"),
    Why.TOTAL: gettext_lazy("total line"),
    Why.TITLE: gettext_lazy("title or signature"),
    Why.HEADER: gettext_lazy("header of the table"),
    Why.REPEATED_HEADER: gettext_lazy("header repeated on another page"),
}


@dataclass(frozen=True)
class SheetColumn:
    """A column of the file: its place from 0, its heading, some cells, and what it is taken for."""

    place: int
    heading: str
    samples: tuple[str, ...]
    taken_for: str


@dataclass(frozen=True)
class Lead:
    """The lead body a row will go to, or why it goes to nobody yet."""

    written: str
    body: str = ""
    how: str = ""


@dataclass(frozen=True)
class Foreseen:
    """One line of the file and what it will become."""

    statement: Statement
    who: str
    field: str
    lead: Lead
    outcome: str
    attention: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One value that is different now, named as its column is."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Changed:
    """A line known from before: old and new side by side."""

    line: int
    code: str
    text: str
    fields: tuple[Difference, ...]
    attention: tuple[str, ...] = ()


@dataclass(frozen=True)
class LineNote:
    """A line that is left out, and why; ``code`` is the case it stands for, if there is one."""

    line: int
    text: str
    why: str
    code: str = ""


@dataclass(frozen=True)
class Gone:
    """Rows imported before that this file no longer has: to be decided on now, decided before,
    or ended meanwhile.
    """

    asked: tuple[LineNote, ...] = ()
    decided: tuple[LineNote, ...] = ()

    def __len__(self) -> int:
        """All of them."""
        return len(self.asked) + len(self.decided)


@dataclass(frozen=True)
class Preview:
    """Everything the clerk looks at before the import."""

    header_lines: tuple[int, ...]
    columns: tuple[SheetColumn, ...]
    tables: int
    rows: tuple[Foreseen, ...]
    changed: tuple[Changed, ...]
    unchanged: int
    gone: Gone
    refused: tuple[LineNote, ...]
    skipped: tuple[LineNote, ...]
    trouble: str = ""

    @property
    def attention(self) -> int:
        """How many rows, new or changed, a person will have to look at."""
        new = sum(bool(row.attention) for row in self.rows)
        return new + sum(bool(row.attention) for row in self.changed)


def preview(sheet: Sheet, *, today: date, seen_by: Actor) -> Preview:
    """What importing this file will do, row by row. Nothing is written."""
    data = content(sheet.stored)
    chosen: Names[str, int] | None = sheet.mapping or None
    tables = find_tables(sheet.name, data)
    table, proposed = tables[0]
    mapping = remapped(proposed, chosen) if chosen else proposed
    parsed = read_kept(sheet, data, chosen)
    if isinstance(parsed, str):
        columns = _columns(table, mapping, ())
        return Preview(
            mapping.header_lines, columns, len(tables), (), (), 0, Gone(), (), (), parsed
        )
    found = importing.against(sheet.dialogue, parsed, seen_by=seen_by)
    kept_out = _kept_out(found)
    without = {statement.line for statement in found.closed} | {note.line for note in kept_out}
    columns = _columns(table, mapping, without)
    described = partial(Preview, mapping.header_lines, columns, len(tables))
    here = rows.ground(sheet.dialogue, parsed, today=today)
    return described(
        _foreseen([s for s in found.new if rows.secret(s) is None], here, today), _changed(found),
        len(found.unchanged) + len(found.closed), _gone(found, sheet, seen_by),
        tuple(LineNote(r.line, "", str(Sentence(r.message, r.params))) for r in parsed.refused)
        + kept_out,
        _left_out(parsed, found),
    )  # fmt: skip


def _kept_out(found: Comparison) -> tuple[LineNote, ...]:
    """Rows with the mark of a state secret: their line and why, not a word of them."""
    coming = (*found.new, *(change.statement for change in found.changed))
    reasons = ((each.line, rows.secret(each)) for each in coming)
    return tuple(LineNote(line, "", str(why)) for line, why in reasons if why is not None)


def _left_out(parsed: Parsed, found: Comparison) -> tuple[LineNote, ...]:
    return (
        *(LineNote(s.line, s.text, str(WHY_SKIPPED[s.why])) for s in parsed.skipped),
        *(LineNote(statement.line, "", str(rows.closed_row())) for statement in found.closed),
    )


def read_kept(sheet: Sheet, data: bytes, chosen: Names[str, int] | None) -> Parsed | str:
    """The rows, or the sentence that says why there are none: the columns can still be chosen."""
    held_on = local_day(sheet.dialogue.starts_at)
    try:
        return read_list(sheet.name, data, held_on=held_on, chosen=chosen)
    except Invalid as refusal:
        return refusal.message


def _columns(table: Table, mapping: Mapping, without: Collection[int]) -> tuple[SheetColumn, ...]:
    taken = {place: column for column, place in mapping.columns.items()}
    first = mapping.header_lines[-1]
    below = [row for row in table.rows if row.line > first and row.line not in without]
    return tuple(
        SheetColumn(
            place=place,
            heading=heading,
            samples=tuple(text for row in below if (text := row.text(place)))[:SAMPLES],
            taken_for=str(taken.get(place, "")),
        )
        for place, heading in enumerate(mapping.headings)
    )


def _foreseen(new: Sequence[Statement], here: Ground, today: date) -> tuple[Foreseen, ...]:
    fields = {field.code: field_label(field) for field in Field.objects.all()}
    names = {candidate.id: candidate.name for candidate in here.bodies}
    leads = {lead for s in new if (lead := rows.lead_of(s, here)[0])}
    silent = leads - acting(leads, today=today)
    return tuple(
        replace(row, attention=(*row.attention, *map(str, _unsent(row.statement, here, silent))))
        for row in (_row(statement, here, fields, names) for statement in new)
    )


def _unsent(statement: Statement, here: Ground, silent: Collection[UUID]) -> list[Sentence]:
    """A lead body for which nobody acts here will have to be written to."""
    lead = rows.lead_of(statement, here)[0]
    if lead not in silent or statement.outcome or rows.suspected(statement):
        return []
    name = next(body.name for body in here.bodies if body.id == str(lead))
    return [rows.by_letter(name)]


def _row(
    statement: Statement, here: Ground, fields: Names[str, str], names: Names[str, str]
) -> Foreseen:
    code = here.fields[statement.field] or OTHER
    return Foreseen(
        statement=statement,
        who=_who(statement),
        field=fields.get(code, ""),
        lead=_lead(statement, here, names),
        outcome=str(Outcome(statement.outcome.value).label) if statement.outcome else "",
        attention=tuple(map(str, _attention(statement, here))),
    )


def _who(statement: Statement) -> str:
    raw, place = statement.speaker.raw, statement.speaker.place
    return raw if folded(place) in folded(raw) else ", ".join(filter(None, (raw, place)))


def _lead(statement: Statement, here: Ground, names: Names[str, str]) -> Lead:
    written = "; ".join(statement.lead)
    if not statement.lead or statement.out_of_competence:
        return Lead(written)
    found = match(statement.lead[0], here.bodies)
    return Lead(written, names.get(found.id or "", ""), str(HOW.get(found.how, "")))


def _attention(statement: Statement, here: Ground) -> list[Sentence]:
    """What the import will leave for a person, said before it is done."""
    reasons = rows.odd(statement) + rows.unknown_village(statement, here)
    answered = rows.settled_already(statement)
    other = suspicions.other_procedure(statement.text)
    if other != "none" and not answered:
        return [*reasons, rows.looks_like(other)]
    if answered and not statement.documents:
        reasons.append(rows.without_document())
    if not answered and suspicions.urgent(statement.text):
        reasons.append(rows.urgency())
    if statement.field and not here.fields[statement.field]:
        reasons.append(rows.unknown_field(statement.field))
    return reasons + rows.lead_of(statement, here)[1] + rows.unknown_others(statement, here)


def _changed(found: Comparison) -> tuple[Changed, ...]:
    return tuple(
        Changed(
            c.statement.line,
            c.known.code,
            c.statement.text,
            tuple(map(_difference, c.fields)),
            tuple(map(str, rows.odd(c.statement))),
        )
        for c in found.changed
        if rows.secret(c.statement) is None
    )


def _difference(change: FieldChange) -> Difference:
    """Column names of the sheet as they are called on screen; an outcome in words."""
    known = set(Column)
    label = str(COLUMNS[Column(change.field)]) if change.field in known else change.field
    return Difference(
        label, _readable(change.field, change.old), _readable(change.field, change.new)
    )


def _readable(field: str, value: str) -> str:
    if field == Column.RESULT and value in set(Outcome):
        return str(Outcome(value).label)
    return (
        day(date.fromisoformat(value)) if field == Column.DUE and _ISO.fullmatch(value) else value
    )


def gone(sheet: Sheet, *, seen_by: Actor) -> Gone:
    """Only what the file no longer has. Nothing is written."""
    parsed = read_kept(sheet, content(sheet.stored), sheet.mapping or None)
    if isinstance(parsed, str):
        return Gone()
    return _gone(importing.against(sheet.dialogue, parsed, seen_by=seen_by), sheet, seen_by)


def _gone(found: Comparison, sheet: Sheet, seen_by: Actor) -> Gone:
    codes = [row.code for row in found.gone]
    rows = sheet.dialogue.items.readable(seen_by).select_related("missing", "case__matter")
    items = {item.case.matter.code: item for item in rows.filter(case__matter__code__in=codes)}
    asked = {item.case.matter.code for item in undecided(rows, codes)}
    notes = [
        LineNote(0, row.values.get("text", ""), _fate(items[row.code]), row.code)
        for row in found.gone
        if row.code in items
    ]
    return Gone(
        tuple(note for note in notes if note.code in asked),
        tuple(note for note in notes if note.code not in asked),
    )


def _fate(item: Item) -> str:
    """Why nobody is asked about a row any more: what it ended as, or that it was kept."""
    if item.case.final:
        return str(CaseState(item.case.state).label)
    return str(_("kept as it is"))
