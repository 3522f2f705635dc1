"""Every write to the ledger: entries, their numbers, receipts."""

import hmac
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.days import coarse
from doithoai.core.errors import Invalid, NotFound
from doithoai.core.events import Event
from doithoai.core.identifiers import (
    code_from,
    digits_of,
    is_code,
    is_sealed_code,
    new_code,
    new_sealed_code,
    new_secret,
    row_id,
    sealed_id,
    secret_from,
    uuid7,
)
from doithoai.ledger import digests
from doithoai.ledger.inserting import insert
from doithoai.ledger.models import Entry, Receipt, Salt

TRIES = 5
CLOSED_FOR = timedelta(hours=1)
LEEWAY = timedelta(minutes=2)
DAY_ALONE: Final = frozenset({"entered_at", "ordinal"})  # given for a sealed matter's entries only


@dataclass(frozen=True)
class Dimensions:
    """What the matter was when it happened, so that a later reclassification changes no figure."""

    matter: UUID | None = None
    procedure: str = ""
    body: UUID | None = None
    place: UUID | None = None
    field: str = ""
    channel: str = ""
    sealed: bool = False  # then the entry tells its day and no moment

    def columns(self) -> Mapping[str, UUID | str | None]:
        """As the entry keeps them."""
        return {name: value for name, value in vars(self).items() if name != "sealed"}


NOTHING = Dimensions()


@dataclass(frozen=True)
class Issued:
    """A receipt as it is handed over; the code and the secret exist nowhere else."""

    id: UUID
    code: str
    secret: str


def record(
    event: Event,
    *,
    by: Actor,
    at: datetime,
    dimensions: Dimensions = NOTHING,
    content: Sequence[str | bytes] = (),
) -> Entry:
    """Append an entry with its commitment; ``content`` is what people said, texts and files.

    Raises Invalid when ``at`` lies in the future.
    """
    return record_all([Item(event, dimensions, tuple(content))], by=by, at=at)[0]


@dataclass(frozen=True)
class Item:
    """One entry to be appended with others in the same statement."""

    event: Event
    dimensions: Dimensions = NOTHING
    content: tuple[str | bytes, ...] = ()


def record_all(items: Sequence[Item], *, by: Actor, at: datetime) -> list[Entry]:
    """Append several entries in two statements; of a sealed matter in one more, which looks for
    their place in it.
    """
    if at > datetime.now(tz=at.tzinfo) + LEEWAY:
        raise Invalid(_("The moment given lies in the future. Give a moment that has passed."))
    made = [_make(item, os.urandom(32), by, at) for item in items]
    entries = [entry for entry, _salt in made]
    for entry, ordinal in zip(entries, _ordinals(items), strict=True):
        entry.ordinal = ordinal
    insert([entry for entry in entries if not entry.ordinal])
    insert([_of_its_day(entry) for entry in entries if entry.ordinal], also=DAY_ALONE)
    insert([salt for _entry, salt in made])
    return entries


def _ordinals(items: Sequence[Item]) -> Iterator[int]:
    """The place of each among the sealed entries of its matter, whose row is locked; else 0."""
    last: dict[UUID | None, int] = {}
    for where in (item.dimensions for item in items):
        if not where.sealed:
            yield 0
            continue
        if where.matter not in last:
            found = Entry.objects.filter(matter=where.matter).aggregate(last=Max("ordinal"))
            last[where.matter] = found["last"] or 0
        last[where.matter] += 1
        yield last[where.matter]


def _of_its_day(entry: Entry) -> Entry:
    entry.entered_at = coarse(datetime.now(tz=UTC))
    return entry


def _make(item: Item, salt: bytes, by: Actor, at: datetime) -> tuple[Entry, Salt]:
    facts = item.event.facts()
    content = [digests.content_digest(salt, c) for c in item.content]
    entry = Entry(
        id=row_id(sealed=item.dimensions.sealed),
        kind=item.event.name,
        actor_kind=by.kind,
        actor=by.ref,
        post=by.post,
        standing_in_for=by.standing_in_for,
        at=at,
        data=facts,
        content=content,
        digest=digests.entry_digest(salt, item.event.name, facts, content),
        **item.dimensions.columns(),
    )
    return entry, Salt(entry=entry.id, salt=salt)


