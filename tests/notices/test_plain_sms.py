"""Text messages in one segment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.notices.plain_sms import LIMIT, plain_sms

SAMPLE = (
    "UBND xã Cẩm Lạc: Kiến nghị 2611 4470 8163 đã giải quyết, VB 125/UBND-KT ngày 12/8/2026. "
    "Ông/Bà đồng ý chưa? Gọi 0239xxxxxxx hoặc gặp Trưởng ban Mặt trận thôn."
)


def test_the_message_people_expect_comes_out_letter_for_letter() -> None:
    assert plain_sms(SAMPLE) == (
        "UBND xa Cam Lac: Kien nghi 2611 4470 8163 da giai quyet, VB 125/UBND-KT ngay 12/8/2026. "
        "Ong/Ba dong y chua? Goi 0239xxxxxxx hoac gap Truong ban Mat tran thon."
    )
    assert len(plain_sms(SAMPLE)) <= LIMIT


def test_a_long_message_keeps_the_code_and_the_telephone() -> None:
    long = SAMPLE.replace("đã giải quyết", "đã giải quyết xong toàn bộ " + "các nội dung " * 9)

    said = plain_sms(long)

    assert len(said) <= LIMIT
    assert said.startswith("UBND xa Cam Lac: Kien nghi 2611 4470 8163 da giai quyet xong")
    assert said.endswith(" ... Goi 0239xxxxxxx")


def test_a_code_at_the_end_of_a_long_message_is_kept_whole() -> None:
    said = plain_sms("nội dung " * 40 + "mã 2611 4470 8163, gọi 0912.345.678 ngay")

    assert said.endswith("... 2611 4470 8163 goi 0912.345.678")
    assert len(said) <= LIMIT


def test_a_long_message_without_either_is_cut_at_a_word() -> None:
    assert plain_sms("đường " * 60).endswith("duong ...")


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("Đặng Thị Ơ – “ừ”…", 'Dang Thi O - "u"...'),
        ("a\n\n b\tc", "a b c"),
        ("500 € [~{x}]", "500 EUR (-(x))"),
        ("hoà hòa hoà", "hoa hoa hoa"),
        ("漢", "?"),
    ],
)
def test_letters_become_those_every_telephone_has(given: str, plain: str) -> None:
    assert plain_sms(given) == plain


@given(st.text(alphabet="aăđươẫỷ 0123456789.,|€^😀\n", max_size=400))
def test_any_text_fits_one_segment(text: str) -> None:
    said = plain_sms(text)

    assert len(said) <= LIMIT
    assert said.isascii()
    assert not set(said) & set("^{}[]~|\\`")


def test_more_codes_than_fit_are_cut_at_the_limit() -> None:
    assert len(plain_sms("2611 4470 8163 " * 30)) == LIMIT
