"""Papers of a dialogue: the chair's file, Word drafts, slips by village, lists."""

import io
from datetime import datetime, timedelta
from uuid import uuid4

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from doithoai.accounts.actors import Official
from doithoai.core.errors import NotFound
from doithoai.core.identifiers import is_code
from doithoai.dialogues.commands import hall, preparing
from doithoai.dialogues.commands.hall import Kept, Line
from doithoai.dialogues.models import Dialogue
from doithoai.files.models import Document
from doithoai.ledger.commands import open_receipt
from doithoai.units.models import Place
from tests.dialogues.grounds import address, announced, committee, held, signed_in, text

pytestmark = pytest.mark.django_db


def village(name: str) -> Place:
    return Place.objects.get(name=name, parent=committee().place)


def said(dialogue: Dialogue, words: str, minh: Official, now: datetime, **more: object) -> Kept:
    line = Line(sent_as=uuid4(), text=words, **more)  # type: ignore[arg-type]  # the words of a test
    return hall.take_down(dialogue.pk, line, by=minh, at=now)


def words_of(data: bytes) -> str:
    """All text of a Word file, tables included."""
    document = docx.Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_the_chairs_file_has_questions_by_field_and_what_is_still_open_here(
    minh: Official, chi: Official, now: datetime
) -> None:
    place = village("Thôn Lạc Thọ")
    earlier = held(minh, chi)
    said(
        earlier,
        "Đề nghị nạo vét kênh Đồng Lều.",
        minh,
        now,
        place=place.pk,
        field="irrigation",
        lead=committee().pk,
    )
    said(
        earlier,
        "Đề nghị sửa đường thôn Yên Lạc.",
        minh,
        now,
        place=village("Thôn Yên Lạc").pk,
        field="transport",
        lead=committee().pk,
    )
    said(
        earlier,
        "Đề nghị giải thích phí rác.",
        minh,
        now,
        place=place.pk,
        field="environment",
        on_the_spot=True,
        leader_words="Phí do HĐND quyết định.",
    )
    coming = announced(minh, chi, start=now + timedelta(days=9), villages=(place.pk,))
    question = said(coming, "Nước máy bị đục.", minh, now, place=place.pk, field="clean_water")
    preparing.prepare(
        coming.pk, item_id=question.item.pk, draft_reply="Đã thay cát lọc.", by=minh, at=now
    )
    page = text(signed_in("minh").get(address(coming, "/chair")))
    word = words_of(signed_in("minh").get(address(coming, "/chair.docx")).content)
    for shown in (page, word):
        assert "Nước máy bị đục." in shown
        assert "Đã thay cát lọc." in shown
        assert "nạo vét kênh Đồng Lều" in shown
        assert "Yên Lạc" not in shown
        assert "phí rác" not in shown
    assert "Clean water (1)" in page


def test_a_reply_is_prepared_on_its_page(minh: Official, chi: Official, now: datetime) -> None:
    coming = announced(minh, chi, start=now + timedelta(days=9))
    question = said(coming, "Nước máy bị đục.", minh, now)
    where = address(coming, f"/questions/{question.item.pk}")
    assert "Nước máy bị đục." in text(signed_in("minh").get(where))
    signed_in("minh").post(where, {"draft_reply": "Đã thay cát lọc."})
    question.item.refresh_from_db()
    assert question.item.draft_reply == "Đã thay cát lọc."


def test_the_conclusion_draft_opens_in_word_with_the_wording_and_the_list(
    minh: Official, chi: Official, now: datetime
) -> None:
    dialogue = held(minh, chi)
    said(
        dialogue,
        "Đề nghị nạo vét kênh Đồng Lều.",
        minh,
        now,
        field="irrigation",
        lead=committee().pk,
        due_on=(now + timedelta(days=40)).date(),
    )
    client = signed_in("minh")
    client.post(address(dialogue, "/conclusion"), {"text": "Chủ tịch UBND xã kết luận như sau."})
    paper = Document.objects.get(kind="conclusion_notice")
    answer = client.get(address(dialogue, f"/papers/{paper.pk}/draft"))
    shown = words_of(b"".join(answer.streaming_content))
    assert "THÔNG BÁO" in shown
    assert "Chủ tịch UBND xã kết luận như sau." in shown
    assert "nạo vét kênh Đồng Lều" in shown
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in shown


