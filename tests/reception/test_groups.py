"""Who speaks for a group, and who really received: on the page, the papers and the register."""

import io

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.reception import papers
from doithoai.reception.commands import ending, holding, planning, visits
from doithoai.reception.commands.ending import Ending
from doithoai.reception.commands.holding import Held
from doithoai.reception.commands.people import Who
from doithoai.reception.commands.visits import WrittenDown
from doithoai.reception.models import Visit
from tests.dialogues.grounds import signed_in, text
from tests.reception.receiving import LAN, plan, received, today

pytestmark = pytest.mark.django_db
CANAL = "Kênh Đồng Lều bị bồi lắng, đề nghị nạo vét"
SPEAK = (Who(name="Lê Văn Bảy"), Who(name="Võ Thị Chín"))
NAMED = "Trần Thị Lan và 22 người khác; đại diện: Lê Văn Bảy, Võ Thị Chín"
DESK = "/desk/reception/"


def _group(minh: Official, **more: object) -> Visit:
    visit = received(minh, LAN, people=23, representatives=SPEAK, **more)
    said = WrittenDown(CANAL, papers="Đơn, 2 tờ", interpreter="Bà Hồ Thị Mười, tiếng Chứt")
    return visits.write_down(visit.pk, said, by=minh, at=timezone.now())


def _words(visit: Visit, paper: str) -> str:
    data = signed_in("minh").get(f"{DESK}visits/{visit.pk}/{paper}.docx").content
    found = docx.Document(io.BytesIO(data))
    cells = [c.text for t in found.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in found.paragraphs), *cells])


def test_representatives_stand_on_the_visit_its_papers_and_the_register(minh: Official) -> None:
    visit = _group(minh)
    client = signed_in("minh")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "vi"
    page = text(client.get(f"{DESK}visits/{visit.pk}"))
    assert "Lê Văn Bảy" in page
    assert "Võ Thị Chín" in page
    for paper in ("minutes", "receipt"):
        assert NAMED in _words(visit, paper), paper
    for where in (f"visits/{visit.pk}/petition", "register"):
        assert NAMED in text(client.get(f"{DESK}{where}", headers={"accept-language": "vi"})), where


def test_a_group_without_its_written_appointment_is_reminded_until_it_is_there(
    minh: Official,
) -> None:
    visit, client = _group(minh), signed_in("minh")
    where = reverse("reception_visit", args=[visit.pk])
    missing = "The written appointment of the representatives"
    assert missing in text(client.get(where))
    given = {"write-summary": CANAL, "write-kind": "recommendation", "write-appointed": "on"}
    client.post(reverse("reception_write_down", args=[visit.pk]), given)
    assert missing not in text(client.get(where))
    assert missing not in text(
        client.get(reverse("reception_visit", args=[received(minh, LAN).pk]))
    )


def test_a_written_appointment_shown_at_arrival_is_asked_for_and_kept(minh: Official) -> None:
    given = {
        "name": "Trần Thị Lan", "identity": "none", "people": "23", "appointed": "on",
        "representatives": "Lê Văn Bảy\nVõ Thị Chín",
    }  # fmt: skip
    assert signed_in("minh").post(f"{DESK}arrive", given).status_code == 302
    assert Visit.objects.get().appointed


def test_the_minutes_name_who_stood_in_for_the_head_and_the_interpreter(
    minh: Official, chi: Official
) -> None:
    session = today(minh, chi)
    visit = _group(minh, session=session.pk)
    before = _words(visit, "minutes")
    assert "Trần Quốc Chi, Chủ tịch UBND" in before
    ending.end(visit.pk, Ending(outcome="Sẽ nạo vét trong tháng"), by=chi, at=timezone.now())
    stood_in = Held(in_person=False, received_by=minh.post, name="Nguyễn Văn Phó")
    holding.hold(session.pk, stood_in, by=minh, at=timezone.now())
    minutes = _words(visit, "minutes")
    assert "Nguyễn Văn Phó" in minutes
    assert "tiếp thay" in minutes
    assert "Trần Quốc Chi" not in minutes
    assert "Bà Hồ Thị Mười, tiếng Chứt" in minutes
    session.refresh_from_db()
    worded = papers.conclusion_words(session, [visit])
    assert session.received_by is not None
    assert f"Nguyễn Văn Phó, {session.received_by.title} (tiếp thay" in worded
    assert "Sẽ nạo vét trong tháng" in minutes


def test_the_papers_stay_on_the_page_of_a_visit_that_has_ended(minh: Official) -> None:
    visit = _group(minh)
    ending.end(visit.pk, Ending(outcome="Đã tiếp nhận"), by=minh, at=timezone.now())
    page = text(signed_in("minh").get(reverse("reception_visit", args=[visit.pk])))
    for paper in ("petition", "minutes", "minutes_word", "receipt", "receipt_word"):
        assert reverse(f"reception_{paper}", args=[visit.pk]) in page, paper
    assert "Đã tiếp nhận" in _words(visit, "minutes")


def test_two_days_of_one_head_are_told_apart_and_a_held_one_is_not_offered(
    minh: Official, chi: Official
) -> None:
    first = today(minh, chi)
    now = timezone.localtime()
    apart = now.replace(hour=20 if now.hour < 12 else 2, minute=0)
    other = {"kind": "unscheduled", "grounds": ("complex",), "venue": "Nhà văn hóa thôn Trung"}
    second = plan(minh, chi, start=apart, **other)
    planning.post(second.pk, by=minh, at=timezone.now())
    page = text(signed_in("minh").get(DESK))
    begins = timezone.localtime(first.starts_at).strftime("%H:%M")
    assert f"{begins} · Phòng tiếp công dân" in page
    assert "Nhà văn hóa thôn Trung" in page
    holding.hold(second.pk, Held(in_person=True), by=minh, at=timezone.now())
    assert "Nhà văn hóa thôn Trung" not in text(signed_in("minh").get(DESK))


def test_the_desk_is_worked_by_keys_and_says_them(minh: Official) -> None:
    client = signed_in("minh")
    page = text(client.get(DESK))
    assert page.count("autofocus") == 1
    visit = received(minh, LAN)
    where = reverse("reception_visit", args=[visit.pk])
    page = text(client.get(where))
    assert page.count("autofocus") == 1
    for key in "tlnk":
        assert f'accesskey="{key}"' in page, key
        assert f"<kbd>{key.upper()}</kbd>" in page, key
    for step in ("came-before", "write", "raise", "end"):
        assert f'href="#{step}"' in page, step
        assert f'id="{step}"' in page, step
    visits.write_down(visit.pk, WrittenDown(CANAL), by=minh, at=timezone.now())
    page = text(client.get(where))
    assert page.count("autofocus") == 1