_NUMBER = """
WITH last AS (SELECT coalesce(max(s.seq), 0) AS seq FROM ledger_sequence s WHERE s.seq > 0),
     since AS (SELECT max(e.entered_at) - interval '1 hour' AS moment
               FROM ledger_entry e JOIN ledger_sequence s ON s.entry = e.id
               WHERE s.seq = (SELECT seq FROM last)),
     fresh AS (SELECT e.id FROM ledger_entry e
               WHERE e.ordinal = 0 AND ((SELECT moment FROM since) IS NULL
                  OR e.entered_at >= (SELECT moment FROM since)))
INSERT INTO ledger_sequence (seq, entry)
SELECT (SELECT seq FROM last) + row_number() OVER (ORDER BY f.id), f.id
FROM fresh f LEFT JOIN ledger_sequence s ON s.entry = f.id
WHERE s.entry IS NULL
"""
_NUMBER_SEALED = """
WITH last AS (SELECT coalesce(min(s.seq), 0) AS seq FROM ledger_sequence s WHERE s.seq < 0),
     since AS (SELECT max(e.entered_at) - interval '2 days' AS moment
               FROM ledger_entry e JOIN ledger_sequence s ON s.entry = e.id
               WHERE s.seq = (SELECT seq FROM last)),
     fresh AS (SELECT e.id FROM ledger_entry e
               WHERE e.ordinal > 0 AND ((SELECT moment FROM since) IS NULL
                  OR e.entered_at >= (SELECT moment FROM since)))
INSERT INTO ledger_sequence (seq, entry)
SELECT (SELECT seq FROM last) - row_number() OVER (ORDER BY f.id), f.id
FROM fresh f LEFT JOIN ledger_sequence s ON s.entry = f.id
WHERE s.entry IS NULL
"""


@transaction.atomic
def number_entries() -> int:
    """Give every committed entry its place in the sequence; one run at a time (advisory lock).

    Entries of sealed matters count down from -1, without a gap either: the others' numbers, which
    reports print, tell neither that there are any nor how many. No transaction may last an hour
    (the roles' timeouts see to it), so older ones need no second look.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger.sequence'))")
        cursor.execute(_NUMBER)
        given = int(cursor.rowcount)
        cursor.execute(_NUMBER_SEALED)
        return given + int(cursor.rowcount)


def forget(entry: UUID) -> None:
    """Delete an entry's salt: the proof stays whole and says nothing any more about the person."""
    forget_all([entry])


def forget_all(entries: Sequence[UUID]) -> int:
    """The same for several entries; how many salts there were. Called by erasure only."""
    there = Salt.objects.filter(entry__in=entries).count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_forget(e) FROM unnest(%s::uuid[]) e", [list(entries)])
    return there


def kill_receipts(about: UUID, *, at: datetime) -> None:
    """Every slip for a submission is dead from this moment, and none is issued in its place."""
    Receipt.objects.filter(about=about, dead_at=None).update(dead_at=at)


def issue_receipt(about: UUID, *, at: datetime, drawn: str = "") -> Issued:
    """Hand out a code and a secret for a submission.

    ``drawn`` is what the person's own form drew once, kept nowhere here: the code and the secret
    follow from it and the pepper, so that ``recall_receipt`` can show them to the same form again.
    """
    code, secret = _drawn_from(drawn, about) if drawn else (new_code(), new_secret())
    issued = Issued(uuid7(), code, secret)
    insert([_receipt(issued, about, at)])
    return issued


def issue_sealed_receipt(about: UUID, *, at: datetime) -> Issued:
    """Hand out the twenty digits and the secret of a sealed matter. Give ``at`` coarse: the row's
    own number tells no time.
    """
    issued = Issued(sealed_id(), new_sealed_code(), new_secret())
    insert([_receipt(issued, about, at)])
    return issued


