"""What a row of a clerk's list says: several bodies in one cell, names nobody knows, odd dates."""

import json
from datetime import datetime

import pytest
from django.test import Client

from doithoai.accounts.actors import Official
from doithoai.accounts.models import User
from doithoai.cases.commands import placing
from doithoai.cases.models import Case
from doithoai.dialogues import command_line
from doithoai.dialogues.commands.importing import Result, take_in
from doithoai.dialogues.exporting import register
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.reading_sheets import read_list
from doithoai.docket.models import Obligation
from doithoai.units.models import Body
from tests.dialogues.grounds import SAMPLE, address, held, signed_in, text, upload

pytestmark = pytest.mark.django_db
HEAD = "STT,Nội dung kiến nghị,Người kiến nghị,Cơ quan chủ trì,Cơ quan phối hợp,Thời hạn"


@pytest.fixture
def dialogue(minh: Official, chi: Official) -> Dialogue:
    """Held on 15 July 2026."""
    return held(minh, chi)


def took_in(dialogue: Dialogue, row: str, by: Official, at: datetime) -> Result:
    data = f"{HEAD}\n{row}\n".encode()
    parsed = read_list("list.csv", data, held_on=dialogue.starts_at.date())
    return take_in(dialogue.pk, parsed, by=by, at=at)


def test_the_first_of_several_leads_and_the_others_coordinate(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    row = '1,Đường thôn hỏng,Bà Lan,"UBND xã; Công an xã, Phòng VHXH",,30/9/2026'
    assert took_in(dialogue, row, minh, now).imported == 1
    case = dialogue.items.get().case
    named = dict(Body.objects.filter(pk__in=case.coordinating).values_list("short_name", "pk"))
    assert case.handling_body == dialogue.host
    assert "Công an xã Cẩm Lạc" in named
    [line] = register(dialogue, seen_by=minh)
    assert line.lead == "UBND xã Cẩm Lạc"
    assert line.coordinating == "Công an xã; Phòng VHXH"


def test_a_village_nobody_knows_is_left_for_a_person(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    done = took_in(dialogue, '1,Đường hỏng,"Bà Lan, Thôn Không Có",UBND xã,,', minh, now)
    assert done.imported == 1
    assert "thôn Không Có" in done.attention[0].reason
    item = dialogue.items.get()
    assert item.submission.place is None
    assert item.case.attention


def test_outside_the_competence_without_an_answer_needs_the_competent_body(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    done = took_in(dialogue, "1,Nâng lương hưu,Bà Lan,Ngoài thẩm quyền,,", minh, now)
    assert (done.imported, len(done.attention)) == (1, 1)
    assert dialogue.items.get().case.attention


def test_a_date_before_the_dialogue_is_flagged_and_binds_nobody(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    done = took_in(dialogue, "1,Đường hỏng,Bà Lan,UBND xã,,1/6/2026", minh, now)
    assert done.attention
    item = dialogue.items.get()
    assert item.due_on is None
    assert not Obligation.objects.filter(matter=item.case_id, source="conclusion").exists()
    [line] = register(dialogue, seen_by=minh)
    assert line.due == "1/6/2026"


def test_reasons_are_read_in_the_readers_language(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    took_in(dialogue, "1,Đường hỏng,Bà Lan,Cơ quan Không Tên,,", minh, now)
    page = address_of(dialogue)
    said = {language: text(reader("minh", language).get(page)) for language in ("vi", "en")}
    assert "No body was found for “Cơ quan Không Tên”" in said["en"]
    assert "No body was found" not in said["vi"]


def address_of(dialogue: Dialogue) -> str:
    return f"/desk/cases/{dialogue.items.get().case.matter.code}/"


def reader(name: str, language: str) -> Client:
    user = User.objects.get(username=name)
    User.objects.filter(pk=user.pk).update(language=language)
    client = signed_in(name)
    client.cookies["django_language"] = language
    return client


def test_the_same_file_after_a_row_was_sealed_refuses_nothing(
    dialogue: Dialogue, minh: Official, chi: Official, now: datetime,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    arguments = [str(SAMPLE), "--dialogue", dialogue.matter.code, "--as", "minh", "--json"]
    assert command_line.main(arguments) == 0
    sealed = dialogue.items.get(number=27)
    kind = placing.Kind("other", other_procedure="denunciation")
    placing.classify(sealed.case_id, kind, by=chi, at=now)
    capsys.readouterr()
    assert command_line.main(arguments) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["imported"], said["already"], said["refused"]) == (0, 28, [])
    assert Case.objects.count() == 28


def test_the_result_page_says_its_reasons_in_the_readers_language(dialogue: Dialogue) -> None:
    sheet = upload(signed_in("minh"), dialogue, SAMPLE.name, SAMPLE.read_bytes())
    signed_in("minh").post(address(dialogue, f"/import/{sheet.pk}/confirm"))
    page = address(dialogue, f"/import/{sheet.pk}/result")
    assert "has no account here" in text(reader("minh", "en").get(page))
    assert "has no account here" not in text(reader("minh", "vi").get(page))


def test_a_department_reads_at_which_dialogue_its_items_were_raised(
    dialogue: Dialogue, minh: Official, now: datetime
) -> None:
    row = "1,Kênh cạn nước,Bà Lan,Sở Nông nghiệp và Môi trường,,"
    assert took_in(dialogue, row, minh, now).imported == 1
    took_in(dialogue, "2,Đường thôn hỏng,Bà Lan,UBND xã,,", minh, now)
    page = signed_in("nong").get("/desk/dialogues/")
    [found] = page.context["raised"]
    assert [item.case.text for item in found.items] == ["Kênh cạn nước"]
    assert dialogue.title in text(page)
    assert "Đường thôn hỏng" not in text(page)
    assert signed_in("nong").get(address(dialogue)).status_code == 404
    assert signed_in("minh").get("/desk/dialogues/").context["raised"] == ()


def test_the_code_of_a_dialogue_finds_it(dialogue: Dialogue) -> None:
    page = signed_in("minh").get("/desk/search", {"q": dialogue.matter.code.lower()})
    assert [hit.matter.pk for hit in page.context["hits"]] == [dialogue.pk]
    page = signed_in("lien").get("/desk/search", {"q": dialogue.matter.code})
    assert page.context["hits"] == ()
