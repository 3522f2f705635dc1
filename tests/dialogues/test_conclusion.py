"""The conclusion: worded by the office, approved by who chaired, signed, public."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import docx
import pytest
from django.test import Client
from django.utils.translation import override

from doithoai.accounts.actors import Official
from doithoai.cases.commands import placing
from doithoai.cases.models import Case
from doithoai.core.errors import Denied, Invalid
from doithoai.dialogues.commands import concluding, hall
from doithoai.dialogues.models import Item
from doithoai.docket import exclusion
from doithoai.files.models import Document
from doithoai.ledger.models import Entry
from tests.dialogues.grounds import (
    START,
    address,
    committee,
    held,
    plan,
    signed,
    signed_file,
    signed_in,
    text,
    worded,
)

pytestmark = pytest.mark.django_db
LATER = START + timedelta(days=2)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Reasons are compared in the language of the source."""
    with override("en"):
        yield


def test_nothing_is_recorded_as_signed_before_the_chair_approved_the_wording(
    minh: Official, chi: Official
) -> None:
    dialogue = held(minh, chi)
    worded(dialogue, minh, at=LATER)
    with pytest.raises(Denied, match="has not approved"):
        concluding.sign(
            dialogue.pk, number="45/TB-UBND", signed_on=LATER.date(), upload=signed_file(),
            by=minh, at=LATER,
        )  # fmt: skip
    client = signed_in("minh")
    assert "has not approved the wording" in text(client.get(address(dialogue)))
    assert client.get(address(dialogue, "/conclusion/signed")).status_code == 403


def test_the_chair_reads_the_wording_and_approves_it(minh: Official, chi: Official) -> None:
    dialogue = held(minh, chi)
    paper = worded(dialogue, minh, at=LATER)
    client = signed_in("chi")
    page = client.get(address(dialogue, "/conclusion/approve"))
    assert "Giao Văn phòng theo dõi." in text(page)
    client.post(address(dialogue, "/conclusion/approve"), {"document": str(paper.pk)})
    dialogue.refresh_from_db()
    assert dialogue.approved_by_id == chi.post
    assert Entry.objects.filter(
        matter=dialogue.pk, kind="dialogues.conclusion_approved", post=chi.post
    ).exists()


def test_the_clerk_does_not_approve_in_the_chairs_place(minh: Official, chi: Official) -> None:
    dialogue = held(minh, chi)
    paper = worded(dialogue, minh, at=LATER)
    with pytest.raises(Denied):
        concluding.approve_conclusion(dialogue.pk, document=paper.pk, by=minh, at=LATER)


def test_a_wording_changed_since_it_was_read_is_not_approved(minh: Official, chi: Official) -> None:
    dialogue = held(minh, chi)
    read = worded(dialogue, minh, at=LATER)
    worded(dialogue, minh, at=LATER)
    with pytest.raises(Invalid, match="changed since"):
        concluding.approve_conclusion(dialogue.pk, document=read.pk, by=chi, at=LATER)


def test_what_is_worded_anew_is_approved_anew(minh: Official, chi: Official) -> None:
    dialogue = held(minh, chi)
    paper = worded(dialogue, minh, at=LATER)
    concluding.approve_conclusion(dialogue.pk, document=paper.pk, by=chi, at=LATER)
    worded(dialogue, minh, at=LATER)
    dialogue.refresh_from_db()
    assert dialogue.approved_at is None


def test_the_signed_file_belongs_to_the_record(minh: Official, chi: Official) -> None:
    dialogue = held(minh, chi)
    paper = worded(dialogue, minh, at=LATER)
    concluding.approve_conclusion(dialogue.pk, document=paper.pk, by=chi, at=LATER)
    with pytest.raises(Invalid, match="Attach the signed notice"):
        concluding.sign(
            dialogue.pk, number="45/TB-UBND", signed_on=LATER.date(), upload=None, by=minh,
            at=LATER,
        )  # fmt: skip
    facts = {"number": "45/TB-UBND", "signed_on": "2026-07-17"}
    where = address(dialogue, "/conclusion/signed")
    assert signed_in("minh").post(where, facts).status_code == 200
    signed_in("minh").post(where, {**facts, "file": signed_file()})
    dialogue.refresh_from_db()
    assert dialogue.state == "signed"


