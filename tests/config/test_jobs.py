"""The worker as it is started: entries get numbers, notices go out, times run out, nobody waits."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session as SignedIn
from django.db import connection
from django.utils import timezone

from doithoai.accounts.models import User
from doithoai.cases.workflow import State, Word
from doithoai.config import jobs
from doithoai.docket.models import Obligation
from doithoai.docket.rows import one_by_one
from doithoai.ledger.models import Entry, Sequence
from doithoai.notices.commands import Recipient, queue
from doithoai.notices.models import Outbox
from doithoai.notices.workflow import State as Sending
from tests.cases.reaching import reach
from tests.config.test_processes import eventually

STALLED = """
INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status)
VALUES ('default', %s, %s, %s, '{"timestamp": 0}', 'doing') RETURNING id
"""


@dataclass
class Mailbox:
    """What the SMTP server took."""

    mails: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802 - the server's own name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a mail."""
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@pytest.fixture
def mailbox(free_port: int) -> Iterator[tuple[Mailbox, int]]:
    """A real SMTP server and its port."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port)
    controller.start()
    yield box, free_port
    controller.stop()


WORK = [sys.executable, "-m", "doithoai.config.cli", "work"]


def _environment(database: str, port: int) -> dict[str, str]:
    mail = {"DOITHOAI_SMTP_HOST": "127.0.0.1", "DOITHOAI_SMTP_PORT": str(port)}
    return {**os.environ, "DATABASE_URL": database, **mail}


def _work(database: str, port: int) -> None:
    subprocess.run([*WORK, "--once"], check=True, timeout=120, env=_environment(database, port))


def _stalled(task: str, lock: str | None) -> int:
    """A job whose worker is gone, as a killed worker leaves it."""
    with connection.cursor() as cursor:
        cursor.execute(STALLED, [f"doithoai.config.jobs.{task}", lock, lock])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def _status(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        row = cursor.fetchone()
    assert row is not None
    return str(row[0])


def test_one_round_of_the_worker_numbers_sends_and_lets_times_run_out(
    committed_db: str, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    now = timezone.now()
    story = reach(State.ANSWERED)
    yesterday = now.date() - timedelta(days=2)
    window = Obligation.objects.filter(matter=story.case_id, on_lapse="cases.unconfirmed")
    assert window.update(due_on=yesterday) == 1
    context = {"code": "2611 4470 8163", "url": "https://xa.example/"}
    to = Recipient("email", "lan@xa.example")
    notice = queue("cases/notices/asked", to=to, about=None, context=context, at=now)
    assert Sequence.objects.count() < Entry.objects.count()

    _work(committed_db, port)

    assert story.case.word == Word.UNCONFIRMED
    assert Sequence.objects.count() == Entry.objects.count()
    assert Outbox.objects.get(pk=notice.pk).state == Sending.SENT
    assert [mail["To"] for mail in box.mails].count("lan@xa.example") == 1


def test_a_worker_that_is_left_alone_does_it_by_the_clock(
    committed_db: str, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    story = reach(State.ROUTED)
    context = {"code": story.code, "url": "https://xa.example/"}
    to = Recipient("email", "lan@xa.example")
    queue("cases/notices/asked", to=to, about=None, context=context, at=timezone.now())
    worker = subprocess.Popen(WORK, env=_environment(committed_db, port))
    try:
        assert eventually(lambda: len(box.mails) == 1)
        assert eventually(lambda: Sequence.objects.count() == Entry.objects.count())
    finally:
        worker.terminate()
        assert worker.wait(30) == 0


def test_work_of_a_worker_that_died_is_set_free_when_another_starts(
    committed_db: str, free_port: int
) -> None:
    dead = [_stalled("every_minute", "every_minute"), _stalled("retry_stalled", "stalled")]
    once = _stalled("forget_jobs", None)

    _work(committed_db, free_port)

    assert [_status(job) for job in dead] == ["failed", "failed"]
    assert _status(once) == "succeeded"


@pytest.mark.django_db
def test_a_night_clears_ended_sessions_and_tries_that_count_no_more() -> None:
    now = timezone.now()
    for key, ends in (("old", now - timedelta(days=1)), ("new", now + timedelta(hours=1))):
        SignedIn.objects.create(session_key=key, session_data="", expire_date=ends)
    for name, hours in (("minh", 2), ("hoa", 0)):
        attempt = AccessAttempt.objects.create(username=name, failures_since_start=5)
        AccessAttempt.objects.filter(pk=attempt.pk).update(
            attempt_time=now - timedelta(hours=hours)
        )
    log = AccessLog.objects.create(username="minh")
    AccessLog.objects.filter(pk=log.pk).update(attempt_time=now - timedelta(days=100))

    jobs.every_night(0)

    assert list(SignedIn.objects.values_list("session_key", flat=True)) == ["new"]
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["hoa"]
    assert not AccessLog.objects.exists()


@pytest.mark.django_db
def test_a_row_that_fails_is_named_and_the_others_are_done(
    caplog: pytest.LogCaptureFixture,
) -> None:
    wanted = list(User.objects.order_by("username")[:3])

    def act(pk: object) -> bool:
        if pk == wanted[1].pk:
            raise ValueError("Nguyễn Văn A")
        return True

    assert one_by_one([user.pk for user in wanted], act, run="remind") == 2
    assert f"remind: row {wanted[1].pk} failed: ValueError" in caplog.text
    assert "Nguyễn" not in caplog.text
