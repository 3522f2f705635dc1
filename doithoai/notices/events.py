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


@event("notices.message_came")
class MessageCame(Event):
    """A text message came in through the gateway. Its words and number are not in the entry."""

    message: UUID


@event("notices.message_counted")
class MessageCounted(Event):
    """A message was taken as the person's word on this matter."""

    message: UUID
    about: UUID


@event("notices.message_seen")
class MessageSeen(Event):
    """An official read a message the machine could not understand, and says what was done."""

    message: UUID
    about: UUID | None
