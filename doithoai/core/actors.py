"""Who does something, as the lowest apps need to know it. The four kinds are built in
``accounts``.
"""

from typing import Protocol
from uuid import UUID


class Actor(Protocol):
    """Somebody who acts: an official in a post, a citizen with a receipt, a representative, the
    clock.

    ``kind`` is official, citizen, representative or clock; ``ref`` the user, receipt or token;
    ``post`` and ``body`` where an official acts from.
    """

    @property
    def kind(self) -> str: ...

    @property
    def ref(self) -> UUID | None: ...

    @property
    def post(self) -> UUID | None: ...

    @property
    def standing_in_for(self) -> UUID | None: ...

    @property
    def body(self) -> UUID | None: ...

    def may(self, right: str) -> bool:
        """Whether the post's roles carry this right, named ``app.act``."""
        ...


def post_of(actor: Actor) -> UUID:
    """The post an official acts from. Policies let only officials come this far."""
    assert actor.post is not None, "a policy lets only officials write this"
    return actor.post
