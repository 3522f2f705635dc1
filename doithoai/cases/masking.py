"""Propose which words a published text should not show: names after a title, telephone, identity,
mail, plots.
"""

import re
from dataclasses import dataclass

MASK = "▒▒▒"
_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_WORD = rf"[{_UPPER}][\w]*\.?"
_PATTERNS = (
    re.compile(
        rf"(?P<keep>\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]hú|[Bb]ác|[Ee]m|Mr\.?|Mrs\.?|Ms\.?)\s+)(?P<hide>{_WORD}(?:\s+{_WORD}){{0,4}})"
    ),
    re.compile(r"(?P<keep>)(?P<hide>(?<!\d)(?:\+84|0)(?:[ .-]?\d){8,10}(?!\d))"),
    re.compile(r"(?P<keep>)(?P<hide>(?<!\d)\d{9}(?:\d{3})?(?!\d))"),
    re.compile(r"(?P<keep>)(?P<hide>[\w.+-]+@[\w-]+\.[\w.]+)"),
    re.compile(
        r"(?P<keep>\b(?:thửa(?: đất)?(?: số)?|tờ bản đồ(?: số)?)\s+)(?P<hide>\d+)", re.IGNORECASE
    ),
)


@dataclass(frozen=True)
class Masked:
    """A text with what should not be shown replaced, and how many places that was."""

    text: str
    places: int


def propose(text: str) -> Masked:
    """Mask names, numbers and addresses of mail. A person decides before anything is published."""
    count = 0
    for pattern in _PATTERNS:
        text, times = pattern.subn(lambda m: m["keep"] + MASK, text)
        count += times
    return Masked(text, count)


def impersonal(text: str, *, length: int = 110) -> str:
    """A short title that names no person: the masked beginning of the text, cut at a word."""
    masked = propose(" ".join(text.split())).text
    if len(masked) <= length:
        return masked
    return masked[:length].rsplit(" ", 1)[0] + "…"
