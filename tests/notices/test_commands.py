"""The outbox: what is queued, claimed, put off, merged, and done by hand."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from doithoai.core.errors import Denied, Invalid, NotFound, WrongState
from doithoai.ledger.models import Entry
from doithoai.notices import commands, queries
from doithoai.notices.commands import Notice, Recipient
from doithoai.notices.models import Outbox
from doithoai.notices.workflow import State
from tests.files.making import POST, USER, Somebody

pytestmark = pytest.mark.django_db

ABOUT = UUID(int=42)
LAN = Recipient("email", "lan@nha.example")
CONTEXT = {"code": "2611 4470 8163", "result": "125/UBND-KT"}
ALL = ["email", "sms", "zalo"]
BY = Somebody()


def queued(at: datetime, to: Recipient = LAN) -> Outbox:
    """A notice to Lan."""
    return commands.queue("tests/answered", to=to, about=ABOUT, context=CONTEXT, at=at)


def reload(row: Outbox) -> Outbox:
    """The row as the database has it."""
    return Outbox.objects.get(pk=row.pk)


def test_queueing_is_one_insert(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        row = queued(now)

    assert (row.state, row.tries, row.next_at) == (State.QUEUED, 0, now)
    assert row.message_id == f"<{row.pk}@xa.example>"


def test_many_are_queued_in_one_insert(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one = Notice(template="tests/answered", to=LAN, about=ABOUT, context=CONTEXT)

    with django_assert_num_queries(1):
        rows = commands.queue_all([one, one, one], at=now)

    assert len({row.message_id for row in rows}) == 3


def test_a_notice_goes_with_the_change_that_failed(now: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        queued(now).save(force_insert=True)

    assert not Outbox.objects.exists()


@pytest.mark.parametrize("to", [Recipient("pigeon", "lan"), Recipient("sms", "  ")])
def test_a_channel_or_address_that_cannot_be_is_refused(to: Recipient, now: datetime) -> None:
    with pytest.raises(Invalid):
        queued(now, to)


def test_somebody_to_be_told_by_hand_needs_no_address(now: datetime) -> None:
    assert queued(now, Recipient("print", "")).channel == "print"


def test_a_claim_takes_what_is_due_oldest_first_and_only_once(now: datetime) -> None:
    later, second, first = (queued(now + timedelta(minutes=m)) for m in (5, 0, -5))
    queued(now, Recipient("print", ""))

    taken = commands.claim(10, channels=ALL, at=now)

    assert [row.pk for row in taken] == [first.pk, second.pk]
    assert {row.state for row in taken} == {State.SENDING}
    assert commands.claim(10, channels=ALL, at=now) == []
    assert reload(later).state == State.QUEUED


def test_a_claim_takes_no_more_than_asked_and_only_channels_with_a_server(now: datetime) -> None:
    queued(now)
    queued(now, Recipient("sms", "0900000000"))

    assert commands.claim(10, channels=["zalo"], at=now) == []
    assert commands.claim(10, channels=[], at=now) == []
    assert len(commands.claim(1, channels=ALL, at=now)) == 1


def test_tries_wait_longer_each_time_and_then_the_notice_has_failed(now: datetime) -> None:
    row, at, waits = queued(now), now, []
    for _try in range(6):
        commands.claim(1, channels=ALL, at=at)
        commands.mark_retry(row.pk, error="SMTP 450", at=at)
        found = reload(row)
        waits.append(found.next_at - at)
        at = max(at, found.next_at)

    minutes = [wait.total_seconds() / 60 for wait in waits]
    assert minutes[:5] == [1, 5, 30, 120, 720]
    assert (found.state, found.error, found.tries) == (State.FAILED, "SMTP 450", 6)
    assert list(queries.troubled()) == [found]


def test_a_mail_left_by_a_crash_goes_out_once_more_with_the_same_id(now: datetime) -> None:
    row = queued(now)
    commands.claim(1, channels=ALL, at=now)

    assert commands.release_stuck(at=now + timedelta(minutes=9)) == 0
    assert commands.release_stuck(at=now + timedelta(minutes=11)) == 1
    (again,) = commands.claim(1, channels=ALL, at=now + timedelta(minutes=11))

    assert again.message_id == row.message_id
    assert commands.release_stuck(at=now + timedelta(minutes=30)) == 1
    assert reload(row).state == State.UNCERTAIN


@pytest.mark.parametrize("channel", ["sms", "zalo"])
def test_a_message_left_by_a_crash_is_never_sent_by_itself(channel: str, now: datetime) -> None:
    row = queued(now, Recipient(channel, "0900000000"))
    commands.claim(1, channels=ALL, at=now)
    later = now + timedelta(minutes=11)

    commands.release_stuck(at=later)

    assert reload(row).state == State.UNCERTAIN
    assert commands.claim(1, channels=ALL, at=later) == []
    assert list(queries.troubled()) == [reload(row)]


def test_a_late_answer_does_not_undo_the_list_of_uncertain_ones(now: datetime) -> None:
    row = queued(now, Recipient("sms", "0900000000"))
    commands.claim(1, channels=ALL, at=now)
    commands.release_stuck(at=now + timedelta(minutes=11))

    commands.mark_sent(row.pk, at=now)
    commands.mark_failed(row.pk, error="x")
    commands.mark_uncertain(row.pk, error="x")
    commands.mark_retry(row.pk, error="x", at=now)

    assert reload(row).state == State.UNCERTAIN


def test_an_official_may_send_an_uncertain_one_again_and_that_is_entered(now: datetime) -> None:
    row = queued(now, Recipient("sms", "0900000000"))
    commands.claim(1, channels=ALL, at=now)
    commands.mark_uncertain(row.pk, error="HTTP 500")

    commands.send_again(row.pk, by=BY, at=now)

    assert [each.pk for each in commands.claim(1, channels=ALL, at=now)] == [row.pk]
    entry = Entry.objects.get(kind="notices.sent_again")
    assert (entry.matter, entry.data["repeats"]) == (ABOUT, True)


def test_what_was_sent_is_not_sent_again(now: datetime) -> None:
    row = queued(now)
    commands.claim(1, channels=ALL, at=now)
    commands.mark_sent(row.pk, at=now)

    with pytest.raises(WrongState):
        commands.send_again(row.pk, by=BY, at=now)
    with pytest.raises(WrongState):
        commands.mark_done_by_hand(row.pk, by=BY, at=now)


def test_a_notice_that_is_not_there_is_not_found(now: datetime) -> None:
    with pytest.raises(NotFound):
        commands.send_again(UUID(int=1), by=BY, at=now)


def test_whoever_told_the_person_by_hand_is_named(now: datetime) -> None:
    row = queued(now, Recipient("print", "", village=UUID(int=5)))

    commands.mark_done_by_hand(row.pk, by=BY, at=now)

    found = reload(row)
    assert (found.state, found.done_by, found.done_post) == (State.BY_HAND, USER, POST)
    assert Entry.objects.get(kind="notices.delivered_by_hand").matter == ABOUT
    assert queries.sheet(UUID(int=5), at=now) == []


def test_the_clock_cannot_say_that_it_told_somebody(now: datetime) -> None:
    row = queued(now, Recipient("print", ""))
    clock = replace(BY, kind="clock", ref=None)

    with pytest.raises(Denied):
        commands.mark_done_by_hand(row.pk, by=clock, at=now)


@pytest.mark.parametrize(
    "odd",
    [
        {"state": State.SENT},
        {"state": State.SENDING},
        {"state": State.BY_HAND},
        {"state": State.MERGED},
    ],
    ids=str,
)
def test_the_database_refuses_a_state_without_its_stamps(
    odd: dict[str, object], now: datetime
) -> None:
    row = queued(now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Outbox.objects.filter(pk=row.pk).update(**odd)
