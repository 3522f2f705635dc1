"""Of a visit whose matter is sealed, in the vault or not, nothing is left to read: neither in the
register and its files nor in the queue, the appointments, the papers of the visit.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from doithoai.accounts.actors import Citizen, Official
from doithoai.cases.commands import placing
from doithoai.cases.commands.petitions import sorting
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.models import Case
from doithoai.docket import unsealing
from doithoai.files.models import Attachment, Document
from doithoai.ledger.models import Entry
from doithoai.reception import tasks
from doithoai.reception.commands import holding, preparing, raising, visits
from doithoai.reception.commands.people import Who
from doithoai.reception.commands.raising import Brought
from doithoai.reception.models import Appointment, Person, Raised, Session, Visit
from doithoai.vault.reading import names_somebody_in
from tests.cases.reaching import committee, department
from tests.conftest import become
from tests.files import making
from tests.journeys.opening import words_in
from tests.reception.receiving import LAN, today
from tests.reception.test_pages import signed_in, text

NAMES = ("Trần Thị Lan", "Lê Văn Bảy", "Trần Thị Tám", "0912000001", "0912000007", "0912000008",
         "Sao Băng")  # fmt: skip
WORDS = "Cán bộ thôn thu tiền của chúng tôi ở quán Sao Băng"
BAY, TAM = Who(name="Lê Văn Bảy", phone="0912000007"), Who(name="Trần Thị Tám", phone="0912000008")
DESK = "/desk/reception/"


def asked(session: Session, *, name: str = "Trần Thị Lan", phone: str = LAN.phone) -> Appointment:
    """An appointment asked for before the day began."""
    about = preparing.Asked(name, phone, WORDS, people=7)
    return preparing.ask(session.pk, about, by=Citizen(), at=session.starts_at - timedelta(hours=1))


def group(minh: Official, session: Session, appointment: Appointment | None) -> tuple[Visit, Case]:
    """Seven people with two who speak for them, by an appointment, about one matter."""
    paper = making.upload(making.photo(), "uy-quyen.jpg")
    arrival = visits.Arrival(
        who=LAN, people=7, representatives=(BAY, TAM), session=session.pk,
        appointment=appointment.pk if appointment else None, authority=paper,
    )  # fmt: skip
    came = visits.arrive(committee().pk, arrival, by=minh, at=timezone.now())
    visits.call(came.pk, by=minh, at=timezone.now())
    said = visits.WrittenDown(WORDS, papers="Đơn của bà Trần Thị Lan")
    visits.write_down(came.pk, said, by=minh, at=timezone.now())
    case = raising.raise_matter(came.pk, Brought(WORDS), by=minh, at=timezone.now()).case
    return Visit.objects.get(pk=came.pk), case


def kept_private(case: Case, by: Official) -> None:
    """Sealed, and not in the vault: a quarrel of neighbours."""
    kind = placing.Kind("other", other_procedure="dispute")
    placing.classify(case.pk, kind, by=by, at=timezone.now())


def every_page(client: Client, session: Session, visit: Visit) -> dict[str, str]:
    """What the desk, the day, the register and its files say."""
    found = {
        name: text(client.get(address))
        for name, address in {
            "desk": DESK,
            "visit": f"{DESK}visits/{visit.pk}",
            "day": f"{DESK}days/{session.matter.code}",
            "register": f"{DESK}register",
            "found": f"{DESK}?q=tran thi lan",
            "by telephone": f"{DESK}?q=0912000007",
        }.items()
    }
    found["by telephone"] = found["by telephone"].replace(BAY.phone, "")  # what was typed
    for name in ("register.xlsx", "register.pdf"):
        answer = client.get(f"{DESK}{name}")
        assert answer.status_code == 200, name
        found[name] = words_in(answer.content, answer["Content-Type"])
    return found


def told(pages: dict[str, str]) -> list[tuple[str, str]]:
    return [(page, name) for page, words in pages.items() for name in NAMES if name in words]


@pytest.mark.django_db
def test_a_group_whose_matter_is_sealed_without_the_vault_is_hushed_at_once_and_then_gone(
    minh: Official, chi: Official
) -> None:
    session = today(minh, chi)
    visit, case = group(minh, session, asked(session))
    client = signed_in("minh")
    assert told(every_page(client, session, visit)), "what is not sealed is read"

    kept_private(case, minh)
    assert told(every_page(client, session, visit)) == []

    assert tasks.silence_sealed(timezone.now()) == 1
    visit.refresh_from_db()
    appointment = Appointment.objects.get()
    assert (visit.sealed, visit.number, visit.people, visit.summary) == (True, 1, 1, "")
    came = (visit.came_name, visit.came_number, visit.came_phone, visit.came_address)
    assert (came, visit.came_identity) == (("", "", "", ""), "none")
    assert (appointment.name, appointment.phone, appointment.about, appointment.people) == (
        "", "", "", 1,
    )  # fmt: skip
    assert not Person.objects.exists()
    assert not Raised.objects.exists()
    assert not Attachment.objects.filter(about=visit.pk).exists()
    assert Entry.objects.filter(kind="reception.visit_sealed").count() == 1
    assert told(every_page(client, session, visit)) == []
    assert tasks.silence_sealed(timezone.now()) == 0


@pytest.mark.django_db
def test_an_appointment_of_theirs_that_was_not_kept_says_nothing_either(
    minh: Official, chi: Official
) -> None:
    session = today(minh, chi)
    missed = asked(session)
    another = asked(session, name="Phạm Văn Thử", phone="0912000099")
    _visit, case = group(minh, session, None)
    kept_private(case, minh)
    tasks.silence_sealed(timezone.now())
    missed.refresh_from_db()
    another.refresh_from_db()
    assert (missed.name, missed.phone, missed.about) == ("", "", "")
    assert (another.name, another.people) == ("Phạm Văn Thử", 7)


@pytest.mark.django_db
def test_of_a_hushed_visit_no_paper_is_made_and_no_slip_of_its_appointment(
    minh: Official, chi: Official
) -> None:
    session = today(minh, chi)
    appointment = asked(session)
    visit, case = group(minh, session, appointment)
    kept_private(case, minh)
    client = signed_in("minh")
    slip = f"{DESK}days/{session.matter.code}/appointments/{appointment.pk}/slip.pdf"
    papers = [f"{DESK}visits/{visit.pk}/{each}" for each in ("petition", "receipt.pdf")]
    for address in (*papers, slip):
        assert client.get(address).status_code in {403, 404}, address


@pytest.mark.django_db
def test_a_conclusion_that_is_not_signed_loses_their_words_and_is_worded_again(
    minh: Official, chi: Official
) -> None:
    session = today(minh, chi)
    _visit, case = group(minh, session, None)
    holding.hold(session.pk, holding.Held(in_person=True), by=minh, at=timezone.now())
    words = f"Tiếp công dân ngày hôm nay.\n1. {WORDS}. Đã tiếp nhận.\n2. Đường thôn hỏng."
    holding.draft_conclusion(session.pk, text=words, docx=making.word(), by=minh, at=timezone.now())
    drafted = Document.objects.get(about=session.pk)
    kept_private(case, minh)
    tasks.silence_sealed(timezone.now())
    session.refresh_from_db()
    drafted.refresh_from_db()
    assert session.conclusion == "Tiếp công dân ngày hôm nay.\n2. Đường thôn hỏng."
    assert (session.document, drafted.draft) == (None, None)


def test_what_a_group_said_and_who_spoke_for_it_is_in_the_vault_alone(committed_db: str) -> None:
    minh, chi = become("minh"), become("chi")
    session = today(minh, chi)
    _visit, case = group(minh, session, asked(session))
    nature = Nature("denunciation", "other", respondents=(department().pk,))
    sorting.sort(case.pk, nature, by=minh, at=timezone.now())
    assert tasks.silence_sealed(timezone.now()) == 1
    assert not Person.objects.exists()
    tinh = become("tinh")  # the province has it: it is about one of its departments
    unsealing.unseal(case.pk, reason="Xác minh", identity=True, by=tinh, at=timezone.now())
    shown = unsealing.contents(case.matter, tinh, at=timezone.now())
    assert shown is not None
    assert names_somebody_in([case.pk], "Bà Trần Thị Tám đã nộp đơn")
    assert {"Lê Văn Bảy", "Trần Thị Tám"} <= {each.name for each in shown.persons}
    assert any("Đơn của bà Trần Thị Lan" in each.text for each in shown.texts)


@pytest.mark.django_db
def test_online_whoever_wants_secrecy_is_told_to_come_or_write_before_a_word(
    minh: Official, chi: Official
) -> None:
    session = today(minh, chi, form="online", points="Nhà văn hóa thôn Hưng Trung")
    came = visits.Arrival(who=LAN, session=session.pk)
    visit = visits.arrive(committee().pk, came, by=minh, at=timezone.now())
    visits.call(visit.pk, by=minh, at=timezone.now())
    page = text(signed_in("minh").get(f"{DESK}visits/{visit.pk}"))
    assert "article 20(4)" in page
    asking = text(Client().get(f"/reception/days/{session.matter.code}/appointment"))
    assert "khoản 4 Điều 20" in asking
    assert 'href="/denounce"' in asking


@pytest.mark.django_db
def test_a_conclusion_in_other_words_loses_the_line_and_its_paper(
    minh: Official, chi: Official
) -> None:
    session = today(minh, chi)
    _visit, case = group(minh, session, None)
    holding.hold(session.pk, holding.Held(in_person=True), by=minh, at=timezone.now())
    words = (
        "1. Trả lời bà Lan trước ngày 30.\n"
        "2. Xác minh việc thu tiền của chúng tôi ở quán nước đầu thôn.\n"
        "3. Làm rõ phản ánh cán bộ thôn thu tiền của chúng tôi.\n4. Đường thôn hỏng."
    )
    holding.draft_conclusion(session.pk, text=words, docx=making.word(), by=minh, at=timezone.now())
    kept_private(case, minh)
    tasks.silence_sealed(timezone.now())
    session.refresh_from_db()
    assert "Lan" not in session.conclusion
    assert "cán bộ thôn" not in session.conclusion
    assert "Đường thôn hỏng." in session.conclusion
    assert not Document.objects.filter(about=session.pk, draft__isnull=False).exists()


@pytest.mark.django_db
def test_a_hushed_visit_reads_as_any_line_not_shown_and_leaves_the_figures(
    minh: Official, chi: Official
) -> None:
    session = today(minh, chi)
    visit, case = group(minh, session, None)
    client = signed_in("chi")
    figures = client.get(DESK).context["desk"].counted
    kept_private(case, minh)
    tasks.silence_sealed(timezone.now())
    for address in (DESK, f"{DESK}visits/{visit.pk}", f"{DESK}days/{session.matter.code}"):
        page = text(client.get(address))
        assert "Not shown to your post" in page
        assert "kept sealed" not in page
        assert 'sealed-intake" autofocus' not in page
    after = client.get(DESK).context["desk"].counted
    assert (after.persons, after.matters) == (figures.persons, figures.matters)
