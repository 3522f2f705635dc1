"""What happens to a case: ids and facts only. The rulebooks name these."""

import dataclasses
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from doithoai.cases.models import Occasion
from doithoai.cases.workflow import Outcome
from doithoai.core.events import Event, event

PROCEDURES = ("none", "complaint", "denunciation", "conduct", "dispute")
REASONS = ("complex", "resources", "other")
KINDS = (
    "recommendation",
    "reflection",
    "complaint",
    "denunciation",
    "denunciation_info",
    "party_matter",
)
FORWARDERS = ("none", "deputy", "council", "reception_board", "front", "press", "agency", "party")
INSTANCES = ("first", "second", "disciplinary")
COMPETENCES = ("own", "other")
# What mends a mistaken entry with which the state moved (``docket.commands.correct``).
_AGAIN = _("Do the same once more with what is right; the later entry counts.")
_NEXT = _("Go on with the next step, and say there what was wrong.")
_TAKE_UP = _("Take the item up again.")
_ANEW = _("Take down what was said anew.")
_ARCHIVE = _("Archive the item, with the ground.")


@event("cases.received", undone_by=_ARCHIVE)
class Received(Event):
    """A statement became a case. ``history``: it was already answered when it came in."""

    submission: UUID
    channel: str
    occasion: str = dataclasses.field(metadata={"choices": tuple(Occasion)})
    dialogue_day: date | None = None
    history: bool = False
    forwarder: str = dataclasses.field(default="none", metadata={"choices": FORWARDERS})
    party_head: bool = False  # received by the secretary of a Party committee in person


@event("cases.classified", undone_by=_AGAIN)
class Classified(Event):
    """What it is, in which field, and whether life or works are in danger."""

    field: str
    kind: str = dataclasses.field(metadata={"choices": KINDS})
    urgent: bool = False
    other_procedure: str = dataclasses.field(default="none", metadata={"choices": PROCEDURES})
    instance: str | None = dataclasses.field(default=None, metadata={"choices": INSTANCES})
    competence: str | None = dataclasses.field(default=None, metadata={"choices": COMPETENCES})
    administrative_rules: bool = False


@event("cases.guided", undone_by=_ANEW)
class Guided(Event):
    """The person was told in writing which procedure is the right one."""


@event("cases.routed", undone_by=_AGAIN)
class Routed(Event):
    """A body in the same authority has it from now on."""

    body: UUID


@event("cases.offered", undone_by=_NEXT)
class Offered(Event):
    """Another body was asked to take it; until it accepts, the sender owes."""

    body: UUID
    request: UUID


@event("cases.accepted", undone_by=_AGAIN)
class Accepted(Event):
    """The body asked took it."""

    body: UUID
    request: UUID


@event("cases.returned", undone_by=_NEXT)
class Returned(Event):
    """The body asked gave it back, with a reason."""

    body: UUID
    request: UUID
    times: int


@event("cases.referred", undone_by=_NEXT)
class Referred(Event):
    """Returned for the third time, or left without a reply: the tie-break post decides."""

    request: UUID


@event("cases.taken_back", undone_by=_NEXT)
class TakenBack(Event):
    """The sender took the offer back. ``in_hand``: a body had it before, and goes on with it."""

    body: UUID
    request: UUID
    in_hand: bool


@event("cases.offer_urged")
class OfferUrged(Event):
    """The body asked to take it was urged to accept or return it."""

    body: UUID
    request: UUID


@event("cases.decided_lead", undone_by=_AGAIN)
class DecidedLead(Event):
    """The tie-break post named the lead body."""

    body: UUID


@event("cases.letter_drafted")
class LetterDrafted(Event):
    """A letter to a body without an account was drafted, to be numbered and signed elsewhere."""

    body: UUID
    document: UUID


@event("cases.forwarded", undone_by=_NEXT)
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


@event("cases.body_replied", undone_by=_NEXT)
class BodyReplied(Event):
    """The body written to replied, by its document or by the one-use link."""

    request: UUID
    number: str = ""
    signed_on: date | None = None


@event("cases.assigned")
class Assigned(Event):
    """One post works on it."""

    post: UUID


@event("cases.asked", undone_by=_NEXT)
class Asked(Event):
    """The person was asked something needed to go on."""

    request: UUID


@event("cases.person_replied", undone_by=_NEXT)
class PersonReplied(Event):
    """The person replied to what they were asked."""

    request: UUID


@event("cases.acted")
class Acted(Event):
    """First act on an urgent case: somebody went, closed off, warned."""


@event("cases.drafted", undone_by=_AGAIN)
class Drafted(Event):
    """An answer was drafted."""


@event("cases.approved", undone_by=_AGAIN)
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


@event("cases.answered", undone_by=_AGAIN)
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


@event("cases.confirmed", undone_by=_TAKE_UP)
class Confirmed(Event):
    """The person agrees. ``self``-spoken or written down by somebody else."""

    by_self: bool


@event("cases.one_agreed", undone_by=_NEXT)
class OneAgreed(Event):
    """One of several people agrees; the others are still to be heard."""

    submission: UUID
    by_self: bool


@event("cases.partly_confirmed", undone_by=_NEXT)
class PartlyConfirmed(Event):
    """The person agrees in part."""

    by_self: bool


@event("cases.disputed", undone_by=_NEXT)
class Disputed(Event):
    """The person does not agree and recommends again."""

    by_self: bool


@event("cases.unconfirmed", undone_by=_NEXT)
class Unconfirmed(Event):
    """The time to hear the person ran out: unconfirmed, not satisfied."""


@event("cases.escalated", undone_by=_NEXT)
class Escalated(Event):
    """A body one level up has it from now on."""

    body: UUID


@event("cases.scheduled", undone_by=_AGAIN)
class Scheduled(Event):
    """Resources are missing: on the roadmap, in a year, reviewed every six months."""

    year: int


@event("cases.informed")
class Informed(Event):
    """The person was told how far it is; what is owed stays owed."""


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


@event("cases.reopened", undone_by=_NEXT)
class Reopened(Event):
    """Taken up again after its end."""


@event("cases.closed", undone_by=_TAKE_UP)
class Closed(Event):
    """Ended by the body that answered, with evidence."""


@event("cases.withdrawn", undone_by=_TAKE_UP)
class Withdrawn(Event):
    """The person withdrew it: by themselves, or on a signed paper that an official recorded."""

    by_self: bool = True
    signed_on: date | None = None


@event("cases.archived", undone_by=_TAKE_UP)
class Archived(Event):
    """Put on file with a legal ground of the country's list; files of before have none."""

    ground: str = ""


@event("cases.sealed", undone_by=_NEXT)
class Sealed(Event):
    """Kept private, because another case with the same statement belongs to another procedure."""

    caused_by: UUID


@event("cases.noted")
class Noted(Event):
    """An internal note was written."""

    note: UUID


@event("cases.coordinated")
class Coordinated(Event):
    """Who coordinates with the lead body was named; the bodies stand on the case."""

    bodies: int


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


@event("cases.view_saved")
class ViewSaved(Event):
    """A filter of the list was kept under a name."""

    view: UUID
    shared: bool


@event("cases.view_dropped")
class ViewDropped(Event):
    """A kept filter was taken out."""

    view: UUID
