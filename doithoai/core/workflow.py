"""Steps between states. *When* something may happen is one table per app; *who* may do it is
policies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.utils.translation import gettext as _

from doithoai.core.decisions import YES, Decision, no
from doithoai.core.errors import WrongState

S = TypeVar("S", bound=str)


class HasState(Protocol):
    """Anything whose state a step may move."""

    state: str


@dataclass(frozen=True)
class Step(Generic[S]):
    """One arrow, or several with one name: from any of ``sources`` to ``target`` (None: stays where
    it is).
    """

    name: str
    sources: tuple[S, ...]
    target: S | None

    def fits(self, thing: HasState) -> Decision:
        """Whether the thing is in a state this step starts from."""
        if thing.state in self.sources:
            return YES
        return no(
            _(
                "This cannot be done now: the item has moved on. Reload the "
                "page to see where it stands."
            )
        )

    def take(self, thing: HasState) -> None:
        """Move the thing.

        Raises WrongState when the step does not start where the thing is.
        """
        decision = self.fits(thing)
        if not decision:
            raise WrongState(decision.reason)
        if self.target is not None:
            thing.state = self.target


def step(name: str, sources: Sequence[S], target: S | None) -> Step[S]:
    """Name an arrow of the workflow."""
    return Step(name, tuple(sources), target)
