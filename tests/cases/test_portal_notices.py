"""What a person is told by message, call, notice board and loudspeaker."""

from datetime import datetime

import pytest
from django.utils import translation
from pytest_django.fixtures import Settings

from doithoai.notices.models import Outbox
from doithoai.notices.plain_sms import LIMIT, plain_sms
from doithoai.notices.rendering import words
from doithoai.units.queries import country

WHAT = ("answered", "asked", "reviewed", "informed", "extended")
CONTEXT = {
    "code": "KN26-000412",
    "title": "Nạo vét kênh Đồng Lều",
    "body": "UBND xã Cẩm Lạc",
    "phone": "0239000101",
    "speaker": "Nguyễn Thị Lan",
    "question": "Đoạn kênh nào?",
    "number": "125/UBND-KT",
    "signed_on": "12/08/2026",
    "outcome": "settled",
    "text": "Đã có trong kế hoạch vốn.",
    "reason": "Phải khảo sát lại.",
}


def notice(what: str, now: datetime, *, language: str = "vi", channel: str = "email") -> Outbox:
    return Outbox(
        template=f"cases/notices/{what}", language=language, channel=channel, context=CONTEXT
    )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("what", WHAT)
def test_every_letter_names_the_number_and_never_asks_for_the_secret(
    what: str, language: str, now: datetime
) -> None:
    said = words(notice(what, now, language=language))
    assert "KN26-000412" in said.subject
    assert "KN26-000412" in said.text
    assert "mã bí mật" not in said.text


@pytest.mark.parametrize("what", WHAT)
def test_a_message_to_a_telephone_is_one_segment_without_accents(what: str, now: datetime) -> None:
    text = words(notice(what, now, channel="sms"), form="sms").text
    plain = plain_sms(text)
    assert len(plain) <= LIMIT
    assert plain.isascii()
    assert "..." not in plain, "nothing may be cut off"
    assert "KN26-000412" in plain


SHORT = {
    "settled": "da giai quyet", "partly": "giai quyet mot phan", "scheduled": "dua vao lo trinh",
    "explained": "da giai trinh", "not_competent": "da chuyen dung tham quyen",
    "in_progress": "dang giai quyet",
}  # fmt: skip


@pytest.mark.parametrize("replies", [True, False])
@pytest.mark.parametrize("phone", ["0239000101", ""])
@pytest.mark.parametrize("outcome", SHORT)
def test_a_message_says_what_came_of_it_and_whom_to_see_in_one_segment(
    outcome: str, phone: str, replies: bool, now: datetime, settings: Settings
) -> None:
    settings.SMS_KEY = "k" * 40 if replies else ""
    row = notice("answered", now, channel="sms")
    row.context = {**CONTEXT, "outcome": outcome, "phone": phone}
    plain = plain_sms(words(row, form="sms").text)
    assert len(plain) <= LIMIT
    assert "..." not in plain
    assert plain.startswith("UBND xa Cam Lac: Kien nghi KN26-000412 " + SHORT[outcome])
    assert "VB 125/UBND-KT ngay 12/08/2026" in plain
    assert replies or "gap Truong ban Mat tran thon" in plain
    assert not replies or "Nhan 1" in plain


def test_the_message_asks_to_bring_the_slip_where_there_is_room(now: datetime) -> None:
    row = notice("answered", now, channel="sms")
    plain = plain_sms(words(row, form="sms").text)
    assert "mang Phieu gap Truong ban Mat tran thon" in plain
    row.context = {**CONTEXT, "number": ""}
    plain = plain_sms(words(row, form="sms").text)
    assert "mang Phieu tiep nhan gap Truong ban Mat tran thon" in plain


@pytest.mark.parametrize("form", ["", "call"])
def test_what_came_of_it_is_said_in_the_readers_language_not_the_officials(
    form: str, now: datetime
) -> None:
    with translation.override("en"):
        said = words(notice("answered", now), form=form).text
    assert "Đã giải quyết xong" in said
    assert "settled" not in said.lower()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_ground_of_an_archived_item_is_in_the_readers_language(
    language: str, now: datetime
) -> None:
    ground = country().archive_grounds["duplicate"]
    row = notice("archived", now, language=language)
    row.context = {**CONTEXT, "ground": "duplicate", "basis": ground.basis}
    assert ground.label(language) in words(row).text


def test_a_notice_queued_before_with_words_is_still_told(now: datetime) -> None:
    row = notice("answered", now)
    row.context = {**CONTEXT, "outcome": "Giải quyết một phần"}
    assert "Kết quả: Giải quyết một phần" in words(row).text


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("form", ["posting", "loudspeaker"])
def test_what_is_posted_or_read_aloud_names_nobody_and_tells_no_content(
    what: str, form: str, now: datetime
) -> None:
    text = words(notice(what, now), form=form).text
    assert "Lan" not in text
    assert "Đồng Lều" not in text
    assert CONTEXT["reason"] not in text
    assert CONTEXT["question"] not in text


@pytest.mark.parametrize("what", WHAT)
def test_a_call_names_the_person(what: str, now: datetime) -> None:
    assert "Nguyễn Thị Lan" in words(notice(what, now), form="call").text


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("form", ["call", ""])
def test_a_group_is_not_called_sir_or_madam(what: str, form: str, now: datetime) -> None:
    row = notice(what, now)
    row.context = {**CONTEXT, "speaker": "", "group": "Nhân dân thôn Hưng Trung"}
    said = words(row, form=form).text if form else words(row).text
    assert "Kính gửi Nhân dân thôn Hưng Trung," in said
    assert "Thưa Ông/Bà" not in said
