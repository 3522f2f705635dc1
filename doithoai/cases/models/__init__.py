"""What people said (submissions), what must be settled (cases), and what was done about it."""

from doithoai.cases.models.case import Case, CaseQuerySet
from doithoai.cases.models.petitions import Examination, Petition, Respondent, Ruling
from doithoai.cases.models.said import Carried, Channel, Occasion, Submission
from doithoai.cases.models.settled import (
    Answer,
    Draft,
    LetterDraft,
    Note,
    PersonsWord,
    Publication,
    Question,
    Reason,
    Transfer,
    Withheld,
)
from doithoai.cases.models.views import SavedView

__all__ = (
    "Answer",
    "Carried",
    "Case",
    "CaseQuerySet",
    "Channel",
    "Draft",
    "Examination",
    "LetterDraft",
    "Note",
    "Occasion",
    "PersonsWord",
    "Petition",
    "Publication",
    "Question",
    "Reason",
    "Respondent",
    "Ruling",
    "SavedView",
    "Submission",
    "Transfer",
    "Withheld",
)
