"""What officials do with notices the machine could not deliver. Plain sending is no entry."""

from uuid import UUID

from doithoai.core.events import Event, event


@event("notices.delivered_by_hand")
class DeliveredByHand(Event):
    """An official told the person: by slip, telephone, posting or loudspeaker."""

    notice: UUID
    about: UUID | None


@event("notices.sent_again")
class SentAgain(Event):
    """An official put a failed or uncertain notice back in the queue."""

    notice: UUID
    about: UUID | None
    repeats: bool
