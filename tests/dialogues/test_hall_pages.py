"""The hall desk as a form and as what its script sends: each line once, nothing lost."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from doithoai.accounts.actors import Official
from doithoai.dialogues.models import Dialogue, Item
from doithoai.docket.models import Obligation
from doithoai.ledger.commands import open_receipt
from doithoai.units.models import Place
from tests.dialogues.grounds import address, announced, committee, held, signed_in, text

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def dialogue(minh: Official, chi: Official) -> Dialogue:
    return held(minh, chi)


def typed(**changes: str) -> dict[str, str]:
    return {
        "sent_as": str(uuid4()),
        "text": "Đề nghị nạo vét kênh Đồng Lều.",
        "how": "settle",
        **changes,
    }


def test_a_line_is_kept_and_its_receipt_is_shown_once(dialogue: Dialogue, now: datetime) -> None:
    client = signed_in("minh")
    line = typed(speaker="Bà Hạnh", field="Thủy lợi")
    answer = client.post(address(dialogue, "/hall"), line)
    kept = answer.context["kept"]
    receipt = kept.taken.receipt
    assert receipt.code in text(answer)
    assert receipt.secret in text(answer)
    assert open_receipt(receipt.code, receipt.secret, at=now).about == kept.item.submission_id
    again = client.get(address(dialogue, "/hall"))
    assert receipt.secret not in text(again)
    assert "Bà Hạnh" in text(again)
    assert "sessionid" not in text(answer)


def test_the_form_is_empty_for_the_next_line_with_a_new_mark(dialogue: Dialogue) -> None:
    line = typed()
    form = signed_in("minh").post(address(dialogue, "/hall"), line).context["form"]
    assert form["text"].value() in (None, "")
    assert str(form["sent_as"].value()) != line["sent_as"]


def test_the_same_line_sent_again_is_one_line(dialogue: Dialogue) -> None:
    client, line = signed_in("minh"), typed()
    first = client.post(address(dialogue, "/hall/line"), line, headers=JSON).json()
    second = client.post(address(dialogue, "/hall/line"), line, headers=JSON).json()
    assert Item.objects.count() == 1
    assert first["number"] == second["number"] == 1
    assert first["code"] == second["code"]
    assert first["receipt"]
    assert not second["receipt"]


def test_what_is_to_be_settled_goes_to_the_lead_body_with_the_date_promised(
    dialogue: Dialogue, now: datetime
) -> None:
    due = (now + timedelta(days=30)).date()
    line = typed(
        field="Giao thông",
        lead="Phòng Kinh tế",
        due_on=due.isoformat(),
        leader_words="Xong trước cuối tháng.",
    )
    answer = signed_in("minh").post(address(dialogue, "/hall/line"), line, headers=JSON)
    assert answer.status_code == 200, answer.content.decode()
    item = Item.objects.get()
    assert item.case.handling_body is not None
    assert item.case.handling_body.short_name == "Phòng Kinh tế xã Cẩm Lạc"
    promise = Obligation.objects.filter(matter=item.case_id, source="conclusion").get()
    assert promise.due_on == due
    assert item.leader_words == "Xong trước cuối tháng."


def test_what_is_answered_on_the_spot_is_answered(dialogue: Dialogue) -> None:
    line = typed(how="spot", leader_words="Xã đã duyệt kinh phí.")
    signed_in("minh").post(address(dialogue, "/hall/line"), line, headers=JSON)
    item = Item.objects.get()
    assert item.on_the_spot
    assert item.case.answers.get().text == "Xã đã duyệt kinh phí."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": "   "}, "This field is required"),
        ({"how": "spot"}, "write down what the leader answered"),
        ({"lead": "Cục Hàng hải Bắc Cực"}, "No body was found for “Cục Hàng hải Bắc Cực”"),
        ({"due_on": "2020-01-01"}, "The date lies before the dialogue."),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_typed_is_lost(
    dialogue: Dialogue, changes: dict[str, str], sentence: str
) -> None:
    client, line = (
        signed_in("minh"),
        typed(speaker="Ông Ba", **{k: v for k, v in changes.items() if k != "text"}) | changes,
    )
    answer = client.post(address(dialogue, "/hall/line"), line, headers=JSON)
    assert answer.status_code == 400
    assert sentence in " ".join(answer.json()["errors"])
    page = text(client.post(address(dialogue, "/hall"), line))
    assert "Ông Ba" in page
    assert sentence in page
    assert not Item.objects.exists()


def test_a_published_dialogue_takes_no_more_lines(dialogue: Dialogue) -> None:
    Dialogue.objects.filter(pk=dialogue.pk).update(state="published")
    answer = signed_in("minh").post(address(dialogue, "/hall/line"), typed(), headers=JSON)
    assert answer.status_code == 409
    assert "has moved on" in text(answer)


def test_questions_before_the_day_are_taken_down_the_same_way(
    minh: Official, chi: Official, now: datetime
) -> None:
    coming = announced(minh, chi, start=now + timedelta(days=9))
    place = Place.objects.get(name="Thôn Lạc Thọ", parent=committee().place)
    signed_in("minh").post(address(coming, "/hall/line"), typed(place=str(place.pk)), headers=JSON)
    item = Item.objects.get()
    assert item.before_hand
    assert item.submission.place_id == place.pk
    assert item.sent_as == UUID(str(item.sent_as))
