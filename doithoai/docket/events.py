"""What happens to any matter, whatever its procedure."""

import dataclasses
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from doithoai.core.events import Event, event

CAUSES = ("respondent_body", "respondent_post", "respondent_user", "relation")


@event("docket.corrected", undone_by=_("Enter what happened anew."))
class Corrected(Event):
    """A mistaken entry is taken out of the timeline; the entry itself stays where it is. The reason
    is a row beside it (``docket.Reason``); the entry commits to its words.
    """

    entry: UUID


@event("docket.moved")
class Moved(Event):
    """An open obligation has another debtor from now on."""

    key: str
    body: UUID | None
    post: UUID | None


@event("docket.due_changed")
class DueChanged(Event):
    """A date moved. ``why`` names the events that moved it, or ``rederive``: nobody's words."""

    key: str
    old: date | None
    new: date | None
    why: str


@event("docket.merged", undone_by=_("Handle the item on its own again."))
class Merged(Event):
    """The matter is handled with another one from now on."""

    into: UUID


@event("docket.split", undone_by=_("Handle the item together with the other one again."))
class Split(Event):
    """The matter is handled on its own again."""

    out_of: UUID


@event("docket.reminded")
class Reminded(Event):
    """Whoever owes was reminded before the date."""

    key: str
    times: int


@event("docket.escalated")
class Escalated(Event):
    """The date has passed: the post above and the supervisor were told."""

    key: str


@event("docket.alarmed")
class Alarmed(Event):
    """The day of an alarm has passed: the head and the supervisor were told. Nobody owes it."""

    key: str


@event("docket.adopted")
class Adopted(Event):
    """A document adopted a rule that the product only proposed."""

    rule: str
    document: str
    adopted_on: date


@event("docket.unsealed")
class Unsealed(Event):
    """Somebody opened what is sealed, for a while; the row of ``unsealing`` says who is told of it,
    and the vault why.
    """

    unsealing: UUID
    text: bool
    identity: bool


@event("docket.shut_out")
class ShutOut(Event):
    """Somebody more may not see the matter from now on: a relation was declared, or a post was
    taken in a body the matter is about.
    """

    cause: str = dataclasses.field(metadata={"choices": CAUSES})


@event("docket.handed_up", undone_by=_("Hand it on to whoever is competent."))
class HandedUp(Event):
    """Nobody who may see it was left; the body above has it from now on."""

    body: UUID


@event("docket.written")
class Written(Event):
    """A message between the person and the body, kept sealed: who wrote, and nothing of it."""

    by_person: bool
    files: int = 0


@event("docket.taken_over", undone_by=_("Move the items of the body to its successor."))
class TakenOver(Event):
    """A body was abolished or joined to another: its successor has the matter, with what is owed.
    No date begins anew.
    """

    former: UUID
    body: UUID


@event("docket.erased")
class Erased(Event):
    """What a person said here, who they are and how to reach them was erased. The reason is a row
    beside it; ``document`` is the request or decision by its number, ``despite_duty`` says that a
    duty to keep the record still ran.
    """

    subject: UUID
    basis: str
    document: str
    decided_on: date
    despite_duty: bool = False
