"""A dialogue takes down, imports and words nothing that bears the stamp of a state secret (Law
117/2025/QH15, article 5(2)).
"""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doithoai.accounts.actors import Official
from doithoai.cases.models import Case
from doithoai.core.errors import Invalid
from doithoai.dialogues.commands import concluding, minutes
from doithoai.dialogues.models import Dialogue, Item
from tests.dialogues.grounds import START, address, held, signed_in, text, upload
from tests.dialogues.test_hall_pages import typed

pytestmark = pytest.mark.django_db
MARKED = "Đề nghị làm rõ công văn TỐI MẬT về kho xăng"
BOX = "I have looked at it: it is no state secret"


@pytest.fixture
def dialogue(minh: Official, chi: Official) -> Dialogue:
    return held(minh, chi)


def shown(page: str) -> bool:
    """Whether the hall's box is in sight."""
    assert 'id="secret"' in page
    return 'id="secret" hidden' not in page


def test_a_line_of_the_hall_is_refused_until_the_clerk_looked_at_it(dialogue: Dialogue) -> None:
    client, line = signed_in("minh"), typed(text=MARKED, speaker="Bà Hạnh")
    assert not shown(text(client.get(address(dialogue, "/hall"))))
    refused = text(client.post(address(dialogue, "/hall"), line))
    assert shown(refused)
    assert MARKED in refused
    assert "Bà Hạnh" in refused
    assert "117/2025/QH15" in refused
    assert not Item.objects.exists()
    kept = text(client.post(address(dialogue, "/hall"), {**line, "not_secret": "on"}))
    assert Item.objects.get().submission.text == MARKED
    assert not shown(kept)


def test_the_halls_script_hears_why_and_that_the_box_is_asked(dialogue: Dialogue) -> None:
    client, line = signed_in("minh"), typed(text=MARKED)
    answer = client.post(address(dialogue, "/hall/line"), line)
    assert answer.status_code == 400
    assert answer.json()["secret"]
    assert "article 5(2)" in answer.json()["errors"][0]
    said = client.post(address(dialogue, "/hall/check"), {"text": MARKED}).json()
    assert said["secret"]
    assert "TỐI MẬT" in said["warnings"][0]
    assert not client.post(address(dialogue, "/hall/check"), {"text": "Kênh cạn"}).json()["secret"]
    other = typed(text="Kênh cạn", how="spot")
    assert not client.post(address(dialogue, "/hall/line"), other).json()["secret"]


def sheet(*rows: tuple[str, str]) -> bytes:
    """A list of who said what."""
    book = openpyxl.Workbook()
    page = book.create_sheet("Danh sách", 0)
    page.append(["STT", "Nội dung kiến nghị", "Người kiến nghị", "Cơ quan chủ trì"])
    for number, (said, who) in enumerate(rows, start=1):
        page.append([number, said, who, "UBND xã"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_stamped_row_is_refused_in_the_preview_and_the_others_go_on(dialogue: Dialogue) -> None:
    client = signed_in("minh")
    rows = (("Kênh Đồng Lều bị bồi lắng, thiếu nước", "Bà Hạnh"), (MARKED, "Ông Kỳ"))
    made = upload(client, dialogue, "ds.xlsx", sheet(*rows))
    before = client.get(address(dialogue, f"/import/{made.pk}"))
    assert len(before.context["preview"].rows) == 1
    assert "Line 3" in text(before)
    assert "article 5(2)" in text(before)
    assert "kho xăng" not in text(before)
    after = client.post(address(dialogue, f"/import/{made.pk}/confirm"), follow=True)
    assert "article 5(2)" in text(after)
    assert "kho xăng" not in text(after)
    assert [case.text for case in Case.objects.all()] == [rows[0][0]]


def test_a_list_whose_name_is_stamped_is_not_kept(dialogue: Dialogue) -> None:
    data = sheet(("Kênh cạn", "Bà Hạnh"))
    file = SimpleUploadedFile("Danh sach TOI MAT.xlsx", data)
    answer = signed_in("minh").post(address(dialogue, "/import"), {"file": file})
    assert "117/2025/QH15" in text(answer)
    assert not dialogue.sheets.exists()


@pytest.mark.parametrize("page", ["/minutes", "/conclusion"])
def test_minutes_and_conclusion_ask_for_the_same_look(dialogue: Dialogue, page: str) -> None:
    client = signed_in("minh")
    assert f"<span>{BOX}</span>" not in text(client.get(address(dialogue, page)))
    refused = text(client.post(address(dialogue, page), {"text": MARKED}))
    assert f"<span>{BOX}</span>" in refused
    assert MARKED in refused
    done = client.post(address(dialogue, page), {"text": MARKED, "not_secret": "on"})
    assert done.status_code == 302


def test_neither_is_worded_behind_the_page(dialogue: Dialogue, minh: Official) -> None:
    with pytest.raises(Invalid, match="117/2025"):
        minutes.record_minutes(dialogue.pk, text=MARKED, by=minh, at=START)
    with pytest.raises(Invalid, match="117/2025"):
        concluding.draft_conclusion(dialogue.pk, text=MARKED, docx=b"", by=minh, at=START)
