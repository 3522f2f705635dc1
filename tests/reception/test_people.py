"""Who came: papers belong to one name, a line of the register keeps what was said at that visit,
and a number is found however it is typed.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils import timezone
from django.utils.translation import override

from doithoai.accounts.actors import Official
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid, NotFound, WrongState
from doithoai.docket.models import Matter
from doithoai.ledger.models import Entry
from doithoai.reception.commands import ending, people, raising, visits
from doithoai.reception.commands.ending import Ending
from doithoai.reception.commands.people import Papers, Who
from doithoai.reception.commands.raising import Brought
from doithoai.reception.models import Person, Visit
from doithoai.reception.numbers import telephone
from doithoai.reception.queries import register
from doithoai.reception.queries import visits as desk
from doithoai.reception.queries.register import Wanted
from tests.cases.reaching import committee
from tests.dialogues.grounds import signed_in, text
from tests.reception.receiving import HUNG, LAN, arrived, received

pytestmark = pytest.mark.django_db
NHAN = Who(
    name="Dương Thị Nhàn", identity="card", number="042175000502", phone="0912000502",
    address="Thôn Hưng Trung",
)  # fmt: skip
STRANGER = replace(NHAN, name="Nguyễn Khác Người", phone="0988000111", address="Nơi khác")
LAND = "Khiếu nại Quyết định thu hồi đất số 12/QĐ-UBND vì bồi thường thiếu 120 m2."
DESK = "/desk/reception/"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Reasons are compared in the language of the source."""
    with override("en"):
        yield


def line(minh: Official, visit: Visit) -> tuple[str, ...]:
    """Columns 2 to 13 of a visit."""
    page = register.register(minh, Wanted(), today=local_day(timezone.now()))
    return next(each.texts for each in page.lines if each.visit.pk == visit.pk)


def corrected() -> list[str]:
    entries = Entry.objects.filter(kind="reception.person_corrected").order_by("pk")
    return [entry.data["fields"] for entry in entries]


# ------------------------------------------------------------------------------------ whose papers
def test_papers_of_another_name_are_refused_with_both_names(minh: Official) -> None:
    visit = received(minh, NHAN)
    with pytest.raises(Invalid) as refusal:
        arrived(minh, STRANGER)
    assert "Dương Thị Nhàn" in refusal.value.message
    assert "Nguyễn Khác Người" in refusal.value.message
    person = Person.objects.get()
    assert (person.phone, person.address) == ("0912000502", "Thôn Hưng Trung")
    assert line(minh, visit)[1] == "Dương Thị Nhàn, Thôn Hưng Trung"


def test_whoever_says_it_is_the_same_person_corrects_the_name_with_an_entry(
    minh: Official,
) -> None:
    before = received(minh, NHAN)
    now = received(minh, replace(NHAN, name="Dương Thị Nhàn Em", same=True))
    person = Person.objects.get()
    assert (person.name, person.folded) == ("Dương Thị Nhàn Em", "duong thi nhan em")
    assert corrected() == ["name"]
    assert line(minh, before)[1].startswith("Dương Thị Nhàn,")
    assert line(minh, now)[1].startswith("Dương Thị Nhàn Em,")


def test_a_name_without_accents_or_with_a_word_of_address_is_the_same_name(minh: Official) -> None:
    first = arrived(minh, NHAN)
    for name in ("duong thi nhan", "Bà Dương Thị Nhàn"):
        assert arrived(minh, replace(NHAN, name=name)).person_id == first.person_id
    assert corrected() == []


def test_somebody_chosen_is_not_registered_under_another_name_or_other_papers(
    minh: Official,
) -> None:
    known = arrived(minh, NHAN).person_id
    with pytest.raises(Invalid, match="You chose Dương Thị Nhàn"):
        arrived(minh, Who(name="Nguyễn Khác Người", known=known))
    renewed = Who(name=NHAN.name, known=known, identity="passport", number="C1234567")
    with pytest.raises(Invalid, match="042175000502, not C1234567"):
        arrived(minh, renewed)
    arrived(minh, replace(renewed, same=True))
    assert (Person.objects.get().number, corrected()) == ("C1234567", ["number"])


def test_somebody_chosen_with_the_papers_of_another_is_refused_in_any_case(minh: Official) -> None:
    arrived(minh, NHAN)
    lan = arrived(minh, LAN).person_id
    for same in (False, True):
        with pytest.raises(Invalid, match="042175000502 is written down for Dương Thị Nhàn"):
            arrived(minh, replace(NHAN, name=LAN.name, known=lan, same=same))


def test_a_representative_s_papers_belong_to_one_name_too(minh: Official) -> None:
    arrived(minh, NHAN)
    speaks = Who(name="Nguyễn Khác Người", identity="card", number=NHAN.number)
    with pytest.raises(Invalid, match="not for Nguyễn Khác Người"):
        arrived(minh, HUNG, people=6, representatives=(speaks,))


