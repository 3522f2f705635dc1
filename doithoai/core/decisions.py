"""A yes or a no with its reason: one value for the command, the page and the greyed button."""

from dataclasses import dataclass

from doithoai.core.errors import Denied


@dataclass(frozen=True, slots=True)
class Decision:
    """Truthy when allowed; ``reason`` is a whole sentence when not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Decision(allowed=True)


def no(reason: object) -> Decision:
    """Refuse, with a sentence the person can act on."""
    return Decision(allowed=False, reason=str(reason))


def require(decision: Decision) -> None:
    """Go on only when allowed.

    Raises Denied with the decision's reason.
    """
    if not decision:
        raise Denied(decision.reason)
