"""What time does to what is owed: remind before the date, tell the post above after it, and say
when an alarm has passed.
"""

from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone

from doithoai.accounts.actors import Clock
from doithoai.core.days import local_day
from doithoai.docket import commands, lawbook
from doithoai.docket.models import Obligation
from doithoai.docket.rows import one_by_one

OPENS: Final = time(7, 30)
CLOSES: Final = time(17, 0)
AHEAD: Final = timedelta(days=60)  # no rule reminds earlier than this before its date
BATCH: Final = 500  # of one run; the next one goes on


def remind(now: datetime) -> int:
    """Remind whoever owes, on the days the rule's ladder names; working hours only. How many."""
    if not in_hours(now):
        return 0
    today = local_day(now)
    rows = Obligation.objects.filter(
        state="open", kind="duty", due_on__gte=today, due_on__lte=today + AHEAD
    )
    due = rows.filter(remind_on__lte=today).order_by("due_on").values_list("pk", flat=True)[:BATCH]
    clock = Clock("remind")
    return one_by_one(list(due), lambda pk: commands.remind(pk, by=clock, at=now), run="remind")


def escalate(now: datetime) -> int:
    """Tell the head, the post above and the supervisor what is late, once; working hours only."""
    if not in_hours(now):
        return 0
    rows = Obligation.objects.filter(
        state="open", kind="duty", due_on__lt=local_day(now), escalated_on=None
    )
    late = rows.order_by("-due_on").values_list("pk", flat=True)[:BATCH]
    clock = Clock("escalate")
    return one_by_one(
        list(late), lambda pk: commands.escalate(pk, by=clock, at=now), run="escalate"
    )


def alarm(now: datetime) -> int:
    """Tell the head and the supervisor of alarms that have passed, once; working hours only."""
    if not in_hours(now):
        return 0
    rows = Obligation.objects.filter(
        state="open", kind="alarm", due_on__lt=local_day(now), escalated_on=None
    )
    passed = rows.order_by("-due_on").values_list("pk", flat=True)[:BATCH]
    clock = Clock("alarm")
    return one_by_one(list(passed), lambda pk: commands.alarm(pk, by=clock, at=now), run="alarm")


def in_hours(now: datetime) -> bool:
    """Whether offices work at this moment: a working day of the calendar, in working hours."""
    clock = timezone.localtime(now).time()
    return lawbook.calendar().is_working(local_day(now)) and OPENS <= clock < CLOSES
