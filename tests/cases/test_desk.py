"""Officials' pages on cases: the page of one case and the acts on it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from doithoai.accounts.actors import Citizen, Official
from doithoai.accounts.models import User
from doithoai.cases.acts import table
from doithoai.cases.commands import answering, intake, placing
from doithoai.cases.models import Answer, Case, Note, PersonsWord, Publication, Transfer
from doithoai.cases.queries import timeline
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.core.events import REGISTER
from doithoai.docket.models import Matter
from doithoai.files.commands import keep
from doithoai.ledger.models import Entry
from doithoai.units.models import Body
from tests.conftest import become
from tests.files import making

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[object]]
CANAL = "Kênh mương vùng Đồng Lều bị bồi lắng, 18 ha lúa thiếu nước, đề nghị nạo vét trước vụ."


def signed_in(username: str, language: str = "vi") -> Client:
    """A browser in which this official of the cast has signed in."""
    client = Client(headers={"accept-language": language})
    user = User.objects.get(username=username)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(case: Case, act: str = "") -> str:
    """The page of a case, or of an act on it."""
    return f"/desk/cases/{case.matter.code}/{act}"


def page(client: Client, where: str) -> str:
    """What the reader sees there."""
    response = client.get(where)
    assert response.status_code == 200, where
    return unescape(response.content.decode())


def do(client: Client, case: Case, act: str, **given: object) -> str:
    """Fill in an act's form and send it; the case must be shown afterwards."""
    response = client.post(address(case, act), given)
    assert response.status_code == 302, unescape(response.content.decode())[-6000:]
    case.refresh_from_db()
    return page(client, response["Location"])


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Files of a test lie in its own folder."""
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": default}


@pytest.fixture
def committee(db: None) -> Body:
    """The People's Committee of the commune."""
    return Body.objects.get(short_name="UBND xã Cẩm Lạc")


@pytest.fixture
def economy(db: None) -> Body:
    """The commune's economy office."""
    return Body.objects.get(short_name="Phòng Kinh tế xã Cẩm Lạc")


def said(text: str, to: Body, at: datetime) -> Case:
    """Something said on the web."""
    statement = intake.Statement(text=text, channel="web", occasion="web", speaker="Bà Lan")
    return intake.submit(statement, to=to, by=Citizen(), at=at).case


@pytest.fixture
def canal(committee: Body, now: datetime) -> Case:
    """A recommendation that came in."""
    return said(CANAL, committee, now)


@pytest.fixture
def routed(canal: Case, economy: Body, minh: Official, now: datetime) -> Case:
    """The economy office has it."""
    placing.classify(canal.pk, placing.Kind("irrigation"), by=minh, at=now)
    placing.route(canal.pk, to=economy.pk, why="Thủy lợi thuộc Phòng Kinh tế", by=minh, at=now)
    canal.refresh_from_db()
    return canal


@pytest.fixture
def answered(routed: Case, hoa: Official, now: datetime) -> Case:
    """The economy office answered with a document."""
    reply = answering.Reply("Đã nạo vét 1,8 km kênh.", "settled", "131/UBND-KT", local_day(now))
    answering.answer(routed.pk, reply, by=hoa, at=now)
    routed.refresh_from_db()
    return routed


def test_the_page_begins_with_the_date_its_reason_and_the_persons_words(routed: Case) -> None:
    shown = page(signed_in("hoa"), address(routed))
    assert "Giải quyết và trả lời kiến nghị" in shown
    assert "15 ngày làm việc" in shown
    assert "Vì sao có thời hạn này?" in shown
    assert CANAL in shown
    assert shown.index("15 ngày làm việc") < shown.index(f'prewrap">{CANAL}<')
    assert "Bà Lan · gửi qua mạng · chưa đồng ý công khai" in shown


