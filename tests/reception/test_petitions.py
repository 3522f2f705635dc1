"""What is written or split at the desk stands in the register of petitions; who asked comes."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from doithoai.accounts.actors import Citizen, Official
from doithoai.cases import policies, workflow
from doithoai.cases.commands.petitions import deciding, sorting, splitting
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.petitions.splitting import Part
from doithoai.cases.models import Case, Petition
from doithoai.core.errors import Invalid, NotFound
from doithoai.ledger.models import Entry
from doithoai.reception import tasks
from doithoai.reception.commands import ending, preparing, raising, visits
from doithoai.reception.commands.ending import Ending
from doithoai.reception.commands.people import Who
from doithoai.reception.commands.preparing import Asked
from doithoai.reception.commands.raising import Brought
from doithoai.reception.commands.visits import Arrival, WrittenDown
from doithoai.reception.models import Appointment, Person, Session, Visit
from doithoai.reception.queries import sessions
from doithoai.reception.queries import visits as desk
from tests.cases.reaching import committee, department
from tests.dialogues.grounds import signed_in, text
from tests.reception.receiving import LAN, arrived, received, today

pytestmark = pytest.mark.django_db
LAND = "Khiếu nại Quyết định thu hồi đất số 12/QĐ-UBND vì bồi thường thiếu 120 m2."
THREE = "Đề nghị sửa cống; khiếu nại quyết định bồi thường; tố cáo người thu tiền sai quy định."
ROAD = "Đơn kiến nghị của các hộ xóm Bãi về con đường ngập."
DESK = "/desk/reception/"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Reasons are compared in the language of the source."""
    with override("en"):
        yield


def _raise(minh: Official, brought: Brought, who: Who = LAN) -> tuple[Visit, Case]:
    visit = received(minh, who)
    taken = raising.raise_matter(visit.pk, brought, by=minh, at=timezone.now())
    return visit, taken.case


def test_a_complaint_raised_at_the_desk_is_a_petition_of_the_register(minh: Official) -> None:
    visit, case = _raise(minh, Brought(LAND, "complaint"))
    petition = Petition.objects.get(submission__carried__case=case)
    assert (petition.body, petition.number, petition.arrived_by) == (committee(), 1, "reception")
    nature = Nature("complaint", "land", instance="first")
    sorting.sort(case.pk, nature, by=minh, at=timezone.now())
    deciding.examine(case.pk, by=minh, at=timezone.now())
    case.refresh_from_db()
    assert policies.RIGHTS[workflow.ADMIT](minh, case)
    found = desk.desk(minh, desk.Asked(visit=visit.pk), today=petition.arrived_on)
    assert found.current is not None
    assert [w.petition for w in found.current.petitions] == [petition]


def test_what_is_only_said_is_no_petition_and_what_is_written_is(minh: Official) -> None:
    _raise(minh, Brought(ROAD))
    assert not Petition.objects.exists()
    _raise(minh, Brought(ROAD, written=True))
    assert Petition.objects.get().number == 1


def test_the_same_petition_brought_again_is_found_and_counted_as_such(minh: Official) -> None:
    _raise(minh, Brought(ROAD, written=True))
    visit, case = _raise(minh, Brought(ROAD, written=True))
    assert Petition.objects.get(submission__carried__case=case).repeats is not None
    visit.refresh_from_db()
    assert visit.repeated


def test_a_group_s_petition_has_as_many_signatories_as_came(minh: Official) -> None:
    speakers = (Who(name="Lê Văn Bảy"), Who(name="Trần Thị Tám"))
    visit = received(minh, LAN, people=7, representatives=speakers)
    visits.write_down(
        visit.pk, WrittenDown(ROAD, papers="Đơn, 2 tờ\nẢnh, 4 tờ"), by=minh, at=timezone.now()
    )
    raising.raise_matter(visit.pk, Brought(ROAD, written=True), by=minh, at=timezone.now())
    petition = Petition.objects.get()
    assert (petition.signatories, petition.originals) == (7, ["Đơn, 2 tờ", "Ảnh, 4 tờ"])


def test_the_petition_shows_its_visit_and_the_visit_its_petition(minh: Official) -> None:
    visit, case = _raise(minh, Brought(LAND, "complaint"))
    client = signed_in("minh")
    assert "no. 1/" in text(client.get(f"{DESK}visits/{visit.pk}"))
    page = text(client.get(f"/desk/cases/{case.matter.code}/"))
    assert f"register no. {visit.number}/{visit.year}" in page


