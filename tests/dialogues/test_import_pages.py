"""A clerk's list through the page: looked at, imported, again, edited, and unreadable."""

import io
from urllib.parse import unquote

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doithoai.accounts.actors import Official
from doithoai.cases.models import Case
from doithoai.dialogues.commands import sheets
from doithoai.dialogues.models import Dialogue
from tests.dialogues.grounds import SAMPLE, address, announced, held, signed_in, text, upload
from tests.dialogues.sheets import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue(minh: Official, chi: Official) -> Dialogue:
    return held(minh, chi)


def imported(dialogue: Dialogue, name: str, data: bytes) -> dict[str, object]:
    """Take a file in through the pages; what the last page is drawn from."""
    minh = signed_in("minh")
    sheet = upload(minh, dialogue, name, data)
    answer = minh.post(address(dialogue, f"/import/{sheet.pk}/confirm"), follow=True)
    assert answer.status_code == 200
    return vars(answer.context["result"])


def test_the_sample_is_shown_row_by_row_before_anything_is_written(dialogue: Dialogue) -> None:
    minh = signed_in("minh")
    sheet = upload(minh, dialogue, SAMPLE.name, SAMPLE.read_bytes())
    answer = minh.get(address(dialogue, f"/import/{sheet.pk}"))
    preview = answer.context["preview"]
    assert preview.header_lines == (5,)
    assert len(preview.rows) == 28
    assert not preview.refused
    assert {note.why for note in preview.skipped} >= {
        "heading of a group",
        "empty line",
        "total line",
    }
    page = text(answer)
    assert "outside the competence" in page
    assert "set by the conclusion" in page
    assert "Import 28 new rows" in page
    assert not Case.objects.exists()


def test_every_row_says_which_body_was_found_and_how(dialogue: Dialogue) -> None:
    minh = signed_in("minh")
    sheet = upload(minh, dialogue, SAMPLE.name, SAMPLE.read_bytes())
    rows = minh.get(address(dialogue, f"/import/{sheet.pk}")).context["preview"].rows
    leads = {row.statement.number: row.lead for row in rows}
    assert leads["1"].body == "UBND xã Cẩm Lạc"
    assert leads["1"].how == "same name"
    assert leads["28"].body == ""
    assert "decide on its procedure" in rows[20].attention[-1]


def test_the_sample_is_imported_and_its_cases_are_linked(dialogue: Dialogue) -> None:
    result = imported(dialogue, SAMPLE.name, SAMPLE.read_bytes())
    assert (result["rows"], result["imported"], result["already"]) == (28, 28, 0)
    codes = {note.code for note in result["attention"]}  # type: ignore[attr-defined]
    assert codes
    assert codes <= set(Case.objects.values_list("matter__code", flat=True))


def test_the_same_file_again_adds_nothing(dialogue: Dialogue) -> None:
    imported(dialogue, SAMPLE.name, SAMPLE.read_bytes())
    again = imported(dialogue, SAMPLE.name, SAMPLE.read_bytes())
    assert (again["imported"], again["already"], again["changed"]) == (0, 28, 0)
    assert Case.objects.count() == 28


def test_a_list_in_decomposed_letters_is_the_same_list(dialogue: Dialogue) -> None:
    imported(dialogue, SAMPLE.name, SAMPLE.read_bytes())
    grid = samples.sample_grid()
    import unicodedata  # noqa: PLC0415 - only here

    decomposed = unicodedata.normalize("NFD", samples.as_csv(grid).decode("utf-8-sig"))
    again = imported(dialogue, "list.csv", decomposed.encode("utf-8-sig"))
    assert (again["imported"], again["already"]) == (0, 28)


def test_the_same_list_in_word_is_the_same_list(dialogue: Dialogue) -> None:
    imported(dialogue, SAMPLE.name, SAMPLE.read_bytes())
    again = imported(dialogue, "list.docx", samples.as_docx(samples.sample_grid()))
    assert (again["imported"], again["already"]) == (0, 28)


