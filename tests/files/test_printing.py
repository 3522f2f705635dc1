"""Paper for those who have no screen."""

import io
from dataclasses import replace

import pytest
from django.utils import translation
from pypdf import PdfReader

from doithoai.files.documents import Table, Text
from doithoai.files.printing import FONTS, Page, Poster, Slip, page, poster, slips

SLIP = Slip(
    issuer="Ủy ban nhân dân xã Cẩm Lạc",
    code="2611 4470 8163",
    secret="482915",
    subject="Đường thôn Hưng Trung bị sạt lở #x $a$ *b*",
    received="15/7/2026",
    due="14/8/2026",
    address="https://doithoai.example/tra-cuu",
    holder="12 hộ dân",
    contact="0239 000 0000",
    ask=True,
)


def _text(pdf: bytes) -> list[str]:
    return [each.extract_text() for each in PdfReader(io.BytesIO(pdf)).pages]


def test_receipts_print_four_to_a_sheet() -> None:
    pages = _text(slips([SLIP] * 5))

    assert [each.count("2611 4470 8163") for each in pages] == [4, 1]
    assert "482915" in pages[0]
    assert "#x $a$ *b*" in " ".join(pages[0].split())
    assert "I do not agree" in pages[0]


def test_a_receipt_is_in_the_readers_language() -> None:
    with translation.override("en"):
        assert "Receipt code" in _text(slips([SLIP]))[0]


def test_a_long_story_does_not_push_the_receipt_off_its_quarter() -> None:
    long = replace(SLIP, subject="đường " * 300)

    pages = _text(slips([long] * 4))

    assert len(pages) == 1
    assert pages[0].count("…") == 4
    assert pages[0].count("Keep this slip") == 4


def test_a_poster_is_one_page() -> None:
    sheet = Poster(
        issuer="UBND xã Cẩm Lạc",
        title="Hội nghị đối thoại với Nhân dân",
        facts=(("Thời gian", "8 giờ, 15/7/2026"), ("Địa điểm", "Nhà văn hóa thôn")),
        address="https://doithoai.example/doi-thoai/1",
        note="Mời bà con gửi ý kiến trước.",
    )

    (said,) = _text(poster(sheet))

    assert "Nhà văn hóa thôn" in said
    assert "https://doithoai.example/doi-thoai/1" in said


@pytest.mark.parametrize("landscape", [False, True])
def test_a_plain_page_repeats_the_head_of_its_table(landscape: bool) -> None:
    rows = tuple((str(n), f"Nội dung số {n}") for n in range(1, 90))
    paper = Page(
        issuer="UBND xã Cẩm Lạc",
        title="Danh mục",
        subtitle="Thôn Hưng Trung",
        blocks=(
            Text("Phần một", heading=True),
            Text("Gồm các nội dung sau."),
            Table(("STT", "Việc cần làm"), rows, (1, 8)),
        ),
        landscape=landscape,
    )

    pages = _text(page(paper))

    assert len(pages) > 1
    assert all("Việc cần làm" in each for each in pages)
    assert "Nội dung số 89" in pages[-1]


def test_the_fonts_are_the_same_on_every_machine() -> None:
    assert "Libertinus Serif" in FONTS.families()
    assert "Liberation Sans" not in FONTS.families()
