"""Numbers without gaps, given once, whoever commits meanwhile."""

import threading
from datetime import datetime

import pytest
from django.db import connection, transaction

from doithoai.accounts.actors import Clock
from doithoai.cases.events import Closed
from doithoai.ledger.commands import number_entries, record
from doithoai.ledger.models import Entry, Sequence

BY = Clock("test")
WRITERS, EACH = 4, 15


def _numbered() -> list[int]:
    return sorted(Sequence.objects.values_list("seq", flat=True))


@pytest.mark.django_db
def test_each_entry_gets_one_number_and_keeps_it(now: datetime) -> None:
    number_entries()
    first = dict(Sequence.objects.values_list("entry", "seq"))
    assert number_entries() == 0
    made = [record(Closed(), by=BY, at=now) for _each in range(5)]
    assert number_entries() == 5
    after = dict(Sequence.objects.values_list("entry", "seq"))
    assert {k: after[k] for k in first} == first
    assert [after[e.pk] for e in made] == list(range(len(first) + 1, len(first) + 6))


def test_numbers_have_no_gaps_while_others_write_and_number(
    committed_db: str, now: datetime
) -> None:
    assert committed_db
    start = threading.Barrier(WRITERS + 2)
    writing = threading.Event()

    def write() -> None:
        start.wait()
        for _turn in range(EACH):
            with transaction.atomic():
                record(Closed(), by=BY, at=now)
                record(Closed(), by=BY, at=now)
        connection.close()

    def number() -> None:
        start.wait()
        while not writing.is_set():
            number_entries()
        connection.close()

    writers = [threading.Thread(target=write) for _each in range(WRITERS)]
    numberers = [threading.Thread(target=number) for _each in range(2)]
    for thread in (*writers, *numberers):
        thread.start()
    for thread in writers:
        thread.join()
    writing.set()
    for thread in numberers:
        thread.join()
    number_entries()

    assert _numbered() == list(range(1, Entry.objects.count() + 1))
    assert set(Sequence.objects.values_list("entry", flat=True)) == set(
        Entry.objects.values_list("pk", flat=True)
    )


def test_what_is_rolled_back_leaves_no_gap(committed_db: str, now: datetime) -> None:
    assert committed_db
    with transaction.atomic():
        record(Closed(), by=BY, at=now)
        transaction.set_rollback(True)
    record(Closed(), by=BY, at=now)
    number_entries()
    assert _numbered() == list(range(1, Entry.objects.count() + 1))


def test_an_entry_not_yet_committed_waits_for_its_number(committed_db: str, now: datetime) -> None:
    assert committed_db
    written, numbered = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record(Closed(), by=BY, at=now)
            written.set()
            numbered.wait()
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    written.wait()
    late = record(Closed(), by=BY, at=now)
    number_entries()
    numbered.set()
    writer.join()
    assert Sequence.objects.filter(entry=late.pk).exists()
    assert number_entries() == 1
    assert _numbered() == list(range(1, Entry.objects.count() + 1))
