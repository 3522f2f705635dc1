"""What sounds like another procedure, or like danger: said before a line is classified."""

from uuid import uuid4

import pytest

from doithoai.accounts.actors import Official
from doithoai.cases.models import Case
from doithoai.cases.workflow import State
from doithoai.dialogues.models import Dialogue, Item
from tests.dialogues.grounds import address, held, signed_in, text

pytestmark = pytest.mark.django_db
CONDUCT = "Thái độ của cán bộ tiếp dân hách sách, đề nghị xem xét."
DANGER = "Đập Khe Lau có vết nứt dài 10 m."


@pytest.fixture
def dialogue(minh: Official, chi: Official) -> Dialogue:
    return held(minh, chi)


def typed(words: str, **changes: str) -> dict[str, str]:
    return {"sent_as": str(uuid4()), "text": words, "how": "settle", **changes}


def test_words_are_looked_at_while_they_are_typed(dialogue: Dialogue) -> None:
    client, where = signed_in("minh"), address(dialogue, "/hall/check")
    said = client.post(where, {"text": CONDUCT}).json()["warnings"]
    assert "a report on an official's conduct" in said[0]
    assert "Danger to life or works" in client.post(where, {"text": DANGER}).json()["warnings"][0]
    assert client.post(where, {"text": "Đề nghị nạo vét kênh."}).json() == {
        "warnings": [],
        "secret": False,
    }
    assert signed_in("quang").post(where, {"text": CONDUCT}).status_code == 403


def test_without_a_script_the_page_asks_before_the_line_is_kept(dialogue: Dialogue) -> None:
    client, line = signed_in("minh"), typed(CONDUCT, field="Khác")
    page = text(client.post(address(dialogue, "/hall"), line))
    assert "decide on its procedure before it goes anywhere" in page
    assert not Item.objects.exists()
    client.post(address(dialogue, "/hall"), {**line, "procedure": "conduct"})
    assert Item.objects.get().case.other_procedure == "conduct"


def test_a_doubtful_line_of_the_script_waits_unclassified_and_private(
    dialogue: Dialogue, hoa: Official, minh: Official
) -> None:
    line = typed(CONDUCT, field="Khác", lead="Phòng Kinh tế")
    answer = signed_in("minh").post(address(dialogue, "/hall/line"), line)
    assert "official's conduct" in answer.json()["warnings"][0]
    case = Item.objects.get().case
    assert (case.state, case.handling_body) == (State.RECEIVED, None)
    assert case.attention
    assert Case.objects.visible_to(minh).filter(pk=case.pk).exists()
    assert not Case.objects.visible_to(hoa).filter(pk=case.pk).exists()


def test_a_line_about_an_officials_conduct_is_private_from_the_first_moment(
    dialogue: Dialogue, hoa: Official, quang: Official
) -> None:
    line = typed("Bà chủ tịch hội không tiếp tôi.", procedure="conduct", lead="Phòng Kinh tế")
    signed_in("minh").post(address(dialogue, "/hall/line"), line)
    case = Item.objects.get().case
    assert case.matter.sealed
    assert case.handling_body is None
    for other in (hoa, quang):
        assert not Case.objects.visible_to(other).filter(pk=case.pk).exists()
    assert "Bà chủ tịch hội" not in text(signed_in("quang").get(address(dialogue)))


def test_a_line_somebody_said_is_ordinary_is_classified_at_once(dialogue: Dialogue) -> None:
    line = typed(CONDUCT, field="Khác", procedure="none")
    assert signed_in("minh").post(address(dialogue, "/hall/line"), line).json()["warnings"] == []
    assert Item.objects.get().case.state == State.CLASSIFIED


@pytest.mark.parametrize(("said", "urgent"), [("", True), ("yes", True), ("no", False)])
def test_danger_is_urgent_unless_somebody_says_it_is_not(
    dialogue: Dialogue, said: str, urgent: bool
) -> None:
    signed_in("minh").post(address(dialogue, "/hall/line"), typed(DANGER, urgent=said))
    assert Item.objects.get().case.urgent is urgent


@pytest.mark.parametrize("name", ["Thôn Lạc Thọ", "lạc thọ", "lac tho"])
def test_a_village_is_typed_by_its_name(dialogue: Dialogue, name: str) -> None:
    signed_in("minh").post(address(dialogue, "/hall/line"), typed("Đề nghị.", place=name))
    place = Item.objects.get().submission.place
    assert place is not None
    assert place.name == "Thôn Lạc Thọ"


def test_an_unknown_village_is_said(dialogue: Dialogue) -> None:
    line = typed("Đề nghị.", place="Thôn Không Có")
    answer = signed_in("minh").post(address(dialogue, "/hall/line"), line)
    assert answer.status_code == 400
    assert "No village was found" in answer.json()["errors"][0]
