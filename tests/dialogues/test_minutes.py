"""The minutes: written here, signed on paper, recorded, and public only when somebody says so."""

import io
from collections.abc import Iterator
from datetime import timedelta

import docx
import pytest
from django.test import Client
from django.utils.translation import override

from doithoai.accounts.actors import Official
from doithoai.core.errors import Denied, Invalid, WrongState
from doithoai.dialogues.commands import concluding, minutes
from doithoai.dialogues.models import Dialogue
from doithoai.files.models import Document
from doithoai.ledger.models import Entry
from tests.dialogues.grounds import START, address, held, signed, signed_file, signed_in, text

pytestmark = pytest.mark.django_db
LATER = START + timedelta(days=2)
FACTS = {"number": "12/BB-UBND", "signed_on": "2026-07-17"}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Reasons are compared in the language of the source."""
    with override("en"):
        yield


@pytest.fixture
def dialogue(minh: Official, chi: Official) -> Dialogue:
    """Held; its minutes written by the clerk."""
    found = held(minh, chi)
    return minutes.record_minutes(found.pk, text="Diễn biến như sau.", by=minh, at=LATER)


def record(dialogue: Dialogue, minh: Official) -> Dialogue:
    return minutes.sign_minutes(
        dialogue.pk, number="12/BB-UBND", signed_on=LATER.date(), upload=signed_file(),
        by=minh, at=LATER,
    )  # fmt: skip


def test_the_page_proposes_the_minutes_and_makes_a_word_draft(
    minh: Official, chi: Official
) -> None:
    found = held(minh, chi)
    client = signed_in("minh")
    wording = client.get(address(found, "/minutes")).context["form"]["text"].value()
    assert "Hội trường UBND xã" in wording
    assert "120" in wording
    client.post(address(found, "/minutes"), {"text": wording})
    paper = Document.objects.get(kind="minutes")
    answer = client.get(address(found, f"/papers/{paper.pk}/draft"))
    word = docx.Document(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]  # a streamed answer
    cells = [c.text for t in word.tables for r in t.rows for c in r.cells]
    shown = "\n".join([*(p.text for p in word.paragraphs), *cells])
    assert "BIÊN BẢN" in shown
    assert "/BB-UBND" in shown
    assert "Hội trường UBND xã" in shown


def test_signed_minutes_are_recorded_with_number_date_and_file(
    dialogue: Dialogue, minh: Official
) -> None:
    client, where = signed_in("minh"), address(dialogue, "/minutes/signed")
    assert client.post(where, FACTS).status_code == 200  # the file is missing
    assert client.post(where, {**FACTS, "file": signed_file()}).status_code == 302
    page = text(client.get(address(dialogue)))
    assert "12/BB-UBND" in page
    assert "not public" in page
    assert Entry.objects.filter(matter=dialogue.pk, kind="dialogues.minutes_signed").exists()


def test_minutes_are_not_signed_before_they_are_written(minh: Official, chi: Official) -> None:
    found = held(minh, chi)
    with pytest.raises(Denied, match="Write the minutes first"):
        record(found, minh)


def test_signed_minutes_are_not_written_anew(dialogue: Dialogue, minh: Official) -> None:
    record(dialogue, minh)
    with pytest.raises(Denied, match="what was signed is not changed"):
        minutes.record_minutes(dialogue.pk, text="Khác.", by=minh, at=LATER)


def test_minutes_are_not_dated_before_the_dialogue(dialogue: Dialogue, minh: Official) -> None:
    with pytest.raises(Invalid, match="before the dialogue was held"):
        minutes.sign_minutes(
            dialogue.pk, number="12/BB-UBND", signed_on=(START - timedelta(days=1)).date(),
            upload=signed_file(), by=minh, at=LATER,
        )  # fmt: skip


def test_minutes_are_public_only_after_the_conclusion_and_when_somebody_says_so(
    dialogue: Dialogue, minh: Official, chi: Official
) -> None:
    record(dialogue, minh)
    with pytest.raises(WrongState):
        minutes.publish_minutes(dialogue.pk, by=minh, at=LATER)
    signed(dialogue, minh, chi, at=LATER)
    concluding.publish(dialogue.pk, by=minh, at=LATER)
    where = f"/dialogues/{dialogue.matter.code}"
    assert "Diễn biến như sau." not in text(Client().get(f"{where}/"))
    assert Client().get(f"{where}/minutes").status_code == 404
    signed_in("minh").post(address(dialogue, "/minutes/publish"))
    assert "12/BB-UBND" in text(Client().get(f"{where}/"))
    paper = Client().get(f"{where}/minutes")
    assert b"".join(paper.streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    with override("en"), pytest.raises(Denied, match="public already"):
        minutes.publish_minutes(dialogue.pk, by=minh, at=LATER)
