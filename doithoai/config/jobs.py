"""What the worker does on its own, and when. Each job is safe to run twice."""

from datetime import datetime, timedelta
from typing import Final

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from doithoai.cases import tasks as cases_tasks
from doithoai.docket import tasks as docket_tasks
from doithoai.duties import tasks as duties_tasks
from doithoai.ledger.commands import number_entries
from doithoai.notices import tasks as notices_tasks
from doithoai.reception import tasks as reception_tasks

BATCH: Final = 20
SIGN_INS_KEPT: Final = 90  # days
JOBS_KEPT: Final = 72  # hours


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
    cases_tasks.shut_out(now)
    reception_tasks.keep(now)


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="every_quarter", lock="every_quarter", pass_context=False)
def every_quarter(timestamp: int) -> None:
    """Remind before the date and tell the post above after it, then the day's one mail to each.

    In working hours only. What comes up after somebody's mail of the day waits for the next one.
    """
    del timestamp
    now = timezone.now()
    if docket_tasks.in_hours(now):
        docket_tasks.remind(now)
        docket_tasks.escalate(now)
        docket_tasks.alarm(now)
        notices_tasks.digest_due(now)


@app.periodic(cron="17 19 * * *")  # UTC: 02:17 in Vietnam
@app.task(queueing_lock="every_night", lock="every_night", pass_context=False)
def every_night(timestamp: int) -> None:
    """Begin and end the periods of heads' duties; clear away sessions that ended, sign-ins that
    count no more, and the words of text messages whose days are over.
    """
    del timestamp
    now = timezone.now()
    duties_tasks.keep(now)
    clear_sign_ins(now)
    notices_tasks.forget_words(now)


def clear_sign_ins(now: datetime) -> None:
    """Ended sessions go, failed tries whose hour is over, and the log of sign-ins after 90 days."""
    SessionStore.clear_expired()
    over = now - timedelta(hours=settings.AXES_COOLOFF_TIME)
    AccessAttempt.objects.filter(attempt_time__lt=over).delete()
    AxesProxyHandler.reset_logs(age_days=SIGN_INS_KEPT)
    AxesProxyHandler.reset_failure_logs(age_days=SIGN_INS_KEPT)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:
    """Set free what a dead worker held; without a lock, or its own death would block it."""
    del timestamp
    await release_stalled()


async def release_stalled() -> None:
    """Jobs whose worker died are done again (procrastinate leaves them «doing» for ever).

    A worker says every ten seconds that it lives; after thirty it is held for dead.
    """
    for job in await app.job_manager.get_stalled_jobs():
        if job.queueing_lock is None:
            await app.job_manager.retry_job(job)
        elif job.id is not None:
            # Another of the same may wait already, and two may not; its next time comes by itself.
            await app.job_manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=False)


@app.periodic(cron="37 19 * * *")
@app.task(queueing_lock="forget_jobs", pass_context=False)
async def forget_jobs(timestamp: int) -> None:
    """Jobs that were done three days ago and more are forgotten."""
    del timestamp
    await app.job_manager.delete_old_jobs(nb_hours=JOBS_KEPT, include_failed=True)


def one_round() -> None:
    """All that a worker does by itself in a quarter of an hour, once and now."""
    every_minute(0)
    every_quarter(0)
    number_entries()
