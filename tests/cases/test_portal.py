"""Citizens' pages: say something, follow it with the slip, have the last word."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from doithoai.accounts.actors import Citizen, Official
from doithoai.cases import portal
from doithoai.cases.commands import answering, hearing, intake, letters, placing
from doithoai.cases.commands.intake import Statement, Taken
from doithoai.cases.commands.letters import Letter
from doithoai.cases.models import Case, PersonsWord, Submission
from doithoai.core.errors import TooMany
from doithoai.core.limits import Bucket, client_address
from doithoai.docket.models import Obligation
from doithoai.files.commands import keep
from doithoai.files.models import Attachment
from doithoai.ledger.models import Entry
from doithoai.units.models import Body, Place
from tests.files import making

pytestmark = pytest.mark.django_db
PICTURE = making.photo()
Counted = Callable[[int], AbstractContextManager[object]]
TEXT = "Kênh Đồng Lều bị bồi lắng, 18 ha lúa hè thu thiếu nước."


@pytest.fixture(autouse=True)
def fresh_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries of another test are not this one's."""
    cache.clear()
    monkeypatch.setattr(portal, "SENDING", Bucket(60, timedelta(seconds=20)))
    monkeypatch.setattr(portal, "GUESSING", Bucket(15, timedelta(minutes=1)))


@pytest.fixture
def commune() -> Place:
    """Where the cast lives."""
    return Body.objects.get(short_name="UBND xã Cẩm Lạc").place


@pytest.fixture
def lan(commune: Place, now: datetime) -> Taken:
    """Lan's recommendation, with her slip."""
    committee = Body.objects.get(short_name="UBND xã Cẩm Lạc")
    said = Statement(text=TEXT, channel="web", occasion="web", speaker="Nguyễn Thị Lan")
    return intake.submit(said, to=committee, by=Citizen(), at=now)


@pytest.fixture
def english() -> Client:
    """A reader of English."""
    return Client(headers={"accept-language": "en"})


def drawn_of(page: bytes) -> str:
    found = re.search(rb'name="drawn" value="([^"]+)"', page)
    assert found
    return found[1].decode()


def filled(client: Client, commune: Place, **more: object) -> dict[str, object]:
    page = client.get(f"/submit/{commune.pk}?about=no")
    return {"drawn": drawn_of(page.content), "text": TEXT, "kind": "recommendation", **more}


def open_slip(client: Client, taken: Taken) -> None:
    assert taken.receipt
    digits = {"code": taken.receipt.code, "secret": taken.receipt.secret}
    assert client.post("/follow", digits).status_code == 302


def answered(case: Case, minh: Official, hoa: Official, now: datetime) -> Case:
    placing.classify(case.pk, placing.Kind("irrigation"), by=minh, at=now)
    office = Body.objects.get(short_name="Phòng Kinh tế xã Cẩm Lạc")
    placing.route(case.pk, to=office.pk, why="Thủy lợi", by=minh, at=now)
    reply = answering.Reply("Đã nạo vét 1,2 km kênh.", "settled", "12/UBND-KT", now.date())
    answering.answer(case.pk, reply, by=hoa, at=now)
    return Case.objects.get(pk=case.pk)


# --------------------------------------------------------------------------------- say something
def test_who_reads_it_is_said_before_the_first_word(client: Client, commune: Place) -> None:
    page = client.get(f"/submit/{commune.pk}?about=no").content.decode()
    assert page.index("who-reads") < page.index("<textarea")


def test_whether_it_is_about_an_official_or_a_body_is_asked_before_any_text(
    client: Client, commune: Place
) -> None:
    before = Entry.objects.count()
    page = client.get(f"/submit/{commune.pk}?from=KN26-1").content.decode()
    assert "<textarea" not in page
    assert f'href="/submit/{commune.pk}?from=KN26-1&amp;about=no"' in page
    assert 'action="/denounce"' in page
    about = {"words": commune.name}
    assert f'name="words" value="{commune.name}"' in page
    assert "Ủy ban nhân dân xã Cẩm Lạc" in client.post("/denounce", about).content.decode()
    assert Entry.objects.count() == before
    assert not client.session.keys()


def test_a_former_commune_leads_to_the_one_of_today(client: Client) -> None:
    page = client.get("/submit", {"q": "cẩm sơn, huyện cẩm xuyên"}).content.decode()
    assert "Xã Cẩm" in page


