"""Settings come from the environment; an odd or missing value stops the start with a sentence."""

import os
from base64 import b64encode
from gettext import gettext as _
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("DOITHOAI_VAR", str(ROOT / "var")))


def text(name: str, default: str | None = None) -> str:
    """A text setting. Raises ImproperlyConfigured when it has no default and is not set."""
    value = os.environ.get(name, default)
    if value is None:
        raise _unset(name)
    return value


def _unset(name: str) -> ImproperlyConfigured:
    said = _("Set %(name)s in the environment (docs/operation.md says how).")
    return ImproperlyConfigured(said % {"name": name})


def flag(name: str, *, default: bool) -> bool:
    """A yes/no setting: 1/0, yes/no, true/false."""
    value = os.environ.get(name, "yes" if default else "no").lower()
    if value not in {"1", "0", "yes", "no", "true", "false"}:
        said = _("%(name)s is '%(value)s': use yes or no.")
        raise ImproperlyConfigured(said % {"name": name, "value": value})
    return value in {"1", "yes", "true"}


def number(name: str, default: int) -> int:
    """A whole-number setting."""
    value = os.environ.get(name, str(default))
    if not value.lstrip("-").isdigit():
        said = _("%(name)s is '%(value)s': use a whole number.")
        raise ImproperlyConfigured(said % {"name": name, "value": value})
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated setting."""
    return [w.strip() for w in os.environ.get(name, default).split(",") if w.strip()]


def database(url: str) -> dict[str, object]:
    """Django's settings for a ``postgresql://user:password@host:port/name?host=/socket``
    address.
    """
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(
            _("DATABASE_URL must start with postgresql:// (no other database is supported).")
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(query.get("port", _port(parts))),
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {"pool": False},
    }


def _port(parts: SplitResult) -> int | str:
    try:
        return parts.port or ""
    except ValueError:
        said = _("The port in an address of the database is not a number: %(address)s.")
        raise ImproperlyConfigured(said % {"address": parts.hostname}) from None


def kept_secret(name: str, file: str) -> str:
    """A secret from the environment; in demo and development made once and kept in ``var`` (mode
    0600).
    """
    if value := os.environ.get(name):
        return value
    if flag("DOITHOAI_PRODUCTION", default=False):
        raise _unset(name)
    path = VAR / "secrets" / file
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(os.urandom(32).hex())
    return path.read_text()


def keys(name: str, file: str) -> list[str]:
    """Master keys as ``name:base64``; in demo and development one, made and kept like a secret."""
    if os.environ.get(name):
        return words(name)
    made = bytes.fromhex(kept_secret(name, file))
    return [f"kept:{b64encode(made).decode()}"]
