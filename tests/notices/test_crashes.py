"""Two workers at once, and a worker that dies: on a database that really commits."""

import os
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection
from pytest_django.fixtures import Settings

from doithoai.notices import commands, queries, tasks
from doithoai.notices.commands import Recipient
from doithoai.notices.models import Outbox
from doithoai.notices.workflow import State
from tests.notices.conftest import Gateway, Mailbox
from tests.notices.test_commands import ALL, queued, reload

ROOT = Path(__file__).parent.parent.parent


def _die_after_the_server_took_it(database: str, now: datetime, **servers: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.notices.crashing", now.isoformat()],
        cwd=ROOT,
        env={**os.environ, **servers, "DATABASE_URL": database},
        check=False,
        timeout=60,
    )
    assert run.returncode == 9


def test_two_workers_never_take_the_same_notice(committed_db: str, now: datetime) -> None:
    rows = {queued(now).pk for _each in range(40)}
    taken: list[list[UUID]] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        while batch := commands.claim(3, channels=ALL, at=now):
            taken.append([row.pk for row in batch])
        connection.close()

    workers = [threading.Thread(target=work) for _each in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    claimed = [pk for batch in taken for pk in batch]
    assert len(claimed) == len(rows)
    assert set(claimed) == rows


def test_a_mail_repeated_after_a_crash_has_the_same_id(
    committed_db: str, mailbox: Mailbox, now: datetime
) -> None:
    row = commands.queue(
        "notices/notices/in_public",
        to=Recipient("email", "lan@nha.example"),
        about=None,
        context={"code": "2611 4470 8163"},
        at=now,
    )
    _die_after_the_server_took_it(
        committed_db, now, DOITHOAI_SMTP_HOST="127.0.0.1", DOITHOAI_SMTP_PORT=str(mailbox.port)
    )
    assert reload(row).state == State.SENDING

    later = now + timedelta(minutes=11)
    assert tasks.send_due(later).total() == 0
    assert tasks.release_stuck(later) == 1
    assert tasks.send_due(later)["sent"] == 1

    assert [mail["Message-ID"] for mail in mailbox.mails] == [row.message_id] * 2
    assert reload(row).state == State.SENT


def test_a_text_message_is_not_repeated_after_a_crash(
    committed_db: str, gateway: Gateway, settings: Settings, now: datetime
) -> None:
    row = commands.queue(
        "notices/notices/in_public",
        to=Recipient("sms", "0900000000"),
        about=None,
        context={},
        at=now,
    )
    _die_after_the_server_took_it(committed_db, now, DOITHOAI_GATEWAY_URL=settings.GATEWAY_URL)

    later = now + timedelta(minutes=11)
    tasks.release_stuck(later)
    tasks.send_due(later)

    assert len(gateway.messages) == 1
    assert [each.pk for each in queries.troubled()] == [row.pk]
    assert Outbox.objects.get().state == State.UNCERTAIN
