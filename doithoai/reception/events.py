"""What happens at reception: ids and facts only. The rulebooks name these."""

from datetime import date
from uuid import UUID

from doithoai.core.events import Event, event


@event("reception.planned")
class Planned(Event):
    """A reception day was set; ``unscheduled``: out of turn, on a ground of the law, so that no
    schedule was to be posted before. ``deputy``: of the National Assembly; ``council_deputy``: of
    a People's Council; the office that serves them owes them the schedule. ``held_before``: it had
    been held by then, as a document shows, and is written down late.
    """

    reception_day: date
    deputy: bool = False
    unscheduled: bool = False
    council_deputy: bool = False
    held_before: bool = False


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


@event("reception.points_connected")
class PointsConnected(Event):
    """All points of an online reception were connected before it began."""


@event("reception.recording_archived")
class RecordingArchived(Event):
    """Sound and pictures of an online reception were given to the archive."""


@event("reception.applicants_told")
class ApplicantsTold(Event):
    """Who had asked to be received was told that the day moved; how many."""

    applicants: int


@event("reception.deputy_notified")
class DeputyNotified(Event):
    """The deputy was told the schedule, by a letter of that day."""

    signed_on: date


@event("reception.deputy_excused")
class DeputyExcused(Event):
    """The deputy cannot attend, as a document of that day says with the reason."""

    signed_on: date


@event("reception.deputy_changed")
class DeputyChanged(Event):
    """Another deputy is to receive or to take part; they are told in their turn."""

    reception_day: date
    deputy: bool
    council_deputy: bool


@event("reception.attended")
class Attended(Event):
    """On the record of a matter raised there: it was not as planned whether a head of a Party
    committee received in person. ``brought_on``: the day on which it was raised.
    """

    party_head: bool
    brought_on: date


@event("reception.appointed")
class Appointed(Event):
    """Somebody was given an appointment."""

    appointment: UUID


@event("reception.held")
class Held(Event):
    """It was held; ``in_person``: by the head themself, nobody standing in; ``by_head``: a head's
    reception, which a conclusion notice follows; ``online``: what was recorded is archived;
    ``entered_late``: written down more than one working day later, by a document; ``unposted``:
    nobody was told of the day.
    """

    held_on: date
    in_person: bool
    party_head: bool = False
    by_head: bool = False
    online: bool = False
    entered_late: bool = False
    unposted: bool = False


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


@event("reception.prepared")
class Prepared(Event):
    """A matter was prepared for a head's session; the bodies invited are kept beside it."""

    matter: UUID


@event("reception.appointment_answered")
class AppointmentAnswered(Event):
    """Whoever asked to be received was told yes or no."""

    appointment: UUID
    given: bool


@event("reception.conclusion_drafted")
class ConclusionDrafted(Event):
    """The conclusion was worded and its Word draft made."""

    document: UUID


@event("reception.arrived")
class Arrived(Event):
    """Somebody came and was given a number in the day's queue."""

    visit: UUID
    people: int = 1


@event("reception.received")
class Received(Event):
    """Somebody was received: one line of the register, with its number."""

    visit: UUID
    number: int


@event("reception.written_down")
class WrittenDown(Event):
    """What the person said was written down; ``read_back``: and read to them."""

    visit: UUID
    read_back: bool


@event("reception.papers_shown")
class PapersShown(Event):
    """Papers were written down during a visit."""

    visit: UUID


@event("reception.person_corrected")
class PersonCorrected(Event):
    """Of somebody who came before something else is known from now on; ``fields``: what of them."""

    person: UUID
    fields: str


@event("reception.raised")
class Raised(Event):
    """A matter was raised in a visit; ``repeated``: it was known before."""

    visit: UUID
    repeated: bool


@event("reception.brought_up")
class BroughtUp(Event):
    """On the matter's own record: in which visit it was raised, by its line of the register."""

    visit: UUID
    number: int
    year: int


@event("reception.appointment_kept")
class AppointmentKept(Event):
    """Whoever had asked to be received on this day came."""

    appointment: UUID
    visit: UUID


@event("reception.ended")
class Ended(Event):
    """A visit ended; ``due_on``: by when the head promised an answer."""

    visit: UUID
    due_on: date | None = None


@event("reception.left")
class Left(Event):
    """Somebody left before being received."""

    visit: UUID


@event("reception.visit_sealed")
class VisitSealed(Event):
    """A visit was about a matter to be kept sealed: its line says nothing from now on."""

    visit: UUID


@event("reception.refusal_drafted")
class RefusalDrafted(Event):
    """The written notice of refusal (form 01/TCD) was drafted."""

    document: UUID
