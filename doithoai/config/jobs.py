"""What the worker does on its own, and when. Each job is safe to run twice."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from doithoai.cases import tasks as cases_tasks
from doithoai.docket import tasks as docket_tasks
from doithoai.ledger.commands import number_entries
from doithoai.notices import tasks as notices_tasks

BATCH = 20


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="every_minute", lock="every_minute", pass_context=False)
def every_minute(timestamp: int) -> None:
    """Number what was entered, send what waits, let the times that ran out lapse."""
    del timestamp
    now = timezone.now()
    number_entries()
    notices_tasks.release_stuck(now)
    while sum(notices_tasks.send_due(now, limit=BATCH).values()) == BATCH:
        pass
    cases_tasks.lapse(now)


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="every_quarter", lock="every_quarter", pass_context=False)
def every_quarter(timestamp: int) -> None:
    """Remind before the date and tell the post above after it, in working hours; one digest a
    day.
    """
    del timestamp
    now = timezone.now()
    docket_tasks.remind(now)
    docket_tasks.escalate(now)
    if _morning(now):
        notices_tasks.digest_due(now)


def _morning(now: datetime) -> bool:
    """Between seven and eight in the morning, local time: when the day's one mail goes out."""
    return timezone.localtime(now).hour == 7


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="stalled", lock="stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:
    """Jobs whose worker died are done again (procrastinate leaves them «doing» for ever)."""
    del timestamp
    for job in await app.job_manager.get_stalled_jobs(nb_seconds=1200):
        await app.job_manager.retry_job(job)
