"""Reading what is sealed, through the one database role that may, on its own connection.

Whoever calls this has unsealed the matter by a command that is entered (docket.unsealing).
"""

import hmac
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from doithoai.core.collation import folded
from doithoai.vault.keys import Locked, wrapping
from doithoai.vault.models import DataKey, Mark, Part

UNSEALING = "unseal"  # the connection's name in settings.DATABASES
LONGEST_RUN: Final = 12  # words of a name or an address
_WORD = re.compile(r"\w+")


def parts_of(matter: UUID, *, names: tuple[str, ...] = ()) -> dict[tuple[str, int], bytes]:
    """The matter's parts in clear, by name and turn; only these names if any are given.

    Raises Locked when the master key does not open them, or a part was changed in the database.
    """
    key = DataKey.objects.using(UNSEALING).filter(matter=matter).first()
    if key is None:
        return {}
    plain = AESGCM(wrapping().unwrap(key.master, bytes(key.wrapped), matter))
    wanted = Part.objects.using(UNSEALING).filter(matter=matter)
    parts = wanted.filter(name__in=names) if names else wanted
    return {(p.name, p.turn): _opened(plain, p) for p in parts.order_by("name", "turn")}


def holds(matter: UUID) -> bool:
    """Whether anything of this matter is kept here. The web's own role may ask."""
    return DataKey.objects.filter(matter=matter).exists()


def names_somebody_in(matters: Sequence[UUID], text: str) -> bool:
    """Whether a text names a person these matters are marked with: by a name of several words, a
    telephone number, an identity number, an address. Only digests are compared.
    """
    marks = Mark.objects.using(UNSEALING).filter(matter__in=matters)
    known = {(kind, bytes(digest)) for kind, digest in marks.values_list("kind", "digest")}
    kinds = {kind for kind, _digest in known}
    return any((k, blinded(k, run)) in known for run in _runs(text) for k in kinds)


def _runs(text: str) -> Iterator[str]:
    """Every run of up to a dozen words, for a mark may be a name or a whole address."""
    words = _WORD.findall(folded(text))
    for start in range(len(words)):
        for length in range(1, LONGEST_RUN + 1):
            if start + length <= len(words):
                yield "".join(words[start : start + length])


def _opened(key: AESGCM, part: Part) -> bytes:
    associated = bound(part.matter, part.name, part.turn)
    try:
        return key.decrypt(bytes(part.nonce), bytes(part.content), associated)
    except InvalidTag:
        raise Locked("A sealed part was changed in the database and does not open.") from None


def same(kind: str, value: str) -> list[UUID]:
    """The matters marked with this value."""
    found = Mark.objects.using(UNSEALING).filter(kind=kind, digest=blinded(kind, value))
    return sorted(set(found.values_list("matter", flat=True)))


def blinded(kind: str, value: str) -> bytes:
    """HMAC-SHA256 of the value without accents, case or spaces, under the blinding secret."""
    plain = "".join(_WORD.findall(folded(value)))
    return hmac.new(wrapping().blinding(), f"{kind}\n{plain}".encode(), sha256).digest()


def bound(matter: UUID, name: str, turn: int) -> bytes:
    """What a part is tied to: put elsewhere, it does not open."""
    return f"{matter}\n{name}\n{turn}".encode()
