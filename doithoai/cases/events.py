"""What happens to a case: ids and facts only. The rulebooks name these."""

import dataclasses
from datetime import date
from uuid import UUID

from doithoai.cases.models import Occasion
from doithoai.cases.workflow import Outcome
from doithoai.core.events import Event, event

PROCEDURES = ("none", "complaint", "denunciation", "conduct", "dispute")
REASONS = ("complex", "resources", "other")


@event("cases.received")
class Received(Event):
    """A statement became a case. ``history``: it was already answered when it came in."""

    submission: UUID
    channel: str
    occasion: str = dataclasses.field(metadata={"choices": tuple(Occasion)})
    dialogue_day: date | None = None
    history: bool = False


@event("cases.classified")
class Classified(Event):
    """What it is, in which field, and whether life or works are in danger."""

    field: str
    kind: str = dataclasses.field(metadata={"choices": ("recommendation", "reflection")})
    urgent: bool = False
    other_procedure: str = dataclasses.field(default="none", metadata={"choices": PROCEDURES})


@event("cases.guided")
class Guided(Event):
    """The person was told in writing which procedure is the right one."""


@event("cases.routed")
class Routed(Event):
    """A body in the same authority has it from now on."""

    body: UUID


@event("cases.offered")
class Offered(Event):
    """Another body was asked to take it; until it accepts, the sender owes."""

    body: UUID
    request: UUID


@event("cases.accepted")
class Accepted(Event):
    """The body asked took it."""

    body: UUID
    request: UUID


@event("cases.returned")
class Returned(Event):
    """The body asked gave it back, with a reason."""

    body: UUID
    request: UUID
    times: int


@event("cases.referred")
class Referred(Event):
    """Returned for the third time: the tie-break post decides who leads."""

    request: UUID


@event("cases.decided_lead")
class DecidedLead(Event):
    """The tie-break post named the lead body."""

    body: UUID


@event("cases.forwarded")
class Forwarded(Event):
    """Sent by signed letter to a body without an account here; the sender stays answerable and
    follows up.
    """

    body: UUID
    request: UUID
    number: str
    signed_on: date


@event("cases.urged")
class Urged(Event):
    """The body written to was urged."""

    body: UUID
    request: UUID


@event("cases.body_replied")
class BodyReplied(Event):
    """The body written to replied."""

    request: UUID


@event("cases.assigned")
class Assigned(Event):
    """One post works on it."""

    post: UUID


@event("cases.asked")
class Asked(Event):
    """The person was asked something needed to go on."""

    request: UUID


@event("cases.person_replied")
class PersonReplied(Event):
    """The person replied to what they were asked."""

    request: UUID


@event("cases.acted")
class Acted(Event):
    """First act on an urgent case: somebody went, closed off, warned."""


@event("cases.drafted")
class Drafted(Event):
    """An answer was drafted."""


@event("cases.approved")
class Approved(Event):
    """The head approved the drafted answer."""


@event("cases.promised")
class Promised(Event):
    """A conclusion set a date by which it is to be done."""

    due_on: date
    document: str


@event("cases.conclusion_published")
class ConclusionPublished(Event):
    """The conclusion notice of the dialogue it was said at came out."""

    conclusion_on: date


@event("cases.answered")
class Answered(Event):
    """The body answered."""

    answer: UUID
    outcome: str = dataclasses.field(metadata={"choices": tuple(Outcome)})
    document_on: date | None = None
    told_on: date | None = None  # the person's time to speak runs from here, however old the answer


@event("cases.published")
class Published(Event):
    """A masked version became public."""

    version: UUID


@event("cases.confirmed")
class Confirmed(Event):
    """The person agrees. ``self``-spoken or written down by somebody else."""

    by_self: bool


@event("cases.one_agreed")
class OneAgreed(Event):
    """One of several people agrees; the others are still to be heard."""

    submission: UUID
    by_self: bool


@event("cases.partly_confirmed")
class PartlyConfirmed(Event):
    """The person agrees in part."""

    by_self: bool


@event("cases.disputed")
class Disputed(Event):
    """The person does not agree and recommends again."""

    by_self: bool


@event("cases.unconfirmed")
class Unconfirmed(Event):
    """The time to hear the person ran out: unconfirmed, not satisfied."""


@event("cases.escalated")
class Escalated(Event):
    """A body one level up has it from now on."""

    body: UUID


@event("cases.scheduled")
class Scheduled(Event):
    """Resources are missing: on the roadmap, in a year, reviewed every six months."""

    year: int


@event("cases.reviewed")
class Reviewed(Event):
    """The roadmap entry was looked at again."""


@event("cases.extended")
class Extended(Event):
    """The time of one rule was extended, for a reason kept beside the entry."""

    rule: str
    days: int | None = None
    until: date | None = None
    reason: str = dataclasses.field(default="complex", metadata={"choices": REASONS})
    document: str = ""
    signed_on: date | None = None


@event("cases.reopened")
class Reopened(Event):
    """Taken up again after its end."""


@event("cases.closed")
class Closed(Event):
    """Ended by the body that answered, with evidence."""


@event("cases.withdrawn")
class Withdrawn(Event):
    """The person withdrew it."""


@event("cases.archived")
class Archived(Event):
    """Put on file with a legal ground."""


@event("cases.sealed")
class Sealed(Event):
    """Kept private, because another case with the same statement belongs to another procedure."""

    caused_by: UUID


@event("cases.noted")
class Noted(Event):
    """An internal note was written."""

    note: UUID


@event("cases.looked_over")
class LookedOver(Event):
    """A person looked at what an import or a form had left for them."""


@event("cases.slip_reissued")
class SlipReissued(Event):
    """A new receipt was handed out; the old one is dead."""

    submission: UUID


@event("cases.withheld")
class WithheldFromPublic(Event):
    """A named person decided that it is not published."""

    reason: str


@event("cases.carried")
class Carried(Event):
    """One more submission is handled in this case, or no longer is."""

    submission: UUID
    joined: bool