def test_somebody_sends_a_recommendation_and_gets_a_slip(client: Client, commune: Place) -> None:
    village = Place.objects.filter(parent=commune).first()
    assert village
    picture = SimpleUploadedFile("kenh.jpg", PICTURE, "image/jpeg")
    answer = client.post(
        f"/submit/{commune.pk}",
        filled(client, commune, place=str(village.pk), phone="0912 345 678", pictures=picture),
    )
    said = Submission.objects.get(text=TEXT)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.search(r"\d{4} \d{4} \d{4}", page)
    assert (said.place_id, said.phone, said.may_publish) == (village.pk, "0912345678", False)
    assert Attachment.objects.filter(about=said.carried.get().case_id).count() == 1
    assert "no-store" in answer["Cache-Control"]


def test_a_double_click_makes_one_case_and_shows_the_same_slip(
    client: Client, commune: Place
) -> None:
    given = filled(client, commune)
    first = client.post(f"/submit/{commune.pk}", given).content.decode()
    second = client.post(f"/submit/{commune.pk}", given).content.decode()
    code = re.search(r"\d{4} \d{4} \d{4}", first)
    assert code
    assert code[0] in second
    assert Submission.objects.filter(text=TEXT).count() == 1


def test_another_text_from_the_same_form_is_another_case(client: Client, commune: Place) -> None:
    given = filled(client, commune)
    client.post(f"/submit/{commune.pk}", given)
    client.post(f"/submit/{commune.pk}", given | {"text": "Đường thôn không có đèn."})
    assert Case.objects.filter(matter__channel="web").count() == 2


def test_an_intake_takes_few_statements(
    client: Client, commune: Place, django_assert_max_num_queries: Counted
) -> None:
    client.post(f"/submit/{commune.pk}", filled(client, commune))
    given = filled(client, commune)
    with django_assert_max_num_queries(14):  # twelve, between two of the transaction
        client.post(f"/submit/{commune.pk}", given)


def test_an_empty_text_is_said_on_the_form(english: Client, commune: Place) -> None:
    page = english.post(f"/submit/{commune.pk}", filled(english, commune, text="  "))
    assert page.status_code == 200
    assert b"aria-invalid" in page.content
    assert not Submission.objects.exists()


def test_a_machine_that_fills_in_the_hidden_field_makes_nothing(
    client: Client, commune: Place
) -> None:
    client.post(f"/submit/{commune.pk}", filled(client, commune, website="https://example.com"))
    assert not Submission.objects.exists()


def test_a_denunciation_is_told_where_to_go_and_not_kept(english: Client, commune: Place) -> None:
    given = filled(english, commune, text="Tôi tố cáo cán bộ nhận tiền.")
    page = english.post(f"/submit/{commune.pk}", given)
    assert b"cannot be lodged here" in page.content
    assert not Submission.objects.exists()


def test_whoever_only_uses_the_word_goes_on(client: Client, commune: Place) -> None:
    given = filled(client, commune, text="Đề nghị hướng dẫn thủ tục tố cáo.", not_denouncing="on")
    client.post(f"/submit/{commune.pk}", given)
    assert Submission.objects.count() == 1


def test_a_wrong_file_is_refused_and_nothing_is_kept(client: Client, commune: Place) -> None:
    wrong = SimpleUploadedFile("virus.exe", b"MZ" + b"\0" * 600)
    page = client.post(f"/submit/{commune.pk}", filled(client, commune, pictures=wrong))
    assert page.status_code == 200
    assert not Submission.objects.exists()


def test_too_many_from_one_address_wait(
    client: Client, commune: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal, "SENDING", Bucket(1, timedelta(hours=1)))
    given = filled(client, commune)
    assert client.post(f"/submit/{commune.pk}", given).status_code == 200
    assert client.post(f"/submit/{commune.pk}", given).status_code == 429


def test_the_slip_prints_as_pdf(client: Client, lan: Taken) -> None:
    assert lan.receipt
    digits = {"code": lan.receipt.code, "secret": lan.receipt.secret}
    made = client.post("/submit/slip", digits)
    assert made["Content-Type"] == "application/pdf"
    assert made.content.startswith(b"%PDF")


