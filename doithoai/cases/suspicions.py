"""Words that make a clerk look twice: danger, and matters that belong to another procedure. Only
proposals; the words are the country's. Where they seem to denounce somebody, whoever takes them
down is asked about whom before anything is kept.
"""

from typing import Final

from django.utils.translation import gettext as _

from doithoai.core.collation import folded
from doithoai.core.errors import Invalid
from doithoai.units.territory import words

URGENT = "urgent"
DENOUNCING: Final = frozenset({"denunciation", "conduct"})
COMPLAINT: Final = "complaint"
BOX: Final = "ordinary"  # the box of every form by which somebody says that they have asked


def urgent(text: str) -> bool:
    """Whether the words speak of danger to life or to works."""
    said = folded(text)
    return any(pattern.search(said) for name, pattern in words().suspicions if name == URGENT)


def other_procedure(text: str) -> str:
    """The other procedure the words look like: denunciation, conduct, dispute, complaint, or none."""
    said = folded(text)
    others = (found for found in words().suspicions if found[0] != URGENT)
    return next((name for name, pattern in others if pattern.search(said)), "none")


def ask_first(*texts: str, asked: bool) -> None:
    """Stop words that seem to report or denounce an official, unless somebody ``asked`` the person
    and says that they denounce nobody: nothing of them is kept before (Law 25/2018/QH14, article
    56). Raises Invalid naming the box by which they say so.
    """
    if not asked and any(other_procedure(text) in DENOUNCING for text in texts):
        raise Invalid(
            _(
                "These words seem to denounce somebody: who is reported or denounced? Nothing was "
                "kept yet. Choose the body, and it is taken in sealed; or, if the person says "
                "that it is no denunciation, tick so, and send it again."
            ),
            context={"field": BOX},
        )


def ask_kind(text: str, *, asked: bool) -> None:
    """The same for words that look like a complaint and are to be taken in as something else."""
    if not asked and other_procedure(text) == COMPLAINT:
        raise Invalid(
            _(
                "These words look like a complaint. Choose “Complaint” as the kind; or, if the "
                "person says that it is none, tick so, and send it again."
            ),
            context={"field": BOX},
        )
