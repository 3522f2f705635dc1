"""Whoever passed a petition on is told the result, and tells the person: from its own desk."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from doithoai.accounts.actors import Citizen
from doithoai.accounts.models import User
from doithoai.cases.commands.petitions import passing, sorting
from doithoai.cases.models import Case
from doithoai.cases.queries.passed_on import passed_on
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, NotFound
from doithoai.docket import exclusion, queries
from doithoai.docket.exclusion import Out
from doithoai.docket.models import Matter, Obligation, Party
from doithoai.docket.telling import to_admit
from doithoai.ledger.models import Entry
from doithoai.units.models import Body
from tests.cases.reaching import without_account
from tests.conftest import become
from tests.journeys.test_petitions import OWN, registered

pytestmark = pytest.mark.django_db

RULE = "vn.citizen_reception.forwarder_informs_citizen"
A_WHILE = timedelta(hours=1)


@pytest.fixture
def at() -> datetime:
    return timezone.now() - timedelta(days=6)


def other_commune() -> Body:
    """A body with an account that does not see the commune's files; lien works there."""
    return Body.objects.get(short_name="UBND xã Cẩm Duệ")


def passed(at: datetime, by: Body | None, name: str = "") -> UUID:
    """A complaint somebody passed on to the commune, sorted as its own."""
    made = registered(
        at, forwarder="agency", forwarding_body=by.pk if by else None, forwarder_name=name
    )
    sorting.sort(made.taken.case.pk, OWN, by=become("minh"), at=at + A_WHILE)
    return made.taken.case.pk


def told(at: datetime, by: Body | None, name: str = "") -> UUID:
    """And told what became of it."""
    case = passed(at, by, name)
    passing.tell_forwarder(case, by=become("minh"), at=at + 2 * A_WHILE)
    return case


def debt(case: UUID) -> Obligation:
    return Obligation.objects.get(matter=case, rule=RULE)


def signed_in(username: str) -> Client:
    client = Client(headers={"accept-language": "vi"})
    client.force_login(User.objects.get(username=username))
    return client


def test_a_body_that_passed_it_on_and_works_here_becomes_a_party(at: datetime) -> None:
    case = passed(at, other_commune())
    assert Party.objects.get(matter=case, role="forwarding_body").body == other_commune()
    assert not Matter.objects.visible_to(become("lien")).filter(pk=case).exists()


@pytest.mark.parametrize("named", ["a name", "no account", "read only"])
def test_who_does_not_work_here_does_not(at: datetime, named: str) -> None:
    council = Body.objects.get(short_name="HĐND xã Cẩm Lạc")
    by = {"a name": None, "no account": without_account(), "read only": council}[named]
    case = told(at, by, "Báo Hà Tĩnh")
    assert not Party.objects.filter(matter=case, role="forwarding_body").exists()
    assert debt(case).unassigned, "the body that told them hears it from them"
    passing.citizen_told(case, by=become("minh"), at=at + 3 * A_WHILE)
    assert debt(case).state == "discharged"


def test_it_owes_the_person_the_result_once_it_was_told(at: datetime) -> None:
    case = passed(at, other_commune())
    assert not Obligation.objects.filter(matter=case, rule=RULE).exists()
    passing.tell_forwarder(case, by=become("minh"), at=at + 2 * A_WHILE)
    assert (debt(case).body, debt(case).unassigned) == (other_commune(), False)


def test_it_alone_says_that_it_told_the_person(at: datetime) -> None:
    case = told(at, other_commune())
    with pytest.raises(Denied):
        passing.citizen_told(case, by=become("minh"), at=at + 3 * A_WHILE)
    with pytest.raises(NotFound):
        passing.citizen_told(case, by=become("nong"), at=at + 3 * A_WHILE)
    with pytest.raises(NotFound):
        passing.citizen_told(case, by=Citizen(UUID(int=4)), at=at + 3 * A_WHILE)
    passing.citizen_told(case, by=become("lien"), at=at + 4 * A_WHILE)
    assert debt(case).state == "discharged"
    entry = Entry.objects.get(matter=case, kind="cases.citizen_informed")
    assert entry.post == become("lien").post


