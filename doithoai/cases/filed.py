"""What is said of a petition put on file: its ground, article, and the conditions it fails."""

from collections.abc import Sequence

from doithoai.core.grounds import Ground
from doithoai.units.territory import country


def in_words(ground: Ground, conditions: Sequence[str]) -> str:
    """The ground, its article and the conditions, in the language of the office."""
    language = country().languages[0]
    said = f"{ground.label(language)} ({ground.basis})"
    known = country().ineligible_grounds
    named = "; ".join(known[code].label(language) for code in conditions)
    return f"{said}: {named}." if named else f"{said}."