def test_a_slip_is_not_printed_for_wrong_digits(client: Client) -> None:
    assert client.post("/submit/slip", {"code": "1", "secret": "2"}).status_code == 404


# ------------------------------------------------------------------------------------- follow it
def test_the_slip_opens_its_page_without_the_code_in_the_address(
    client: Client, lan: Taken
) -> None:
    assert lan.receipt
    digits = {"code": lan.receipt.code, "secret": lan.receipt.secret}
    page = client.post("/follow", digits, follow=True)
    assert page.redirect_chain == [("/follow/case", 302)]
    assert lan.case.matter.code in page.content.decode()
    assert lan.receipt.code not in page.content.decode()
    assert "Nguyễn Thị Lan" not in page.content.decode()


def test_code_and_secret_stay_out_of_addresses_session_and_logs(
    client: Client, commune: Place, caplog: pytest.LogCaptureFixture
) -> None:
    page = client.post(f"/submit/{commune.pk}", filled(client, commune)).content.decode()
    code = re.search(r'name="code" value="(\d+)"', page)
    secret = re.search(r'name="secret" value="(\d+)"', page)
    assert code
    assert secret
    client.post("/follow", {"code": code[1], "secret": secret[1]})
    addresses = " ".join(re.findall(r'(?:href|action|src)="([^"]*)"', page))
    kept = " ".join(str(value) for value in client.session.values())
    for place in (addresses, kept, caplog.text):
        assert code[1] not in place
        assert secret[1] not in place


def test_a_wrong_code_and_a_wrong_secret_get_the_same_answer(client: Client, lan: Taken) -> None:
    assert lan.receipt
    bare = re.compile(rb'(value|content)="[^"]*"')
    wrong = "000000" if lan.receipt.secret != "000000" else "111111"
    one = client.post("/follow", {"code": lan.receipt.code, "secret": wrong})
    other = client.post("/follow", {"code": "9999 9999 9999", "secret": wrong})
    assert one.status_code == other.status_code == 404
    assert bare.sub(b"", one.content) == bare.sub(b"", other.content)


def test_guessing_is_slowed_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal, "GUESSING", Bucket(2, timedelta(hours=1)))
    wrong = {"code": "1", "secret": "2"}
    assert [client.post("/follow", wrong).status_code for _ in range(3)] == [404, 404, 429]


def test_the_page_closes_after_half_an_hour(client: Client, lan: Taken, now: datetime) -> None:
    open_slip(client, lan)
    session = client.session
    session["receipt_until"] = now.timestamp() - 1
    session.save()
    assert client.get("/follow/case")["Location"] == "/follow"


def test_leaving_closes_the_page(client: Client, lan: Taken) -> None:
    open_slip(client, lan)
    client.post("/follow/leave")
    assert client.get("/follow/case").status_code == 302


def test_a_reissued_slip_shuts_the_page_of_the_old_one(
    client: Client, lan: Taken, minh: Official, now: datetime
) -> None:
    open_slip(client, lan)
    intake.reissue_slip(lan.case.pk, submission_id=lan.submission.pk, by=minh, at=now)
    assert client.get("/follow/case").status_code == 302


PAGES = ("", "/why", "/word", "/reply", "/withdraw")


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_sees_no_page_of_a_case(
    client: Client, lan: Taken, now: datetime, page: str
) -> None:
    committee = Body.objects.get(short_name="UBND xã Cẩm Lạc")
    other = intake.submit(
        Statement(text="Việc khác", channel="web", occasion="web"),
        to=committee,
        by=Citizen(),
        at=now,
    )
    open_slip(client, other)
    assert client.get(f"/follow/case/{lan.case.pk}{page}").status_code == 404
    assert Client().get(f"/follow/case/{lan.case.pk}{page}").status_code == 302


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_case_opens_in_both_languages(
    lan: Taken, minh: Official, hoa: Official, now: datetime, page: str, language: str
) -> None:
    answered(lan.case, minh, hoa, now)
    client = Client(headers={"accept-language": language})
    open_slip(client, lan)
    shown = client.get(f"/follow/case/{lan.case.pk}{page}")
    assert shown.status_code == 200
    assert f'<html lang="{language}">' in shown.content.decode()
    assert "onclick" not in shown.content.decode()


