"""Names, telephones, identity numbers, addresses of mail and plots are proposed to be hidden."""

import pytest

from doithoai.cases import suspicions
from doithoai.cases.masking import MASK, impersonal, propose


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("Ông Nguyễn Văn An ở thôn Lạc Thọ", "Nguyễn Văn An"),
        ("bà Trần Thị B. nói", "Trần Thị B."),
        ("gọi 0912 345 678 giúp", "0912 345 678"),
        ("gọi +84912345678", "+84912345678"),
        ("căn cước 042123456789", "042123456789"),
        ("chứng minh 184123456", "184123456"),
        ("gửi về an.nguyen@example.vn", "an.nguyen@example.vn"),
        ("thửa đất số 45 tờ bản đồ số 12", "45"),
    ],
)
def test_what_tells_who_somebody_is_gets_hidden(said: str, hidden: str) -> None:
    masked = propose(said)
    assert hidden not in masked.text
    assert MASK in masked.text
    assert masked.places >= 1


@pytest.mark.parametrize(
    "said",
    [
        "Kênh Đồng Lều bị bồi lắng 400 m, đề nghị nạo vét trước ngày 15/7/2026",
        "Văn bản 125/UBND-KT ngày 12/8/2026",
        "12 hộ dân thôn Hưng Trung",
    ],
)
def test_places_days_documents_and_numbers_of_households_stay(said: str) -> None:
    assert propose(said).text == said
    assert propose(said).places == 0


def test_a_title_names_no_person_and_ends_at_a_word() -> None:
    title = impersonal("Ông Nguyễn Văn An nói: " + "kênh Đồng Lều bị bồi lắng " * 20)
    assert "Nguyễn" not in title
    assert len(title) <= 111
    assert title.endswith("…")
    assert title[:-1].split()[-1] in {"kênh", "Đồng", "Lều", "bị", "bồi", "lắng"}


@pytest.mark.parametrize(
    ("said", "danger"),
    [
        ("Đập Khe Lá bị vết nứt dài 3 m", True),
        ("Đường liên thôn có nguy cơ sạt lở", True),
        ("Đề nghị làm đường liên thôn", False),
    ],
)
def test_words_of_danger_make_a_clerk_look(said: str, danger: bool) -> None:
    assert suspicions.urgent(said) is danger


@pytest.mark.parametrize(
    ("said", "procedure"),
    [
        ("Tôi tố cáo cán bộ nhận hối lộ", "denunciation"),
        ("Thái độ của cán bộ tiếp dân không tốt", "conduct"),
        ("Tranh chấp lối đi giữa hai hộ", "dispute"),
        ("Giá bồi thường thấp, đề nghị xem xét lại", "complaint"),
        ("Kênh bị bồi lắng", "none"),
    ],
)
def test_words_of_another_procedure_are_only_a_proposal(said: str, procedure: str) -> None:
    assert suspicions.other_procedure(said) == procedure
