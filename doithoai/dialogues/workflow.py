"""When a dialogue may move, and where to."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from doithoai.core.workflow import Step, step


class State(TextChoices):
    """Where a dialogue stands."""

    PLANNED = "planned", _("Planned")
    ANNOUNCED = "announced", _("Announced")
    POSTPONED = "postponed", _("Postponed")
    HELD = "held", _("Held, conclusion to be issued")
    SIGNED = "signed", _("Conclusion signed, to be published")
    PUBLISHED = "published", _("Conclusion published")
    CANCELLED = "cancelled", _("Cancelled")


FINAL = frozenset({State.PUBLISHED, State.CANCELLED})
COMING = (State.PLANNED, State.ANNOUNCED, State.POSTPONED)

CHANGE = step("change", (State.PLANNED, State.ANNOUNCED), None)
ANNOUNCE = step("announce", (State.PLANNED, State.POSTPONED), State.ANNOUNCED)
RESCHEDULE = step("reschedule", (State.POSTPONED, State.PLANNED, State.ANNOUNCED), State.PLANNED)
POSTPONE = step("postpone", (State.PLANNED, State.ANNOUNCED), State.POSTPONED)
CANCEL = step("cancel", COMING, State.CANCELLED)
TAKE_DOWN = step("take_down", (State.PLANNED, State.ANNOUNCED, State.HELD, State.SIGNED), None)
IMPORT = step(
    "import", (State.PLANNED, State.ANNOUNCED, State.HELD, State.SIGNED, State.PUBLISHED), None
)
PREPARE = step("prepare", (State.PLANNED, State.ANNOUNCED), None)
ASK_DRAFT = step("ask_draft", (State.PLANNED, State.ANNOUNCED), None)
SEND_DRAFT = step("send_draft", (State.PLANNED, State.ANNOUNCED), None)
HOLD = step("hold", (State.PLANNED, State.ANNOUNCED), State.HELD)
RECORD_MINUTES = step("record_minutes", (State.HELD, State.SIGNED), None)
SIGN_MINUTES = step("sign_minutes", (State.HELD, State.SIGNED, State.PUBLISHED), None)
PUBLISH_MINUTES = step("publish_minutes", (State.PUBLISHED,), None)
CONCLUDE = step("conclude", (State.HELD,), None)
APPROVE = step("approve", (State.HELD,), None)
SIGN = step("sign", (State.HELD,), State.SIGNED)
PUBLISH = step("publish", (State.SIGNED,), State.PUBLISHED)
POST_RESULTS = step("post_results", (State.PUBLISHED,), None)

STEPS: tuple[Step[State], ...] = (
    CHANGE, ANNOUNCE, RESCHEDULE, POSTPONE, CANCEL, TAKE_DOWN, IMPORT, PREPARE, ASK_DRAFT,
    SEND_DRAFT, HOLD, RECORD_MINUTES, SIGN_MINUTES, PUBLISH_MINUTES, CONCLUDE, APPROVE, SIGN,
    PUBLISH, POST_RESULTS,
)  # fmt: skip
