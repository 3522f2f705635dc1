"""An entry of a sealed matter tells its day: neither its moment, its id nor its number says more,
and it is still in order and of the database's own day.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.utils import timezone

from doithoai.accounts.actors import Clock
from doithoai.cases.events import Closed, Informed
from doithoai.core.days import coarse
from doithoai.ledger.commands import Dimensions, Item, number_entries, record, record_all
from doithoai.ledger.inserting import insert
from doithoai.ledger.models import IN_ORDER, Entry, Sequence, place_of
from doithoai.ledger.verifying import verified, with_salts

pytestmark = pytest.mark.django_db
BY = Clock("test")
GIVEN = frozenset({"entered_at", "ordinal"})


def sealed(matter: UUID | None = None) -> Dimensions:
    return Dimensions(matter=matter or uuid4(), sealed=True)


def test_neither_its_moment_nor_its_id_tells_more_than_the_day(now: datetime) -> None:
    entry = record(Closed(), by=BY, at=coarse(now), dimensions=sealed())
    entry.refresh_from_db()
    assert entry.pk.version == 4
    assert timezone.localtime(entry.entered_at).time().isoformat() == "00:00:00"
    assert timedelta(0) <= timezone.now() - entry.entered_at < timedelta(days=1, minutes=1)


def test_every_other_entry_has_the_databases_own_moment(now: datetime) -> None:
    entry = record(Closed(), by=BY, at=now, dimensions=Dimensions(matter=uuid4()))
    entry.refresh_from_db()
    assert (entry.pk.version, entry.ordinal) == (7, 0)
    assert abs(entry.entered_at - timezone.now()) < timedelta(minutes=1)


def test_entries_of_one_coarse_day_stay_in_the_order_they_were_entered(now: datetime) -> None:
    where, day = sealed(), coarse(now)
    made = [
        entry
        for _turn in range(6)
        for entry in record_all([Item(Closed(), where), Item(Informed(), where)], by=BY, at=day)
    ]
    assert [e.ordinal for e in made] == list(range(1, 13))
    read = list(Entry.objects.filter(matter=where.matter).order_by(*IN_ORDER))
    assert [e.pk for e in read] == [e.pk for e in made]
    assert sorted(sorted(read, key=lambda e: e.pk), key=place_of) == read


def test_what_was_entered_before_a_matter_was_sealed_comes_first(now: datetime) -> None:
    matter = uuid4()
    before = record(Closed(), by=BY, at=now, dimensions=Dimensions(matter=matter))
    after = record(Informed(), by=BY, at=now, dimensions=sealed(matter))
    read = Entry.objects.filter(matter=matter).order_by(*IN_ORDER)
    assert [e.pk for e in read] == [before.pk, after.pk]


def test_two_entries_never_have_the_same_place(now: datetime) -> None:
    entry = record(Closed(), by=BY, at=now, dimensions=sealed())
    entry.pk = uuid4()
    with pytest.raises(IntegrityError):
        insert([entry], also=GIVEN)


@pytest.mark.parametrize(
    "off", [timedelta(days=2), timedelta(days=-2), timedelta(hours=-1, minutes=-7)]
)
def test_another_day_than_the_databases_is_refused_and_so_is_a_moment(
    now: datetime, off: timedelta
) -> None:
    entry = record(Closed(), by=BY, at=now, dimensions=sealed())
    entry.pk, entry.ordinal = uuid4(), 2
    entry.entered_at = (coarse(now) if off.days else timezone.now()) + off
    with pytest.raises(ProgrammingError, match="the day the database has"), transaction.atomic():
        insert([entry], also=GIVEN)


def test_its_number_counts_down_and_the_others_numbers_know_nothing_of_it(now: datetime) -> None:
    number_entries()
    before = Sequence.objects.filter(seq__gt=0).count()
    first = record(Closed(), by=BY, at=now)
    hidden = [record(Closed(), by=BY, at=now, dimensions=sealed()) for _each in range(4)]
    last = record(Closed(), by=BY, at=now)

    assert number_entries() == 6
    assert number_entries() == 0
    numbered = dict(Sequence.objects.values_list("entry", "seq"))
    assert [numbered[e.pk] for e in (first, last)] == [before + 1, before + 2]
    by_number = Sequence.objects.filter(seq__lt=0).order_by("-seq")
    assert [(s.seq, s.entry) for s in by_number] == list(
        enumerate_down(sorted(e.pk for e in hidden))
    )
    later = record(Closed(), by=BY, at=now, dimensions=sealed())
    assert number_entries() == 1
    assert Sequence.objects.get(entry=later.pk).seq == -5


def enumerate_down(ids: list[UUID]) -> Iterator[tuple[int, UUID]]:
    for place, pk in enumerate(ids, start=1):
        yield -place, pk


@pytest.mark.parametrize("left_out", [-2, 1])
def test_a_number_left_out_of_either_series_is_found(now: datetime, left_out: int) -> None:
    number_entries()
    last = Sequence.objects.filter(seq__gt=0).count()
    for place in (-3, -2, -1, 1, 2):
        where = sealed() if place < 0 else Dimensions(matter=uuid4())
        entry = record(Closed(), by=BY, at=now, dimensions=where)
        if place != left_out:
            seq = place if place < 0 else last + place
            Sequence.objects.create(seq=seq, entry=entry.pk)
    missing = left_out if left_out < 0 else last + left_out
    assert verified(with_salts().iterator(100)).missing == (missing,)


def test_several_entries_of_a_sealed_matter_cost_three_statements(  # type: ignore[no-untyped-def]
    django_assert_num_queries, now: datetime
) -> None:
    where = sealed()
    with django_assert_num_queries(3):
        record_all([Item(Closed(), where) for _each in range(20)], by=BY, at=now)