def test_a_sealed_matter_is_not_told_by_a_number_that_is_known(minh: Official) -> None:
    visit = received(minh, NHAN)
    taken = raising.raise_matter(visit.pk, Brought("Kênh tắc"), by=minh, at=timezone.now())
    Matter.objects.filter(pk=taken.case.pk).update(sealed=True)
    other = received(minh, STRANGER)
    assert other.person_id != visit.person_id
    assert line(minh, other)[1:3] == ("Nguyễn Khác Người, Nơi khác", NHAN.number)
    hidden = Person.objects.get(pk=visit.person_id or "")
    assert (hidden.name, hidden.phone) == (NHAN.name, NHAN.phone)
    # Nor does who gives name and number learn what else is known of her.
    bare = received(minh, replace(NHAN, phone="", address=""))
    assert line(minh, bare)[1] == NHAN.name


# --------------------------------------------------------------------------- what was said that day
def test_what_is_said_at_a_later_visit_changes_no_line_of_an_earlier_one(minh: Official) -> None:
    first = received(minh, replace(NHAN, identity="none", number=""))
    known = first.person_id
    moved = replace(NHAN, known=known, phone="0912999999", address="Thôn Đông Lều")
    second = received(minh, moved)
    assert line(minh, first)[1:3] == ("Dương Thị Nhàn, Thôn Hưng Trung", "")
    assert line(minh, second)[1:3] == ("Dương Thị Nhàn, Thôn Đông Lều", "042175000502")
    assert corrected() == ["address,phone"]


def test_what_is_left_empty_is_what_was_known(minh: Official) -> None:
    known = received(minh, NHAN).person_id
    again = received(minh, Who(known=known))
    assert line(minh, again)[1:3] == ("Dương Thị Nhàn, Thôn Hưng Trung", "042175000502")


def test_what_is_raised_is_said_by_who_came_as_they_said_that_day(minh: Official) -> None:
    known = received(minh, NHAN).person_id
    visit = received(minh, Who(known=known, name=NHAN.name, phone="0912999999"))
    taken = raising.raise_matter(visit.pk, Brought("Kênh tắc"), by=minh, at=timezone.now())
    said = taken.submission
    assert (said.speaker, said.phone, said.address) == (NHAN.name, "0912999999", NHAN.address)


# ------------------------------------------------------------------------------------ the numbers
@pytest.mark.parametrize(
    ("identity", "number"),
    [("card", "abc"), ("card", "042175"), ("card", "C1234567"), ("number", "123456789"),
     ("passport", "042175000502"), ("passport", "C123456"), ("passport", "CC123456")],
)  # fmt: skip
def test_what_is_no_number_of_these_papers_is_refused_by_kind(
    identity: str, number: str, minh: Official
) -> None:
    with pytest.raises(Invalid, match="digits"):
        arrived(minh, Who(name="Lê Văn Bảy", identity=identity, number=number))
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("identity", "typed", "kept"),
    [("card", "042 175 000 502", "042175000502"), ("card", "183 456 789", "183456789"),
     ("number", "042175000502", "042175000502"), ("passport", "c1234567", "C1234567"),
     ("passport", "B12345678", "B12345678")],
)  # fmt: skip
def test_a_number_is_kept_in_one_way(identity: str, typed: str, kept: str, minh: Official) -> None:
    visit = arrived(minh, Who(name="Lê Văn Bảy", identity=identity, number=typed))
    assert Person.objects.get().number == visit.came_number == kept


def test_a_card_and_a_personal_number_of_the_same_digits_are_one_person(minh: Official) -> None:
    first = arrived(minh, NHAN)
    assert arrived(minh, replace(NHAN, identity="number")).person_id == first.person_id


@pytest.mark.parametrize("typed", ["C1234567", "c1234567", "1234567", "C 1234567"])
def test_who_showed_a_passport_is_found_by_its_number(typed: str, minh: Official) -> None:
    received(minh, Who(name="Lê Văn Bảy", identity="passport", number="C1234567"))
    assert [hit.person.name for hit in desk.people(minh, committee(), typed)] == ["Lê Văn Bảy"]


@pytest.mark.parametrize("kept", ["0988111222", "+84988111222", "84 988 111 222", "988.111.222"])
@pytest.mark.parametrize("sought", ["0988111222", "+84 988 111 222", "0084988111222"])
def test_a_telephone_is_found_however_it_is_written(kept: str, sought: str, minh: Official) -> None:
    received(minh, Who(name="Lê Văn Bảy", phone=kept))
    assert Person.objects.get().phone == "0988111222"
    assert len(desk.people(minh, committee(), sought)) == 1


