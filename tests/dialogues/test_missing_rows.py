"""Rows that a later version of a list no longer has: the clerk decides of each, and once."""

import io

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client

from doithoai.accounts.actors import Official
from doithoai.cases.commands import placing
from doithoai.cases.models import Case
from doithoai.dialogues.models import Dialogue, Missing, Sheet
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from tests.dialogues.grounds import address, held, signed_file, signed_in, text, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue(minh: Official, chi: Official) -> Dialogue:
    """Held, with a short list imported."""
    found = held(minh, chi)
    clerk = signed_in("minh")
    sheet = upload(clerk, found, "list.xlsx", workbook())
    clerk.post(address(found, f"/import/{sheet.pk}/confirm"))
    return found


@pytest.fixture
def clerk() -> Client:
    return signed_in("minh")


ROWS = {
    "1": ("Đề nghị lắp đèn đường thôn Hưng Trung.", "Bà Lan", "UBND xã Cẩm Lạc", "", ""),
    "2": ("Đề nghị sửa kênh Cầu Đất.", "Ông Hải", "UBND xã Cẩm Lạc", "", ""),
    "3": ("Đề nghị bổ sung ghế ở nhà văn hóa.", "Ông Sơn", "UBND xã Cẩm Lạc",
          "Đã bổ sung 20 ghế.", "12/UBND-VX ngày 20/7/2026"),
}  # fmt: skip
NEW = ("Đề nghị sửa cống thoát nước chợ Cẩm Lạc.", "Tiểu thương chợ", "UBND xã Cẩm Lạc", "", "")
HEAD = ("STT", "Nội dung kiến nghị", "Người kiến nghị", "Cơ quan chủ trì",
        "Nội dung trả lời", "Số, ngày văn bản", "Kết quả")  # fmt: skip


def workbook(*gone: str, more: bool = False) -> bytes:
    """The short list as a clerk keeps it, without the rows of these running numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["BẢNG TỔNG HỢP Ý KIẾN, KIẾN NGHỊ"])
    sheet.append(HEAD)
    rows = ROWS | ({"4": NEW} if more else {})
    for number, row in rows.items():
        if number not in gone:
            sheet.append([number, *row, "Đã giải quyết xong" if row[3] else ""])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def code_of(dialogue: Dialogue, number: int) -> str:
    return str(dialogue.items.get(number=number).case.matter.code)


def looked_at(clerk: Client, dialogue: Dialogue, data: bytes) -> tuple[Sheet, HttpResponse]:
    sheet = upload(clerk, dialogue, "later.xlsx", data)
    return sheet, clerk.get(address(dialogue, f"/import/{sheet.pk}"))


def confirm(clerk: Client, dialogue: Dialogue, sheet: Sheet, said: dict[str, object]) -> str:
    where = address(dialogue, f"/import/{sheet.pk}/confirm")
    return text(clerk.post(where, said, follow=True))


def asked(answer: HttpResponse) -> list[str]:
    return [note.code for note in answer.context["preview"].gone.asked]  # type: ignore[attr-defined]


def test_a_row_that_is_gone_asks_what_becomes_of_it_and_stays_unless_one_says_so(
    dialogue: Dialogue, clerk: Client
) -> None:
    code = code_of(dialogue, 1)
    sheet, page = looked_at(clerk, dialogue, workbook("1"))
    assert asked(page) == [code]
    assert f'name="fate_{code}"' in text(page)
    assert "Keep it as it is" in text(page)
    state = Case.objects.get(matter__code=code).state
    confirm(clerk, dialogue, sheet, {})
    assert Case.objects.get(matter__code=code).state == state
    entry = Entry.objects.get(matter=dialogue.pk, kind="dialogues.missing_decided")
    assert (entry.data["kept"], entry.data["ended"]) == (1, 0)


def test_the_same_sheet_again_does_not_ask_anew(dialogue: Dialogue, clerk: Client) -> None:
    sheet, _page = looked_at(clerk, dialogue, workbook("1"))
    confirm(clerk, dialogue, sheet, {})
    again, page = looked_at(clerk, dialogue, workbook("1"))
    assert asked(page) == []
    assert "needs no decision" in text(page)
    confirm(clerk, dialogue, again, {})
    assert Entry.objects.filter(kind="dialogues.missing_decided").count() == 1


def test_a_row_that_came_back_and_is_gone_again_is_asked_about_again(
    dialogue: Dialogue, clerk: Client
) -> None:
    sheet, _page = looked_at(clerk, dialogue, workbook("1"))
    confirm(clerk, dialogue, sheet, {})
    whole, page = looked_at(clerk, dialogue, workbook())
    assert asked(page) == []
    confirm(clerk, dialogue, whole, {})
    assert not Missing.objects.exists()
    assert asked(looked_at(clerk, dialogue, workbook("1"))[1]) == [code_of(dialogue, 1)]


def test_a_row_is_put_on_file_on_a_legal_ground_and_the_person_is_told(
    dialogue: Dialogue, clerk: Client
) -> None:
    code = code_of(dialogue, 1)
    sheet, _page = looked_at(clerk, dialogue, workbook("1", "2"))
    said = {f"fate_{code}": "archived:wrong_entry", f"why_{code}": "Ghi hai lần trong bảng."}
    confirm(clerk, dialogue, sheet, said)
    case = Case.objects.get(matter__code=code)
    assert case.state == "archived"
    other = dialogue.items.get(number=2)
    assert other.case.state != "archived"
    assert dict(Missing.objects.values_list("item__case__matter__code", "fate")) == {
        code: "archived",
        other.case.matter.code: "kept",
    }
    assert Entry.objects.filter(matter=case.pk, kind="cases.archived").exists()
    assert Outbox.objects.filter(about=case.pk, template__contains="archived").exists()


def test_a_ground_without_a_reason_imports_nothing_and_keeps_what_was_chosen(
    dialogue: Dialogue, clerk: Client
) -> None:
    code = code_of(dialogue, 1)
    sheet, _page = looked_at(clerk, dialogue, workbook("1"))
    page = confirm(clerk, dialogue, sheet, {f"fate_{code}": "archived:wrong_entry"})
    assert "Nothing was imported" in page
    assert "Give the reason; the person will read it." in page
    assert '<option value="archived:wrong_entry" selected>' in page
    assert not Missing.objects.exists()


def test_a_withdrawal_needs_the_signed_paper(dialogue: Dialogue, clerk: Client) -> None:
    code = given_elsewhere(dialogue)
    sheet, _page = looked_at(clerk, dialogue, workbook("1"))
    said = {f"fate_{code}": "withdrawn", f"why_{code}": "Đã thỏa thuận xong với thôn."}
    assert "needs the person&#x27;s signed paper" in confirm(clerk, dialogue, sheet, said)
    paper = {f"signed_on_{code}": "2026-08-01", f"paper_{code}": signed_file("don-rut.pdf")}
    confirm(clerk, dialogue, sheet, {**said, **paper})
    case = Case.objects.get(matter__code=code)
    assert (case.state, case.outcome) == ("withdrawn", "withdrawn")


def given_elsewhere(dialogue: Dialogue) -> str:
    """The first row, handled by a body other than the clerk's own."""
    from doithoai.units.models import Body  # noqa: PLC0415 - only here
    from tests.conftest import become  # noqa: PLC0415 - only here

    item = dialogue.items.get(number=1)
    police = Body.objects.get(short_name="Công an xã Cẩm Lạc")
    minh = become("minh")
    moment = Entry.objects.filter(matter=item.case_id).latest("at").at
    placing.offer(item.case_id, to=police.pk, why="Thuộc Công an", by=minh, at=moment)
    placing.accept(item.case_id, by=become("dung"), at=moment)
    return str(item.case.matter.code)