def test_the_record_says_what_happened_who_did_it_and_why(routed: Case) -> None:
    shown = page(signed_in("hoa"), address(routed))
    assert "Tiếp nhận: gửi qua mạng" in shown
    assert "Phân loại: lĩnh vực Thủy lợi" in shown
    assert "Giao Phòng Kinh tế xã Cẩm Lạc giải quyết" in shown
    assert "Cán bộ tiếp nhận, Văn phòng HĐND và UBND xã Cẩm Lạc" in shown
    assert "Thủy lợi thuộc Phòng Kinh tế" in shown


def test_the_page_speaks_english_too(routed: Case) -> None:
    shown = page(signed_in("hoa", "en"), address(routed))
    assert "Settle and answer the recommendation" in shown
    assert "Given to Phòng Kinh tế xã Cẩm Lạc" in shown


@pytest.mark.parametrize("username", ["minh", "hoa", "chi", "quang"])
def test_the_page_takes_at_most_ten_queries_whoever_reads_it(
    answered: Case, username: str, django_assert_max_num_queries: Counted
) -> None:
    client = signed_in(username)
    page(client, address(answered))
    with django_assert_max_num_queries(10):
        page(client, address(answered))


def test_an_offered_case_takes_at_most_ten_queries_too(
    routed: Case, minh: Official, now: datetime, django_assert_max_num_queries: Counted
) -> None:
    culture = Body.objects.get(short_name="Phòng Văn hóa - Xã hội xã Cẩm Lạc")
    placing.offer(routed.pk, to=culture.pk, why="Thuộc văn hóa", by=minh, at=now)
    client = signed_in("chi")
    page(client, address(routed))
    with django_assert_max_num_queries(10):
        shown = page(client, address(routed))
    assert "Chuyển Phòng Văn hóa - Xã hội xã Cẩm Lạc, chờ tiếp nhận hoặc trả lại" in shown


def test_every_act_is_there_and_says_why_if_it_cannot_be_done(routed: Case) -> None:
    shown = page(signed_in("hoa"), address(routed))
    for each in table.ACTS:
        assert str(each.label) in shown or f'/{each.name}"' in shown, each.name
    assert "Không có dự thảo chờ duyệt." in shown or "Chỉ người đứng đầu" in shown


def test_closing_says_what_is_missing(routed: Case) -> None:
    shown = page(signed_in("hoa"), address(routed))
    assert "Chưa kết thúc được: chưa có kết quả cuối cùng." in shown


def test_who_may_not_see_it_finds_nothing(canal: Case) -> None:
    client = signed_in("lien")
    for where in (address(canal), address(canal, "classify"), "/desk/cases/KN00-000000/"):
        assert client.get(where).status_code == 404


def test_an_act_that_does_not_exist_is_not_found(canal: Case) -> None:
    assert signed_in("minh").get(address(canal, "delete")).status_code == 404


def test_a_clerk_classifies_and_the_competent_body_is_proposed(canal: Case, economy: Body) -> None:
    client = signed_in("minh")
    given = {"field": "irrigation", "kind": "recommendation", "title": "Nạo vét kênh Đồng Lều"}
    shown = do(client, canal, "classify", **given, other_procedure="none")
    assert "Nạo vét kênh Đồng Lều" in shown
    form = page(client, address(canal, "route"))
    assert f'value="{economy.pk}" selected' in form
    assert "Thủy lợi" in form
    shown = do(client, canal, "route", to=str(economy.pk), why="Lĩnh vực Thủy lợi")
    assert canal.handling_body == economy


def test_what_looks_like_a_denunciation_is_kept_from_everybody_else(canal: Case) -> None:
    client = signed_in("minh")
    given = {"field": "other", "kind": "recommendation", "title": "x"}
    do(client, canal, "classify", **given, other_procedure="denunciation")
    assert Matter.objects.get(pk=canal.pk).sealed
    assert signed_in("quang").get(address(canal)).status_code == 404
    shown = do(client, canal, "guide", text="Đề nghị gửi đơn tố cáo có ký tên.")
    assert "Đề nghị gửi đơn tố cáo có ký tên." not in shown  # it is in the vault, for the slip


