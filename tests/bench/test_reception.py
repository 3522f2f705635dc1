"""What the bench of reception and of the audience writes is what the product writes and reads."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from bench import audience, visits
from bench.scale import Scale
from doithoai.config import databases
from doithoai.core.collation import folded
from doithoai.core.days import local_day
from doithoai.docket.models import Access
from doithoai.docket.queries import inbox
from doithoai.reception.models import Person, Visit
from doithoai.reception.queries import register
from doithoai.reception.queries import visits as desk
from doithoai.reception.queries.register import Wanted
from tests.cases.reaching import begin, committee
from tests.conftest import _addresses, become, own_database

MANY = 400


def _none(_told: str) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module", autouse=True)
def admin(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[str]:
    """The superuser's address of a database with four hundred people at one desk."""
    del django_db_setup
    with own_database(worker_id, django_db_blocker) as address, django_db_blocker.unblock():
        name = address.rpartition("/")[2].partition("?")[0]
        there = databases.within(_addresses()[0], name)
        assert visits.make(Scale(there, MANY), _none) == MANY
        yield there


def test_names_are_folded_as_the_desk_folds_them() -> None:
    assert Person.objects.count() == MANY - MANY // 50
    assert all(person.folded == folded(person.name) for person in Person.objects.all())


@pytest.mark.parametrize("by", ["folded", "name", "number", "phone"])
def test_somebody_is_found_in_few_queries(
    by: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    minh, body = become("minh"), committee()
    wanted = Person.objects.filter(visits__isnull=False).order_by("pk")[7]
    with django_assert_max_num_queries(3):
        hits = desk.people(minh, body, getattr(wanted, by))
    assert wanted.pk in {hit.person.pk for hit in hits}


def test_who_spoke_for_a_group_is_found_by_that_too() -> None:
    spoke = Visit.objects.filter(people=7).order_by("number").first()
    assert spoke is not None
    for person in spoke.representatives.all():
        (hit,) = desk.people(become("minh"), committee(), person.number)
        assert hit.times == 1 + (person.pk != spoke.person_id)


def test_names_come_in_order_whatever_the_server_sorts_by() -> None:
    hits = desk.people(become("minh"), committee(), "nguyen")
    names = [hit.person.folded for hit in hits]
    assert len(names) == desk.HITS
    assert names == sorted(names)


def test_who_is_called_so_comes_before_whose_name_has_it_elsewhere() -> None:
    hits = desk.people(become("minh"), committee(), "hung")
    assert hits
    assert all(hit.person.folded.endswith(" hung") for hit in hits)
    assert desk.people(become("minh"), committee(), "ung") != ()


def test_a_page_of_the_register_is_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    today = local_day(timezone.now())
    with django_assert_max_num_queries(10):
        found = register.register(become("minh"), Wanted(), today=today)
    assert (found.counted.visits, found.years) == (MANY, (today.year,))
    assert len(found.lines) == register.PAGE


def test_the_audience_s_rows_let_nobody_see_a_duty_they_did_not_see(admin: str) -> None:
    opened, minh = [begin().case_id for _n in range(5)], become("minh")
    today = local_day(timezone.now())
    before = {line.obligation.pk for line in inbox(minh, today=today).lines}
    readers = Access.objects.filter(matter__in=opened, body__isnull=False)
    first = readers.count()
    audience.widen(admin)
    assert first < readers.count() <= first + 2 * len(opened)
    assert {line.obligation.pk for line in inbox(minh, today=today).lines} <= before
