"""Several at one moment: a period is opened once, and no day is lost or counted twice."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from django.db import connections

from doithoai.duties import commands
from doithoai.duties.commands import CLOCK
from doithoai.duties.models import Duty, Met
from doithoai.duties.workflow import State
from doithoai.ledger.models import Entry
from tests.conftest import become
from tests.duties.grounds import RECEIVE, event, head, hold, moment

DAY = date(2026, 10, 5)
DAYS = (date(2026, 10, 12), date(2026, 10, 20), date(2026, 10, 27))


def at_once(*acts: Callable[[], object]) -> None:
    """All at one moment; what one of them raises is raised here."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        start.wait(timeout=60)
        try:
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        done = [pool.submit(run, act) for act in acts]
    for each in done:
        each.result()


def test_two_clocks_and_who_records_open_a_period_once(committed_db: str) -> None:
    minh, post = become("minh"), head().pk
    about = event(minh, "T26-000001")
    at_once(
        lambda: commands.open_periods(post, day=DAY, by=CLOCK, at=moment(DAY)),
        lambda: commands.open_periods(post, day=DAY, by=CLOCK, at=moment(DAY)),
        lambda: hold(post, DAYS[0], minh, about=about),
        lambda: hold(post, DAYS[0], minh, about=about),
    )
    duty = Duty.objects.get(post=post, rule=RECEIVE)
    assert Met.objects.filter(duty=duty).count() == 1
    assert Entry.objects.filter(matter=duty.pk, kind="duties.met").count() == 1


def test_three_days_recorded_at_one_moment_are_three(committed_db: str) -> None:
    minh, post = become("minh"), head().pk
    commands.open_periods(post, day=DAY, by=CLOCK, at=moment(DAY))
    held = [event(minh, f"T26-00000{number}") for number in range(3)]
    at_once(
        *(
            lambda day=day, about=about: hold(post, day, minh, about=about)  # type: ignore[misc]  # bound here
            for day, about in zip(DAYS, held, strict=True)
        )
    )
    duty = Duty.objects.get(post=post, rule=RECEIVE)
    assert (duty.state, Met.objects.filter(duty=duty).count()) == (State.MET, 3)
