"""The numbers of the register and of the queue, given by several desks at one moment."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from doithoai.accounts.actors import Citizen
from doithoai.core.days import local_day
from doithoai.reception.commands import deputies, ending, holding, preparing, raising, visits
from doithoai.reception.commands.deputies import Letter
from doithoai.reception.commands.holding import Held
from doithoai.reception.commands.preparing import Asked
from doithoai.reception.commands.raising import Brought
from doithoai.reception.commands.visits import Arrival
from doithoai.reception.models import Person, Visit
from tests.cases.reaching import committee
from tests.conftest import become, own_database
from tests.journeys.test_every_race import together
from tests.reception.receiving import HUNG, LAN, arrived, plan, today
from tests.reception.test_party_secretary import BY_LAW, owed, secretarys_day

AT_ONCE = 6


@pytest.fixture(scope="module", autouse=True)
def _committed(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """One database for the module, in which commits stay."""
    del django_db_setup
    with own_database(worker_id, django_db_blocker), django_db_blocker.unblock():
        yield


def test_numbers_have_no_gap_and_none_is_given_twice() -> None:
    minh = become("minh")
    waiting = [arrived(minh, HUNG) for _n in range(AT_ONCE)]
    told = together(*[lambda v=v: visits.call(v.pk, by=minh, at=timezone.now()) for v in waiting])
    assert told == ["kept"] * AT_ONCE
    given = Visit.objects.filter(pk__in=[v.pk for v in waiting], number__isnull=False)
    numbers = sorted(v.number or 0 for v in given)
    assert numbers == list(range(numbers[0], numbers[0] + AT_ONCE))


def test_a_visit_called_by_several_is_one_line_of_the_register() -> None:
    minh, visit = become("minh"), arrived(become("minh"), HUNG)
    told = together(
        *[lambda: visits.call(visit.pk, by=minh, at=timezone.now())] * 2,
        lambda: ending.refuse(visit.pk, ground="i", explained="x", by=minh, at=timezone.now()),
    )
    visit.refresh_from_db()
    assert "kept" in told
    same = Visit.objects.filter(body=visit.body, number=visit.number, year=visit.year)
    assert same.count() == 1


def test_people_who_come_at_one_moment_have_tickets_of_their_own() -> None:
    minh = become("minh")
    before = Visit.objects.count()
    coming = lambda: visits.arrive(  # noqa: E731 - the same act for several desks
        committee().pk, Arrival(who=LAN), by=minh, at=timezone.now()
    )
    told = together(*[coming] * AT_ONCE)
    assert told.count("kept") >= 1
    assert Visit.objects.count() - before == told.count("kept")
    tickets = list(Visit.objects.filter(body=committee()).values_list("ticket", flat=True))
    assert len(tickets) == len(set(tickets))
    assert Person.objects.filter(number=LAN.number).count() == 1


def test_an_appointment_kept_at_two_desks_gives_one_number() -> None:
    minh, chi = become("minh"), become("chi")
    session = today(minh, chi)
    wish = Asked("Lê Văn Bảy", "0912000009", "Đường thôn")
    early = session.starts_at - timedelta(hours=1)
    asked = preparing.ask(session.pk, wish, by=Citizen(), at=early)
    told = together(
        *[lambda: visits.keep_appointment(asked.pk, by=minh, at=timezone.now())] * AT_ONCE
    )
    assert told == ["Invalid"] * (AT_ONCE - 1) + ["kept"]
    assert Visit.objects.filter(session=session).count() == 1


def test_a_deputy_is_excused_once() -> None:
    minh, chi, now = become("minh"), become("chi"), timezone.now()
    session = plan(minh, chi, kind="deputy", deputy="assembly", deputy_name="Hoàng Văn Đại")
    letter = Letter("12/VP", local_day(now))
    told = together(
        *[lambda: deputies.excuse_deputy(session.pk, letter, reason="Họp", by=minh, at=now)]
        * AT_ONCE
    )
    assert told == ["Denied"] * (AT_ONCE - 1) + ["kept"]


def test_what_is_raised_while_it_is_recorded_who_received_owes_by_who_did() -> None:
    thu = become("thu")
    session = secretarys_day(thu)
    arrival, now = Arrival(who=HUNG, session=session.pk), timezone.now()
    visit = visits.call(visits.arrive(session.host_id, arrival, by=thu, at=now).pk, by=thu, at=now)
    stood_in = Held(in_person=False, received_by=thu.post, name="Lê Thị Thu")
    told = together(
        lambda: raising.raise_matter(
            visit.pk, Brought("Kênh Đồng Lều bị bồi lắng"), by=thu, at=timezone.now()
        ),
        lambda: holding.hold(session.pk, stood_in, by=thu, at=timezone.now()),
    )
    assert told == ["kept", "kept"]
    assert set(owed(visit.raised.get().matter)) == {BY_LAW}
