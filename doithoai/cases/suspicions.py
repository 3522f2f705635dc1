"""Words that make a clerk look twice: danger, and matters that belong to another procedure. Only
proposals; the words are the country's.
"""

from doithoai.core.collation import folded
from doithoai.units.territory import words

URGENT = "urgent"


def urgent(text: str) -> bool:
    """Whether the words speak of danger to life or to works."""
    said = folded(text)
    return any(pattern.search(said) for name, pattern in words().suspicions if name == URGENT)


def other_procedure(text: str) -> str:
    """The other procedure the words look like: denunciation, conduct, dispute, complaint, or none."""
    said = folded(text)
    others = (found for found in words().suspicions if found[0] != URGENT)
    return next((name for name, pattern in others if pattern.search(said)), "none")