def test_slips_are_printed_by_village_and_the_earlier_ones_die(
    minh: Official, chi: Official, now: datetime
) -> None:
    dialogue = held(minh, chi)
    last = said(
        dialogue, "Đề nghị sửa đường.", minh, now, place=village("Thôn Yên Lạc").pk, speaker="Ông A"
    )
    first = said(
        dialogue,
        "Đề nghị nạo vét kênh.",
        minh,
        now,
        place=village("Thôn Hưng Thắng").pk,
        speaker="Bà B",
    )
    client = signed_in("minh")
    page = client.get(address(dialogue, "/slips"))
    assert "stop working" in text(page)
    assert [each.place.name for each in page.context["counts"]] == [
        "Thôn Hưng Thắng",
        "Thôn Yên Lạc",
    ]
    pdf = PdfReader(io.BytesIO(client.post(address(dialogue, "/slips"), {"village": ""}).content))
    shown = " ".join(" ".join(p.extract_text() for p in pdf.pages).split())
    assert shown.index("nạo vét") < shown.index("sửa đường")
    for kept in (first, last):
        assert kept.taken is not None
        assert kept.taken.receipt is not None
        with pytest.raises(NotFound):
            open_receipt(kept.taken.receipt.code, kept.taken.receipt.secret, at=now)


def test_a_slip_bears_the_number_of_the_case_and_says_that_its_date_is_provisional(
    minh: Official, chi: Official, now: datetime
) -> None:
    dialogue = held(minh, chi)
    kept = said(dialogue, "Đề nghị sửa đường.", minh, now, field="transport")
    posted = signed_in("minh").post(address(dialogue, "/slips"), {"item": str(kept.item.pk)})
    pages = PdfReader(io.BytesIO(posted.content)).pages
    shown = " ".join(" ".join(p.extract_text() for p in pages).split())
    assert kept.item.case.matter.code in shown
    assert "(provisional)" in shown


def test_a_slip_somebody_holds_stays_good_when_only_new_ones_are_printed(
    minh: Official, chi: Official, now: datetime
) -> None:
    dialogue = held(minh, chi)
    kept = said(dialogue, "Đề nghị sửa đường.", minh, now)
    signed_in("minh").post(address(dialogue, "/slips"), {"village": "", "only_new": "on"})
    assert kept.taken is not None
    assert kept.taken.receipt is not None
    assert open_receipt(kept.taken.receipt.code, kept.taken.receipt.secret, at=now)


def test_the_slip_of_one_line_leaves_the_others_alone(
    minh: Official, chi: Official, now: datetime
) -> None:
    dialogue = held(minh, chi)
    one, other = (
        said(dialogue, words, minh, now)
        for words in ("Đề nghị sửa đường.", "Đề nghị nạo vét kênh.")
    )
    client = signed_in("minh")
    assert client.get(address(dialogue, f"/slips?item={one.item.pk}")).status_code == 200
    answer = client.post(address(dialogue, "/slips"), {"item": str(one.item.pk)})
    assert answer["Content-Type"] == "application/pdf"
    assert other.taken is not None
    assert other.taken.receipt is not None
    assert is_code(other.taken.receipt.code)
    assert open_receipt(other.taken.receipt.code, other.taken.receipt.secret, at=now)


