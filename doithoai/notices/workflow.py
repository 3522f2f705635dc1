"""The life of a notice: from the queue to the person, or to a list somebody must look at."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from doithoai.core.workflow import Step, step


class State(models.TextChoices):
    """Where a notice stands."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent to the address")
    UNCERTAIN = "uncertain", _("May have been sent")
    FAILED = "failed", _("Could not be sent")
    BY_HAND = "done_by_hand", _("Delivered by hand")
    MERGED = "merged", _("In a daily digest")


Arrow = Step[State]

CLAIM = step("claim", [State.QUEUED], State.SENDING)
SENT = step("sent", [State.SENDING], State.SENT)
RETRY = step("retry", [State.SENDING], State.QUEUED)
FAIL = step("fail", [State.SENDING], State.FAILED)
DOUBT = step("doubt", [State.SENDING], State.UNCERTAIN)
MERGE = step("merge", [State.QUEUED], State.MERGED)
SEND_AGAIN = step("send_again", [State.UNCERTAIN, State.FAILED], State.QUEUED)
BY_HAND = step("by_hand", [State.QUEUED, State.UNCERTAIN, State.FAILED], State.BY_HAND)


class Message(models.TextChoices):
    """Where a message that came in stands. Nothing that came in is ever dropped."""

    COUNTED = "counted", _("Counted as the person's word")
    KEPT = "kept", _("Waits for somebody to read it")
    SEEN = "seen", _("Read by an official")


COUNT = step("count", [Message.KEPT], Message.COUNTED)
LOOK = step("look", [Message.KEPT], Message.SEEN)

STEPS = [CLAIM, SENT, RETRY, FAIL, DOUBT, MERGE, SEND_AGAIN, BY_HAND]
