"""New rows into a table: the text of the statement is made once, not for every row.

Taking a statement down inserts into eleven tables; composing each INSERT anew cost as much time as
the database needed to carry it out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED


@dataclass(frozen=True)
class Shape:
    """How a table is written to: its fields, the statement up to VALUES, and one row of marks."""

    fields: tuple["models.Field[object, object]", ...]
    head: str
    row: str


def insert(rows: Sequence[models.Model]) -> None:
    """Insert whole rows of one model in one statement, as they are: no default is computed here.

    What the database fills in itself (identity, generated columns, its own defaults) is left to it
    and not read back. Raises IntegrityError where a constraint says no.
    """
    if not rows:
        return
    shape = _shape(type(rows[0]))
    values = [
        f.get_db_prep_save(getattr(r, f.attname), connection) for r in rows for f in shape.fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(shape.head + ", ".join([shape.row] * len(rows)), values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as save() does


@cache
def _shape(model: type[models.Model]) -> Shape:
    meta = model._meta  # noqa: SLF001 - Django's documented way to a model's fields
    fields = tuple(field for field in meta.local_concrete_fields if _ours(field))
    name = connection.ops.quote_name
    columns = ", ".join(name(str(field.column)) for field in fields)
    head = f"INSERT INTO {name(meta.db_table)} ({columns}) VALUES "  # noqa: S608 - our own names
    return Shape(fields, head, f"({', '.join(_mark(field) for field in fields)})")


def _ours(field: "models.Field[object, object]") -> bool:
    return (
        not field.generated
        and field.db_default is NOT_PROVIDED
        and not isinstance(field, models.AutoField | models.BigAutoField)
    )


def _mark(field: "models.Field[object, object]") -> str:
    """The mark of one value; arrays and the like name their type beside it."""
    placeholder = getattr(field, "get_placeholder", None)
    return str(placeholder(None, None, connection)) if placeholder else "%s"
