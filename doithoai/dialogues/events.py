"""What happens to a dialogue: ids and facts only. The rulebooks name these."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from doithoai.core.events import Event, event

# What mends a mistaken entry with which the state moved (``docket.commands.correct``).
_ANOTHER_DAY = _("Set another day, or call the dialogue off, with the reason.")
_ANEW = _("Plan the dialogue anew.")
_CHANGE_AGAIN = _("Change the plan again.")
_GO_ON = _("Go on with the next step, and say there what was wrong.")
_FURTHER_NOTICE = _("Sign and publish a further notice that says what was wrong.")


@event("dialogues.planned", undone_by=_ANOTHER_DAY)
class Planned(Event):
    """A day was set, and the duties it counts for: one event may meet several."""

    dialogue_day: date
    party_head: bool
    commune_conference: bool
    other_regime: bool = False


@event("dialogues.announced", undone_by=_ANOTHER_DAY)
class Announced(Event):
    """Time, place and content were made public."""


@event("dialogues.rescheduled", undone_by=_ANOTHER_DAY)
class Rescheduled(Event):
    """Another day was set, or another hour or place of what was announced: to be announced."""

    dialogue_day: date


@event("dialogues.changed", undone_by=_CHANGE_AGAIN)
class Changed(Event):
    """The plan was changed; this is the day and what it counts for from now on. The texts are
    committed to.
    """

    dialogue_day: date
    party_head: bool
    commune_conference: bool
    other_regime: bool


@event("dialogues.counted_anew", undone_by=_CHANGE_AGAIN)
class CountedAnew(Event):
    """Before it was announced it came to count for other duties; what is owed is reckoned anew."""


@event("dialogues.postponed", undone_by=_ANOTHER_DAY)
class Postponed(Event):
    """Put off, with a reason that is announced."""


@event("dialogues.cancelled", undone_by=_ANEW)
class Cancelled(Event):
    """Called off, with a reason that is announced."""


@event("dialogues.held", undone_by=_GO_ON)
class Held(Event):
    """It took place."""

    dialogue_day: date


@event("dialogues.taken_down")
class TakenDown(Event):
    """A statement was taken down in the hall or before it."""

    submission: UUID


@event("dialogues.prepared")
class Prepared(Event):
    """A draft reply was kept for the chair's file."""

    item: UUID


@event("dialogues.draft_asked")
class DraftAsked(Event):
    """A body was asked to send a draft reply; asked anew when another day is set."""

    ask: UUID
    item: UUID
    asked_body: UUID


@event("dialogues.draft_sent")
class DraftSent(Event):
    """The body that was asked sent its draft reply."""

    ask: UUID
    item: UUID


@event("dialogues.imported")
class Imported(Event):
    """A clerk's sheet was taken in."""

    rows: int
    imported: int


@event("dialogues.missing_decided")
class MissingDecided(Event):
    """Of rows that a later list no longer has it was decided what becomes of them."""

    kept: int
    ended: int


@event("dialogues.village_named")
class VillageNamed(Event):
    """It was said from which village something was said, where the list named none that is."""

    item: UUID


@event("dialogues.minutes_recorded")
class MinutesRecorded(Event):
    """The minutes were kept."""


@event("dialogues.minutes_signed")
class MinutesSigned(Event):
    """The minutes were signed on paper; number, date and file were recorded."""

    signed_on: date


@event("dialogues.minutes_published")
class MinutesPublished(Event):
    """The minutes became public beside the conclusion."""

    published_on: date


@event("dialogues.conclusion_drafted")
class ConclusionDrafted(Event):
    """The conclusion notice was drafted."""

    document: UUID


@event("dialogues.conclusion_approved")
class ConclusionApproved(Event):
    """Who chaired approved the wording of the conclusion notice; only now may it be signed."""

    document: UUID


@event("dialogues.conclusion_signed", undone_by=_FURTHER_NOTICE)
class ConclusionSigned(Event):
    """The conclusion notice was signed elsewhere; number, date and file were recorded."""

    signed_on: date


@event("dialogues.published", undone_by=_FURTHER_NOTICE)
class Published(Event):
    """The conclusion became public; from now on its promises are followed one by one."""

    published_on: date


@event("dialogues.results_posted")
class ResultsPosted(Event):
    """The results were posted and sent to the village heads."""
