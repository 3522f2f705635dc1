"""What happens to a duty in its period: ids and facts only. The rulebooks name these."""

import dataclasses
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from doithoai.core.events import Event, event

KINDS = ("reception", "meeting", "dialogue", "conference", "hearing", "programme", "report")
LENGTHS = (
    "week", "month", "quarter", "half_year", "year",
    "first_quarter", "first_half", "nine_months", "term",
)  # fmt: skip
LEVELS = ("centre", "province", "district", "commune", "village")


@event("duties.period_opened")
class PeriodOpened(Event):
    """A period began in which a post owes something once more."""

    post_kind: str
    first_day: date
    last_day: date
    duty: str = dataclasses.field(metadata={"choices": KINDS})
    every: str = dataclasses.field(metadata={"choices": LENGTHS})
    level: str = dataclasses.field(metadata={"choices": LEVELS})


@event("duties.met", undone_by=_("Excuse the post from the duty, or enter what was held anew."))
class Met(Event):
    """It was done once; ``about``: the matter of what was held, if it has one here.
    ``entered_late``: more than one working day after it was done.
    """

    held_on: date
    in_person: bool
    about: UUID | None = None
    entered_late: bool = False


@event("duties.excused", undone_by=_("Enter what was held anew."))
class Excused(Event):
    """The post need not do it in this period; the reason is a row beside it."""


@event("duties.missed", undone_by=_("Enter what was held, or excuse the post."))
class Missed(Event):
    """The period ended and it was not done in full."""


@event("duties.disclosed")
class Disclosed(Event):
    """A body's fulfilment became public, by a decision whose document is kept."""

    disclosure: UUID
    body: UUID
    decided_on: date


@event("duties.disclosure_withdrawn")
class DisclosureWithdrawn(Event):
    """A body's fulfilment is public no longer, by a decision whose document is kept."""

    disclosure: UUID
    body: UUID
    decided_on: date
