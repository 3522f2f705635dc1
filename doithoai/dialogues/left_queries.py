"""What lists and the hall left for a person in one dialogue, each with what settles it."""

from dataclasses import dataclass

from doithoai.accounts.actors import Official
from doithoai.core.sentences import told
from doithoai.dialogues.models import Dialogue, Item
from doithoai.dialogues.queries import items
from doithoai.dialogues.telling import numbered


@dataclass(frozen=True)
class Reason:
    """Why a person must look at an item; ``until`` names what settles it, if an act does."""

    words: str
    until: str


@dataclass(frozen=True)
class Left:
    """An item that is left for a person, and all the reasons."""

    item: Item
    reasons: tuple[Reason, ...]


def left(dialogue: Dialogue, actor: Official) -> tuple[Left, ...]:
    """Items the reader may see and somebody still has to look at, in their order. One query."""
    rows = [item for item in numbered(items(dialogue, actor)) if item.case.attention]
    return tuple(Left(item, tuple(map(_reason, item.case.attention))) for item in rows)


def _reason(kept: object) -> Reason:
    if not isinstance(kept, dict):
        return Reason(str(kept), "")
    return Reason(told(kept), str(kept.get("until", "")))