def edited(
    data: bytes, changes: dict[tuple[str, str], str], *, more: list[str] | None = None
) -> bytes:
    """The workbook with cells changed: (number of the row, heading) → new text."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[5]}
    rows = {
        str(row[0].value).strip("."): row[0].row
        for row in sheet.iter_rows(min_row=6)
        if row[0].value
    }
    for (number, heading), value in changes.items():
        sheet.cell(rows[number], heads[heading]).value = value
    if more:
        last = max(row for row in rows.values() if sheet.cell(row, 2).value)
        sheet.insert_rows(last + 1)
        for column, value in enumerate(more, 1):
            sheet.cell(last + 1, column).value = value or None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_later_version_shows_new_changed_unchanged_and_gone(dialogue: Dialogue) -> None:
    imported(dialogue, SAMPLE.name, SAMPLE.read_bytes())
    later = edited(
        SAMPLE.read_bytes(),
        {
            ("11", "Thời hạn"): "30/11/2026",
            ("17", "Nội dung kiến nghị"): "Đề nghị xây cầu qua khe Nước Vàng.",
        },
    )
    minh = signed_in("minh")
    sheet = upload(minh, dialogue, "later.xlsx", later)
    answer = minh.get(address(dialogue, f"/import/{sheet.pk}"))
    preview = answer.context["preview"]
    assert (len(preview.rows), len(preview.changed), preview.unchanged, len(preview.gone)) == (
        1,
        1,
        26,
        1,
    )
    [due] = preview.changed[0].fields
    assert (due.label, due.old, due.new) == (
        "Date set by the conclusion",
        "",
        "30/11/2026",
    )
    code = preview.changed[0].code
    done = minh.post(
        address(dialogue, f"/import/{sheet.pk}/confirm"), {"accept": [code]}, follow=True
    )
    assert done.context["result"].changed == 1
    assert dialogue.items.get(case__matter__code=code).due_on.isoformat() == "2026-11-30"


def test_a_changed_row_that_is_not_accepted_stays_as_it_was(dialogue: Dialogue) -> None:
    imported(dialogue, SAMPLE.name, SAMPLE.read_bytes())
    result = imported(
        dialogue, "later.xlsx", edited(SAMPLE.read_bytes(), {("2", "Thời hạn"): "30/11/2026"})
    )
    assert (result["imported"], result["changed"]) == (0, 0)
    assert "Compare and accept" in text(
        signed_in("minh").get(
            address(dialogue, f"/import/{dialogue.sheets.latest('at').pk}/result")
        )
    )


def test_an_unedited_export_comes_back_unchanged(dialogue: Dialogue) -> None:
    imported(dialogue, SAMPLE.name, SAMPLE.read_bytes())
    minh = signed_in("minh")
    for ending in ("xlsx", "docx"):
        exported = minh.get(address(dialogue, f"/list.{ending}")).content
        sheet = upload(minh, dialogue, f"export.{ending}", exported)
        preview = minh.get(address(dialogue, f"/import/{sheet.pk}")).context["preview"]
        changes = [(c.code, c.fields) for c in preview.changed]
        assert (len(preview.rows), changes, len(preview.gone)) == (0, [], 0)
        assert preview.unchanged == 28


def test_an_edited_export_is_compared_row_by_row(dialogue: Dialogue) -> None:
    imported(dialogue, SAMPLE.name, SAMPLE.read_bytes())
    minh = signed_in("minh")
    exported = minh.get(address(dialogue, "/list.xlsx")).content
    changed = edited(
        exported,
        {
            ("11", "Nội dung trả lời / giải quyết"): "Đã lắp 6 đèn ngày 02/8/2026.",
            ("11", "Kết quả"): "Đã giải quyết xong",
            ("11", "Số, ngày văn bản"): "150/UBND-KT ngày 03/8/2026",
        },
        more=["29", "Đề nghị sửa cống thoát nước chợ Cẩm Lạc.", "Tiểu thương chợ"],
    )
    sheet = upload(minh, dialogue, "export.xlsx", changed)
    preview = minh.get(address(dialogue, f"/import/{sheet.pk}")).context["preview"]
    assert (len(preview.rows), len(preview.changed), preview.unchanged, len(preview.gone)) == (
        1,
        1,
        27,
        0,
    )
    code = preview.changed[0].code
    minh.post(address(dialogue, f"/import/{sheet.pk}/confirm"), {"accept": [code]})
    case = Case.objects.get(matter__code=code)
    assert case.outcome == "settled"
    assert case.answers.get().number == "150/UBND-KT"


def test_the_columns_can_be_chosen_anew(dialogue: Dialogue) -> None:
    minh = signed_in("minh")
    sheet = upload(minh, dialogue, SAMPLE.name, SAMPLE.read_bytes())
    answer = minh.get(address(dialogue, f"/import/{sheet.pk}"))
    columns = {f"column_{c.place}": c.taken_for for c in answer.context["preview"].columns}
    swapped = {**columns, "column_1": "speaker", "column_2": "text"}
    minh.post(address(dialogue, f"/import/{sheet.pk}"), swapped)
    rows = minh.get(address(dialogue, f"/import/{sheet.pk}")).context["preview"].rows
    assert rows[0].statement.text == "Nhân dân thôn Hưng Trung"


def test_two_columns_cannot_hold_the_same_thing(dialogue: Dialogue) -> None:
    minh = signed_in("minh")
    sheet = upload(minh, dialogue, SAMPLE.name, SAMPLE.read_bytes())
    answer = minh.post(
        address(dialogue, f"/import/{sheet.pk}"), {"column_1": "text", "column_2": "text"}
    )
    assert "Two columns are said to hold" in text(answer)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("empty.xlsx", b"", "is empty"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "is not a table"),
        ("broken.xlsx", SAMPLE.read_bytes()[:4000], "is damaged and cannot be read"),
        (
            "notes.csv",
            "Ghi chú;Ngày\nHọp;1/7/2026\n".encode(),
            "No column with the content of the statements",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(
    dialogue: Dialogue, name: str, data: bytes, sentence: str
) -> None:
    answer = signed_in("minh").post(
        address(dialogue, "/import"), {"file": SimpleUploadedFile(name, data)}
    )
    assert answer.status_code == 200
    assert sentence in text(answer)
    assert not dialogue.sheets.exists()


def test_a_row_without_text_is_refused_with_its_line_and_the_others_come_in(
    dialogue: Dialogue,
) -> None:
    bad = edited(
        SAMPLE.read_bytes(), {("3", "Nội dung kiến nghị"): "", ("4", "Thời hạn"): "31/2/2026"}
    )
    result = imported(dialogue, "bad.xlsx", bad)
    assert (result["rows"], result["imported"]) == (28, 27)
    [refused] = result["refused"]  # type: ignore[misc]
    assert refused.line == 9
    assert any("does not exist in the calendar" in note.why for note in result["attention"])  # type: ignore[attr-defined]


def test_the_blank_forms_are_read_back(dialogue: Dialogue) -> None:
    minh = signed_in("minh")
    for ending in ("xlsx", "docx"):
        blank = minh.get(address(dialogue, f"/form.{ending}")).content
        answer = minh.post(
            address(dialogue, "/import"),
            {"file": SimpleUploadedFile(f"form.{ending}", blank)},
            follow=True,
        )
        assert "No row with a statement was found" in text(answer)


def test_the_file_is_kept_as_it_came(dialogue: Dialogue) -> None:
    minh = signed_in("minh")
    sheet = upload(minh, dialogue, SAMPLE.name, SAMPLE.read_bytes())
    answer = minh.get(address(dialogue, f"/import/{sheet.pk}/file"))
    assert b"".join(answer.streaming_content) == SAMPLE.read_bytes()


def test_an_impossible_date_is_said_kept_in_the_export_and_shown_on_the_item(
    dialogue: Dialogue,
) -> None:
    first = edited(SAMPLE.read_bytes(), {("11", "Thời hạn"): "31/2/2026"})
    imported(dialogue, "list.xlsx", first)
    minh = signed_in("minh")
    exported = minh.get(address(dialogue, "/list.xlsx")).content
    code = dialogue.items.get(number=11).case.matter.code
    assert "31/2/2026" in words_of(exported)
    assert "31/2/2026" in text(minh.get(f"/desk/cases/{code}/"))
    second = edited(exported, {("11", "Thời hạn"): "32/13/2026"})
    sheet = upload(minh, dialogue, "list.xlsx", second)
    assert "does not exist in the calendar" in text(
        minh.get(address(dialogue, f"/import/{sheet.pk}"))
    )
    done = minh.post(
        address(dialogue, f"/import/{sheet.pk}/confirm"), {"accept": [code]}, follow=True
    )
    assert done.context["result"].changed == 0
    assert "The wording changed" not in text(done)
    assert "32/13/2026" in text(minh.get(f"/desk/cases/{code}/"))


def words_of(data: bytes) -> str:
    """All cells of a workbook as text."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return "\n".join(
        str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell
    )


