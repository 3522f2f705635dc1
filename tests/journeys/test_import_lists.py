"""Lists as clerks keep them, through the page and the command: nothing lost, nothing twice."""

import io
import json
import unicodedata
from pathlib import Path

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from doithoai.accounts.actors import Official
from doithoai.cases.models import Case
from doithoai.dialogues import command_line
from doithoai.dialogues.models import Dialogue
from tests.dialogues.grounds import address, held, signed_in, text, upload

pytestmark = pytest.mark.django_db
CSV = (
    "STT;Nội dung kiến nghị;Người kiến nghị;Cơ quan chủ trì;Thời hạn\n"
    "1;Đề nghị lắp đèn đường.;Bà Lan;UBND xã;31/12/2026\n"
    "2;;Ông Hải;UBND xã;\n"
    "3;Đề nghị sửa cầu.;Ông Sơn;Cơ quan Không Tên;\n"
    "4;Đề nghị nạo vét kênh.;Bà Hoa;UBND xã;30/2/2026\n"
)


@pytest.fixture
def dialogue(minh: Official, chi: Official) -> Dialogue:
    return held(minh, chi)


@pytest.fixture
def clerk() -> Client:
    return signed_in("minh")


def through_the_page(
    clerk: Client, dialogue: Dialogue, name: str, data: bytes
) -> dict[str, object]:
    sheet = upload(clerk, dialogue, name, data)
    answer = clerk.post(address(dialogue, f"/import/{sheet.pk}/confirm"), follow=True)
    return vars(answer.context["result"])