def test_a_conclusion_is_public_though_the_dialogue_was_never_announced(
    minh: Official, chi: Official
) -> None:
    dialogue = plan(minh, chi)
    concluding.hold(dialogue.pk, concluding.Held(40), by=minh, at=START + timedelta(hours=4))
    dialogue.refresh_from_db()
    signed(dialogue, minh, chi, at=LATER)
    where = f"/dialogues/{dialogue.matter.code}/"
    assert Client().get(where).status_code == 404
    concluding.publish(dialogue.pk, by=minh, at=LATER)
    assert "Giao Văn phòng theo dõi." in text(Client().get(where))
    assert dialogue.matter.code in text(Client().get("/dialogues/"))


@pytest.mark.parametrize(("hours", "before"), [(-24, True), (-1, False), (1, False)])
def test_a_line_is_beforehand_only_before_the_day(
    minh: Official, chi: Official, hours: int, before: bool
) -> None:
    dialogue = plan(minh, chi)
    line = hall.Line(sent_as=uuid4(), text="Đề nghị sửa đường.")
    hall.take_down(dialogue.pk, line, by=minh, at=START + timedelta(hours=hours))
    assert Item.objects.get().before_hand is before


def test_the_notice_reads_as_an_office_would_write_it(
    minh: Official, chi: Official, now: datetime
) -> None:
    dialogue = held(minh, chi)
    line = hall.Line(
        sent_as=uuid4(),
        text="Đề nghị thu gom rác.\n",
        field="environment",
        lead=committee().pk,
        leader_words="Thu gom mỗi tuần hai lần",
        due_on=(now + timedelta(days=40)).date(),
    )
    hall.take_down(dialogue.pk, line, by=minh, at=now)
    client = signed_in("minh")
    wording = client.get(address(dialogue, "/conclusion")).context["form"]["text"].value()
    assert "rác: Thu gom mỗi tuần hai lần. Giao" in wording
    assert "chậm nhất ngày" in wording
    client.post(address(dialogue, "/conclusion"), {"text": wording})
    paper = Document.objects.get(kind="conclusion_notice")
    answer = client.get(address(dialogue, f"/papers/{paper.pk}/draft"))
    word = docx.Document(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]  # a streamed answer
    cells = [c.text for t in word.tables for r in t.rows for c in r.cells]
    assert any("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n" in cell for cell in cells), cells


def test_whoever_publishes_need_not_see_every_item_for_its_time_to_run(
    minh: Official, chi: Official
) -> None:
    dialogue = held(minh, chi)
    line = hall.Line(sent_as=uuid4(), text="Đề nghị thu gom rác.", field="environment")
    case = hall.take_down(dialogue.pk, line, by=minh, at=LATER).item.case
    near = exclusion.Out(users=frozenset([minh.user]))
    exclusion.write(case.matter, near, since=LATER.date())
    assert not Case.objects.visible_to(minh).filter(pk=case.pk).exists()
    signed(dialogue, minh, chi, at=LATER)
    concluding.publish(dialogue.pk, by=minh, at=LATER)
    assert Entry.objects.filter(matter=case.pk, kind="cases.conclusion_published").exists()


def test_what_is_kept_apart_hears_nothing_of_the_conclusion(minh: Official, chi: Official) -> None:
    dialogue = held(minh, chi)
    line = hall.Line(sent_as=uuid4(), text="Đề nghị thu gom rác.", field="environment")
    case = hall.take_down(dialogue.pk, line, by=minh, at=LATER).item.case
    apart = placing.Kind("environment", other_procedure="conduct")
    placing.classify(case.pk, apart, by=minh, at=LATER)
    signed(dialogue, minh, chi, at=LATER)
    concluding.publish(dialogue.pk, by=minh, at=LATER)
    assert not Entry.objects.filter(matter=case.pk, kind="cases.conclusion_published").exists()
