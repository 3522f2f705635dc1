"""Whatever is written around it, what tells a person is hidden and what tells a place stays."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doithoai.cases.masking import MASK, impersonal, propose

NAMES = ("Nguyễn thị Mai", "Trần văn Hùng", "Lê Thị B.", "Phạm Hữu Đức", "nguyễn văn an")
TITLES = ("ông", "Ông", "bà", "Bà", "anh", "chị", "cô", "chú", "bác")
NUMBERS = (
    "stk 0101000123456",
    "STK: 3700 205 012 345",
    "số tài khoản 371012",
    "tài khoản ngân hàng nông nghiệp số 3700205012345",
    "căn cước công dân số 042 123 456 789",
    "CCCD 042123456789",
    "hộ chiếu C1234567",
    "mã số thuế 3000123456",
    "điện thoại 0912.345.678",
    "sđt +84 912 345 678",
    "gọi (0239) 3856 123",
    "0101000123456",
    "xe 38A-123.45",
    "xe 38H1-123.45",
    "xe 38C 12345",
    "biển số 38 B1 456.78",
)
HOUSES = (
    "số nhà 15",
    "nhà số 15B",
    "số nhà 12/5/3",
    "ngõ 3",
    "ngách 12/4",
    "hẻm số 7",
    "số 15 đường Lê Lợi",
    "số 15 ngõ 3",
    "thửa đất số 45, tờ bản đồ số 12",
    "số thửa 45/2",
    "sổ đỏ số BK 123456",
)
OWNERS = ("thửa đất của hộ Trần Quốc Bảo", "chủ sử dụng: Phan Đình Kiên", "hộ Đặng Văn Lâm")
STAY = (
    "ngày 15/7/2026",
    "ngày 05 tháng 8 năm 2026",
    "Nghị định 154/2026/NĐ-CP",
    "Văn bản số 125/UBND-KT ngày 12/8/2026",
    "quốc lộ QL8A",
    "đường ĐT.550",
    "dài 2,5 km",
    "hết 1.500.000.000 đồng",
    "hết 1500000000 đồng",
    "kinh phí 350.000.000đ",
    "thôn Hưng Trung",
    "thôn Lạc Thọ",
    "thôn Trần Phú",
    "12 hộ dân thôn Hưng Trung",
    "12 hộ Hưng Trung",
    "kênh N3, cống số 5",
    "đường Nguyễn Văn Trỗi",
    "trường THCS Nguyễn Văn Cừ",
    "ngõ 3 m",
    "ngõ rộng 2,5 m",
    "thửa 500 m2",
    "Luật Khiếu nại 02/2011/QH13, Điều 28",
    "lưu văn bản",
    "nâng cao thị trường",
    "Từ văn phòng",
    "ủng hộ Quỹ Vì Người Nghèo",
    "khóa 2021-2026",
    "xã Cẩm Lạc, tỉnh Hà Tĩnh",
    "Bà Rịa",
    "KN26-000123",
)
AROUND = st.sampled_from(
    ("", "đề nghị", "kính gửi Ủy ban,", "(", "trước đây", "gia đình tôi ở", "—", "do", "tại")
)
AFTER = st.sampled_from(("", ".", ",", ")", " nói", " ở đó", "; xin trả lời", " hôm nay"))


@settings(derandomize=True, deadline=None, max_examples=300)
@given(AROUND, st.sampled_from(TITLES), st.sampled_from(NAMES), AFTER)
def test_no_part_of_a_name_after_a_title_is_left(
    before: str, title: str, name: str, after: str
) -> None:
    shown = propose(f"{before} {title} {name}{after}").text
    assert MASK in shown
    assert not {part.casefold().rstrip(".") for part in name.split()} & {
        part.casefold().rstrip(".") for part in re.findall(r"[\w.]+", shown)
    }


@settings(derandomize=True, deadline=None, max_examples=300)
@given(AROUND, st.sampled_from((*NUMBERS, *HOUSES)), AFTER)
def test_no_number_that_leads_to_a_person_is_left(before: str, number: str, after: str) -> None:
    shown = propose(f"{before} {number}{after}").text
    assert MASK in shown
    assert not re.search(r"\d", shown), shown


@pytest.mark.parametrize("said", OWNERS)
def test_whose_plot_it_is_is_not_told(said: str) -> None:
    assert not set(said.split()[-3:]) & set(propose(said).text.split())


@settings(derandomize=True, deadline=None, max_examples=300)
@given(AROUND, st.sampled_from(STAY), AFTER)
def test_days_sums_documents_roads_and_villages_stay(before: str, said: str, after: str) -> None:
    text = f"{before} {said}{after}"
    assert propose(text).text == text


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(st.sampled_from((*NUMBERS, *HOUSES, *OWNERS, *STAY)), min_size=1, max_size=5))
def test_what_was_masked_once_is_not_masked_again(parts: list[str]) -> None:
    once = propose(", ".join(parts))
    again = propose(once.text)
    assert again == once
    assert once.places == once.text.count(MASK)


def test_a_title_made_of_a_speech_holds_neither_name_nor_account_nor_house() -> None:
    said = "bà Nguyễn thị Mai (thôn Lạc Thọ, stk 0101000123456) ở số nhà 15 ngõ 3"
    title = impersonal(said)
    assert title == f"bà {MASK} (thôn Lạc Thọ, stk {MASK}) ở số nhà {MASK} ngõ {MASK}"