def test_the_preview_counts_every_row_the_result_leaves_for_a_person(dialogue: Dialogue) -> None:
    minh = signed_in("minh")
    sheet = upload(minh, dialogue, SAMPLE.name, SAMPLE.read_bytes())
    preview = minh.get(address(dialogue, f"/import/{sheet.pk}")).context["preview"]
    result = imported(dialogue, SAMPLE.name, SAMPLE.read_bytes())
    foreseen = {row.statement.line for row in preview.rows if row.attention}
    assert foreseen == {note.line for note in result["attention"]}  # type: ignore[attr-defined]


def test_a_list_for_a_dialogue_not_yet_held_asks_whether_it_is_the_right_one(
    minh: Official, chi: Official
) -> None:
    coming = announced(minh, chi)
    clerk = signed_in("minh")
    sheet = upload(clerk, coming, SAMPLE.name, SAMPLE.read_bytes())
    assert "has not been held yet" in text(clerk.get(address(coming, f"/import/{sheet.pk}")))
    refused = clerk.post(address(coming, f"/import/{sheet.pk}/confirm"))
    assert "has not been held yet" in text(refused)
    assert not Case.objects.exists()
    clerk.post(address(coming, f"/import/{sheet.pk}/confirm"), {"before_held": "on"})
    assert Case.objects.count() == 28


