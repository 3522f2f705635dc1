"""Whether the ledger is whole: every entry says what it was sealed with, and none is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from doithoai.ledger import digests
from doithoai.ledger.models import Entry, Salt, Sequence

AT_ONCE: Final = 2000  # rows


@dataclass(frozen=True)
class Verdict:
    """What was looked at, and ids of what is wrong.

    ``changed`` no longer fit their digest; ``unproved`` have no salt; ``missing`` numbers of the
    sequence have no entry or were left out; ``waiting`` entries have no number yet.
    """

    entries: int
    changed: tuple[UUID, ...]
    unproved: tuple[UUID, ...]
    missing: tuple[int, ...]
    waiting: int


def with_salts() -> QuerySet[Entry]:
    """Every entry, oldest first, with its salt, None once that was deleted."""
    salt = Salt.objects.filter(entry=OuterRef("pk")).values("salt")[:1]
    return Entry.objects.annotate(salt=Subquery(salt)).order_by("pk")


def verified(entries: Iterator[Entry]) -> Verdict:
    """Compute every digest again, of ``with_salts`` entries, and count the sequence through."""
    looked_at, changed, unproved = 0, [], []
    for entry in entries:
        looked_at += 1
        salt = getattr(entry, "salt", None)
        if salt is None:
            unproved.append(entry.pk)
        elif not _fits(entry, bytes(salt)):
            changed.append(entry.pk)
    return Verdict(looked_at, tuple(changed), tuple(unproved), _missing(), _waiting())


def _fits(entry: Entry, salt: bytes) -> bool:
    found = digests.entry_digest(salt, entry.kind, entry.data, entry.content)
    return found == bytes(entry.digest)


def _missing() -> tuple[int, ...]:
    """Numbers without an entry, and those left out; the first thousand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n FROM generate_series((SELECT least(min(seq), 0) FROM ledger_sequence),"
            " (SELECT greatest(max(seq), 0) FROM ledger_sequence)) n"
            " LEFT JOIN ledger_sequence s ON s.seq = n LEFT JOIN ledger_entry e ON e.id = s.entry"
            " WHERE e.id IS NULL AND n <> 0 ORDER BY n LIMIT 1000"
        )
        return tuple(int(row[0]) for row in cursor.fetchall())


def _waiting() -> int:
    numbered = Sequence.objects.filter(entry=OuterRef("pk"))
    return Entry.objects.exclude(Exists(numbered)).count()
