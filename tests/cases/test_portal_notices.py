"""What a person is told by message, call, notice board and loudspeaker."""

from datetime import datetime

import pytest

from doithoai.notices.models import Outbox
from doithoai.notices.plain_sms import LIMIT, plain_sms
from doithoai.notices.rendering import words

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
    "outcome": "Đã giải quyết xong",
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
