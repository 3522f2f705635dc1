"""The pages of reception, as a clerk, a head, another body and the public open them."""

import io
from datetime import date, timedelta
from uuid import UUID

import docx
import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from doithoai.accounts.actors import Official
from doithoai.core.days import local_day
from doithoai.reception.commands import ending, planning, raising, visits
from doithoai.reception.commands.ending import Ending
from doithoai.reception.commands.raising import Brought
from doithoai.reception.commands.visits import WrittenDown
from doithoai.reception.models import Appointment, Refusal, Session, Visit
from tests.cases.reaching import committee
from tests.dialogues.grounds import signed_file, signed_in, text
from tests.reception.receiving import HOLIDAY, HUNG, LAN, arrived, plan, received, today

pytestmark = pytest.mark.django_db
DESK = "/desk/reception/"
CANAL = "Kênh Đồng Lều bị bồi lắng, đề nghị nạo vét"
MOST = 10  # queries of the register's page


def _code(session: Session) -> str:
    return str(session.matter.code)


def test_a_clerk_works_through_a_visit_without_a_script(minh: Official) -> None:
    client = signed_in("minh")
    came = client.post(
        f"{DESK}arrive",
        {"name": "Trần Thị Lan", "identity": "card", "number": "042180000001", "people": "1"},
    )
    assert came.status_code == 302, text(came)
    visit = Visit.objects.get()
    assert "Trần Thị Lan" in text(client.get(DESK))
    client.post(f"{DESK}visits/{visit.pk}/call")
    written = {"write-summary": CANAL, "write-kind": "recommendation", "write-papers": "Đơn, 2 tờ"}
    assert client.post(f"{DESK}visits/{visit.pk}/write-down", written).status_code == 302
    taken = client.post(
        f"{DESK}visits/{visit.pk}/raise", {"raise-text": CANAL, "raise-kind": "recommendation"}
    )
    assert "Secret code" in text(taken)
    page = text(client.get(f"{DESK}visits/{visit.pk}"))
    assert "Secret code" not in page
    assert "KN" in page
    ended = client.post(f"{DESK}visits/{visit.pk}/end", {"end-outcome": "Đã tiếp nhận"})
    assert ended.status_code == 302, text(ended)
    visit.refresh_from_db()
    assert (visit.state, visit.number) == ("ended", 1)


def test_what_is_refused_goes_back_onto_its_form(minh: Official) -> None:
    client = signed_in("minh")
    page = client.post(f"{DESK}arrive", {"name": "Đoàn", "identity": "none", "people": "23"})
    assert "article 29" in text(page)
    visit = received(minh)
    page = client.post(f"{DESK}visits/{visit.pk}/end", {"end-due_on": "2030-01-01"})
    assert "article 25" in text(page)


def test_the_desk_finds_a_returning_person(minh: Official) -> None:
    visit = received(minh, LAN)
    client = signed_in("minh")
    page = text(client.get(DESK, {"q": "tran thi lan"}))
    assert f"person={visit.person_id}" in page
    page = text(client.get(DESK, {"person": str(visit.person_id)}))
    assert 'value="042180000001"' in page
    assert client.get(DESK, {"person": "x"}).status_code == 200


def test_papers_of_a_visit_are_printed(minh: Official) -> None:
    visit = received(minh, LAN)
    said = WrittenDown(CANAL, "recommendation", read_back=True, papers="Sổ đỏ, 4 trang, bản sao")
    visits.write_down(visit.pk, said, by=minh, at=timezone.now())
    client = signed_in("minh")
    assert CANAL in text(client.get(f"{DESK}visits/{visit.pk}/petition"))
    assert client.get(f"{DESK}visits/{visit.pk}/receipt.pdf").content.startswith(b"%PDF")
    word = client.get(f"{DESK}visits/{visit.pk}/receipt.docx").content
    assert "1. Sổ đỏ, 4 trang, bản sao" in [
        p.text for p in docx.Document(io.BytesIO(word)).paragraphs
    ]
    minutes = client.get(f"{DESK}visits/{visit.pk}/minutes.docx").content
    assert CANAL in [p.text for p in docx.Document(io.BytesIO(minutes)).paragraphs]
    assert client.get(f"{DESK}visits/{visit.pk}/minutes.pdf").content.startswith(b"%PDF")


