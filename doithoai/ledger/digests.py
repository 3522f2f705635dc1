"""Commitments: what an entry says, and what people said, fixed without being shown (design §7)."""

import hashlib
import hmac
import unicodedata
from collections.abc import Mapping, Sequence

import rfc8785

from doithoai.core.events import Fact


def content_digest(salt: bytes, content: str | bytes) -> str:
    """HMAC-SHA256 (RFC 2104) of NFC text or a file's bytes, hexadecimal."""
    raw = unicodedata.normalize("NFC", content).encode() if isinstance(content, str) else content
    return hmac.new(salt, raw, hashlib.sha256).hexdigest()


def entry_digest(
    salt: bytes, kind: str, facts: Mapping[str, Fact], content: Sequence[str]
) -> bytes:
    """SHA-256 of the salt and the canonical JSON (RFC 8785) of the event and its content
    digests.
    """
    canonical = rfc8785.dumps({"content": list(content), "event": kind, "facts": dict(facts)})
    return hashlib.sha256(salt + canonical).digest()


def keyed(pepper: str, text: str) -> bytes:
    """HMAC-SHA256 of a receipt's code or secret."""
    return hmac.new(pepper.encode(), text.encode(), hashlib.sha256).digest()
