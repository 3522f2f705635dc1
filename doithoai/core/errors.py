"""What a person may be told went wrong. Doors turn these into pages and JSON; nothing else catches
them.
"""

from collections.abc import Mapping


class DomainError(Exception):
    """A refusal with a sentence for the person who asked.

    ``status`` is the HTTP status a door answers with (RFC 9110).
    """

    status = 400

    def __init__(self, message: str, *, context: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.context = dict(context or {})


class Invalid(DomainError):
    """What was given cannot be used as it is; the message says what to mend."""

    status = 400


class NotFound(DomainError):
    """There is no such thing, or this person may not see it: the two are never told apart."""

    status = 404


class Denied(DomainError):
    """The person sees the thing but may not do this to it; the message says why."""

    status = 403


class WrongState(DomainError):
    """The thing has moved on since the page was drawn."""

    status = 409


class Stale(WrongState):
    """Somebody else changed the same thing first; ``context`` has both versions (yours, theirs)."""


class TooMany(DomainError):
    """Too many tries in a short time; the message says when to come back."""

    status = 429
