"""Anybody with salt, facts and text can recompute the commitment; without them it says nothing."""

import hashlib
import hmac
import json
import unicodedata
from datetime import date, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doithoai.accounts.actors import Clock
from doithoai.cases.events import Answered
from doithoai.ledger import digests
from doithoai.ledger.commands import record
from doithoai.ledger.models import Entry, Salt

TEXT = "Kênh Đồng Lều bị bồi lắng"


@pytest.mark.django_db
def test_the_digest_is_recomputed_from_salt_facts_and_words_by_hand(now: datetime) -> None:
    said = Answered(UUID(int=3), "settled", date(2026, 7, 15))
    made = record(said, by=Clock("test"), at=now, content=[TEXT, b"\xff\xd8picture"])
    entry, salt = Entry.objects.get(pk=made.pk), bytes(Salt.objects.get(entry=made.pk).salt)
    words = hmac.new(salt, TEXT.encode(), hashlib.sha256).hexdigest()
    picture = hmac.new(salt, b"\xff\xd8picture", hashlib.sha256).hexdigest()
    assert entry.content == [words, picture]
    canonical = json.dumps(
        {"content": [words, picture], "event": entry.kind, "facts": entry.data},
        sort_keys=True, separators=(",", ":"), ensure_ascii=False,
    )  # fmt: skip
    assert bytes(entry.digest) == hashlib.sha256(salt + canonical.encode()).digest()


@pytest.mark.django_db
def test_two_entries_of_the_same_words_do_not_look_alike(now: datetime) -> None:
    said = Answered(UUID(int=3), "settled", None)
    one, two = (record(said, by=Clock("test"), at=now, content=[TEXT]) for _each in range(2))
    assert one.content != two.content
    assert bytes(one.digest) != bytes(two.digest)


def test_words_are_the_same_words_in_every_form_of_unicode() -> None:
    apart = unicodedata.normalize("NFD", TEXT)
    assert apart != TEXT
    assert digests.content_digest(b"salt", apart) == digests.content_digest(b"salt", TEXT)


@settings(derandomize=True, max_examples=100)
@given(st.binary(min_size=1, max_size=40), st.binary(min_size=1, max_size=40))
def test_other_bytes_give_another_digest(one: bytes, two: bytes) -> None:
    same = digests.content_digest(b"salt", one) == digests.content_digest(b"salt", two)
    assert same == (one == two)


@settings(derandomize=True, max_examples=100)
@given(
    st.dictionaries(st.text(max_size=8), st.one_of(st.none(), st.booleans(), st.text(max_size=8)))
)
def test_the_order_of_facts_does_not_matter_but_their_values_do(
    facts: dict[str, str | None],
) -> None:
    turned = dict(reversed(facts.items()))
    assert digests.entry_digest(b"s", "k", facts, []) == digests.entry_digest(b"s", "k", turned, [])
    more = {**facts, "one more": "fact"}
    assert digests.entry_digest(b"s", "k", facts, []) != digests.entry_digest(b"s", "k", more, [])
