"""Receipts: shown once, kept only as digests, closed after five wrong tries, replaced when lost."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doithoai.core.errors import NotFound
from doithoai.ledger.commands import (
    Issued,
    issue_receipt,
    issue_receipts,
    open_receipt,
    recall_receipt,
    reissue_receipt,
)
from doithoai.ledger.models import Receipt

pytestmark = pytest.mark.django_db
ABOUT = UUID(int=77)


def _wrong(issued: Issued) -> str:
    return f"{(int(issued.secret) + 1) % 10**6:06d}"


def _refused(code: str, secret: str, at: datetime) -> str:
    with pytest.raises(NotFound) as refused:
        open_receipt(code, secret, at=at)
    return refused.value.message


def test_the_right_digits_open_however_they_were_typed(now: datetime) -> None:
    issued = issue_receipt(ABOUT, at=now)
    spaced = f"{issued.code[:4]} {issued.code[4:8]}-{issued.code[8:]}"
    assert open_receipt(spaced, f" {issued.secret} ", at=now).about == ABOUT


def test_five_wrong_tries_close_a_code_for_an_hour_even_to_the_right_secret(now: datetime) -> None:
    issued = issue_receipt(ABOUT, at=now)
    for _try in range(5):
        _refused(issued.code, _wrong(issued), now)
    _refused(issued.code, issued.secret, now)
    _refused(issued.code, issued.secret, now + timedelta(minutes=59))
    assert open_receipt(issued.code, issued.secret, at=now + timedelta(minutes=61)).about == ABOUT


def test_four_wrong_tries_and_a_right_one_begin_the_count_anew(now: datetime) -> None:
    issued = issue_receipt(ABOUT, at=now)
    for _round in range(2):
        for _try in range(4):
            _refused(issued.code, _wrong(issued), now)
        assert open_receipt(issued.code, issued.secret, at=now)


def test_one_closed_code_closes_no_other(now: datetime) -> None:
    one, two = issue_receipt(ABOUT, at=now), issue_receipt(ABOUT, at=now)
    for _try in range(5):
        _refused(one.code, _wrong(one), now)
    assert open_receipt(two.code, two.secret, at=now)


def test_a_replaced_slip_opens_nothing_more(now: datetime) -> None:
    old = issue_receipt(ABOUT, at=now)
    new = reissue_receipt(ABOUT, at=now)
    _refused(old.code, old.secret, now)
    assert open_receipt(new.code, new.secret, at=now).pk == new.id
    assert Receipt.objects.get(pk=old.id).dead_at == now


def test_a_code_that_exists_and_one_that_does_not_cost_and_say_the_same(now: datetime) -> None:
    issued = issue_receipt(ABOUT, at=now)
    other = issue_receipt(UUID(int=78), at=now)
    unknown = reissue_receipt(UUID(int=78), at=now) and other  # its code is dead
    tries = [
        (issued.code, _wrong(issued)),
        (unknown.code, unknown.secret),
        ("123", "000000"),
        ("", ""),
    ]
    counts, words = set(), set()
    for code, secret in tries:
        with CaptureQueriesContext(connection) as seen:
            words.add(_refused(code, secret, now))
        counts.add(len(seen))
    assert len(counts) == 1
    assert len(words) == 1


def test_neither_code_nor_secret_is_stored_in_the_clear(now: datetime) -> None:
    issued = issue_receipt(ABOUT, at=now)
    row = Receipt.objects.filter(pk=issued.id).values().get()
    for value in row.values():
        text = bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode()
        assert issued.code.encode() not in text
        assert issued.secret.encode() not in text
    assert len(bytes(row["code_hash"])) == len(bytes(row["secret_hash"])) == 32


def test_the_same_form_is_shown_the_same_receipt_again_and_another_form_is_not(
    now: datetime,
) -> None:
    issued = issue_receipt(ABOUT, at=now, drawn="once")
    assert recall_receipt(ABOUT, drawn="once") == issued
    assert recall_receipt(ABOUT, drawn="another") is None
    assert recall_receipt(UUID(int=78), drawn="once") is None
    reissue_receipt(ABOUT, at=now)
    assert recall_receipt(ABOUT, drawn="once") is None


def test_many_slips_cost_one_statement_and_each_opens_its_own(
    django_assert_num_queries,
    now: datetime,  # type: ignore[no-untyped-def]
) -> None:
    abouts = [UUID(int=n) for n in range(100, 110)]
    with django_assert_num_queries(1):
        issued = issue_receipts(abouts, at=now)
    for about, each in zip(abouts, issued, strict=True):
        assert open_receipt(each.code, each.secret, at=now).about == about