def test_a_mixed_petition_is_split_and_what_was_denounced_leaves_the_register(
    minh: Official,
) -> None:
    visit, case = _raise(minh, Brought(THREE, "mixed", ordinary=True))
    page = text(signed_in("minh").get(f"/desk/cases/{case.matter.code}/"))
    assert "split it, and guide the person" in page
    parts = [
        Part(Nature("recommendation", "transport"), "Đề nghị sửa cống."),
        Part(Nature("complaint", "land", instance="first"), "Khiếu nại quyết định bồi thường."),
        Part(Nature("denunciation", "other", respondents=(department().pk,)), "Tố cáo thu tiền."),
    ]
    splitting.split(case.pk, parts, guidance="Viết thành đơn riêng", by=minh, at=timezone.now())
    assert tasks.silence_sealed(timezone.now()) == 1
    visit.refresh_from_db()
    assert (visit.sealed, visit.person, visit.summary, visit.number) == (True, None, "", 1)
    assert not Person.objects.filter(number=LAN.number).exists()
    assert desk.people(minh, committee(), "tran thi lan") == ()
    assert tasks.silence_sealed(timezone.now()) == 0
    register = text(signed_in("minh").get(f"{DESK}register"))
    assert "Trần Thị Lan" not in register
    assert "thu tiền" not in register


def test_what_a_petition_was_split_into_counts_as_raised_in_the_visit(minh: Official) -> None:
    visit, case = _raise(minh, Brought(THREE, "mixed", ordinary=True))
    parts = [
        Part(Nature("recommendation", "transport"), "Đề nghị sửa cống."),
        Part(Nature("complaint", "land", instance="first"), "Khiếu nại quyết định bồi thường."),
    ]
    made = splitting.split(case.pk, parts, guidance="Viết đơn riêng", by=minh, at=timezone.now())
    tasks.keep(timezone.now())
    tasks.keep(timezone.now())
    assert set(visit.raised.values_list("matter", flat=True)) == {each.pk for each in made}
    assert desk.counted(Visit.objects.filter(pk=visit.pk), minh).matters == 2
    found = desk.desk(minh, desk.Asked(visit=visit.pk), today=case.matter.received_on)
    assert found.current is not None
    assert [len(written.cases) for written in found.current.petitions] == [2]


def test_a_denunciation_goes_from_the_desk_straight_to_the_sealed_intake(minh: Official) -> None:
    visit = received(minh, LAN)
    page = signed_in("minh").post(f"{DESK}visits/{visit.pk}/seal", follow=True)
    assert 'href="/desk/sealed-intake" autofocus' in text(page)
    assert f'name="draft-sent" content="reception-write-{visit.pk}"' in text(page)
    visit.refresh_from_db()
    assert visit.sealed


def test_an_answer_at_the_reception_answers_what_was_raised(minh: Official, chi: Official) -> None:
    session = today(minh, chi)
    visit = received(minh, LAN, session=session.pk)
    case = raising.raise_matter(visit.pk, Brought(ROAD), by=minh, at=timezone.now()).case
    with pytest.raises(Invalid):
        ending.end(visit.pk, Ending(answers=True), by=chi, at=timezone.now())
    said = Ending(outcome="Xã đã sửa ngày 1/9.", answers=True)
    ending.end(visit.pk, said, by=chi, at=timezone.now())
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("answered", "explained")
    assert case.answers.get().text == "Xã đã sửa ngày 1/9."


def test_a_complaint_is_never_answered_like_a_recommendation(minh: Official, chi: Official) -> None:
    visit, case = _raise(minh, Brought(LAND, "complaint"))
    said = Ending(outcome="Đã giải thích quy định.", answers=True)
    ending.end(visit.pk, said, by=chi, at=timezone.now())
    case.refresh_from_db()
    assert case.state == "received"


# -------------------------------------------------------------------------------- appointments
def _asked(minh: Official, chi: Official, people: int = 1) -> tuple[Session, Appointment]:
    """Somebody asked in time to be received on the chair's day, which is today."""
    session = today(minh, chi)
    wish = Asked("Trần Thị Lan", "0912 000 001", "Giấy chứng nhận", people)
    early = session.starts_at - timedelta(hours=1)
    return session, preparing.ask(session.pk, wish, by=Citizen(), at=early)


