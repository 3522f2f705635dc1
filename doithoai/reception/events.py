"""What happens at reception: ids and facts only. The rulebooks name these."""

from datetime import date
from uuid import UUID

from doithoai.core.events import Event, event


@event("reception.planned")
class Planned(Event):
    """A reception day was set."""

    reception_day: date
    deputy: bool = False


@event("reception.online_planned")
class OnlinePlanned(Event):
    """The day is held online: notice and a test of the connection are owed before it."""

    session_day: date


@event("reception.rescheduled")
class Rescheduled(Event):
    """Another day was set."""

    reception_day: date


@event("reception.schedule_posted")
class SchedulePosted(Event):
    """Time, place and who receives were posted."""


@event("reception.postponed")
class Postponed(Event):
    """Put off, with a reason that is posted."""


@event("reception.cancelled")
class Cancelled(Event):
    """Called off, with a reason that is posted."""


@event("reception.participants_notified")
class ParticipantsNotified(Event):
    """The person and the points taking part in an online reception were told."""


@event("reception.connection_tested")
class ConnectionTested(Event):
    """The connection of all points was tested with success."""


@event("reception.appointed")
class Appointed(Event):
    """Somebody was given an appointment."""

    appointment: UUID


@event("reception.held")
class Held(Event):
    """It was held; ``in_person``: by the head themself, nobody standing in."""

    held_on: date
    in_person: bool
    party_head: bool = False


@event("reception.conclusion_issued")
class ConclusionIssued(Event):
    """The conclusion was signed elsewhere; number, date and file were recorded."""

    signed_on: date


@event("reception.refused")
class Refused(Event):
    """Reception was refused, with its ground."""

    written_notice_required: bool


@event("reception.refusal_notified")
class RefusalNotified(Event):
    """The written notice of refusal (form 01/TCD) was issued."""

    signed_on: date
