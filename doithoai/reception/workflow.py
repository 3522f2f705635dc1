"""When a reception day may move, and what a visit goes through."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from doithoai.core.workflow import Step, step


class State(TextChoices):
    """Where a reception day stands."""

    PLANNED = "planned", _("Planned, to be posted")
    POSTED = "posted", _("Posted")
    POSTPONED = "postponed", _("Postponed")
    HELD = "held", _("Held")
    CONCLUDED = "concluded", _("Conclusion issued")
    CANCELLED = "cancelled", _("Cancelled")


class VisitState(TextChoices):
    """Where one visit stands, from the queue to its end. Each visit is one line of the register."""

    WAITING = "waiting", _("Waiting")
    RECEIVED = "received", _("Being received")
    ENDED = "ended", _("Ended")
    REFUSED = "refused", _("Refused")
    LEFT = "left", _("Left before being received")


FINAL = frozenset({State.CONCLUDED, State.CANCELLED})
COMING = (State.PLANNED, State.POSTED, State.POSTPONED)

POST = step("post", (State.PLANNED,), State.POSTED)
POSTPONE = step("postpone", (State.PLANNED, State.POSTED), State.POSTPONED)
RESCHEDULE = step("reschedule", COMING, State.PLANNED)
CANCEL = step("cancel", COMING, State.CANCELLED)
APPOINT = step("appoint", (State.PLANNED, State.POSTED), None)
PREPARE = step("prepare", (State.PLANNED, State.POSTED), None)
NOTIFY = step("notify", (State.PLANNED, State.POSTED), None)
TEST = step("test", (State.PLANNED, State.POSTED), None)
HOLD = step("hold", (State.PLANNED, State.POSTED), State.HELD)
CONCLUDE = step("conclude", (State.HELD,), None)
SIGN = step("sign", (State.HELD,), State.CONCLUDED)

STEPS: tuple[Step[State], ...] = (
    POST, POSTPONE, RESCHEDULE, CANCEL, APPOINT, PREPARE, NOTIFY, TEST, HOLD, CONCLUDE, SIGN,
)  # fmt: skip

CALL = step("call", (VisitState.WAITING,), VisitState.RECEIVED)
WRITE_DOWN = step("write_down", (VisitState.RECEIVED,), None)
RAISE = step("raise", (VisitState.RECEIVED,), None)
SEAL = step("seal", (VisitState.RECEIVED,), None)
REFUSE = step("refuse", (VisitState.WAITING, VisitState.RECEIVED), VisitState.REFUSED)
END = step("end", (VisitState.RECEIVED,), VisitState.ENDED)
LEAVE = step("leave", (VisitState.WAITING,), VisitState.LEFT)

VISIT_STEPS: tuple[Step[VisitState], ...] = (
    CALL, WRITE_DOWN, RAISE, SEAL, REFUSE, END, LEAVE,
)  # fmt: skip