def test_the_register_has_the_thirteen_columns_and_nothing_is_retyped(minh: Official) -> None:
    visit = received(minh, LAN)
    taken = raising.raise_matter(visit.pk, Brought(CANAL), by=minh, at=timezone.now())
    ending.end(visit.pk, Ending(competent=True, remark="Hẹn"), by=minh, at=timezone.now())
    sealed = received(minh, HUNG)
    raising.seal(sealed.pk, by=minh, at=timezone.now())
    client = signed_in("minh")
    page = text(client.get(f"{DESK}register"))
    assert page.count('<th scope="col">') == 13
    hushed, code = "Not shown to your post", taken.case.matter.code
    for words in ("Trần Thị Lan", "042180000001", CANAL, code, hushed):
        assert words in page, words
    assert "Nguyễn Văn Hùng" not in page
    book = load_workbook(io.BytesIO(client.get(f"{DESK}register.xlsx").content))
    rows = list(book["03-TCD"].values)
    assert rows[5][0] == 1
    assert "Trần Thị Lan" in str(rows[5][2])
    assert rows[6][2] == "" or rows[6][2] is None
    printed = PdfReader(io.BytesIO(client.get(f"{DESK}register.pdf").content)).pages[0]
    assert "042180000001" in printed.extract_text().replace("\n", "")


