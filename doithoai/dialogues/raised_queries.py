"""Dialogues a reader does not see, but at which items of theirs were raised."""

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from doithoai.accounts.actors import Official
from doithoai.dialogues.models import Dialogue, Item

MOST: Final = 300  # items


@dataclass(frozen=True)
class Raised:
    """A dialogue by title and day, and the reader's own items from it; nothing else of it."""

    dialogue: Dialogue
    items: tuple[Item, ...]


def raised(actor: Official) -> tuple[Raised, ...]:
    """The latest dialogue first. One query."""
    rows = (
        Item.objects.readable(actor)
        .exclude(dialogue__in=Dialogue.objects.visible_to(actor))
        .select_related("dialogue__host", "case__matter")
        .order_by("-dialogue__starts_at", "dialogue", "number")[:MOST]
    )
    found = groupby(rows, key=lambda item: item.dialogue)
    return tuple(Raised(dialogue, tuple(items)) for dialogue, items in found)
