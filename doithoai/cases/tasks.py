"""What time does to cases."""

from datetime import datetime
from typing import Final

from doithoai.accounts.actors import Clock
from doithoai.cases.commands import hearing
from doithoai.cases.workflow import LAPSE
from doithoai.core.days import local_day
from doithoai.docket.models import Obligation
from doithoai.docket.rows import one_by_one

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
    clock = Clock("lapse")
    return one_by_one(
        ids, lambda pk: hearing.lapse(pk, by=clock, at=now).pk is not None, run="lapse"
    )
