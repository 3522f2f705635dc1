"""When a duty of one period may move, and where to."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from doithoai.core.workflow import Step, step


class State(TextChoices):
    """Where a duty stands in its period."""

    OPEN = "open", _("Period running, not done in full yet")
    MET = "met", _("Done in full")
    MISSED = "missed", _("Not done in full")
    EXCUSED = "excused", _("Excused for the period")


FINAL = frozenset({State.MET, State.MISSED, State.EXCUSED})

# What was really held is written down whatever became of the period.
MEET = step("meet", tuple(State), None)
NOTE = step("note", (State.OPEN, State.MISSED), None)
FULFIL = step("fulfil", (State.OPEN, State.MISSED), State.MET)
MISS = step("miss", (State.OPEN,), State.MISSED)
EXCUSE = step("excuse", (State.OPEN, State.MISSED), State.EXCUSED)
RELEASE = step("release", (State.OPEN,), State.EXCUSED)

STEPS: tuple[Step[State], ...] = (MEET, NOTE, FULFIL, MISS, EXCUSE, RELEASE)
