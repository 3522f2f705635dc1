"""Keeping things sealed, and changing the master key."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction

from doithoai.ledger.inserting import insert
from doithoai.vault.keys import NONCE, SIZE, wrapping
from doithoai.vault.models import DataKey, Mark, Part
from doithoai.vault.reading import UNSEALING, blinded, bound


@dataclass(frozen=True)
class Kept:
    """Something to keep: its name within the matter, which of that name it is, and its bytes."""

    name: str
    content: bytes
    turn: int = 0


def keep(matter: UUID, *kept: Kept) -> None:
    """Encrypt parts of a matter with its data key, made with the first of them.

    Raises IntegrityError where the matter has this part already: what was kept is not overwritten.
    """
    key = _key_of(matter)
    parts = []
    for each in kept:
        nonce = os.urandom(NONCE)
        sealed = AESGCM(key).encrypt(nonce, each.content, bound(matter, each.name, each.turn))
        part = Part(matter=matter, name=each.name, turn=each.turn, nonce=nonce, content=sealed)
        parts.append(part)
    insert(parts)


def mark(matter: UUID, named: Sequence[tuple[str, str]]) -> None:
    """Remember what names the person, pairs of kind and value: only a key finds them again."""
    insert([Mark(matter=matter, kind=kind, digest=blinded(kind, value)) for kind, value in named])


def destroy(matter: UUID) -> None:
    """A person was erased: the matter's key, parts and marks are gone. No role deletes them but by
    this.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT vault_forget(%s)", [matter])


def _key_of(matter: UUID) -> bytes:
    known = DataKey.objects.filter(matter=matter).first()
    if known is not None:
        return wrapping().unwrap(known.master, bytes(known.wrapped), matter)
    key = os.urandom(SIZE)
    master, wrapped = wrapping().wrap(key, matter)
    insert([DataKey(matter=matter, master=master, wrapped=wrapped)])
    return key


def rotate() -> int:
    """Wrap every data key with the master key in use now; how many were wrapped anew.

    Run again after a stop, it goes on where it was. Nothing encrypted is touched: the old master
    key may be destroyed once this says 0.
    """
    known = DataKey.objects.using(UNSEALING).exclude(master=wrapping().current())
    done = 0
    for pk in list(known.values_list("pk", flat=True)):
        with transaction.atomic(using=UNSEALING):
            key = DataKey.objects.using(UNSEALING).select_for_update().get(pk=pk)
            plain = wrapping().unwrap(key.master, bytes(key.wrapped), key.matter)
            key.master, key.wrapped = wrapping().wrap(plain, key.matter)
            key.save(using=UNSEALING, update_fields=["master", "wrapped"])
            done += 1
    return done
