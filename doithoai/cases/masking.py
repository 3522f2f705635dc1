"""Propose which words a published text should not show: names, telephone, identity and account
numbers, plates, mail, houses, plots. The country's words say how they are recognised.
"""

import re
from dataclasses import dataclass

from doithoai.units.territory import words

MASK = "▒▒▒"


@dataclass(frozen=True)
class Masked:
    """A text with what should not be shown replaced, and how many places that was."""

    text: str
    places: int


def propose(text: str) -> Masked:
    """Mask names, numbers and addresses of mail. A person decides before anything is published."""
    for pattern in words().masks:
        text = pattern.sub(_replaced, text)
    return Masked(text, text.count(MASK))


def _replaced(found: re.Match[str]) -> str:
    if found.groupdict().get("kept"):
        return found[0]
    return found["keep"] + MASK


def impersonal(text: str, *, length: int = 110) -> str:
    """A short title that names no person: the masked beginning of the text, cut at a word."""
    masked = propose(" ".join(text.split())).text
    if len(masked) <= length:
        return masked
    return masked[:length].rsplit(" ", 1)[0] + "…"
