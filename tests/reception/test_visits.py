"""The desk: queue, groups, papers, matters raised, sealed visits, refusals, the head's answer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import override

from doithoai.accounts.actors import Official
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid, NotFound, WrongState
from doithoai.docket.models import Obligation
from doithoai.files.models import Attachment
from doithoai.files.storing import path_of
from doithoai.ledger.models import Entry
from doithoai.reception.commands import ending, raising, visits
from doithoai.reception.commands.ending import Ending
from doithoai.reception.commands.people import Who
from doithoai.reception.commands.raising import Brought
from doithoai.reception.commands.visits import Arrival, WrittenDown
from doithoai.reception.models import Person, Raised, Visit
from doithoai.reception.queries import visits as desk
from tests.cases.reaching import committee
from tests.dialogues.grounds import signed_file
from tests.reception.receiving import HUNG, LAN, arrived, received, today

pytestmark = pytest.mark.django_db
CANAL = "Kênh Đồng Lều bị bồi lắng, đề nghị nạo vét"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Reasons are compared in the language of the source."""
    with override("en"):
        yield


def _many(count: int) -> tuple[Who, ...]:
    return tuple(Who(name=f"Đại diện {n}") for n in range(count))


def test_the_queue_and_the_register_number_without_gaps(minh: Official) -> None:
    first, gone, third = arrived(minh), arrived(minh, LAN), arrived(minh)
    assert [first.ticket, gone.ticket, third.ticket] == [1, 2, 3]
    visits.leave(gone.pk, by=minh, at=timezone.now())
    numbers = [visits.call(v.pk, by=minh, at=timezone.now()).number for v in (third, first)]
    assert numbers == [1, 2]
    gone.refresh_from_db()
    assert gone.number is None


@pytest.mark.parametrize(
    ("people", "representatives", "fits"),
    [(4, 0, True), (5, 0, False), (5, 2, True), (10, 3, False), (11, 3, True), (23, 5, True),
     (23, 6, False)],
)  # fmt: skip
def test_a_group_appoints_as_many_as_article_29_says(
    people: int, representatives: int, fits: bool, minh: Official
) -> None:
    if fits:
        visit = arrived(minh, people=people, representatives=_many(representatives))
        assert visit.representatives.count() == representatives
        return
    with pytest.raises(Invalid, match="article 29"):
        arrived(minh, people=people, representatives=_many(representatives))


def test_the_written_appointment_of_a_group_is_kept(minh: Official) -> None:
    visit = arrived(minh, people=23, representatives=_many(5), authority=signed_file("cu.pdf"))
    assert visit.appointed
    now = desk.desk(minh, desk.Asked(visit=visit.pk), today=local_day(timezone.now())).current
    assert now is not None
    assert len(now.files) == 1


def test_somebody_with_the_same_papers_is_the_same_person(minh: Official) -> None:
    first, again = arrived(minh, LAN), arrived(minh, LAN)
    assert first.person_id == again.person_id
    assert Person.objects.filter(body=committee()).count() == 1


@pytest.mark.parametrize("typed", ["tran thi lan", "Trần Thị", "042180000001", "0912 000 001"])
def test_a_returning_person_is_found(typed: str, minh: Official) -> None:
    received(minh, LAN)
    hits = desk.people(minh, committee(), typed)
    assert [hit.person.name for hit in hits] == ["Trần Thị Lan"]


def test_another_body_finds_nobody_and_reads_no_visit(minh: Official, lien: Official) -> None:
    visit = received(minh, LAN)
    assert desk.people(lien, committee(), "tran thi lan") == ()
    with pytest.raises(NotFound):
        visits.write_down(visit.pk, WrittenDown("x"), by=lien, at=timezone.now())
    with pytest.raises(Denied):
        visits.arrive(committee().pk, Arrival(who=HUNG), by=lien, at=timezone.now())


def test_a_recommendation_needs_no_papers_and_a_complaint_does(minh: Official) -> None:
    visit = received(minh, HUNG)
    with pytest.raises(Invalid, match="article 12"):
        raising.raise_matter(visit.pk, Brought(CANAL, "complaint"), by=minh, at=timezone.now())
    taken = raising.raise_matter(visit.pk, Brought(CANAL), by=minh, at=timezone.now())
    assert taken.receipt is not None
    assert taken.submission.occasion == "reception"
    assert taken.submission.speaker == "Nguyễn Văn Hùng"
    visit.refresh_from_db()
    assert visit.summary == CANAL


def test_a_further_visit_on_the_same_matter_makes_no_second_matter(minh: Official) -> None:
    first = received(minh, LAN)
    taken = raising.raise_matter(first.pk, Brought(CANAL), by=minh, at=timezone.now())
    code = taken.case.matter.code
    again = received(minh, LAN)
    raising.raise_again(again.pk, code=code, by=minh, at=timezone.now())
    again.refresh_from_db()
    assert again.repeated
    counted = desk.counted(Visit.objects.filter(body=committee()), minh)
    assert (counted.visits, counted.persons, counted.matters, counted.groups) == (2, 1, 1, 0)
    with pytest.raises(Invalid, match="no item with this code"):
        raising.raise_again(again.pk, code="KN26-999999", by=minh, at=timezone.now())


