"""What time does to duties of heads: their periods begin, and end."""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from doithoai.accounts.models import Post
from doithoai.core.days import local_day
from doithoai.docket.models import Obligation
from doithoai.docket.rows import one_by_one
from doithoai.duties import commands
from doithoai.duties.commands import CLOCK
from doithoai.duties.events import Missed
from doithoai.duties.models import Duty
from doithoai.duties.periods import holds_on, owed_on
from doithoai.duties.workflow import State
from doithoai.units.models import Body

BATCH: Final = 2000  # of one run; the next one goes on


def open_periods(now: datetime) -> int:
    """Open every period that runs today for every head, once. Says for how many posts."""
    today = local_day(now)
    running = set(Duty.objects.filter(last_day__gte=today).values_list("post", "rule", "first_day"))
    posts = [
        post.pk
        for post in _heads(now)
        if any((post.pk, o.rule.id, o.span.first) not in running for o in owed_on(post, today))
    ]
    return one_by_one(
        posts,
        lambda pk: commands.open_periods(pk, day=today, by=CLOCK, at=now),
        run="open_periods",
    )


def _heads(now: datetime) -> QuerySet[Post]:
    """Posts that head a body which is there today."""
    today = local_day(now)
    bodies = Body.objects.in_force(today)
    heads = Post.objects.filter(is_head=True, valid__contains=today, body__in=bodies)
    return heads.select_related("body").order_by("pk")


def release(now: datetime) -> int:
    """Excuse posts that ended, or whose body ended, before their period did. How many."""
    today = local_day(now)
    there = set(Body.objects.in_force(today).values_list("pk", flat=True))
    rows = Duty.objects.filter(state=State.OPEN).select_related("post")
    gone = [
        duty.pk for duty in rows if not holds_on(duty.post, today) or duty.post.body_id not in there
    ]
    return one_by_one(gone, lambda pk: commands.release(pk, by=CLOCK, at=now), run="release")


def miss(now: datetime) -> int:
    """Say of every period that is over and not done in full that it was missed, once. How many."""
    over = Obligation.objects.filter(
        state="open",
        on_lapse=Missed.name,
        due_on__lt=local_day(now),
        matter__state=State.OPEN,
        matter__kind="duty",
    ).order_by("due_on")
    ids = list(over.values_list("matter", flat=True)[:BATCH])
    return one_by_one(ids, lambda pk: commands.miss(pk, by=CLOCK, at=now), run="miss")


def keep(now: datetime) -> None:
    """All of it, in the order in which it happens. Safe to do twice."""
    release(now)
    miss(now)
    open_periods(now)