def test_an_officer_answers_with_a_picture(routed: Case) -> None:
    client = signed_in("hoa")
    assert 'name="evidence"' in page(client, address(routed, "answer"))
    shown = do(
        client,
        routed,
        "answer",
        seen=routed.matter.version,
        outcome="settled",
        text="Đã nạo vét.\nNước tới cuối kênh.",
        evidence=[
            SimpleUploadedFile("kenh.jpg", making.photo()),
            SimpleUploadedFile("b.pdf", making.pdf()),
        ],
    )
    assert "Kết quả giải quyết: Đã giải quyết xong" in shown
    assert "kenh" in shown
    made = Answer.objects.get(case=routed)
    assert made.evidence.count() == 2
    file = made.evidence.order_by("at")[0]
    where = address(routed, f"files/{file.pk}")
    response = client.get(where)
    assert response.status_code == 200
    assert b"".join(response.streaming_content)
    assert signed_in("lien").get(where).status_code == 404


def test_settled_without_evidence_is_refused_and_nothing_typed_is_lost(routed: Case) -> None:
    given = {"seen": routed.matter.version, "outcome": "settled", "text": "Xong rồi, đã làm đủ."}
    response = signed_in("hoa").post(address(routed, "answer"), given)
    shown = unescape(response.content.decode())
    assert response.status_code == 200
    assert "phải có tài liệu chứng minh" in shown
    assert "Xong rồi, đã làm đủ." in shown
    assert not Answer.objects.exists()


def test_a_wrong_file_keeps_neither_the_file_nor_the_answer(routed: Case) -> None:
    given = {"seen": routed.matter.version, "outcome": "settled", "text": "Xong."}
    wrong = SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 200)
    response = signed_in("hoa").post(address(routed, "answer"), {**given, "evidence": [wrong]})
    assert response.status_code == 200
    assert not Answer.objects.exists()
    assert not Entry.objects.filter(matter=routed.pk, kind="files.kept").exists()


def test_a_stale_answer_shows_both_versions(answered: Case) -> None:
    given = {
        "seen": 1,
        "outcome": "explained",
        "text": "Bản của tôi",
        "number": "",
        "signed_on": "",
    }
    response = signed_in("hoa").post(address(answered, "answer"), given)
    shown = unescape(response.content.decode())
    assert response.status_code == 409
    assert "Bản của tôi" in shown
    assert "Đã nạo vét 1,8 km kênh." in shown


def test_a_stale_form_comes_back_with_what_was_typed_and_the_new_version(answered: Case) -> None:
    client = signed_in("hoa")
    given = {"seen": 1, "outcome": "explained", "text": "Bản của tôi", "number": "9/UBND"}
    refused = client.post(address(answered, "answer"), given)
    shown = unescape(refused.content.decode())
    assert "Quay lại biểu mẫu với nội dung đã nhập" in shown
    sent_back = dict(refused.context["typed"])
    assert sent_back == {"outcome": "explained", "text": "Bản của tôi", "number": "9/UBND"}
    back = client.post(address(answered, "answer"), {**sent_back, "again": "1"})
    assert back.status_code == 200
    form = back.context["form"]
    assert (form["text"].value(), form["number"].value()) == ("Bản của tôi", "9/UBND")
    assert form["seen"].value() == answered.matter.version
    assert Answer.objects.filter(case=answered).count() == 1


def test_what_was_typed_is_shown_when_the_item_has_moved_on(answered: Case) -> None:
    given = {"text": "Câu hỏi đã gõ"}
    response = signed_in("hoa").post(address(answered, "ask"), given)
    assert response.status_code == 409
    assert "Câu hỏi đã gõ" in unescape(response.content.decode())


def test_whoever_keeps_an_item_private_from_themselves_is_led_back_to_the_list(
    canal: Case,
) -> None:
    given = {
        "seen": canal.matter.version, "field": "irrigation", "kind": "recommendation",
        "title": "Phản ánh cán bộ", "other_procedure": "conduct",
        "complained_of": str(become("minh").body),
    }  # fmt: skip
    response = signed_in("minh").post(address(canal, "classify"), given)
    assert (response.status_code, response["Location"]) == (302, "/desk/cases/")


