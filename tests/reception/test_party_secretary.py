"""What is raised when the secretary of a Party committee receives in person: the written notice is
owed by the Party's own rule, by the body that received; and by the law's where somebody stood in.
"""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.cases.commands import placing
from doithoai.cases.commands.placing import Kind
from doithoai.core.days import local_day
from doithoai.docket import lawbook
from doithoai.docket.models import Matter, Obligation
from doithoai.ledger.models import Entry
from doithoai.reception.commands import holding, planning, raising, visits
from doithoai.reception.commands.holding import Held
from doithoai.reception.commands.raising import Brought
from doithoai.reception.commands.visits import Arrival
from doithoai.reception.models import Session
from doithoai.units.models import Body
from tests.cases.reaching import office
from tests.conftest import become
from tests.reception.receiving import LAN, plan

pytestmark = pytest.mark.django_db
BY_PARTY = "vn.party_secretary_reception.written_acceptance_or_transfer_notice"
BY_LAW = "vn.citizen_reception.notify_receipt_outcome"
CANAL = "Kênh Đồng Lều bị bồi lắng, đề nghị nạo vét"
WISH = Brought(CANAL)


def party() -> Body:
    return Body.objects.get(short_name="Đảng ủy xã Cẩm Lạc")


def secretarys_day(thu: Official, *, receiver: str = "bac") -> Session:
    """The secretary receives today, out of turn, so that no day off moves it."""
    now = timezone.now()
    planned = planning.Plan(
        host=party().pk,
        receiver=become(receiver).post,
        kind="unscheduled",
        starts_at=now - timedelta(minutes=10),
        venue="Phòng tiếp dân của Đảng ủy",
        grounds=("complex",),
    )
    session = planning.plan(planned, by=thu, at=now - timedelta(minutes=20))
    return planning.post(session.pk, by=thu, at=now - timedelta(minutes=15))


def raised(session: Session, by: Official, brought: Brought = WISH) -> Matter:
    now = timezone.now()
    arrival = Arrival(who=LAN, session=session.pk)
    visit = visits.arrive(session.host_id, arrival, by=by, at=now)
    visits.call(visit.pk, by=by, at=now)
    return raising.raise_matter(visit.pk, brought, by=by, at=now).case.matter


def ten_working_days_on(day: date) -> date:
    return lawbook.calendar().add_working(day, 10)


def owed(matter: Matter) -> dict[str, Obligation]:
    rows = Obligation.objects.filter(matter=matter, rule__in=[BY_PARTY, BY_LAW])
    return {row.rule: row for row in rows.exclude(state="closed")}


def said_of(matter: Matter) -> object:
    return Entry.objects.get(matter=matter.pk, kind="cases.received").data["party_head"]


def test_the_party_body_owes_a_written_notice_within_ten_working_days_of_its_secretarys_day() -> (
    None
):
    thu = become("thu")
    matter = raised(secretarys_day(thu), thu)
    assert said_of(matter) is True
    (row,) = owed(matter).values()
    assert (row.rule, row.state, row.body) == (BY_PARTY, "open", party())
    assert row.due_on == ten_working_days_on(local_day(row.opened_at))


def test_a_petition_written_down_there_is_the_partys_to_answer_too() -> None:
    thu = become("thu")
    matter = raised(secretarys_day(thu), thu, Brought(CANAL, "complaint", written=True))
    assert (said_of(matter), set(owed(matter))) == (True, {BY_PARTY})


def test_what_the_chair_of_the_committee_receives_is_owed_by_the_law(
    minh: Official, chi: Official
) -> None:
    now = timezone.now()
    session = plan(minh, chi, start=now, kind="unscheduled", grounds=("complex",))
    matter = raised(session, minh)
    assert (said_of(matter), set(owed(matter))) == (False, {BY_LAW})


def test_where_somebody_stood_in_for_the_secretary_the_law_is_followed_from_the_same_day() -> None:
    thu = become("thu")
    session = secretarys_day(thu)
    matter = raised(session, thu)
    before = owed(matter)[BY_PARTY].due_on
    stood_in = Held(in_person=False, received_by=thu.post, name="Lê Thị Thu")
    held = holding.hold(session.pk, stood_in, by=thu, at=timezone.now())
    assert held.party_head is False
    (row,) = owed(matter).values()
    assert (row.rule, row.state, row.due_on) == (BY_LAW, "open", before)
    assert Entry.objects.get(matter=session.pk, kind="reception.held").data["party_head"] is False


def test_what_was_answered_for_already_is_not_owed_again_when_it_is_held() -> None:
    thu = become("thu")
    session = secretarys_day(thu)
    matter = raised(session, thu)
    placing.classify(matter.pk, Kind("irrigation"), by=thu, at=timezone.now())
    _route(matter, thu, timezone.now())
    stood_in = Held(in_person=False, received_by=thu.post, name="Lê Thị Thu")
    holding.hold(session.pk, stood_in, by=thu, at=timezone.now())
    assert {rule: row.state for rule, row in owed(matter).items()} == {BY_PARTY: "discharged"}


def _route(matter: Matter, by: Official, at: datetime) -> None:
    placing.offer(matter.pk, to=office().pk, why="Phụ trách thủy lợi", by=by, at=at)


def test_a_secretary_who_received_in_person_changes_nothing_and_owes_one_conclusion() -> None:
    thu = become("thu")
    session = secretarys_day(thu)
    matter = raised(session, thu)
    held = holding.hold(session.pk, Held(in_person=True), by=thu, at=timezone.now())
    assert (held.party_head, held.received_by_name) == (True, "Nguyễn Đình Bắc")
    assert set(owed(matter)) == {BY_PARTY}
    assert not Entry.objects.filter(kind="reception.attended").exists()
    rules = Obligation.objects.filter(matter=session.pk, state="open").values_list("rule")
    assert [rule for (rule,) in rules] == [
        "vn.party_secretary_reception.advise_and_issue_conclusion_notice"
    ]


def test_the_chair_who_is_the_secretary_as_well_receives_as_both(
    minh: Official, chi: Official
) -> None:
    now = timezone.now()
    session = plan(minh, chi, start=now, kind="unscheduled", grounds=("complex",))
    matter = raised(session, minh)
    both = Held(in_person=True, party_head=True)
    assert holding.hold(session.pk, both, by=minh, at=timezone.now()).party_head is True
    assert set(owed(matter)) == {BY_PARTY}
