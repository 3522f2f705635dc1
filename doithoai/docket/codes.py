"""Numbers of matters, as people write them on paper: ``KN26-000412``. The prefix is the country
pack's.
"""

from datetime import date
from uuid import UUID

from django.db import connection

BLOCK = 100
_block: list[int] = []


def next_code(prefix: str, on: date) -> str:
    """The next free number of this installation; a process takes them a hundred at a time."""
    if not _block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('docket_code')")
            row = cursor.fetchone()
        assert row is not None
        first = int(row[0])
        _block.extend(range(first + BLOCK - 1, first - 1, -1))
    return f"{prefix}{on:%y}-{_block.pop():06d}"


_NEXT = """
INSERT INTO docket_counter (body_id, register, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (body_id, register, year) DO UPDATE SET last = docket_counter.last + 1
RETURNING last
"""


def next_in_register(body: UUID, register: str, year: int) -> int:
    """The next number of a body's register in a year, from 1: no gap and no number twice.

    Whoever asks next waits for the end of this transaction: a number goes back with it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [body, register, year])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])