def test_an_act_leads_back_to_the_item_and_says_what_was_done(routed: Case) -> None:
    response = signed_in("hoa").post(address(routed, "act"), {"text": "Đã căng dây"})
    where = f"/desk/cases/{routed.matter.code}/?done=act"
    assert (response.status_code, response["Location"]) == (302, where)


def test_the_extension_button_says_when_the_law_has_none_left(routed: Case) -> None:
    kien = signed_in("kien")
    given = {
        "rule": "vn.recommendation.answer", "ground": "complex", "days": "5", "reason": "Khảo sát",
        "document": "3/TB-KT", "signed_on": f"{routed.matter.received_on}",
    }  # fmt: skip
    do(kien, routed, "extend", **given)
    shown = page(kien, address(routed))
    assert "Không gia hạn được thời hạn nào của nội dung này" in shown
    assert "Không gia hạn được thời hạn nào" in page(kien, address(routed, "extend"))


def test_an_answer_given_earlier_is_shown_as_entered_late(
    committee: Body, economy: Body, minh: Official
) -> None:
    july = datetime.fromisoformat("2026-07-01T09:00:00+07:00")
    case = said(CANAL, committee, july)
    placing.classify(case.pk, placing.Kind("irrigation"), by=minh, at=july)
    placing.route(case.pk, to=economy.pk, why="Thủy lợi", by=minh, at=july)
    case.refresh_from_db()
    shown = do(
        signed_in("hoa"),
        case,
        "answer",
        seen=case.matter.version,
        outcome="settled",
        text="Đã trả lời bằng văn bản.",
        number="12/UBND",
        signed_on="2026-07-20",
        happened_on="2026-07-20",
    )
    assert "ghi nhận chậm" in shown
    assert case.entered_late


def test_somebody_else_writes_down_the_persons_word_and_is_named(answered: Case) -> None:
    submission = answered.carried.get().submission_id
    given = {"submission": str(submission), "how": "slip", "text": "Nước đã về."}
    shown = do(signed_in("quang"), answered, "confirm", **given)
    assert "Đồng ý với kết quả" in shown
    assert "bằng phiếu có chữ ký" in shown
    assert "xác nhận qua người khác: Phó Chủ tịch MTTQ xã" in shown
    word = PersonsWord.objects.get(case=answered)
    assert not word.by_self
    assert answered.state == State.CONFIRMED


def test_the_body_that_answered_never_writes_the_persons_word(answered: Case) -> None:
    submission = answered.carried.get().submission_id
    given = {"submission": str(submission), "how": "slip", "text": ""}
    assert signed_in("hoa").post(address(answered, "confirm"), given).status_code == 403


def test_a_dispute_without_a_reason_stays_on_the_form(answered: Case) -> None:
    submission = answered.carried.get().submission_id
    given = {"submission": str(submission), "how": "telephone", "text": ""}
    response = signed_in("quang").post(address(answered, "dispute"), given)
    assert response.status_code == 200
    assert "điều gì chưa đúng hoặc chưa làm" in unescape(response.content.decode())


def test_a_dispute_goes_one_level_up(answered: Case, committee: Body) -> None:
    submission = answered.carried.get().submission_id
    given = {"submission": str(submission), "how": "telephone", "text": "Cuối kênh vẫn khô."}
    shown = do(signed_in("quang"), answered, "dispute", **given)
    assert "Báo cáo cấp trên: UBND xã Cẩm Lạc" in shown
    assert "Cuối kênh vẫn khô." in shown
    assert answered.handling_body == committee