def test_a_sealed_visit_keeps_neither_who_nor_what(minh: Official) -> None:
    visit = received(minh, LAN)
    visits.write_down(
        visit.pk, WrittenDown("Tố cáo cán bộ", ordinary=True), by=minh, at=timezone.now()
    )
    with pytest.raises(Invalid, match="sealed way"):
        raising.raise_matter(visit.pk, Brought("x", "denunciation"), by=minh, at=timezone.now())
    raising.seal(visit.pk, by=minh, at=timezone.now())
    visit.refresh_from_db()
    assert (visit.person, visit.summary, visit.sealed) == (None, "", True)
    assert not Person.objects.filter(number="042180000001").exists()
    assert desk.people(minh, committee(), "tran thi lan") == ()
    with pytest.raises(Denied, match="sealed"):
        visits.write_down(visit.pk, WrittenDown("x"), by=minh, at=timezone.now())
    ending.end(visit.pk, Ending(outcome="không ghi"), by=minh, at=timezone.now())
    visit.refresh_from_db()
    assert (visit.state, visit.outcome) == ("ended", "")


def test_the_written_appointment_of_a_group_does_not_outlast_the_sealing(
    minh: Official, django_capture_on_commit_callbacks: object
) -> None:
    visit = received(minh, people=6, representatives=_many(1), authority=signed_file("cu.pdf"))
    stored = Attachment.objects.get(about=visit.pk).stored
    name = path_of(stored.sha256, stored.extension)
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture
        raising.seal(visit.pk, by=minh, at=timezone.now())
    assert not Attachment.objects.filter(about=visit.pk).exists()
    assert not default_storage.exists(name)


def test_whoever_came_openly_before_is_still_found_by_that_visit_only(minh: Official) -> None:
    received(minh, LAN)
    raising.seal(received(minh, LAN).pk, by=minh, at=timezone.now())
    (hit,) = desk.people(minh, committee(), "tran thi lan")
    assert hit.times == 1


def test_a_matter_sealed_later_is_no_reason_to_be_found(minh: Official) -> None:
    visit = received(minh, LAN)
    taken = raising.raise_matter(visit.pk, Brought(CANAL), by=minh, at=timezone.now())
    type(taken.case.matter).objects.filter(pk=taken.case.pk).update(sealed=True)
    assert desk.people(minh, committee(), "tran thi lan") == ()


def test_a_head_answers_now_or_gives_a_day_and_a_person(minh: Official, chi: Official) -> None:
    session = today(minh, chi)
    visit = received(minh, LAN, session=session.pk)
    taken = raising.raise_matter(visit.pk, Brought(CANAL), by=minh, at=timezone.now())
    day = local_day(timezone.now()) + timedelta(days=20)
    for ending_ in (Ending(), Ending(due_on=day), Ending(contact="Ông Ba")):
        with pytest.raises(Invalid, match="article 25"):
            ending.end(visit.pk, ending_, by=chi, at=timezone.now())
    done = Ending(due_on=day, contact="Ông Ba, Phòng Kinh tế, 0239 000 000", competent=True)
    ending.end(visit.pk, done, by=chi, at=timezone.now())
    promised = Obligation.objects.get(matter=taken.case.pk, source="conclusion", kind="duty")
    assert promised.due_on == day


def test_who_is_not_competent_says_where_to_go(minh: Official) -> None:
    visit = received(minh)
    with pytest.raises(Invalid, match="which body"):
        ending.end(visit.pk, Ending(competent=False), by=minh, at=timezone.now())


@pytest.mark.parametrize(("ground", "owed"), [("art9_3", True), ("h", True), ("i", False)])
def test_a_written_notice_is_owed_for_two_grounds_only(
    ground: str, owed: bool, minh: Official
) -> None:
    visit = arrived(minh)
    refused = ending.refuse(
        visit.pk, ground=ground, explained="Đã giải thích", by=minh, at=timezone.now()
    )
    duties = Obligation.objects.filter(
        matter=refused.matter, rule="vn.citizen_reception.issue_refusal_notice"
    )
    assert duties.exists() is owed
    visit.refresh_from_db()
    assert (visit.state, visit.number) == ("refused", 1)


def test_the_notice_of_refusal_is_drafted_signed_and_recorded(minh: Official) -> None:
    visit = arrived(minh)
    refused = ending.refuse(
        visit.pk, ground="h", explained="Đã trả lời", by=minh, at=timezone.now()
    )
    assert refused.matter is not None
    now = timezone.now()
    with pytest.raises(Invalid, match="Word draft"):
        ending.issue_notice(
            refused.matter.pk, number="3/TB-UBND", signed_on=local_day(now), upload=None,
            by=minh, at=now,
        )  # fmt: skip
    ending.draft_notice(refused.matter.pk, docx=b"", by=minh, at=now)
    ending.issue_notice(
        refused.matter.pk, number="3/TB-UBND", signed_on=local_day(now), upload=None,
        by=minh, at=now,
    )  # fmt: skip
    owed = Obligation.objects.get(matter=refused.matter)
    assert owed.state == "discharged"


def test_reception_is_refused_on_a_ground_of_the_law_only(minh: Official, hoa: Official) -> None:
    visit = arrived(minh)
    with pytest.raises(Invalid, match="ground"):
        ending.refuse(visit.pk, ground="mood", explained="x", by=minh, at=timezone.now())
    with pytest.raises(NotFound):
        ending.refuse(visit.pk, ground="i", explained="x", by=hoa, at=timezone.now())


def test_a_number_is_called_once(minh: Official) -> None:
    visit = received(minh)
    with pytest.raises(WrongState):
        visits.call(visit.pk, by=minh, at=timezone.now())


def test_entries_of_visits_hold_ids_and_facts_and_no_names(minh: Official) -> None:
    visit = received(minh, LAN)
    raising.raise_matter(visit.pk, Brought(CANAL), by=minh, at=timezone.now())
    entries = Entry.objects.filter(kind__startswith="reception.")
    kinds = set(entries.values_list("kind", flat=True))
    happened = {"arrived", "received", "raised", "brought_up"}
    assert kinds == {f"reception.{name}" for name in happened}
    assert not any("Lan" in str(e.data) for e in entries)
    assert Raised.objects.filter(visit=visit).count() == 1
