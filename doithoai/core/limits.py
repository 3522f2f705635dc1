"""Not too often: a bucket of tries for each address, kept in this process's memory."""

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from secrets import token_bytes
from threading import Lock

from django.utils.translation import gettext as _

from doithoai.core.errors import TooMany

KNOWN = 10_000  # addresses remembered; the ones seen longest ago are forgotten first
FORGOTTEN = timedelta(hours=1)
HOUSEHOLD = 64  # bits of an IPv6 address that one connection shares


class Bucket:
    """``size`` tries at once, and one more every ``every``.

    Each worker counts for itself, so n workers allow n times as many: enough to stop a machine that
    guesses, and it costs no statement.
    """

    def __init__(self, size: int, every: timedelta) -> None:
        self.size = size
        self.every = every
        self._left: dict[str, tuple[float, datetime]] = {}
        self._lock = Lock()

    def take(self, who: str, *, at: datetime) -> None:
        """Use up one try. Raises TooMany when none is left."""
        with self._lock:
            left = self._refilled(who, at)
            self._left[who] = (max(left - 1, 0), at)
            if len(self._left) > KNOWN:
                self._left.pop(next(iter(self._left)))
        if left < 1:
            raise TooMany(
                _(
                    "Too many tries from this connection in a short time. Wait a "
                    "few minutes, then try again."
                )
            )

    def _refilled(self, who: str, at: datetime) -> float:
        left, since = self._left.pop(who, (float(self.size), at))
        return min(left + (at - since) / self.every, self.size)


class Forgetful:
    """A bucket that never holds an address: a keyed digest of it, whose key is drawn anew every
    hour, when all it counted is forgotten.
    """

    def __init__(self, size: int, every: timedelta) -> None:
        self._size, self._every = size, every
        self._born: datetime | None = None
        self._key, self._bucket = b"", Bucket(size, every)
        self._lock = Lock()

    def take(self, who: str, *, at: datetime) -> None:
        """Use up one try. Raises TooMany when none is left."""
        with self._lock:
            if self._born is None or not timedelta() <= at - self._born < FORGOTTEN:
                self._born, self._key = at, token_bytes(32)
                self._bucket = Bucket(self._size, self._every)
            digest = hmac.new(self._key, who.encode(), sha256).hexdigest()
        self._bucket.take(digest, at=at)


def client_address(remote: str, forwarded: str, trusted: Sequence[str]) -> str:
    """Who really asks: the last address of X-Forwarded-For that is not one of our own proxies.

    ``remote`` is the peer of the connection; ``forwarded`` the header, believed only when the peer
    is a trusted proxy (RFC 7239 §8.1). An IPv6 address is cut to the network of one connection.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    found = remote
    while found in trusted and hops:
        found = hops.pop()
    return _network(found)


def _network(address: str) -> str:
    parsed = _parsed(address)
    if isinstance(parsed, IPv6Address):
        return str(IPv6Network((parsed, HOUSEHOLD), strict=False))
    return str(parsed) if parsed else "unknown"


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(address)
    except ValueError:
        return None