def test_what_the_law_does_not_allow_is_refused_by_itself_and_asked_again(
    dialogue: Dialogue, clerk: Client
) -> None:
    item = dialogue.items.get(number=3)
    code = item.case.matter.code
    sheet, _page = looked_at(clerk, dialogue, workbook("3", "1"))
    said = {f"fate_{code}": "archived:wrong_entry", f"why_{code}": "Ghi nhầm."}
    page = confirm(clerk, dialogue, sheet, said)
    assert "Refused rows" in page
    assert Case.objects.get(pk=item.case_id).state != "archived"
    assert Missing.objects.get().item.number == 1
    assert asked(looked_at(clerk, dialogue, workbook("3", "1"))[1]) == [code]


def test_what_has_ended_meanwhile_is_not_asked_about(
    dialogue: Dialogue, clerk: Client, minh: Official
) -> None:
    from doithoai.cases.commands.ending import archive  # noqa: PLC0415 - only here

    item = dialogue.items.get(number=1)
    moment = Entry.objects.filter(matter=item.case_id).latest("at").at
    archive(item.case_id, ground="duplicate", why="Trùng", by=minh, at=moment)
    _sheet, page = looked_at(clerk, dialogue, workbook("1"))
    assert asked(page) == []
    assert "Archived" in text(page)


def test_a_list_with_new_changed_and_gone_rows_is_decided_with_one_button(
    dialogue: Dialogue, clerk: Client
) -> None:
    kept, page = looked_at(clerk, dialogue, workbook("1", more=True))
    assert len(page.context["preview"].rows) == 1  # type: ignore[attr-defined]
    confirm(clerk, dialogue, kept, {})
    assert dialogue.items.count() == 4
    assert Missing.objects.get().fate == "kept"


def test_a_stranger_decides_of_nothing(dialogue: Dialogue, clerk: Client) -> None:
    sheet, _page = looked_at(clerk, dialogue, workbook("1"))
    answer = signed_in("lien").post(address(dialogue, f"/import/{sheet.pk}/confirm"))
    assert answer.status_code == 404
    assert not Missing.objects.exists()
