"""Master keys: from the environment, or from a key service through an adapter.

A data key is wrapped with AES-256-GCM (NIST SP 800-38D), bound to its matter as associated data, so
that a wrapped key moved to another row opens nothing.
"""

import os
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

NONCE = 12  # bytes, as SP 800-38D advises
SIZE = 32  # bytes: AES-256


class Locked(Exception):
    """What was kept does not open: the master key is missing or wrong, or it was changed."""


class Wrapping(Protocol):
    """Something that wraps data keys: local master keys, or a province's key service.

    ``settings.VAULT_WRAPPING`` names the class; it is made without arguments.
    """

    def wrap(self, key: bytes, matter: UUID) -> tuple[str, bytes]:
        """The name of the master key in use, and the key of 32 bytes as only it can open."""

    def unwrap(self, master: str, wrapped: bytes, matter: UUID) -> bytes:
        """The key again. Raises Locked."""

    def current(self) -> str:
        """The name of the master key that wraps from now on."""

    def blinding(self) -> bytes:
        """The secret of 32 bytes behind the marks; it never changes, or nobody is found again."""


@dataclass(frozen=True)
class LocalKeys:
    """Master keys named in the environment; the first wraps, all of them open."""

    keys: Mapping[str, bytes]
    secret: bytes

    def wrap(self, key: bytes, matter: UUID) -> tuple[str, bytes]:
        """See Wrapping."""
        nonce = os.urandom(NONCE)
        name = self.current()
        return name, nonce + AESGCM(self.keys[name]).encrypt(nonce, key, matter.bytes)

    def unwrap(self, master: str, wrapped: bytes, matter: UUID) -> bytes:
        """See Wrapping."""
        if master not in self.keys:
            said = _("The master key %(name)s is not among DOITHOAI_VAULT_KEYS.")
            raise Locked(said % {"name": master})
        try:
            return AESGCM(self.keys[master]).decrypt(wrapped[:NONCE], wrapped[NONCE:], matter.bytes)
        except InvalidTag:
            said = _("The master key %(name)s is not the one that wrapped this.")
            raise Locked(said % {"name": master}) from None

    def current(self) -> str:
        """See Wrapping."""
        return next(iter(self.keys))

    def blinding(self) -> bytes:
        """See Wrapping."""
        return self.secret


def from_environment() -> LocalKeys:
    """``DOITHOAI_VAULT_KEYS`` is ``name:base64,name:base64``: 32 bytes each, the newest first.

    Raises ImproperlyConfigured when a key is not 32 bytes or two have one name.
    """
    found = [_one(word) for word in settings.VAULT_KEYS]
    if not found or len({name for name, _key in found}) != len(found):
        raise ImproperlyConfigured(
            _("DOITHOAI_VAULT_KEYS names no key, or one name twice; write name:base64,name:base64.")
        )
    return LocalKeys(dict(found), sha256(settings.VAULT_BLINDING.encode()).digest())


def _one(word: str) -> tuple[str, bytes]:
    name, _colon, text = word.partition(":")
    try:
        key = b64decode(text, validate=True)
    except NotBase64:
        key = b""
    if not name or len(name) > 40 or len(key) != SIZE:
        raise ImproperlyConfigured(
            _(
                "DOITHOAI_VAULT_KEYS: each key is a name, a colon and 32 bytes in base64 "
                "(openssl rand -base64 32)."
            )
        )
    return name, key


@cache
def wrapping() -> Wrapping:
    """The wrapping in use, made once in a process."""
    made: Wrapping = import_string(settings.VAULT_WRAPPING)()
    return made
