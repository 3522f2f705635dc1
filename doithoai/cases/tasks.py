"""What time does to cases."""

from datetime import datetime
from typing import Final

from doithoai.accounts.actors import Clock
from doithoai.cases.commands import hearing
from doithoai.cases.workflow import LAPSE
from doithoai.core.days import local_day
from doithoai.docket.models import Obligation

BATCH: Final = 500  # of one run; the next one goes on


def lapse(now: datetime) -> int:
    """Let every time to hear the person that has run out lapse, once, each by itself. How many."""
    due = Obligation.objects.filter(
        state="open",
        kind="window",
        on_lapse="cases.unconfirmed",
        due_on__lt=local_day(now),
        matter__state__in=LAPSE.sources,
    ).order_by("due_on")
    ids = list(dict.fromkeys(due.values_list("matter", flat=True)[:BATCH]))
    for case_id in ids:
        hearing.lapse(case_id, by=Clock("lapse"), at=now)
    return len(ids)