def test_a_number_from_abroad_and_a_short_one_stay_as_they_are() -> None:
    assert telephone("+1 650 253 0000") == "+16502530000"
    assert telephone("00 1 650 253 0000") == "+16502530000"
    assert telephone("19001234") == "19001234"
    assert telephone("0239 000 106") == "0239000106"
    assert telephone("") == ""


# --------------------------------------------------------------------- papers shown during a visit
def test_papers_are_added_and_the_complaint_is_taken_down(minh: Official) -> None:
    earlier, visit = received(minh, HUNG), received(minh, HUNG)
    with pytest.raises(Invalid, match="article 12"):
        raising.raise_matter(visit.pk, Brought(LAND, "complaint"), by=minh, at=timezone.now())
    shown = Papers("card", "042175000600")
    people.add_papers(visit.pk, shown, by=minh, at=timezone.now())
    raising.raise_matter(visit.pk, Brought(LAND, "complaint"), by=minh, at=timezone.now())
    assert (line(minh, visit)[2], line(minh, earlier)[2]) == ("042175000600", "")
    assert Entry.objects.filter(kind="reception.papers_shown").count() == 1
    assert Person.objects.get(number="042175000600").name == HUNG.name


def test_papers_shown_by_who_came_before_are_those_of_one_person(minh: Official) -> None:
    before = received(minh, NHAN)
    visit = received(minh, replace(NHAN, identity="none", number="", phone="0912999999"))
    assert Person.objects.count() == 2
    people.add_papers(visit.pk, Papers("card", NHAN.number), by=minh, at=timezone.now())
    assert Person.objects.get().pk == before.person_id
    visit.refresh_from_db()
    assert (visit.person_id, visit.came_phone) == (before.person_id, "0912999999")


def test_papers_of_another_are_not_added_unless_it_is_the_same_person(minh: Official) -> None:
    received(minh, NHAN)
    visit = received(minh, replace(STRANGER, identity="none", number=""))
    shown = Papers("card", NHAN.number)
    with pytest.raises(Invalid, match="for Dương Thị Nhàn, not for Nguyễn Khác Người"):
        people.add_papers(visit.pk, shown, by=minh, at=timezone.now())
    people.add_papers(visit.pk, replace(shown, same=True), by=minh, at=timezone.now())
    assert Person.objects.get().name == "Nguyễn Khác Người"
    assert corrected() == ["address,name,phone"]


def test_papers_are_added_while_somebody_is_received_by_who_receives(
    minh: Official, hoa: Official
) -> None:
    visit, shown = received(minh, HUNG), Papers("card", "042175000600")
    with pytest.raises(NotFound):
        people.add_papers(visit.pk, shown, by=hoa, at=timezone.now())
    with pytest.raises(Invalid, match="which papers"):
        people.add_papers(visit.pk, Papers("none", ""), by=minh, at=timezone.now())
    waits = arrived(minh, LAN)
    with pytest.raises(WrongState):
        people.add_papers(waits.pk, shown, by=minh, at=timezone.now())
    ending.end(visit.pk, Ending(outcome="Xong"), by=minh, at=timezone.now())
    with pytest.raises(WrongState):
        people.add_papers(visit.pk, shown, by=minh, at=timezone.now())
    sealed = visits.call(waits.pk, by=minh, at=timezone.now())
    raising.seal(sealed.pk, by=minh, at=timezone.now())
    with pytest.raises(Denied):
        people.add_papers(sealed.pk, shown, by=minh, at=timezone.now())


# ----------------------------------------------------------------------------------------- pages
def test_the_desk_asks_whether_it_is_the_same_person_and_takes_the_answer(minh: Official) -> None:
    arrived(minh, NHAN)
    client = signed_in("minh")
    asked = {"name": "Nguyễn Khác Người", "identity": "card", "number": NHAN.number, "people": "1"}
    page = text(client.post(f"{DESK}arrive", asked))
    assert "Dương Thị Nhàn" in page
    assert 'type="checkbox" name="same"' in page
    assert Visit.objects.count() == 1
    assert client.post(f"{DESK}arrive", {**asked, "same": "on"}).status_code == 302
    assert Person.objects.get().name == "Nguyễn Khác Người"


def test_papers_are_written_down_on_the_page_of_the_visit(minh: Official) -> None:
    received(minh, NHAN)
    visit = received(minh, HUNG)
    client, address = signed_in("minh"), f"{DESK}visits/{visit.pk}/papers"
    assert address in text(client.get(f"{DESK}visits/{visit.pk}"))
    refused = text(client.post(address, {"papers-identity": "card", "papers-number": NHAN.number}))
    assert "Dương Thị Nhàn" in refused
    assert 'type="checkbox" name="papers-same"' in refused
    shown = {"papers-identity": "passport", "papers-number": "c1234567"}
    assert client.post(address, shown).status_code == 302
    assert "C1234567" in text(client.get(f"{DESK}visits/{visit.pk}"))
    assert client.get(address).status_code == 200
