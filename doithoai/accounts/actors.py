"""Who acts: an official in a post, a citizen with a receipt, a representative with a token, the
clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from doithoai.core.actors import Actor


@dataclass(frozen=True)
class Official:
    """An official in one post on one local day. ``sees`` are the bodies whose matters the post may
    read; ``acts_for`` those it works for: its own, the committee whose office it is, those it
    heads.
    """

    user: UUID
    post: UUID
    body: UUID
    rights: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    sees: frozenset[UUID] = frozenset()
    acts_for: frozenset[UUID] = frozenset()
    standing_in_for: UUID | None = None
    place: UUID | None = None
    village: UUID | None = None
    is_head: bool = False
    name: str = field(default="", compare=False)
    title: str = field(default="", compare=False)

    kind = "official"

    @property
    def ref(self) -> UUID:
        return self.user

    def may(self, right: str) -> bool:
        """Whether one of the post's roles carries this right."""
        return right in self.rights


@dataclass(frozen=True)
class Outsider:
    """Common ground of actors who hold no post."""

    kind = "citizen"
    post: None = field(default=None, init=False)
    body: None = field(default=None, init=False)
    standing_in_for: None = field(default=None, init=False)

    def may(self, right: str) -> bool:
        """Outsiders have no rights of role; policies look at what they hold."""
        del right
        return False


@dataclass(frozen=True)
class Citizen(Outsider):
    """Somebody who holds a receipt, or is about to get one (``receipt`` None)."""

    receipt: UUID | None = None

    @property
    def ref(self) -> UUID | None:
        return self.receipt


@dataclass(frozen=True)
class Representative(Outsider):
    """A body without an account answering by a one-use link."""

    token: UUID | None = None
    kind = "representative"

    @property
    def ref(self) -> UUID | None:
        return self.token


@dataclass(frozen=True)
class Clock(Outsider):
    """Time itself, through a named job."""

    job: str = "clock"
    kind = "clock"

    @property
    def ref(self) -> None:
        return None

    def may(self, right: str) -> bool:
        """The clock only does what a rule said would happen."""
        return right.startswith("clock.")


__all__ = ["Actor", "Citizen", "Clock", "Official", "Outsider", "Representative", "in_bodies"]


def in_bodies(actor: Actor, bodies: Iterable[UUID | None]) -> bool:
    """Whether the actor's own body is one of these."""
    return actor.body is not None and actor.body in set(bodies)