def test_one_button_says_that_new_rows_and_ticked_changes_are_taken(dialogue: Dialogue) -> None:
    imported(dialogue, SAMPLE.name, SAMPLE.read_bytes())
    later = edited(
        SAMPLE.read_bytes(),
        {
            ("11", "Thời hạn"): "30/11/2026",
            ("17", "Nội dung kiến nghị"): "Đề nghị xây cầu qua khe Nước Vàng.",
        },
    )
    minh = signed_in("minh")
    sheet = upload(minh, dialogue, "later.xlsx", later)
    shown = text(minh.get(address(dialogue, f"/import/{sheet.pk}")))
    assert "Import 1 new row and take over the ticked changes" in shown


def test_the_line_is_named_once_beside_what_was_refused(dialogue: Dialogue) -> None:
    minh = signed_in("minh")
    bad = edited(SAMPLE.read_bytes(), {("3", "Nội dung kiến nghị"): ""})
    sheet = upload(minh, dialogue, "bad.xlsx", bad)
    for rest in ("", "/confirm"):
        where = address(dialogue, f"/import/{sheet.pk}{rest}")
        page = minh.post(where, follow=True) if rest else minh.get(where)
        assert text(page).count("Line 9<") == 1
        assert "Line 9 has" not in text(page)


@pytest.mark.parametrize(
    ("rest", "name"),
    [
        ("/list.xlsx", "bảng tổng hợp ý kiến, kiến nghị"),
        ("/form.docx", "phiếu ghi ý kiến"),
        ("/chair.docx", "tài liệu phục vụ chủ trì"),
    ],
)
def test_files_have_vietnamese_names_on_vietnamese_pages(
    dialogue: Dialogue, rest: str, name: str
) -> None:
    minh = signed_in("minh")
    minh.defaults["HTTP_ACCEPT_LANGUAGE"] = "vi"
    given = minh.get(address(dialogue, rest), headers={"accept-language": "vi"})
    assert name in unquote(given["Content-Disposition"])


def test_the_follow_up_list_prints_what_was_said_to_its_end(dialogue: Dialogue) -> None:
    imported(dialogue, SAMPLE.name, SAMPLE.read_bytes())
    long = max(
        dialogue.items.filter(on_the_spot=False).select_related("case"),
        key=lambda item: len(item.case.text),
    )
    shown = text(signed_in("minh").get(address(dialogue, "/follow-up")))
    assert " ".join(long.case.text.split())[-40:] in shown


def test_a_long_list_is_taken_in_by_parts(
    dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "AT_ONCE", 20)
    minh = signed_in("minh")
    sheet = upload(minh, dialogue, SAMPLE.name, SAMPLE.read_bytes())
    where = address(dialogue, f"/import/{sheet.pk}/confirm")
    first = minh.post(where, follow=True)
    assert "20 rows are imported, 8 are left" in text(first)
    assert len(first.context["preview"].rows) == 8
    done = minh.post(where, follow=True).context["result"]
    assert (done.rows, done.imported, done.already) == (28, 28, 0)
    assert Case.objects.count() == 28
