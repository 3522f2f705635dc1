"""Draft replies asked of other bodies before a dialogue: who sees what, who owes, what the chair
reads.
"""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import docx
import pytest
from django.utils.translation import override

from doithoai.accounts.actors import Official
from doithoai.cases.commands import placing
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.dialogues.commands import hall, planning, preparing
from doithoai.dialogues.models import Asked, Dialogue, Item
from doithoai.docket.models import Obligation
from doithoai.docket.queries import inbox
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from doithoai.units.models import Body
from tests.conftest import become
from tests.dialogues.grounds import address, announced, committee, economy, signed_in, text

pytestmark = pytest.mark.django_db
RULE = "vn.dialogue.send_draft"
REPLY = "Đã bố trí 200 triệu đồng, nạo vét trong tháng 12."


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Reasons are compared in the language of the source."""
    with override("en"):
        yield


@pytest.fixture
def kien(db: None) -> Official:
    """The head of the economy office."""
    return become("kien")


@pytest.fixture
def dialogue(minh: Official, chi: Official, now: datetime) -> Dialogue:
    """Announced, nine days away."""
    return announced(minh, chi, start=now + timedelta(days=9))


def asked_there(dialogue: Dialogue, words: str, minh: Official, now: datetime) -> Item:
    """A question collected beforehand, about irrigation."""
    line = hall.Line(sent_as=uuid4(), text=words, field="irrigation")
    return hall.take_down(dialogue.pk, line, by=minh, at=now).item


@pytest.fixture
def question(dialogue: Dialogue, minh: Official, now: datetime) -> Item:
    return asked_there(dialogue, "Bao giờ nạo vét kênh Đồng Lều?", minh, now)


def ask(item: Item, by: Official, at: datetime, *, body: Body | None = None) -> Asked:
    found = preparing.ask_drafts(
        item.dialogue_id, items=[item.pk], body=(body or economy()).pk, by=by, at=at
    )
    return found[0]


def owed(dialogue: Dialogue) -> list[tuple[str, str]]:
    """Who owes a draft, and whether still."""
    rows = Obligation.objects.filter(matter=dialogue.pk, rule=RULE).order_by("opened_at", "id")
    return [(row.body.short_name if row.body else "", row.state) for row in rows]


def test_the_body_asked_owes_its_draft_before_the_day_and_finds_it_in_its_inbox(
    dialogue: Dialogue, question: Item, minh: Official, kien: Official, now: datetime
) -> None:
    assert signed_in("hoa").get(address(dialogue)).status_code == 404
    ask(question, minh, now)
    row = Obligation.objects.get(matter=dialogue.pk, rule=RULE)
    assert row.body_id == economy().pk
    assert row.due_on == local_day(dialogue.starts_at) - timedelta(days=1)
    assert row.certainty == "D"
    mine = inbox(kien, today=local_day(now))
    every = [
        line for tab in mine.counts for line in inbox(kien, today=local_day(now), tab=tab).lines
    ]
    assert row.pk in {line.obligation.pk for line in every}
    told = Outbox.objects.filter(template="dialogues/notices/draft_asked")
    assert "kien@example.vn" in {each.address for each in told}


def test_the_body_asked_sees_that_question_and_no_other(
    dialogue: Dialogue, question: Item, minh: Official, now: datetime
) -> None:
    asked_there(dialogue, "Chợ Cẩm Lạc khi nào xây?", minh, now)
    ask(question, minh, now)
    client = signed_in("hoa")
    page = text(client.get(address(dialogue)))
    assert "kênh Đồng Lều" in page
    assert "Chợ Cẩm Lạc" not in page
    chair = text(client.get(address(dialogue, "/chair")))
    assert "Chợ Cẩm Lạc" not in chair


def test_the_draft_is_sent_from_the_page_and_the_chair_reads_who_sent_it(
    dialogue: Dialogue, question: Item, minh: Official, now: datetime
) -> None:
    client = signed_in("minh")
    where = address(dialogue, f"/questions/{question.pk}")
    client.post(f"{where}/ask", {"body": str(economy().pk), "about": "one"})
    assert "Phòng Kinh tế xã Cẩm Lạc was asked for a draft; none has come yet." in text(
        client.get(address(dialogue, "/chair"))
    )
    assert "nothing has come yet" in text(client.get(where))
    kien = signed_in("kien")
    assert f"/questions/{question.pk}/draft" in text(kien.get(address(dialogue)))
    kien.post(f"{where}/draft", {"draft_reply": REPLY})
    chair = text(client.get(address(dialogue, "/chair")))
    assert "Draft reply of Phòng Kinh tế xã Cẩm Lạc" in chair
    assert REPLY in chair
    word = docx.Document(io.BytesIO(client.get(address(dialogue, "/chair.docx")).content))
    assert any(REPLY in p.text and "Phòng Kinh tế" in p.text for p in word.paragraphs)
    assert owed(dialogue) == [("Phòng Kinh tế xã Cẩm Lạc", "discharged")]


def test_a_whole_field_is_asked_in_one_go_and_each_draft_is_owed_by_itself(
    dialogue: Dialogue, question: Item, minh: Official, now: datetime
) -> None:
    other = asked_there(dialogue, "Cống Cầu Trại hỏng, bao giờ sửa?", minh, now)
    where = address(dialogue, f"/questions/{question.pk}/ask")
    signed_in("minh").post(where, {"body": str(economy().pk), "about": "field"})
    assert set(Asked.objects.values_list("item", flat=True)) == {question.pk, other.pk}
    told = Outbox.objects.filter(template="dialogues/notices/draft_asked")
    assert len({each.address for each in told}) == told.count()
    sent = address(dialogue, f"/questions/{other.pk}/draft")
    signed_in("kien").post(sent, {"draft_reply": REPLY})
    assert sorted(state for _body, state in owed(dialogue)) == ["discharged", "open"]


def test_two_bodies_asked_owe_each_its_own(
    dialogue: Dialogue, question: Item, minh: Official, now: datetime
) -> None:
    culture = Body.objects.get(short_name="Phòng Văn hóa - Xã hội xã Cẩm Lạc")
    ask(question, minh, now)
    ask(question, minh, now, body=culture)
    assert {body for body, _state in owed(dialogue)} == {
        "Phòng Kinh tế xã Cẩm Lạc",
        "Phòng Văn hóa - Xã hội xã Cẩm Lạc",
    }


def test_another_day_moves_what_is_asked_and_keeps_who_owes_it(
    dialogue: Dialogue, question: Item, minh: Official, now: datetime
) -> None:
    ask(question, minh, now)
    planning.postpone(dialogue.pk, reason="Bão số 9", by=minh, at=now)
    assert owed(dialogue) == [("Phòng Kinh tế xã Cẩm Lạc", "closed")]
    later = dialogue.starts_at + timedelta(days=20)
    planning.reschedule(dialogue.pk, starts_at=later, by=minh, at=now)
    row = Obligation.objects.get(matter=dialogue.pk, rule=RULE, state="open")
    assert (row.body_id, row.due_on) == (economy().pk, local_day(later) - timedelta(days=1))


def test_only_who_holds_it_asks_and_only_who_was_asked_sends(
    dialogue: Dialogue, question: Item, minh: Official, kien: Official, hoa: Official, now: datetime
) -> None:
    ask(question, minh, now)
    with pytest.raises(Denied, match="asks others"):
        ask(question, kien, now)
    with pytest.raises(Denied, match="was asked"):
        preparing.send_draft(dialogue.pk, item_id=question.pk, draft=REPLY, by=minh, at=now)
    other = asked_there(dialogue, "Chợ Cẩm Lạc khi nào xây?", minh, now)
    with pytest.raises(NotFound):
        preparing.send_draft(dialogue.pk, item_id=other.pk, draft=REPLY, by=kien, at=now)
    with pytest.raises(Invalid, match="empty"):
        preparing.send_draft(dialogue.pk, item_id=question.pk, draft=" ", by=hoa, at=now)
    preparing.send_draft(dialogue.pk, item_id=question.pk, draft=REPLY, by=hoa, at=now)
    assert Entry.objects.filter(matter=dialogue.pk, kind="dialogues.draft_sent").count() == 1


def test_nobody_is_asked_twice_nor_the_host_nor_a_body_without_an_account(
    dialogue: Dialogue, question: Item, minh: Official, now: datetime
) -> None:
    ask(question, minh, now)
    with pytest.raises(Invalid, match="already"):
        ask(question, minh, now)
    with pytest.raises(Invalid, match="itself"):
        ask(question, minh, now, body=committee())
    nobody = Body.objects.get(short_name="Đoàn Thanh niên xã Cẩm Lạc")
    with pytest.raises(Invalid, match="by letter"):
        ask(question, minh, now, body=nobody)
    with pytest.raises(Invalid, match="before the day"):
        ask(question, minh, dialogue.starts_at)


def test_what_may_be_a_denunciation_is_shown_to_nobody_else(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    line = hall.Line(sent_as=uuid4(), text="Tôi tố cáo cán bộ địa chính nhận hối lộ.")
    item = hall.take_down(dialogue.pk, line, by=minh, at=now).item
    with pytest.raises(Invalid, match="Decide first"):
        ask(item, minh, now)


def test_what_is_kept_apart_later_takes_its_draft_along(
    dialogue: Dialogue, question: Item, minh: Official, kien: Official, now: datetime
) -> None:
    ask(question, minh, now)
    preparing.send_draft(dialogue.pk, item_id=question.pk, draft=REPLY, by=kien, at=now)
    apart = placing.Kind("irrigation", other_procedure="denunciation")
    placing.classify(question.case_id, apart, by=minh, at=now)
    assert Asked.objects.get().draft == ""
    assert "Đồng Lều" not in text(signed_in("hoa").get(address(dialogue)))


def test_papers_that_are_not_public_are_not_for_a_body_that_was_only_asked(
    dialogue: Dialogue, question: Item, minh: Official, now: datetime
) -> None:
    ask(question, minh, now)
    page = signed_in("hoa").get(address(dialogue)).context["page"]
    assert not page.may_read_papers
    for reader in ("minh", "chi", "quang"):
        assert signed_in(reader).get(address(dialogue)).context["page"].may_read_papers
