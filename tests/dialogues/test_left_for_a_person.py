"""What a list leaves for a person leaves the attention list as soon as what it asks for is done."""

from datetime import date, datetime

import pytest

from doithoai.accounts.actors import Official
from doithoai.cases.commands import answering, ending, placing
from doithoai.cases.commands.answering import Reply
from doithoai.cases.commands.coordinating import coordinate
from doithoai.cases.models import Case
from doithoai.cases.queries.selection import Selection, matching
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.dialogues.commands import correcting
from doithoai.dialogues.commands.importing import take_in
from doithoai.dialogues.left_queries import left
from doithoai.dialogues.models import Dialogue, Item
from doithoai.dialogues.reading_sheets import read_list
from doithoai.docket.models import Obligation
from doithoai.units.models import Body, Place
from tests.dialogues.grounds import address, held, signed_in, text, upload

pytestmark = pytest.mark.django_db
HEAD = (
    "STT,Nội dung kiến nghị,Người kiến nghị,Lĩnh vực,Cơ quan chủ trì,Cơ quan phối hợp,Thời hạn,"
    "Nội dung trả lời,Số ngày văn bản,Kết quả"
)


@pytest.fixture
def dialogue(minh: Official, chi: Official) -> Dialogue:
    """Held on 15 July 2026."""
    return held(minh, chi)


def item(dialogue: Dialogue, row: str, by: Official, at: datetime) -> Item:
    """The item a row of a list became, left for a person."""
    parsed = read_list("list.csv", f"{HEAD}\n{row}\n".encode(), held_on=dialogue.starts_at.date())
    result = take_in(dialogue.pk, parsed, by=by, at=at)
    assert (result.imported, len(result.attention)) == (1, 1), (result.attention, result.refused)
    made = dialogue.items.select_related("case__matter").get()
    assert waiting(dialogue, by) == 1
    return made


def waiting(dialogue: Dialogue, by: Official) -> int:
    """How many items the pages say are left: the dialogue's, and the list of items by filter."""
    asked = matching(Selection(attention=True), today=date(2026, 11, 22))
    listed = Case.objects.filter(asked, occasion_matter=dialogue.pk).count()
    assert len(left(dialogue, by)) == listed
    return listed


def body(name: str) -> Body:
    return Body.objects.get(short_name=name)


@pytest.mark.parametrize("written", ["31/2/2026", "khi nào xong", "30/11/2026 và 15/12/2026",
                                     "1/6/2026"])  # fmt: skip
def test_a_date_nobody_could_read_is_settled_by_the_right_one(
    dialogue: Dialogue, minh: Official, now: datetime, written: str
) -> None:
    made = item(dialogue, f"1,Đường hỏng,Bà Lan,,UBND xã,,{written},,,", minh, now)
    correcting.set_date(made.pk, due_on=date(2026, 12, 30), by=minh, at=now)
    assert waiting(dialogue, minh) == 0
    made.refresh_from_db()
    assert made.due_on == date(2026, 12, 30)
    [owed] = Obligation.objects.filter(matter=made.case_id, source="conclusion", state="open")
    assert owed.due_on == date(2026, 12, 30)