def test_it_says_nothing_before_it_was_told(at: datetime) -> None:
    case = passed(at, other_commune())
    with pytest.raises(Denied):
        passing.citizen_told(case, by=become("lien"), at=at + 3 * A_WHILE)


def test_its_desk_shows_the_code_the_state_and_nothing_of_the_file(at: datetime) -> None:
    case = Case.objects.select_related("matter").get(pk=told(at, other_commune()))
    lien = signed_in("lien")
    page = lien.get("/desk/petitions/passed-on").content.decode()
    assert case.matter.code in page
    assert case.get_state_display() in page
    for hidden in (case.text, case.matter.title, "Bà L.", "0900000001"):
        assert hidden not in page
    assert lien.get(f"/desk/cases/{case.matter.code}/").status_code == 404
    assert lien.post(f"/desk/petitions/passed-on/{case.pk}").status_code == 302
    (line,) = passed_on(become("lien"))
    assert line.done_on == local_day(timezone.now())


def test_the_desk_of_others_does_not_show_it(at: datetime) -> None:
    case = Case.objects.select_related("matter").get(pk=told(at, other_commune()))
    for name in ("minh", "nong", "quang"):
        assert passed_on(become(name)) == ()
    nong = signed_in("nong")
    assert case.matter.code not in nong.get("/desk/petitions/passed-on").content.decode()
    assert nong.post(f"/desk/petitions/passed-on/{case.pk}").status_code == 404


def test_it_reads_why_it_owes_and_nobody_above_it_is_let_in(at: datetime) -> None:
    case, today = told(at, other_commune()), local_day(timezone.now())
    row = debt(case)
    assert queries.why(row.pk, become("lien"), today=today).line.obligation == row
    with pytest.raises(NotFound):
        queries.why(row.pk, become("nong"), today=today)
    assert to_admit(row, timezone.now()) == []


def test_a_forwarder_it_is_about_hears_nothing(at: datetime) -> None:
    case = told(at, other_commune())
    matter = Matter.objects.get(pk=case)
    exclusion.write(matter, Out(bodies=frozenset({other_commune().pk})), since=local_day(at))
    assert passed_on(become("lien")) == ()
    with pytest.raises(NotFound):
        passing.citizen_told(case, by=become("lien"), at=at + 3 * A_WHILE)
    other = registered(at, "Đơn khác hẳn về nước sạch").taken.case
    exclusion.write(other.matter, Out(frozenset({other_commune().pk})), since=local_day(at))
    passing.forwarded_by(other.matter, other_commune().pk, at=at)
    assert not Party.objects.filter(matter=other.pk, role="forwarding_body").exists()


def test_of_what_was_sealed_the_forwarder_reads_no_line(at: datetime) -> None:
    case = told(at, other_commune())
    Matter.objects.filter(pk=case).update(sealed=True)
    assert passed_on(become("lien")) == ()
    with pytest.raises(NotFound):
        passing.citizen_told(case, by=become("lien"), at=at + 3 * A_WHILE)


def test_what_was_registered_before_gets_its_party_when_the_forwarder_is_told(
    at: datetime,
) -> None:
    case = passed(at, other_commune())
    Party.objects.filter(matter=case, role="forwarding_body").update(until=at)
    passing.tell_forwarder(case, by=become("minh"), at=at + 2 * A_WHILE)
    assert debt(case).body == other_commune()


def test_whoever_only_reads_records_nothing(at: datetime) -> None:
    case = told(at, other_commune())
    lien = become("lien")
    with pytest.raises(Denied):
        passing.citizen_told(case, by=replace(lien, rights=frozenset()), at=at + 3 * A_WHILE)


def test_the_page_costs_as_much_however_much_was_passed_on(
    at: datetime, django_assert_max_num_queries: object
) -> None:
    for number in range(3):
        told(at + number * A_WHILE, other_commune())
    lien = become("lien")
    with django_assert_max_num_queries(2):  # type: ignore[operator]  # a pytest fixture
        assert len(passed_on(lien)) == 3
