"""Coordinating bodies: named in the hall or later; they read, write a note, and are exported."""

import io
from datetime import datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from doithoai.accounts.actors import Official
from doithoai.cases.commands import placing
from doithoai.cases.commands.answering import note
from doithoai.cases.commands.coordinating import coordinate
from doithoai.cases.models import Case
from doithoai.core.errors import Denied, Invalid
from doithoai.dialogues.commands import hall
from doithoai.dialogues.models import Dialogue, Item
from doithoai.ledger.models import Entry
from doithoai.units.models import Body
from tests.dialogues.grounds import address, held, signed_in, text, upload
from tests.dialogues.test_hall_warnings import typed

pytestmark = pytest.mark.django_db
ECONOMY, CULTURE = "Phòng Kinh tế xã Cẩm Lạc", "Phòng Văn hóa - Xã hội xã Cẩm Lạc"


@pytest.fixture
def dialogue(minh: Official, chi: Official) -> Dialogue:
    return held(minh, chi)


def body(name: str) -> Body:
    return Body.objects.get(short_name=name)


@pytest.fixture
def item(dialogue: Dialogue) -> Item:
    """A line with its lead body and two that coordinate."""
    line = typed(
        "Đề nghị sửa nhà văn hóa thôn.", field="Giao thông", lead=CULTURE,
        coordinating="Phòng Kinh tế; Công an xã Cẩm Lạc",
    )  # fmt: skip
    answer = signed_in("minh").post(address(dialogue, "/hall/line"), line)
    assert answer.status_code == 200, answer.content.decode()
    return Item.objects.get()


def test_bodies_named_in_the_hall_stand_on_the_page_of_the_item(item: Item) -> None:
    page = text(signed_in("minh").get(reverse("case", args=[item.case.matter.code])))
    assert ECONOMY in page
    assert "Coordinating bodies" in page
    assert len(item.case.coordinating) == 2


def test_a_coordinating_body_reads_the_item_and_writes_its_opinion(
    item: Item, hoa: Official, now: datetime
) -> None:
    assert hoa.body == body(ECONOMY).pk
    assert note(item.case_id, text="Đã có trong kế hoạch.", by=hoa, at=now).case_id == item.case_id
    with pytest.raises(Denied):
        placing.route(item.case_id, to=body(ECONOMY).pk, why="", by=hoa, at=now)


def test_a_body_left_out_coordinates_and_reads_no_more(
    item: Item, minh: Official, hoa: Official, now: datetime
) -> None:
    coordinate(item.case_id, bodies=[], by=minh, at=now)
    assert not Case.objects.visible_to(hoa).filter(pk=item.case_id).exists()
    assert Entry.objects.filter(matter=item.case_id, kind="cases.coordinated").count() == 2


def test_the_lead_body_does_not_coordinate_with_itself(
    item: Item, minh: Official, now: datetime
) -> None:
    item.case.refresh_from_db()
    assert item.case.handling_body_id is not None
    with pytest.raises(Invalid):
        coordinate(item.case_id, bodies=[item.case.handling_body_id], by=minh, at=now)


def test_they_are_named_on_a_page_of_their_own(item: Item) -> None:
    client, where = (
        signed_in("minh"),
        reverse("case_act", args=[item.case.matter.code, "coordinate"]),
    )
    assert ECONOMY in text(client.get(where))
    client.post(where, {"bodies": [str(body(ECONOMY).pk)]})
    item.case.refresh_from_db()
    assert item.case.coordinating == [body(ECONOMY).pk]


def test_nobody_joins_an_item_kept_private(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    line = hall.Line(sent_as=uuid4(), text="Cán bộ hách sách.", procedure="conduct")
    kept = hall.take_down(dialogue.pk, line, by=minh, at=now)
    with pytest.raises(Denied):
        coordinate(kept.item.case_id, bodies=[body(ECONOMY).pk], by=minh, at=now)


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_the_list_that_is_exported_imports_back_with_who_coordinates(
    dialogue: Dialogue, item: Item, minh: Official, chi: Official, ending: str
) -> None:
    client = signed_in("minh")
    data = bytes(client.get(address(dialogue, f"/list.{ending}")).content)
    sheet = upload(client, dialogue, f"list.{ending}", data)
    shown = client.get(address(dialogue, f"/import/{sheet.pk}")).context["preview"]
    assert (len(shown.rows), len(shown.changed), shown.unchanged) == (0, 0, 1)
    other = held(minh, chi)
    sheet = upload(client, other, f"list.{ending}", io.BytesIO(data).getvalue())
    client.post(address(other, f"/import/{sheet.pk}/confirm"))
    copy = other.items.get()
    item.case.refresh_from_db()
    assert set(copy.case.coordinating) == set(item.case.coordinating)
    assert copy.case.handling_body == item.case.handling_body
