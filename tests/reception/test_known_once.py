"""What was kept before somebody was known by one number: the migration that mends it, on rows as
the older version wrote them.
"""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import psycopg
import pytest

from doithoai.config import databases
from doithoai.reception.models import Person, Visit
from tests.conftest import _addresses, become, own_database
from tests.reception.receiving import HUNG, LAN, received

MENDING = import_module("doithoai.reception.migrations.0006_one_person_one_number")


@pytest.fixture
def admin(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[str]:
    """The superuser's address of a database in which commits stay."""
    del django_db_setup
    with own_database(worker_id, django_db_blocker) as address, django_db_blocker.unblock():
        yield databases.within(_addresses()[0], address.rpartition("/")[2].partition("?")[0])


def test_one_number_is_one_person_with_the_visits_of_both_and_lines_keep_what_they_said(
    admin: str,
) -> None:
    minh = become("minh")
    first = received(minh, LAN)
    again = received(minh, replace(LAN, number="042180000002"))
    other = received(minh, replace(HUNG, identity="card", number="042180000003"))
    with psycopg.connect(admin, autocommit=True) as before:
        before.execute("DROP INDEX person_once_by_number")
        before.execute("UPDATE reception_visit SET came_name = '', came_number = ''")
        same = (
            "UPDATE reception_person SET number = %s, identity = 'number', phone = %s WHERE id = %s"
        )
        for visit in (again, other):
            before.execute(same, (LAN.number, "+84912000003", visit.person_id))
    with psycopg.connect(admin) as mended:
        for statements in (MENDING.SAID, MENDING.WRITTEN, MENDING.TWICE):
            mended.execute(statements)
    assert Person.objects.get(number=LAN.number).pk == first.person_id
    again, other = (Visit.objects.get(pk=each.pk) for each in (again, other))
    assert (again.person_id, again.came_name) == (first.person_id, LAN.name)
    assert (other.came_number, other.person.number) == (LAN.number, "")  # type: ignore[union-attr]  # somebody came
    assert other.person.phone == "0912000003"  # type: ignore[union-attr]  # somebody came
