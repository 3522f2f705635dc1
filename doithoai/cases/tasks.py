"""What time does to cases."""

from datetime import datetime

from doithoai.accounts.actors import Clock
from doithoai.cases.commands import hearing
from doithoai.core.days import local_day
from doithoai.docket.models import Obligation


def lapse(now: datetime) -> int:
    """Let every time to hear the person that has run out lapse, once. Returns how many."""
    due = Obligation.objects.filter(
        state="open", kind="window", on_lapse="cases.unconfirmed", due_on__lt=local_day(now)
    ).values_list("matter", flat=True)
    ids = list(due)
    for case_id in ids:
        hearing.lapse(case_id, by=Clock("lapse"), at=now)
    return len(ids)
