"""What kinds there are of reception days, of those who receive, and of papers shown."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy

MIXED = "mixed"  # kind of a petition with several matters, until it is split
GIVEN, DECLINED = "given", "declined"  # answers to who asks to be received
CONNECTED = timedelta(hours=1)  # before an online reception begins (Decree 154/2026, article 23)
LARGE = 5  # people: from here on a large group (đoàn đông người)
# What a sealed visit says: nothing of who came and of what was said.
SILENT: dict[str, str | None] = {
    "came_name": "", "came_identity": "none", "came_number": "", "came_phone": "",
    "came_address": "", "summary": "", "outcome": "", "note": "", "kind": "", "papers": "",
    "guided_to": "", "settled_before_by": "", "interpreter": "", "person": None, "due_on": None,
}  # fmt: skip


class Kind(models.TextChoices):
    REGULAR = "regular", "regular"
    HEAD = "head_scheduled", "head, scheduled"
    UNSCHEDULED = "unscheduled", "head, unscheduled"
    DEPUTY = "deputy", "deputy"


class Deputy(models.TextChoices):
    """Whose deputy receives, or takes part (Law on Citizen Reception 42/2013, articles 21, 22)."""

    ASSEMBLY = "assembly", gettext_lazy("deputy of the National Assembly")
    COUNCIL = "council", gettext_lazy("deputy of the People's Council")


class Form(models.TextChoices):
    PLACE = "place", "at the reception place"
    ONLINE = "online", "online"


class Identity(models.TextChoices):
    """Papers by which a person is identified (Decree 154/2026, article 12)."""

    NONE = "none", "not shown"
    CARD = "card", "identity card"
    NUMBER = "number", "personal identification number"
    PASSPORT = "passport", "passport"