def messy() -> bytes:
    """Title rows, merged cells, a group row, decomposed letters, line breaks, blank and total."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A3"] = "ĐẢNG ỦY XÃ CẨM LẠC", "BẢNG TỔNG HỢP Ý KIẾN, KIẾN NGHỊ"
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("A3:E3")
    rows = [
        ["STT", "Nội dung\nkiến nghị", "Người kiến nghị", "Cơ quan chủ trì", "Thời hạn"],
        ["I. LĨNH VỰC GIAO THÔNG"],
        ["1", "Đề nghị sửa cầu\nqua khe Nước Vàng.", "Bà Lan", "UBND xã", "31/12/2026"],
        ["2", unicodedata.normalize("NFD", "Đề nghị lắp đèn đường thôn Lạc Thọ."), "Ông Hải"],
        [],
        ["", "Tổng cộng: 2 ý kiến"],
    ]
    for place, row in enumerate(rows, 5):
        for column, value in enumerate(row, 1):
            sheet.cell(place, column, value or None)
    sheet.merge_cells("A6:E6")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_list_with_all_its_clutter_gives_its_two_statements(
    dialogue: Dialogue, clerk: Client
) -> None:
    sheet = upload(clerk, dialogue, "messy.xlsx", messy())
    shown = clerk.get(address(dialogue, f"/import/{sheet.pk}"))
    preview = shown.context["preview"]
    assert preview.header_lines == (5,)
    assert {note.why for note in preview.skipped} >= {
        "heading of a group", "total line", "title or signature"
    }  # fmt: skip
    done = through_the_page(clerk, dialogue, "messy.xlsx", messy())
    assert (done["rows"], done["imported"]) == (2, 2)
    texts = list(Case.objects.order_by("matter__code").values_list("text", flat=True))
    assert texts == [
        "Đề nghị sửa cầu qua khe Nước Vàng.",
        "Đề nghị lắp đèn đường thôn Lạc Thọ.",
    ]
    again = through_the_page(clerk, dialogue, "messy.xlsx", messy())
    assert (again["imported"], again["already"]) == (0, 2)


def test_the_command_and_the_page_read_the_same_list_alike(
    dialogue: Dialogue, clerk: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = through_the_page(clerk, dialogue, "list.csv", CSV.encode())
    assert (page["rows"], page["imported"]) == (4, 3)
    assert [note.line for note in page["refused"]] == [3]  # type: ignore[attr-defined]
    assert {note.line for note in page["attention"]} == {4, 5}  # type: ignore[attr-defined]
    file = tmp_path / "list.csv"
    file.write_text(CSV, encoding="utf-8")
    said = [str(file), "--dialogue", dialogue.matter.code, "--as", "minh", "--json"]
    assert command_line.main(said) == 1  # a row is still refused
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["imported"], told["already"]) == (4, 0, 3)
    assert [each["row"] for each in told["refused"]] == [3]
    assert Case.objects.count() == 3


def test_what_is_odd_is_listed_with_its_line_on_the_dialogue(
    dialogue: Dialogue, clerk: Client
) -> None:
    through_the_page(clerk, dialogue, "list.csv", CSV.encode())
    page = text(clerk.get(address(dialogue, "/left")))
    assert "Cơ quan Không Tên" in page
    assert "does not exist in the calendar" in page


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_blank_form_filled_in_by_hand_is_imported_like_a_list(
    dialogue: Dialogue, clerk: Client, ending: str
) -> None:
    blank = clerk.get(address(dialogue, f"/form.{ending}")).content
    filled = (in_excel if ending == "xlsx" else in_word)(blank)
    done = through_the_page(clerk, dialogue, f"form.{ending}", filled)
    assert (done["rows"], done["imported"]) == (1, 1)
    item = dialogue.items.select_related("submission__place").get()
    assert item.submission.text == "Đề nghị sửa cầu Đá."
    assert item.submission.place is not None
    assert item.submission.place.name == "Thôn Lạc Thọ"
    again = through_the_page(clerk, dialogue, f"form.{ending}", filled)
    assert (again["imported"], again["already"]) == (0, 1)


FILLED = {
    "STT": "1",
    "Họ và tên người kiến nghị": "Bà Lan",
    "Địa chỉ (thôn, tổ dân phố)": "Thôn Lạc Thọ",
    "Nội dung kiến nghị": "Đề nghị sửa cầu Đá.",
}


def in_excel(blank: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(blank))
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if row[0].value == "STT")
    for cell in head:
        if cell.value in FILLED:
            sheet.cell(cell.row + 1, cell.column, FILLED[cell.value])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def in_word(blank: bytes) -> bytes:
    paper = docx.Document(io.BytesIO(blank))
    table = next(t for t in paper.tables if t.rows[0].cells[0].text == "STT")
    for place, cell in enumerate(table.rows[0].cells):
        if cell.text in FILLED:
            table.rows[1].cells[place].text = FILLED[cell.text]
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def test_an_exported_list_edited_in_word_comes_back_with_its_change(
    dialogue: Dialogue, clerk: Client
) -> None:
    through_the_page(clerk, dialogue, "list.csv", CSV.encode())
    paper = docx.Document(io.BytesIO(clerk.get(address(dialogue, "/list.docx")).content))
    table = next(t for t in paper.tables if t.rows[0].cells[0].text == "STT")
    heads = [cell.text for cell in table.rows[0].cells]
    row = next(r for r in table.rows if "sửa cầu" in r.cells[1].text)
    row.cells[heads.index("Thời hạn")].text = "28/12/2026"
    out = io.BytesIO()
    paper.save(out)
    sheet = upload(clerk, dialogue, "edited.docx", out.getvalue())
    preview = clerk.get(address(dialogue, f"/import/{sheet.pk}")).context["preview"]
    assert (len(preview.rows), len(preview.changed), len(preview.gone)) == (0, 1, 0)
    code = preview.changed[0].code
    clerk.post(address(dialogue, f"/import/{sheet.pk}/confirm"), {"accept": [code]})
    assert dialogue.items.get(case__matter__code=code).due_on.isoformat() == "2026-12-28"


def test_an_empty_upload_is_told_in_one_sentence(dialogue: Dialogue, clerk: Client) -> None:
    answer = clerk.post(address(dialogue, "/import"), {"file": SimpleUploadedFile("list.csv", b"")})
    assert "is empty" in text(answer)
