"""Numbers of a register: from 1 in each body and year, no gap, none twice."""

import threading

from django.db import connections, transaction

from doithoai.accounts.actors import Official
from doithoai.docket.codes import next_in_register
from tests.conftest import become

EIGHT = 8


def test_each_body_register_and_year_counts_from_one(
    db: None, minh: Official, lien: Official
) -> None:
    given = [
        next_in_register(minh.body, "reception", 2026),
        next_in_register(minh.body, "reception", 2026),
        next_in_register(lien.body, "reception", 2026),
        next_in_register(minh.body, "petitions", 2026),
        next_in_register(minh.body, "reception", 2027),
    ]

    assert given == [1, 2, 1, 1, 1]


def test_a_number_goes_back_with_what_it_was_given_to(db: None, minh: Official) -> None:
    with transaction.atomic():
        next_in_register(minh.body, "reception", 2026)
        transaction.set_rollback(True)

    assert next_in_register(minh.body, "reception", 2026) == 1


def test_eight_clerks_at_once_leave_no_gap(committed_db: str) -> None:
    body, start, given = become("minh").body, threading.Barrier(EIGHT), list[int]()

    def ask() -> None:
        start.wait()
        try:
            with transaction.atomic():
                given.append(next_in_register(body, "reception", 2026))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(EIGHT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(given) == list(range(1, EIGHT + 1))
