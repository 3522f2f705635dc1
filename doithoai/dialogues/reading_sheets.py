"""From a file to what it says: tables found, columns mapped, rows understood."""

from collections.abc import Mapping as Names
from datetime import date

from django.utils.translation import gettext as _

from doithoai.core.errors import Invalid
from doithoai.dialogues.sheets import header, reading
from doithoai.dialogues.sheets.header import Column, Mapping
from doithoai.dialogues.sheets.messages import SheetError
from doithoai.dialogues.sheets.statements import Parsed, parse
from doithoai.dialogues.sheets.tables import Table


def find_tables(name: str, data: bytes) -> list[tuple[Table, Mapping]]:
    """The tables of a file that hold statements, with the mapping proposed. Raises Invalid with a
    sentence.
    """
    try:
        return header.find_all(reading.read(name, data))
    except SheetError as trouble:
        raise Invalid(_(trouble.message) % trouble.params) from None


def remapped(mapping: Mapping, chosen: Names[str, int]) -> Mapping:
    """The mapping as the clerk changed it: column name → place, -1 for none. Raises Invalid."""
    # Else another column could take the text's old place before the text has a new one.
    text_first = sorted(chosen.items(), key=lambda each: each[0] != Column.TEXT)
    try:
        for name, place in text_first:
            mapping = mapping.placed(Column(name), place if place >= 0 else None)
    except SheetError as trouble:
        raise Invalid(_(trouble.message) % trouble.params) from None
    return mapping


def read_list(
    name: str, data: bytes, *, held_on: date | None = None, chosen: Names[str, int] | None = None
) -> Parsed:
    """All statements of a file, of all its tables, in one list. Raises Invalid."""
    parts: list[Parsed] = []
    keys: set[str] = set()
    for table, proposed in find_tables(name, data):
        mapping = remapped(proposed, chosen) if chosen else proposed
        part = parse(table, mapping, held_on=held_on, taken=keys)
        keys |= {s.key for s in part.statements}
        parts.append(part)
    found = Parsed(
        tuple(s for p in parts for s in p.statements),
        tuple(r for p in parts for r in p.refused),
        tuple(s for p in parts for s in p.skipped),
        tuple(g for p in parts for g in p.groups),
        next((p.held_on for p in parts if p.held_on), None),
    )
    if not (found.statements or found.refused):
        raise Invalid(_("No row with a statement was found in the file."))
    return found