def test_what_the_body_answered_itself_is_left_out_and_said(
    minh: Official, chi: Official, now: datetime
) -> None:
    dialogue = held(minh, chi)
    answered = said(
        dialogue, "Đề nghị giải thích phí rác.", minh, now, field="environment",
        on_the_spot=True, leader_words="Phí do HĐND quyết định.",
    )  # fmt: skip
    said(dialogue, "Đề nghị sửa đường.", minh, now)
    client = signed_in("minh")
    assert "1 slip is left out: The body that answered" in text(
        client.get(address(dialogue, "/slips"))
    )
    posted = client.post(address(dialogue, "/slips"), {"village": ""})
    pages = PdfReader(io.BytesIO(posted.content)).pages
    shown = " ".join(" ".join(p.extract_text() for p in pages).split())
    assert "sửa đường" in shown
    assert "phí rác" not in shown
    assert "1 slip was left out: The body that answered" in text(client.get(address(dialogue)))
    receipt = answered.taken.receipt if answered.taken else None
    assert receipt is not None
    assert open_receipt(receipt.code, receipt.secret, at=now)
    one = client.post(address(dialogue, "/slips"), {"item": str(answered.item.pk)})
    assert one.status_code == 403


def test_every_slip_asks_for_the_persons_word(minh: Official, chi: Official, now: datetime) -> None:
    dialogue = held(minh, chi)
    for number in range(5):
        said(dialogue, f"Đề nghị sửa đường số {number}.", minh, now)
    posted = signed_in("minh").post(address(dialogue, "/slips"), {"village": ""})
    pages = PdfReader(io.BytesIO(posted.content)).pages
    asked = [page.extract_text().count("I agree in part") for page in pages]
    assert asked == [4, 1]


def test_the_list_is_in_the_clerks_own_columns(
    minh: Official, chi: Official, now: datetime
) -> None:
    dialogue = held(minh, chi)
    kept = said(
        dialogue,
        "Đề nghị nạo vét kênh.",
        minh,
        now,
        place=village("Thôn Yên Lạc").pk,
        speaker="Bà B",
        field="irrigation",
        on_the_spot=True,
        leader_words="Xã sẽ nạo vét trước ngày 30.",
    )
    book = openpyxl.load_workbook(
        io.BytesIO(signed_in("minh").get(address(dialogue, "/list.xlsx")).content)
    )
    head, row = list(book.worksheets[0].iter_rows(min_row=5, max_row=6, values_only=True))
    assert head == (
        "STT",
        "Nội dung kiến nghị",
        "Người/địa bàn kiến nghị",
        "Lĩnh vực",
        "Cơ quan chủ trì",
        "Cơ quan phối hợp",
        "Thời hạn",
        "Nội dung trả lời / giải quyết",
        "Kết quả",
        "Số, ngày văn bản",
        "Ghi chú",
        "Mã",
    )
    assert row[1:4] == ("Đề nghị nạo vét kênh.", "Bà B, Thôn Yên Lạc", "Thủy lợi")
    assert row[7:9] == ("Xã sẽ nạo vét trước ngày 30.", "Giải trình, cung cấp thông tin")
    assert row[11] == kept.item.case.matter.code
    word = words_of(signed_in("minh").get(address(dialogue, "/list.docx")).content)
    assert kept.item.case.matter.code in word


def test_the_follow_up_list_leaves_out_what_was_answered_on_the_spot(
    minh: Official, chi: Official, now: datetime
) -> None:
    dialogue = held(minh, chi)
    said(dialogue, "Đề nghị nạo vét kênh.", minh, now, field="irrigation", lead=committee().pk)
    said(
        dialogue,
        "Đề nghị giải thích phí rác.",
        minh,
        now,
        field="environment",
        on_the_spot=True,
        leader_words="Phí do HĐND quyết định.",
    )
    client = signed_in("minh")
    page = text(client.get(address(dialogue, "/follow-up")))
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(address(dialogue, "/follow-up.xlsx")).content)
    )
    sheet = " ".join(str(c) for r in book.worksheets[0].iter_rows(values_only=True) for c in r)
    for shown in (page, sheet):
        assert "nạo vét kênh" in shown
        assert "phí rác" not in shown