def test_another_body_accepts_or_returns_with_a_reason(routed: Case) -> None:
    department = Body.objects.get(short_name="Sở Nông nghiệp và Môi trường")
    given = {"to": str(department.pk), "why": "Thuộc thẩm quyền tỉnh"}
    do(signed_in("minh"), routed, "offer", **given)
    nong = signed_in("nong")
    assert "Tiếp nhận" in page(nong, address(routed))
    assert nong.post(address(routed, "return"), {"text": ""}).status_code == 200
    response = nong.post(address(routed, "return"), {"text": "Không thuộc Sở"})
    assert response.status_code == 302
    routed.refresh_from_db()
    assert routed.state == State.RETURNED


def test_a_letter_to_a_body_without_an_account_gives_a_link_once(routed: Case) -> None:
    company = Body.objects.filter(has_account=False, place=None).first()
    company = company or Body.objects.filter(has_account=False).first()
    assert company is not None
    client = signed_in("minh")
    given = {"to": str(company.pk), "number": "45/UBND-VP", "signed_on": "2026-07-21", "why": "x"}
    response = client.post(address(routed, "forward"), given)
    assert response.status_code == 200
    assert "/reply/" in response.content.decode()
    shown = page(client, address(routed))
    assert "bằng văn bản số 45/UBND-VP ngày 21/07/2026" in shown
    assert "/reply/" not in shown
    assert Transfer.objects.get(case=routed, how="letter").number == "45/UBND-VP"


def test_a_lost_slip_is_replaced_and_shown_once(routed: Case) -> None:
    client = signed_in("minh")
    submission = routed.carried.get().submission_id
    response = client.post(address(routed, "reissue"), {"submission": str(submission)})
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Mã tra cứu" in shown
    assert "Mã bí mật" in shown
    assert "Cấp lại phiếu tiếp nhận" in page(client, address(routed))


def test_an_internal_note_is_on_the_page_and_not_in_the_record(routed: Case) -> None:
    shown = do(signed_in("hoa"), routed, "note", text="Gọi lại cho trưởng thôn.")
    assert "Gọi lại cho trưởng thôn." in shown
    assert Note.objects.count() == 1
    assert "cases.noted" not in timeline.SENTENCES


def test_publishing_proposes_a_mask_and_a_person_decides(answered: Case) -> None:
    Case.objects.filter(pk=answered.pk).update(text=CANAL + " Ông Nguyễn Văn An, 0912345678.")
    client = signed_in("minh")
    form = page(client, address(answered, "publish"))
    proposed = form.split('name="text"')[1].split("</textarea>")[0]
    assert "▒▒▒" in proposed
    assert "0912345678" not in proposed
    assert "0912345678" in form, "the original stands beside it"
    do(client, answered, "publish", title="Nạo vét kênh", text="Kênh bị bồi lắng", answer="Đã làm",
       ground="Bà L. đồng ý khi gọi điện")  # fmt: skip
    assert Publication.objects.get(case=answered).text == "Kênh bị bồi lắng"
    shown = do(client, answered, "withhold", reason="no_consent")
    assert "không công khai" in shown


def test_only_ticked_pictures_are_published(routed: Case, hoa: Official, now: datetime) -> None:
    kept = [
        keep(
            SimpleUploadedFile(f"{n}.jpg", making.photo()),
            about=routed.pk,
            purpose="evidence",
            by=hoa,
            at=now,
        )
        for n in "ab"
    ]
    reply = answering.Reply("Xong", "settled", evidence=tuple(k.pk for k in kept))
    answering.answer(routed.pk, reply, by=hoa, at=now)
    given = {"title": "Kênh", "text": "Kênh", "answer": "Xong", "pictures": [str(kept[0].pk)]}
    given["ground"] = "Người dân đồng ý"
    do(signed_in("minh"), routed, "publish", **given)
    for each in kept:
        each.refresh_from_db()
    assert [k.public for k in kept] == [True, False]


def test_coordinating_bodies_are_named(routed: Case) -> None:
    police = Body.objects.get(short_name="Công an xã Cẩm Lạc")
    Case.objects.filter(pk=routed.pk).update(coordinating=[police.pk])
    shown = page(signed_in("hoa"), address(routed))
    assert "Cơ quan phối hợp" in shown
    assert "Công an xã Cẩm Lạc" in shown


