"""Numbers of matters, as people write them on paper: ``KN26-000412``. The prefix is the country
pack's.
"""

from datetime import date
from uuid import UUID

from django.db import connection

from doithoai.core.identifiers import sealed_row
from doithoai.docket.models import Matter
from doithoai.ledger.inserting import insert, insert_drawn


def series(prefix: str, on: date) -> str:
    """The beginning of the codes of a kind and year: ``KN26-``. The database draws the rest when
    the matter is inserted.
    """
    return f"{prefix}{on:%y}-"


def insert_coded(matter: Matter) -> None:
    """Insert a matter; one whose code is only a series gets the next number of it, from 1 in each
    year. A number is lost only with a transaction that is rolled back.
    """
    if not matter.code.endswith("-"):
        insert([matter])
        return
    matter.code = insert_drawn(matter, column="code", drawn="docket_next_code(%s)")


# The row's own number is of no sequence: it would tell when the first of a sealed register came.
_NEXT = """
INSERT INTO docket_counter (id, body_id, register, year, last) VALUES (%s, %s, %s, %s, 1)
ON CONFLICT (body_id, register, year) DO UPDATE SET last = docket_counter.last + 1
RETURNING last
"""


def next_in_register(body: UUID, register: str, year: int) -> int:
    """The next number of a body's register in a year, from 1: no gap and no number twice.

    Whoever asks next waits for the end of this transaction: a number goes back with it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [sealed_row(), body, register, year])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])
