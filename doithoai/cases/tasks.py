"""What time does to cases."""

from datetime import datetime
from typing import Final

from doithoai.accounts.actors import Clock
from doithoai.cases.commands import hearing, sealing
from doithoai.cases.workflow import LAPSE
from doithoai.core.days import local_day
from doithoai.docket.models import Matter, Obligation
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


def shut_out(now: datetime) -> int:
    """Look anew at whom each open sealed case shuts out: seats change every day. How many."""
    ids = list(
        Matter.objects.filter(kind="case", sealed=True, final=False).values_list("pk", flat=True)
    )
    clock = Clock("shut_out")
    return one_by_one(ids, lambda pk: sealing.look_again(pk, by=clock, at=now), run="shut_out")
