"""Reading what is sealed, through the one database role that may, on its own connection.

Whoever calls this has unsealed the matter by a command that is entered (docket.unsealing).
"""

import hmac
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from doithoai.core.collation import folded
from doithoai.vault.keys import Locked, wrapping
from doithoai.vault.models import DataKey, Mark, Part

UNSEALING = "unseal"  # the connection's name in settings.DATABASES


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
    plain = "".join(folded(value).split())
    return hmac.new(wrapping().blinding(), f"{kind}\n{plain}".encode(), sha256).digest()


def bound(matter: UUID, name: str, turn: int) -> bytes:
    """What a part is tied to: put elsewhere, it does not open."""
    return f"{matter}\n{name}\n{turn}".encode()