def test_overdue_is_said_plainly(english: Client, lan: Taken, now: datetime) -> None:

    Obligation.objects.filter(matter=lan.case.matter).update(due_on=now.date() - timedelta(days=3))
    open_slip(english, lan)
    page = english.get("/follow/case").content.decode()
    assert "UBND xã Cẩm Lạc is late" in page


def test_internal_notes_and_officers_never_show(
    client: Client, lan: Taken, minh: Official, now: datetime
) -> None:
    answering.note(lan.case.pk, text="Chỉ nội bộ đọc", by=minh, at=now)
    open_slip(client, lan)
    page = client.get("/follow/case").content.decode()
    assert "Chỉ nội bộ đọc" not in page
    assert minh.name not in page


def test_every_case_a_slip_became_is_listed(
    client: Client, lan: Taken, minh: Official, now: datetime
) -> None:
    more = intake.fan_out(lan.case.pk, texts=["Làm lại cống đầu kênh."], by=minh, at=now)
    open_slip(client, lan)
    page = client.get("/follow/case").content.decode()
    assert all(str(case.pk) in page for case in (lan.case, *more))


# ------------------------------------------------------------------------------ have the last word
def test_she_agrees_and_the_case_ends(
    client: Client, lan: Taken, minh: Official, hoa: Official, now: datetime
) -> None:
    answered(lan.case, minh, hoa, now)
    open_slip(client, lan)
    client.post(f"/follow/case/{lan.case.pk}/word", {"word": "agreed"})
    word = PersonsWord.objects.get(case=lan.case)
    assert (word.word, word.by_self, word.how) == ("agreed", True, "web")
    assert Case.objects.get(pk=lan.case.pk).state == "confirmed"


def test_she_does_not_agree_and_it_goes_one_level_up(
    client: Client, lan: Taken, minh: Official, hoa: Official, now: datetime
) -> None:
    answered(lan.case, minh, hoa, now)
    open_slip(client, lan)
    picture = SimpleUploadedFile("con-bun.jpg", PICTURE, "image/jpeg")
    given = {"word": "disagreed", "text": "Đoạn cuối kênh vẫn đầy bùn.", "pictures": picture}
    client.post(f"/follow/case/{lan.case.pk}/word", given)
    assert Case.objects.get(pk=lan.case.pk).state == "escalated"
    assert Attachment.objects.get(about=lan.case.pk).title == "con-bun"
    assert "Đoạn cuối kênh vẫn đầy bùn." in client.get("/follow/case").content.decode()


def test_not_agreeing_needs_a_sentence(
    client: Client, lan: Taken, minh: Official, hoa: Official, now: datetime
) -> None:
    answered(lan.case, minh, hoa, now)
    open_slip(client, lan)
    page = client.post(f"/follow/case/{lan.case.pk}/word", {"word": "disagreed"})
    assert page.status_code == 200
    assert not PersonsWord.objects.exists()


def test_no_word_is_taken_before_there_is_an_answer(client: Client, lan: Taken) -> None:
    open_slip(client, lan)
    client.post(f"/follow/case/{lan.case.pk}/word", {"word": "agreed"})
    assert not PersonsWord.objects.exists()


def test_the_words_of_another_who_said_the_same_do_not_show(
    client: Client, lan: Taken, minh: Official, hoa: Official, quang: Official, now: datetime
) -> None:
    said = Statement(text="Như trên", channel="counter", occasion="counter", speaker="Bà Tư")
    other = intake.add_submission(lan.case.pk, said, by=minh, at=now)
    answered(lan.case, minh, hoa, now)
    heard = hearing.Heard("slip", "Nhà bà Tư vẫn khô", other.submission.pk)
    hearing.dispute(lan.case.pk, heard, by=quang, at=now)
    open_slip(client, lan)
    page = client.get("/follow/case").content.decode()
    assert "Nhà bà Tư vẫn khô" not in page
    assert "Bà Tư" not in page


def test_she_replies_to_what_she_is_asked(
    client: Client, lan: Taken, minh: Official, hoa: Official, now: datetime
) -> None:
    placing.classify(lan.case.pk, placing.Kind("irrigation"), by=minh, at=now)
    office = Body.objects.get(short_name="Phòng Kinh tế xã Cẩm Lạc")
    placing.route(lan.case.pk, to=office.pk, why="Thủy lợi", by=minh, at=now)
    answering.ask(lan.case.pk, text="Đoạn kênh nào?", by=hoa, at=now)
    open_slip(client, lan)
    assert "Đoạn kênh nào?" in client.get("/follow/case").content.decode()
    client.post(f"/follow/case/{lan.case.pk}/reply", {"text": "Đoạn qua thôn Lạc Thọ."})
    assert Case.objects.get(pk=lan.case.pk).state == "routed"


