"""Numbers of matters, as people write them on paper: ``KN26-000412``. The prefix is the country
pack's.
"""

from datetime import date

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
