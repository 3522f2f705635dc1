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
RESCHEDULE = step("reschedule", (State.PLANNED,), State.PLANNED)  # nobody was told of it yet
MOVE = step("move", (State.POSTED, State.POSTPONED), State.POSTED)  # the news is posted at once
CANCEL = step("cancel", COMING, State.CANCELLED)
APPOINT = step("appoint", (State.PLANNED, State.POSTED), None)
PREPARE = step("prepare", (State.PLANNED, State.POSTED), None)
NOTIFY = step("notify", (State.PLANNED, State.POSTED), None)
TEST = step("test", (State.PLANNED, State.POSTED), None)
CONNECT = step("connect", (State.PLANNED, State.POSTED), None)
ARCHIVE = step("archive", (State.HELD, State.CONCLUDED), None)
NOTIFY_DEPUTY = step("notify_deputy", (State.PLANNED, State.POSTED), None)
EXCUSE_DEPUTY = step("excuse_deputy", (State.PLANNED, State.POSTED), None)
REPLACE_DEPUTY = step("replace_deputy", COMING, None)
HOLD = step("hold", (State.PLANNED, State.POSTED), State.HELD)
CONCLUDE = step("conclude", (State.HELD,), None)
SIGN = step("sign", (State.HELD,), State.CONCLUDED)

STEPS: tuple[Step[State], ...] = (
    POST, POSTPONE, RESCHEDULE, MOVE, CANCEL, APPOINT, PREPARE, NOTIFY, TEST, CONNECT, ARCHIVE,
    NOTIFY_DEPUTY, EXCUSE_DEPUTY, REPLACE_DEPUTY, HOLD, CONCLUDE, SIGN,
)  # fmt: skip

CALL = step("call", (VisitState.WAITING,), VisitState.RECEIVED)
WRITE_DOWN = step("write_down", (VisitState.RECEIVED,), None)
ADD_PAPERS = step("add_papers", (VisitState.RECEIVED,), None)
RAISE = step("raise", (VisitState.RECEIVED,), None)
SEAL = step("seal", (VisitState.RECEIVED,), None)
REFUSE = step("refuse", (VisitState.WAITING, VisitState.RECEIVED), VisitState.REFUSED)
END = step("end", (VisitState.RECEIVED,), VisitState.ENDED)
LEAVE = step("leave", (VisitState.WAITING,), VisitState.LEFT)

VISIT_STEPS: tuple[Step[VisitState], ...] = (
    CALL, WRITE_DOWN, ADD_PAPERS, RAISE, SEAL, REFUSE, END, LEAVE,
)  # fmt: skip
