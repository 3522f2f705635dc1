"""A petition that another body takes over: the day the person brought it stays known, and the body
that takes it owes from its own day.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from doithoai.accounts.actors import Clock
from doithoai.cases.commands import placing
from doithoai.cases.commands.petitions import deciding, passing, sorting
from doithoai.cases.commands.petitions.deciding import Acceptance
from doithoai.cases.models import Case
from doithoai.cases.queries import petitions as registers
from doithoai.cases.queries.petitions import Wanted
from doithoai.core.errors import Invalid
from doithoai.docket.commands import rederive
from doithoai.docket.models import Obligation
from doithoai.ledger.models import Entry
from tests.cases.reaching import committee, department
from tests.conftest import become
from tests.journeys.test_petitions import ELSEWHERE, OWN, registered

pytestmark = pytest.mark.django_db

CAME_IN = datetime(2026, 6, 30, 2, 0, tzinfo=UTC)
TAKEN = datetime(2026, 7, 2, 3, 0, tzinfo=UTC)
ACCEPT = "vn.complaint.accept_first"
OF_THE_LAW = "vn.complaint.accept_within_ten_days_of_the_law"


def taken_over() -> Case:
    """Received on 30 June 2026 by the commune, accepted by the department on 2 July."""
    case = registered(CAME_IN).taken.case.pk
    minh, soon = become("minh"), CAME_IN + timedelta(hours=1)
    sorting.sort(case, ELSEWHERE, by=minh, at=soon)
    placing.offer(case, to=department().pk, why="Thuộc sở", by=minh, at=soon + timedelta(hours=1))
    placing.accept(case, by=become("nong"), at=TAKEN)
    return Case.objects.select_related("matter").get(pk=case)


def owed(case: Case, rule: str, state: str) -> Obligation:
    return Obligation.objects.get(matter=case.pk, rule=rule, state=state)


def test_who_took_it_over_in_july_owes_under_the_new_law_from_its_own_day() -> None:
    row = owed(taken_over(), ACCEPT, "open")
    assert row.body == department()
    assert row.in_force_from == date(2026, 7, 1)
    assert "155/2026" in row.basis
    assert row.derivation["start"] == "2026-07-02"
    assert row.due_on == date(2026, 7, 13)  # seven working days after Thursday 2 July


def test_the_ten_days_of_the_law_itself_run_beside_it_from_the_same_day() -> None:
    row = owed(taken_over(), OF_THE_LAW, "open")
    assert row.kind == "alarm"
    assert row.due_on == date(2026, 7, 12)


def test_what_the_sender_owed_keeps_its_days_and_the_old_law() -> None:
    row = owed(taken_over(), ACCEPT, "closed")
    assert row.body == committee()
    assert row.derivation["start"] == "2026-06-30"
    assert row.due_on == date(2026, 7, 10)
    assert row.in_force_from == date(2012, 7, 1)
    assert not row.late


def test_the_day_the_person_brought_it_stays_known() -> None:
    case = taken_over()
    assert case.matter.received_on == date(2026, 6, 30)
    assert passing.registered_on(case) == date(2026, 7, 2)
    stated = Entry.objects.get(matter=case.pk, kind="cases.transferred").data
    assert stated["registered_on"] == "2026-07-02"
    found = registers.register(become("minh"), committee(), Wanted(year=2026))
    assert [line.petition.arrived_on for line in found.lines] == [date(2026, 6, 30)]


def test_a_petition_nobody_took_over_was_registered_the_day_it_came_in() -> None:
    case = registered(CAME_IN).taken.case
    assert passing.registered_on(case) == date(2026, 6, 30)


def test_derived_from_nothing_it_is_the_same() -> None:
    case = taken_over()
    before = list(Obligation.objects.filter(matter=case.pk).order_by("key").values())
    rederive(case.pk, by=Clock("rederive"), at=TAKEN + timedelta(days=1))
    assert list(Obligation.objects.filter(matter=case.pk).order_by("key").values()) == before


def test_it_is_not_accepted_for_a_day_before_it_was_registered_there() -> None:
    case, nong = taken_over(), become("nong")
    deciding.examine(case.pk, by=nong, at=TAKEN + timedelta(hours=1))
    early = Acceptance(date(2026, 7, 1))
    with pytest.raises(Invalid):
        deciding.admit(case.pk, early, by=nong, at=TAKEN + timedelta(hours=2))
    deciding.admit(case.pk, Acceptance(date(2026, 7, 2)), by=nong, at=TAKEN + timedelta(hours=3))
    assert owed(case, ACCEPT, "discharged").body == department()
    settle = owed(case, "vn.complaint.settle_first", "open")
    assert settle.in_force_from == date(2026, 7, 1), "admitted in July: nothing of before goes on"


def test_converted_by_who_took_it_over_its_clocks_count_from_the_same_day() -> None:
    case, nong = taken_over(), become("nong")
    sorting.convert(
        case.pk, sorting.Nature("complaint", "land", instance="second", competence="own"),
        why="Đã giải quyết lần đầu", by=nong, at=TAKEN + timedelta(days=1),
    )  # fmt: skip
    assert owed(case, "vn.complaint.accept_second", "open").derivation["start"] == "2026-07-02"


def test_who_is_named_the_lead_registers_it_on_the_day_of_the_decision() -> None:
    case = registered(CAME_IN).taken.case.pk
    minh, nong, moment = become("minh"), become("nong"), CAME_IN + timedelta(hours=1)
    sorting.sort(case, ELSEWHERE, by=minh, at=moment)
    Case.objects.filter(pk=case).update(times_returned=2)
    placing.offer(case, to=department().pk, why="Sở", by=minh, at=moment + timedelta(hours=1))
    placing.give_back(case, reason="Không thuộc sở", by=nong, at=moment + timedelta(hours=2))
    placing.decide_lead(case, to=department().pk, why="Sở", by=become("chi"), at=TAKEN)
    found = Case.objects.select_related("matter").get(pk=case)
    assert found.matter.received_on == date(2026, 6, 30)
    assert owed(found, ACCEPT, "open").derivation["start"] == "2026-07-02"


def test_a_petition_kept_by_who_received_it_counts_from_its_first_day() -> None:
    case = registered(CAME_IN).taken.case
    sorting.sort(case.pk, OWN, by=become("minh"), at=CAME_IN + timedelta(hours=1))
    assert owed(case, ACCEPT, "open").derivation["start"] == "2026-06-30"
