"""What of a dialogue tells of what is kept back: lines of its papers (``cases.telling``), and gaps
in its numbers.
"""

from collections.abc import Iterable

from doithoai.cases.telling import Said, Told, told_by
from doithoai.dialogues.models import Item


def told_of(items: Iterable[Item]) -> Told:
    """What tells of these statements; their submissions and cases must be loaded."""
    return told_by(said for item in items for said in _said(item))


def _said(item: Item) -> tuple[Said, Said]:
    came = item.submission
    return Said(came.text, came.speaker, came.phone), Said(item.case.text)


def numbered(items: Iterable[Item]) -> list[Item]:
    """Statements in their order with the numbers their reader counts; not to be saved so. A number
    that is missing would tell that something is kept back, and which.
    """
    found = list(items)
    for number, item in enumerate(found, start=1):
        item.number = number
    return found