def test_she_withdraws_with_a_reason(client: Client, lan: Taken) -> None:
    open_slip(client, lan)
    client.post(f"/follow/case/{lan.case.pk}/withdraw", {"reason": "Đã tự làm xong."})
    assert Case.objects.get(pk=lan.case.pk).state == "withdrawn"


def test_evidence_opens_for_the_slip_and_for_nobody_else(
    client: Client, lan: Taken, minh: Official, hoa: Official, now: datetime
) -> None:

    picture = SimpleUploadedFile("xong.jpg", PICTURE, "image/jpeg")
    kept = keep(picture, about=lan.case.pk, purpose="evidence", by=hoa, at=now)
    inside = keep(
        SimpleUploadedFile("noi-bo.jpg", PICTURE),
        about=lan.case.pk,
        purpose="other",
        by=hoa,
        at=now,
    )
    case = answered_with(lan.case, minh, hoa, now, kept.pk)
    open_slip(client, lan)
    shown = client.get(f"/follow/case/{case.pk}/file/{kept.pk}")
    assert shown.status_code == 200
    assert shown.getvalue()
    assert client.get(f"/follow/case/{case.pk}/file/{inside.pk}").status_code == 404
    assert Client().get(f"/follow/case/{case.pk}/file/{kept.pk}").status_code == 302


def answered_with(case: Case, minh: Official, hoa: Official, now: datetime, evidence: UUID) -> Case:
    placing.classify(case.pk, placing.Kind("irrigation"), by=minh, at=now)
    office = Body.objects.get(short_name="Phòng Kinh tế xã Cẩm Lạc")
    placing.route(case.pk, to=office.pk, why="Thủy lợi", by=minh, at=now)
    reply = answering.Reply("Đã nạo vét.", "settled", evidence=(evidence,))
    answering.answer(case.pk, reply, by=hoa, at=now)
    return case


# ------------------------------------------------------------------- a body without an account
@pytest.fixture
def link(lan: Taken, minh: Official, now: datetime) -> str:
    """A one-use link in a letter to the power company."""
    placing.classify(lan.case.pk, placing.Kind("electricity"), by=minh, at=now)
    company = Body.objects.filter(has_account=False).first()
    assert company
    letter = Letter("45/UBND", now.date(), "Lưới điện do công ty quản lý")
    return letters.forward(lan.case.pk, to=company.pk, letter=letter, by=minh, at=now)


def test_a_reply_link_works_once(client: Client, lan: Taken, link: str) -> None:
    assert TEXT in client.get(f"/reply/{link}").content.decode()
    sent = client.post(f"/reply/{link}", {"text": "Đã kéo lại dây ngày 12/8."})
    assert sent["Location"] == "/reply/done"
    assert client.get(f"/reply/{link}").status_code == 404
    assert Case.objects.get(pk=lan.case.pk).state == "routed"


def test_a_guessed_reply_link_opens_nothing(client: Client) -> None:
    assert client.get("/reply/abcdefghijklmnopqrstuvwxyz012345").status_code == 404


# ---------------------------------------------------------------------------------------- limits
def test_a_bucket_fills_again_with_time(now: datetime) -> None:
    bucket = Bucket(2, timedelta(minutes=1))
    bucket.take("a", at=now)
    bucket.take("a", at=now)
    bucket.take("b", at=now)
    with pytest.raises(TooMany):
        bucket.take("a", at=now)
    bucket.take("a", at=now + timedelta(minutes=2))


@pytest.mark.parametrize(
    ("remote", "forwarded", "found"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # a stranger's header is not believed
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # nor what came before our proxy
        ("10.0.0.1", "198.51.100.1, 10.0.0.1", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "nonsense", "unknown"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
    ],
)
def test_the_address_is_the_last_one_that_is_not_ours(
    remote: str, forwarded: str, found: str
) -> None:
    assert client_address(remote, forwarded, ["10.0.0.1"]) == found