def test_one_press_gives_a_number_to_who_has_an_appointment(minh: Official, chi: Official) -> None:
    session, asked = _asked(minh, chi)
    before = arrived(minh, LAN)
    client = signed_in("minh")
    assert "Have an appointment today" in text(client.get(DESK))
    assert client.post(f"{DESK}appointments/{asked.pk}/came").status_code == 302
    asked.refresh_from_db()
    assert asked.visit is not None
    assert (asked.visit.session, asked.visit.person) == (session, before.person)
    assert "Have an appointment today" not in text(client.get(DESK))
    assert Entry.objects.filter(kind="reception.appointment_kept", matter=session.pk).count() == 1


def test_an_appointment_is_kept_once(minh: Official, chi: Official) -> None:
    _session, asked = _asked(minh, chi)
    visits.keep_appointment(asked.pk, by=minh, at=timezone.now())
    with pytest.raises(Invalid, match="a number already"):
        visits.keep_appointment(asked.pk, by=minh, at=timezone.now())


def test_an_appointment_is_of_its_day(minh: Official, chi: Official) -> None:
    _session, asked = _asked(minh, chi)
    with pytest.raises(NotFound, match="today"):
        visits.keep_appointment(asked.pk, by=minh, at=timezone.now() + timedelta(days=1))


def test_a_group_with_an_appointment_names_its_representatives(
    minh: Official, chi: Official
) -> None:
    session, asked = _asked(minh, chi, people=7)
    with pytest.raises(Invalid, match="article 29"):
        visits.keep_appointment(asked.pk, by=minh, at=timezone.now())
    client = signed_in("minh")
    page = text(client.get(DESK, {"appointment": str(asked.pk)}))
    assert f'value="{asked.pk}"' in page
    form = {
        "name": "Trần Thị Lan", "identity": "none", "people": "7", "session": str(session.pk),
        "appointment": str(asked.pk), "representatives": "Lê Văn Bảy\nTrần Thị Tám",
    }  # fmt: skip
    assert client.post(f"{DESK}arrive", form).status_code == 302
    asked.refresh_from_db()
    assert asked.visit is not None


def test_who_did_not_come_is_counted_when_the_day_is_over(minh: Official, chi: Official) -> None:
    session, asked = _asked(minh, chi)
    wish = Asked("Lê Văn Bảy", "0912000009", "Đường thôn")
    early = session.starts_at - timedelta(hours=1)
    preparing.ask(session.pk, wish, by=Citizen(), at=early)
    visits.keep_appointment(asked.pk, by=minh, at=timezone.now())
    code = session.matter.code
    running = sessions.page(minh, code, today=session.day).attendance
    assert (running.asked, running.came, running.absent) == (2, 1, 0)
    over = sessions.page(minh, code, today=session.day + timedelta(days=1)).attendance
    assert (over.asked, over.came, over.absent) == (2, 1, 1)


def test_a_sealed_visit_leaves_no_name_with_the_appointment(minh: Official, chi: Official) -> None:
    _session, asked = _asked(minh, chi)
    visit = visits.keep_appointment(asked.pk, by=minh, at=timezone.now())
    visits.call(visit.pk, by=minh, at=timezone.now())
    raising.seal(visit.pk, by=minh, at=timezone.now())
    asked.refresh_from_db()
    assert (asked.name, asked.about, asked.phone) == ("", "", "")


def test_a_declined_appointment_is_not_expected(minh: Official, chi: Official) -> None:
    session, asked = _asked(minh, chi)
    preparing.answer(
        session.pk, appointment=asked.pk, given=False, reason="Đã trả lời bằng văn bản",
        by=minh, at=timezone.now(),
    )  # fmt: skip
    assert desk.expected([session]) == ()


def test_an_arrival_by_an_appointment_of_another_day_is_refused(
    minh: Official, chi: Official
) -> None:
    _session, asked = _asked(minh, chi)
    with pytest.raises(NotFound, match="appointment"):
        visits.arrive(
            committee().pk, Arrival(LAN, appointment=asked.pk), by=minh, at=timezone.now()
        )
