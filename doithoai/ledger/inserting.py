"""New rows into a table: the text of the statement is made once, not for every row.

Taking a statement down inserts into eleven tables; composing each INSERT anew cost as much time as
the database needed to carry it out.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.fields import NOT_PROVIDED

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

# The driver takes these as they are. Moments are not among them: Django looks for their time zone.
PLAIN: Final = frozenset({str, int, bool, UUID, date, type(None)})
Value = str | int | bool | UUID | date | None
WRAPPED: Final = (models.JSONField, ArrayField, models.BinaryField)


@dataclass(frozen=True)
class Column:
    """One column: where a row has its value, its field, which prepares it if it is ``wrapped``,
    and the mark that stands for it.
    """

    name: str
    field: "models.Field[object, object]"
    wrapped: bool
    mark: str

    def value(self, row: models.Model, at: "BaseDatabaseWrapper") -> Value:
        """The row's value as the driver takes it."""
        value: Value = getattr(row, self.name)
        if type(value) in PLAIN and not self.wrapped:
            return value
        prepared: Value = self.field.get_db_prep_save(value, at)
        return prepared


@dataclass(frozen=True)
class Shape:
    """How a table is written to: its columns, and the statement up to VALUES."""

    columns: tuple[Column, ...]
    head: str

    def marks(self, values: Sequence[object]) -> str:
        """One row of marks. What is empty is written out: the driver has less to take in."""
        given = zip(self.columns, values, strict=True)
        return f"({', '.join('NULL' if v is None else c.mark for c, v in given)})"


@contextmanager
def without_waiting() -> Iterator[None]:
    """Statements in here go to the database one behind the other; their answers are read together
    at the end, or as soon as rows are asked for. Taking a statement down then waits for three
    answers, not for thirteen.

    Only for ``insert``: how many rows an UPDATE met is not known in here. What a constraint says no
    to is raised at the end, as IntegrityError.
    """
    at = connections[DEFAULT_DB_ALIAS]
    at.ensure_connection()
    with at.wrap_database_errors, at.connection.pipeline():
        yield


def insert(rows: Sequence[models.Model], *, also: frozenset[str] = frozenset()) -> None:
    """Insert whole rows of one model in one statement, as they are: no default is computed here.

    What the database fills in itself (identity, generated columns, its own defaults) is left to it
    and not read back; the columns in ``also`` are given by the rows. Raises IntegrityError where a
    constraint says no.
    """
    if not rows:
        return
    shape, at = _shape(type(rows[0]), also), connections[DEFAULT_DB_ALIAS]
    values = [[column.value(row, at) for column in shape.columns] for row in rows]
    given = [value for row in values for value in row if value is not None]
    with at.cursor() as cursor:
        cursor.execute(shape.head + ", ".join(shape.marks(row) for row in values), given)
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 - as save() does


def insert_drawn(row: models.Model, *, column: str, drawn: str) -> str:
    """Insert one row in one statement; what the SQL expression ``drawn`` makes of the row's own
    value stands in ``column``, and is given back.
    """
    shape, at = _shape(type(row)), connections[DEFAULT_DB_ALIAS]
    values = [each.value(row, at) for each in shape.columns]
    columns = tuple(replace(c, mark=drawn) if c.name == column else c for c in shape.columns)
    text = f"{shape.head}{Shape(columns, shape.head).marks(values)} RETURNING {column}"
    with at.cursor() as cursor:
        cursor.execute(text, [value for value in values if value is not None])
        found = cursor.fetchone()
    assert found is not None, "an INSERT gives its row back"
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 - as save() does
    return str(found[0])


@cache
def _shape(model: type[models.Model], also: frozenset[str] = frozenset()) -> Shape:
    meta = model._meta  # noqa: SLF001 - Django's documented way to a model's fields
    fields = tuple(f for f in meta.local_concrete_fields if f.name in also or _ours(f))
    name = connection.ops.quote_name
    names = ", ".join(name(str(field.column)) for field in fields)
    head = f"INSERT INTO {name(meta.db_table)} ({names}) VALUES "  # noqa: S608 - our own names
    columns = tuple(Column(f.attname, f, isinstance(f, WRAPPED), _mark(f)) for f in fields)
    return Shape(columns, head)


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
