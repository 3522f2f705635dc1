"""Knowing again, in a notice or in minutes, a statement that is kept back."""

from collections.abc import Iterable
from typing import Final

from doithoai.cases import masking
from doithoai.core.collation import folded

LETTERS: Final = 60
WITHHELD: Final = "[…]"  # stands for a line that told what was sealed since


def beginning(text: str) -> str:
    """Enough of a statement to know it again in a notice, wherever it was cut there."""
    return folded(masking.impersonal(text).rstrip(" .…"))[:LETTERS]


def tells(line: str, told: Iterable[str]) -> bool:
    """Whether a line repeats one of these beginnings, or stands for one that did."""
    return line.strip() == WITHHELD or any(each in folded(line) for each in told)