def test_a_year_of_the_register_takes_few_queries(
    minh: Official, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(12):
        visit = received(minh, LAN)
        raising.raise_matter(visit.pk, Brought(CANAL), by=minh, at=timezone.now())
    client = signed_in("minh")
    client.get(f"{DESK}register")
    frame = 4  # session, user, post, roles
    with django_assert_max_num_queries(MOST + frame):
        client.get(f"{DESK}register", {"year": str(local_day(timezone.now()).year)})


def test_the_register_of_a_month_leaves_out_the_others(minh: Official) -> None:
    received(minh, LAN)
    now = local_day(timezone.now())
    client = signed_in("minh")
    other = now.month % 12 + 1
    assert "Trần Thị Lan" in text(client.get(f"{DESK}register", {"month": str(now.month)}))
    assert "Trần Thị Lan" not in text(client.get(f"{DESK}register", {"month": str(other)}))


@pytest.mark.parametrize("username", ["hoa", "quang", "nong", "thanh", "admin", "doc"])
def test_the_desk_and_the_register_are_closed_to_who_does_not_receive(
    username: str, minh: Official
) -> None:
    visit = received(minh, LAN)
    client = signed_in(username)
    for address in ("", "register", "register.xlsx", "register.pdf", "days/"):
        assert client.get(f"{DESK}{address}").status_code == 403, address
    assert client.get(f"{DESK}visits/{visit.pk}").status_code in {403, 404}
    assert client.get(f"{DESK}visits/{visit.pk}/petition").status_code in {403, 404}


def test_a_clerk_of_another_commune_reads_their_own_register_only(minh: Official) -> None:
    visit = received(minh, LAN)
    client = signed_in("lien")
    assert "Trần Thị Lan" not in text(client.get(f"{DESK}register"))
    assert client.get(f"{DESK}register", {"body": committee().code}).status_code == 404
    assert client.get(f"{DESK}visits/{visit.pk}").status_code == 404


def test_a_reception_day_from_its_plan_to_its_conclusion(minh: Official, chi: Official) -> None:
    client = signed_in("minh")
    assert client.get(f"{DESK}days/plan").status_code == 200
    asked = {
        "host": str(committee().pk), "kind": "unscheduled", "receiver": str(chi.post),
        "on": local_day(timezone.now()).isoformat(), "hour": "00:01", "venue": "Phòng tiếp dân",
        "form": "place", "grounds": ["many_people"],
    }  # fmt: skip
    made = client.post(f"{DESK}days/plan", asked)
    assert made.status_code == 302, text(made)
    session = Session.objects.get()
    address = f"{DESK}days/{_code(session)}"
    client.post(f"{address}/post")
    visit = received(minh, LAN, session=session.pk)
    visits.write_down(visit.pk, WrittenDown(CANAL), by=minh, at=timezone.now())
    ending.end(visit.pk, Ending(outcome="Sẽ nạo vét"), by=chi, at=timezone.now())
    assert client.get(f"{address}/hold").status_code == 200
    held = client.post(f"{address}/hold", {"in_person": "yes"})
    assert held.status_code == 302, text(held)
    worded = client.get(f"{address}/conclusion")
    assert CANAL in text(worded)
    assert "Trần Thị Lan" not in text(worded)
    client.post(f"{address}/conclusion", {"text": "Giao Phòng Kinh tế."})
    signed = client.post(
        f"{address}/conclusion/signed",
        {"number": "9/TB-UBND", "signed_on": session.day.isoformat(), "file": signed_file()},
    )
    assert signed.status_code == 302, text(signed)
    page = text(client.get(address))
    assert "9/TB-UBND" in page
    assert "in person" in page
    assert client.get(f"{DESK}days/").status_code == 200


def test_acts_that_have_no_use_now_are_refused_with_their_reason(
    minh: Official, chi: Official
) -> None:
    session = plan(minh, chi)
    client = signed_in("minh")
    address = f"{DESK}days/{_code(session)}"
    for act in ("postpone", "reschedule", "cancel", "prepare", "hold"):
        assert client.get(f"{address}/{act}").status_code == 200, act
    for act in ("conclusion", "conclusion/signed"):
        assert client.get(f"{address}/{act}").status_code == 403, act
    assert client.post(f"{address}/postpone", {"reason": "Bão"}).status_code == 302
    assert "Bão" in text(client.get(address))


def test_the_public_sees_posted_days_with_the_reason_of_a_move(
    minh: Official, chi: Official
) -> None:
    session = plan(minh, chi, start=HOLIDAY)
    public = Client(headers={"accept-language": "en"})
    assert public.get(f"/reception/days/{_code(session)}/").status_code == 404
    planning.post(session.pk, by=minh, at=timezone.now())
    assert "24/11/2026" in text(public.get(f"/reception/days/{_code(session)}/"))
    page = text(public.get("/reception/"))
    assert ("25/11/2026" in page) is (local_day(timezone.now()) <= date(2026, 11, 25))


def test_an_appointment_is_asked_on_the_portal_and_answered(minh: Official, chi: Official) -> None:
    start = timezone.now() + timedelta(days=20)
    session = plan(minh, chi, start=start, kind="unscheduled", grounds=("complex",))
    planning.post(session.pk, by=minh, at=timezone.now())
    public = Client(headers={"accept-language": "en"})
    address = f"/reception/days/{_code(session)}/appointment"
    assert public.get(address).status_code == 200
    sent = public.post(
        address,
        {"name": "Bà Lan", "phone": "0912 000 111", "people": "2", "about": "Về đường thôn"},
        follow=True,
    )
    assert "Your request is with the office" in text(sent)
    asked = Appointment.objects.get()
    client = signed_in("minh")
    assert "Về đường thôn" in text(client.get(f"{DESK}days/{_code(session)}"))
    answered = client.post(
        f"{DESK}days/{_code(session)}/appointments/{asked.pk}", {"given": "given"}
    )
    assert answered.status_code == 302, text(answered)
    asked.refresh_from_db()
    assert asked.answer == "given"
    assert "Về đường thôn" not in text(signed_in("quang").get(f"{DESK}days/{_code(session)}"))


def test_a_refusal_has_its_page_its_article_and_its_notice(minh: Official) -> None:
    visit = arrived(minh, LAN)
    client = signed_in("minh")
    gone = client.post(
        f"{DESK}visits/{visit.pk}/refuse",
        {"refuse-ground": "h", "refuse-explained": "Đã trả lời ngày 1/9"},
    )
    assert gone.status_code == 302, text(gone)
    refusal = Refusal.objects.get()
    assert refusal.matter is not None
    address = f"{DESK}refusals/{refusal.matter.code}"
    assert "điểm h" in text(client.get(address))
    client.post(f"{address}/notice")
    refusal.refresh_from_db()
    assert isinstance(refusal.document, UUID)
    paper = client.get(f"{address}/papers/{refusal.document}")
    data = b"".join(paper.streaming_content)  # type: ignore[attr-defined]  # a file streams
    said = [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]
    assert "Đã trả lời ngày 1/9" in said
    assert any("từ chối tiếp công dân" in line for line in said)
    signed = {
        "number": "3/TB-UBND", "signed_on": local_day(timezone.now()).isoformat(),
        "file": signed_file(),
    }  # fmt: skip
    assert client.post(f"{address}/signed", signed).status_code == 302
    assert "3/TB-UBND" in text(client.get(address))
    assert "Đã trả lời ngày 1/9" not in text(signed_in("quang").get(address))


def test_the_waiting_room_shows_numbers_and_no_names(minh: Official, chi: Official) -> None:
    session = today(minh, chi)
    received(minh, LAN, session=session.pk)
    arrived(minh, HUNG)
    screen = Client().get(f"/reception/{committee().code}/queue")
    page = text(screen)
    assert "Refresh" not in screen.headers  # WCAG 2.2.1: the page does not reload by itself
    assert 'aria-live="polite" hx-get' in page
    still = text(Client().get(f"/reception/{committee().code}/queue?still=1"))
    assert "hx-get" not in still
    assert f'href="/reception/{committee().code}/queue?still=1"' in still
    assert "Lan" not in page
    assert "Hùng" not in page
    assert ">1<" in page
    assert "<strong>2</strong>" in page