def open_sealed_receipt(code: str, secret: str, *, at: datetime) -> Receipt:
    """The receipt of a sealed matter these digits belong to; the same guards as ``open_receipt``.

    Raises NotFound.
    """
    typed = digits_of(code)
    receipt = _try_receipt(typed if is_sealed_code(typed) else "-", digits_of(secret), at)
    if receipt is None:
        raise NotFound(
            _(
                "Nothing answers to this code and secret. Check the twenty digits and the six "
                "digits on your slip. After five wrong tries a code is closed for an hour."
            )
        )
    return receipt


def issue_receipts(abouts: Sequence[UUID], *, at: datetime) -> list[Issued]:
    """Hand out receipts for many submissions in one statement."""
    issued = [Issued(uuid7(), new_code(), new_secret()) for _about in abouts]
    Receipt.objects.bulk_create(
        _receipt(each, about, at) for each, about in zip(issued, abouts, strict=True)
    )
    return issued


def _receipt(issued: Issued, about: UUID, at: datetime) -> Receipt:
    return Receipt(
        id=issued.id,
        code_hash=digests.keyed(settings.RECEIPT_PEPPER, issued.code),
        secret_hash=digests.keyed(settings.RECEIPT_PEPPER, issued.code + issued.secret),
        about=about,
        issued_at=at,
    )


def _drawn_from(drawn: str, about: UUID) -> tuple[str, str]:
    key = digests.keyed(settings.RECEIPT_PEPPER, f"drawn:{about}:{drawn}")
    return code_from(int.from_bytes(key[:16])), secret_from(int.from_bytes(key[16:]))


def recall_receipt(about: UUID, *, drawn: str) -> Issued | None:
    """The receipt issued for what the form drew, if it still holds."""
    code, secret = _drawn_from(drawn, about)
    found = Receipt.objects.filter(
        code_hash=digests.keyed(settings.RECEIPT_PEPPER, code), about=about, dead_at=None
    ).first()
    return Issued(found.pk, code, secret) if found else None


@transaction.atomic
def reissue_receipt(about: UUID, *, at: datetime) -> Issued:
    """A lost slip is replaced; the old code and secret are dead from this moment."""
    kill_receipts(about, at=at)
    return issue_receipt(about, at=at)


def open_receipt(code: str, secret: str, *, at: datetime) -> Receipt:
    """The receipt these digits belong to.

    The same answer and the same work whether or not the code exists; five wrong secrets close a
    code for an hour. Raises NotFound.
    """
    typed = digits_of(code)
    receipt = _try_receipt(typed if is_code(typed) else "-", digits_of(secret), at)
    if receipt is None:
        raise NotFound(
            _(
                "No case answers to this code and secret. Check the twelve "
                "digits and the six digits "
                "on your slip. After five wrong tries a code is closed for an hour."
            )
        )
    return receipt


@transaction.atomic
def _try_receipt(code: str, secret: str, at: datetime) -> Receipt | None:
    """One look-up, one comparison and one write for every try."""
    pepper = settings.RECEIPT_PEPPER
    wanted = digests.keyed(pepper, code)
    found = (
        Receipt.objects.select_for_update(no_key=True)
        .filter(code_hash=wanted, dead_at=None)
        .first()
    )
    shown = bytes(found.secret_hash) if found else digests.keyed(pepper, "nothing")
    right = hmac.compare_digest(shown, digests.keyed(pepper, code + secret))
    closed = bool(found and found.closed_until and found.closed_until > at)
    tries = 0 if right else (found.wrong_tries + 1 if found else 1)
    shut = at + CLOSED_FOR if tries >= TRIES else None
    if not closed:
        Receipt.objects.filter(pk=found.pk if found else uuid7()).update(
            wrong_tries=0 if shut else tries, closed_until=shut
        )
    return found if right and not closed else None
