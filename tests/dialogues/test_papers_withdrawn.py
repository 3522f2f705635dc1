"""What minutes and conclusion say of a statement that was sealed since, in whatever words, is shown
to nobody; the papers made of them are in the vault.
"""

import io
from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client
from docx import Document as Word

from doithoai.accounts.actors import Official
from doithoai.cases.commands import placing
from doithoai.cases.telling import Said, told_by
from doithoai.dialogues.commands import concluding, hall, minutes
from doithoai.dialogues.models import Dialogue
from doithoai.files.models import Document
from tests.dialogues.grounds import address, held, signed_file, signed_in, text

pytestmark = pytest.mark.django_db
SAID = "Nhiều năm nay thôn kiến nghị về giao đất ở, cụ thể ông trưởng thôn nhận mười ba triệu đồng."
CONCLUSION = "1. Giao Phòng Kinh tế trả lời bà Lê Thị Sâm.\n2. Nạo vét kênh Đồng Lều."
MINUTES = "Bà Sâm hỏi.\nNói rằng ông Trưởng thôn nhận mười ba triệu đồng.\nÔng Kỳ hỏi về kênh."
DENOUNCED = placing.Kind("other", other_procedure="denunciation")


def word(*lines: str) -> bytes:
    """A Word file of these lines."""
    paper, out = Word(), io.BytesIO()
    for line in lines:
        paper.add_paragraph(line)
    paper.save(out)
    return out.getvalue()


@pytest.fixture
def worded(minh: Official, chi: Official, now: datetime) -> Dialogue:
    """A dialogue whose minutes and conclusion put the one statement in words of their own."""
    found = held(minh, chi)
    line = hall.Line(sent_as=UUID(int=9), text=SAID, speaker="Bà Lê Thị Sâm", phone="0912000123")
    hall.take_down(found.pk, line, by=minh, at=now)
    docx = word(MINUTES, CONCLUSION)
    minutes.record_minutes(found.pk, text=MINUTES, docx=docx, by=minh, at=now)
    concluding.draft_conclusion(found.pk, text=CONCLUSION, docx=docx, by=minh, at=now)
    found.refresh_from_db()
    return found


def seal(dialogue: Dialogue, by: Official, at: datetime) -> None:
    """The statement proves a denunciation."""
    placing.classify(dialogue.items.get().case_id, DENOUNCED, by=by, at=at)
    dialogue.refresh_from_db()


def test_lines_in_other_words_are_struck_and_drafts_are_made_anew(
    worded: Dialogue, minh: Official, now: datetime
) -> None:
    draft = address(worded, f"/papers/{worded.conclusion_document}/draft")
    seal(worded, minh, now)
    assert worded.conclusion == "[…]\n2. Nạo vét kênh Đồng Lều."
    assert worded.minutes == "[…]\n[…]\nÔng Kỳ hỏi về kênh."
    assert (worded.conclusion_document, worded.minutes_document) == (None, None)
    assert not Document.objects.filter(about=worded.pk, draft__isnull=False).exists()
    assert signed_in("minh").get(draft).status_code == 404
    assert "being looked through" in text(signed_in("minh").get(address(worded)))


def test_a_public_conclusion_is_withdrawn_and_said_to_be_looked_through(
    worded: Dialogue, minh: Official, chi: Official, client: Client, now: datetime
) -> None:
    paper = worded.conclusion_document
    assert paper is not None
    concluding.approve_conclusion(worded.pk, document=paper, by=chi, at=now)
    assert worded.held_on is not None
    concluding.sign(worded.pk, number="45/TB-UBND", signed_on=worded.held_on,
                    upload=signed_file(), by=minh, at=now)  # fmt: skip
    concluding.publish(worded.pk, by=minh, at=now)
    public = f"/dialogues/{worded.matter.code}/"
    before = client.get(f"{public}conclusion")
    assert b"".join(before.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]  # a file
    seal(worded, minh, now)
    page = client.get(public, headers={"accept-language": "en"}).content.decode()
    assert "Sâm" not in page
    assert "being looked through and will be posted again" in page
    assert client.get(f"{public}conclusion").status_code == 404
    assert worded.conclusion_number == "45/TB-UBND"
    assert not Document.objects.filter(about=worded.pk, signed_file__isnull=False).exists()


def test_a_statement_is_known_by_a_run_of_words_a_name_or_a_telephone() -> None:
    told = told_by([Said(SAID, "Bà Lê Thị Sâm, thôn 3", "0912 000 123")])
    for line in ("le thi sam", "Trả lời bà Sâm", "Gọi +84 912 000 123",
                 "Việc ông trưởng thôn nhận mười ba triệu"):  # fmt: skip
        assert told.by(line), line
    for line in ("Sâm cầm là một vị thuốc", "Nạo vét kênh Đồng Lều", "ông trưởng thôn"):
        assert not told.by(line), line