def test_the_corrected_list_settles_the_date_too(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    item(dialogue, "1,Đường hỏng,Bà Lan,,UBND xã,,31/2/2026,,,", minh, now)
    corrected = read_list(
        "list.csv", f"{HEAD}\n1,Đường hỏng,Bà Lan,,UBND xã,,28/12/2026,,,\n".encode()
    )
    assert take_in(dialogue.pk, corrected, accept_changes=True, by=minh, at=now).changed == 1
    assert waiting(dialogue, minh) == 0


def test_a_date_before_the_dialogue_is_refused_and_the_item_stays_on_the_list(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    made = item(dialogue, "1,Đường hỏng,Bà Lan,,UBND xã,,31/2/2026,,,", minh, now)
    with pytest.raises(Invalid):
        correcting.set_date(made.pk, due_on=date(2026, 6, 1), by=minh, at=now)
    assert waiting(dialogue, minh) == 1


@pytest.mark.parametrize("lead", ["Cơ quan Không Tên", "", "Ngoài thẩm quyền"])
def test_an_item_without_a_lead_body_is_settled_by_passing_it_on(
    dialogue: Dialogue, minh: Official, now: datetime, lead: str
) -> None:
    made = item(dialogue, f"1,Đường hỏng,Bà Lan,,{lead},,,,,", minh, now)
    police = body("Công an xã Cẩm Lạc")
    placing.offer(made.case_id, to=police.pk, why="Thuộc lĩnh vực Công an", by=minh, at=now)
    assert waiting(dialogue, minh) == 0


def test_giving_it_to_the_own_body_settles_the_lead_body(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    made = item(dialogue, "1,Đường hỏng,Bà Lan,,Cơ quan Không Tên,,,,,", minh, now)
    placing.route(made.case_id, to=dialogue.host_id, why="Thuộc UBND xã", by=minh, at=now)
    assert waiting(dialogue, minh) == 0


def test_an_unknown_coordinating_body_is_settled_by_naming_who_coordinates(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    made = item(dialogue, "1,Đường hỏng,Bà Lan,,UBND xã,Hội Không Tên,,,,", minh, now)
    police = body("Công an xã Cẩm Lạc")
    coordinate(made.case_id, bodies=[police.pk], by=minh, at=now)
    assert waiting(dialogue, minh) == 0


def test_what_reads_like_another_procedure_is_settled_by_the_decision(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    row = "1,Tôi khiếu nại quyết định thu hồi đất số 12 của UBND xã,Bà Lan,,UBND xã,,,,,"
    made = item(dialogue, row, minh, now)
    placing.classify(made.case_id, placing.Kind("other"), by=minh, at=now)
    assert waiting(dialogue, minh) == 0


@pytest.mark.parametrize(
    "row",
    ["1,Đường hỏng,Bà Lan,Chuyện lạ,,,,,,", "1,Đập nứt có nguy cơ vỡ,Bà Lan,,,,,,,"],
    ids=["field", "danger"],
)
def test_an_unknown_field_or_a_danger_is_settled_by_classifying(
    dialogue: Dialogue, minh: Official, now: datetime, row: str
) -> None:
    parsed = read_list("list.csv", f"{HEAD}\n{row}\n".encode())
    take_in(dialogue.pk, parsed, by=minh, at=now)
    made = dialogue.items.get()
    kinds = {each["until"] for each in made.case.attention}
    placing.classify(made.case_id, placing.Kind("other"), by=minh, at=now)
    left_now = {each["until"] for each in Case.objects.get(pk=made.case_id).attention}
    assert kinds - left_now == kinds & {"field", "urgent"}
    assert left_now == {"placed"}
    placing.route(made.case_id, to=dialogue.host_id, why="Thuộc UBND xã", by=minh, at=now)
    assert waiting(dialogue, minh) == 0


def test_a_danger_is_settled_by_the_first_measure(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    made = item(dialogue, "1,Đập nứt có nguy cơ vỡ,Bà Lan,,UBND xã,,,,,", minh, now)
    answering.act(made.case_id, what="Đã cắm biển, sơ tán 3 hộ.", by=minh, at=now)
    assert waiting(dialogue, minh) == 0


@pytest.mark.parametrize("document", ["", "văn bản gì đó", "12/UBND ngày 31/2/2026"])
def test_an_answer_without_its_document_is_settled_by_one_with_it(
    dialogue: Dialogue, minh: Official, chi: Official, now: datetime, document: str
) -> None:
    row = f"1,Đường hỏng,Bà Lan,,UBND xã,,,Đã giải thích.,{document},Giải trình"
    parsed = read_list("list.csv", f"{HEAD}\n{row}\n".encode())
    take_in(dialogue.pk, parsed, by=minh, at=now)
    made = dialogue.items.get()
    assert waiting(dialogue, minh) == 1
    reply = Reply(text="Đã giải thích.", outcome="explained", number="12/UBND-VP",
                  signed_on=date(2026, 7, 20))  # fmt: skip
    answering.answer(made.case_id, reply, by=chi, at=now)
    assert waiting(dialogue, minh) == 0


def test_an_unknown_result_is_settled_by_the_answer(
    dialogue: Dialogue, minh: Official, chi: Official, now: datetime
) -> None:
    made = item(dialogue, "1,Đường hỏng,Bà Lan,,UBND xã,,,,,Lạ lắm", minh, now)
    answering.answer(
        made.case_id, Reply(text="Đã giải thích.", outcome="explained"), by=chi, at=now
    )
    assert waiting(dialogue, minh) == 0


def test_the_same_text_twice_is_settled_by_handling_both_together(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    rows = "1,Đường hỏng,Bà Lan,,UBND xã,,,,,\n2,Đường hỏng,Ông Hải,,UBND xã,,,,,"
    parsed = read_list("list.csv", f"{HEAD}\n{rows}\n".encode())
    take_in(dialogue.pk, parsed, by=minh, at=now)
    assert waiting(dialogue, minh) == 1
    first, second = dialogue.items.order_by("number")
    ending.join(second.case_id, into=first.case_id, by=minh, at=now)
    assert waiting(dialogue, minh) == 0


def test_an_unknown_village_is_settled_by_choosing_it(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    made = item(dialogue, '1,Đường hỏng,"Bà Lan, thôn Không Có",,UBND xã,,,,,', minh, now)
    village = Place.objects.get(name="Thôn Lạc Thọ")
    correcting.name_village(made.pk, village=village.pk, by=minh, at=now)
    assert waiting(dialogue, minh) == 0
    made = dialogue.items.select_related("submission", "case__matter").get()
    assert made.submission.place_id == made.case.matter.place_id == village.pk


def test_a_village_of_another_commune_is_not_chosen(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    made = item(dialogue, '1,Đường hỏng,"Bà Lan, thôn Không Có",,UBND xã,,,,,', minh, now)
    elsewhere = Place.objects.exclude(parent=dialogue.host.place).first()
    assert elsewhere is not None
    with pytest.raises(Invalid):
        correcting.name_village(made.pk, village=elsewhere.pk, by=minh, at=now)


def test_only_who_takes_down_puts_it_right(
    dialogue: Dialogue, minh: Official, hoa: Official, lien: Official, now: datetime
) -> None:
    made = item(dialogue, "1,Đường hỏng,Bà Lan,,UBND xã,,31/2/2026,,,", minh, now)
    with pytest.raises((Denied, NotFound)):
        correcting.set_date(made.pk, due_on=date(2026, 12, 30), by=hoa, at=now)
    with pytest.raises(NotFound):
        correcting.set_date(made.pk, due_on=date(2026, 12, 30), by=lien, at=now)


def test_the_pages_lead_from_the_dialogue_to_the_act_and_back_to_nothing_left(
    dialogue: Dialogue,
) -> None:
    clerk = signed_in("minh")
    row = f'{HEAD}\n1,Đường hỏng,"Bà Lan, thôn Không Có",,UBND xã,,31/2/2026,,,\n'
    sheet = upload(clerk, dialogue, "list.csv", row.encode())
    clerk.post(address(dialogue, f"/import/{sheet.pk}/confirm"))
    made = dialogue.items.get()
    assert "1 item is left for a person to look at" in text(clerk.get(address(dialogue)))
    page = text(clerk.get(address(dialogue, "/left")))
    assert "does not exist in the calendar" in page
    assert address(dialogue, f"/items/{made.pk}/date") in page
    assert address(dialogue, f"/items/{made.pk}/village") in page
    where = address(dialogue, f"/items/{made.pk}/date")
    assert "Đường hỏng" in text(clerk.get(where))
    said = text(clerk.post(where, {"due_on": "2026-12-30"}, follow=True))
    assert "The date is set." in said
    assert "does not exist in the calendar" not in said
    result = clerk.get(address(dialogue, f"/import/{sheet.pk}/result")).context["result"]
    assert (len(result.attention), len(result.settled)) == (1, 1)
    village = Place.objects.get(name="Thôn Lạc Thọ")
    where = address(dialogue, f"/items/{made.pk}/village")
    said = text(clerk.post(where, {"village": str(village.pk)}, follow=True))
    assert "Nothing is left for a person to look at." in said
    assert "left for a person" not in text(clerk.get(address(dialogue)))