def test_the_person_is_asked_and_the_reply_written_down(routed: Case) -> None:
    client = signed_in("hoa")
    shown = do(client, routed, "ask", text="Đoạn kênh nào?")
    assert "Đoạn kênh nào?" in shown
    assert "tạm dừng" in shown
    shown = do(client, routed, "hear-reply", text="Đoạn cuối.")
    assert "Đoạn cuối." in shown


def test_a_draft_is_approved_and_answered(routed: Case) -> None:
    written = {"outcome": "explained", "text": "Dự thảo trả lời", "number": "", "signed_on": ""}
    do(signed_in("hoa"), routed, "draft", seen=routed.matter.version, **written)
    kien = signed_in("kien")
    version = Matter.objects.get(pk=routed.pk).version
    do(kien, routed, "approve", seen=version)
    assert routed.state == State.APPROVED
    assert "Dự thảo trả lời" in page(signed_in("hoa"), address(routed, "answer"))


def test_a_head_extends_with_a_reason(routed: Case) -> None:
    given = {"rule": "vn.recommendation.answer", "ground": "complex", "days": "5"}
    given |= {"document": "7/TB-KT", "signed_on": "2026-07-20"}
    shown = do(signed_in("kien"), routed, "extend", **given, reason="Chờ mực nước rút.")
    assert "Chờ mực nước rút." in shown
    assert "Gia hạn" in shown


def test_two_cases_are_joined_and_parted(routed: Case, committee: Body, now: datetime) -> None:
    other = said("Kênh Đồng Lều thiếu nước cho 18 ha lúa.", committee, now)
    client = signed_in("minh")
    response = client.post(address(other, "join"), {"code": "KN99-1"})
    assert "Hãy kiểm tra lại mã" in unescape(response.content.decode())
    do(client, other, "join", code=routed.matter.code.lower())
    assert other.state == State.JOINED
    assert "2 lượt gửi cùng nội dung" in page(client, address(routed))
    do(client, other, "part", text="Hai đoạn kênh khác nhau.")
    assert other.state == State.CLASSIFIED


def test_one_statement_becomes_several_cases(routed: Case) -> None:
    do(signed_in("minh"), routed, "fan-out", texts="Sửa cầu\n\nLắp đèn")
    assert Case.objects.count() == 3


def test_one_more_person_says_the_same(routed: Case) -> None:
    given = {"text": "Tôi cũng thiếu nước.", "channel": "counter", "occasion": "counter"}
    given |= {"kind": "recommendation", "who": "person"}
    slip = signed_in("minh").post(address(routed, "add-statement"), given).content.decode()
    assert "Mã tra cứu" in slip
    assert "Mã bí mật" in slip
    shown = page(signed_in("minh"), address(routed))
    assert "Tôi cũng thiếu nước." in shown
    assert "2 lượt gửi cùng nội dung" in shown


def test_similar_cases_are_shown_to_those_who_may_see_them(
    canal: Case, committee: Body, now: datetime
) -> None:
    other = said("Đề nghị nạo vét kênh mương vùng Đồng Lều, lúa thiếu nước.", committee, now)
    far = said("Xe tải chạy đêm gây ồn qua chợ.", committee, now)
    shown = page(signed_in("minh"), address(canal))
    assert other.matter.code in shown
    assert far.matter.code not in shown
    assert other.matter.code in page(signed_in("minh"), address(canal, "classify"))


def test_every_event_of_a_case_has_a_sentence() -> None:
    silent = {"cases.noted", "cases.view_saved", "cases.view_dropped"}  # the last two: of a list
    named = {name for name in REGISTER if name.startswith("cases.")}
    assert named - silent - set(timeline.SENTENCES) == set()


def test_every_act_of_the_table_has_its_page(routed: Case) -> None:
    client = signed_in("minh")
    for each in table.ACTS:
        assert client.get(address(routed, each.name)).status_code == 200, each.name
