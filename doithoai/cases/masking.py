"""Propose which words a published text should not show: names, telephone, identity and account
numbers, plates, mail, houses, plots.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MASK = "▒▒▒"
_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_WORD = rf"[{_UPPER}][\w]*\.?"
_MIDDLE = r"(?:thị|văn|hữu|đình|đức|ngọc|xuân|bá|viết|sỹ|sĩ|trọng|quang|thanh|kim|hồng|thu)"
_TITLES = r"[Ôô]ng|ÔNG|[Bb]à|BÀ|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]hú|[Bb]ác|[Ee]m|Mr\.?|Mrs\.?|Ms\.?"
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đoàn|Vương|Trịnh|"
    "Trương|Đinh|Lâm|Phùng|Mai|Tô|Hà|Cao|Lương|Thái|Tạ|Chu|Nghiêm|Kiều|Lưu|Quách|Bạch|Từ|Tống|Biện|"
    "Dư|Đậu|Hồng|La|Mạc|Nhâm|Phí|Tăng|Thân|Văn|Viên"
)
# "văn bản", "thị trường": after a word that is also a surname these are no name.
_NOT_A_NAME = r"(?!(?:bản|phòng|hóa|hoá|thư|học|minh|nghệ|kiện|bằng|trường|xã|trấn|tứ|sát|chính)\b)"
_NOT_A_PERSON = (
    r"(?!(?:Rịa|Nà|Đen|Triệu|Trưng|Chủ tịch|Bí thư|Giám đốc|Trưởng (?:ban|thôn|phòng))\b)"
)
# A street, a school, a market may have a person's name: then it is the place's.
_NAMED_AFTER = (
    r"(?i:\b(?:đường|phố|trường|chợ|cầu|học|non|thcs|thpt|thôn|xã|phường|quận|viện|đê|kênh)\s+)"
)
_DIGITS = r"\d(?:[ .-]?\d){5,}"
_MONEY = r"(?!\d|[.,]\d|\s*(?i:đồng|đ\b|vnd|vnđ|triệu|tỷ|tỉ))"
_LENGTH = r"(?!\d|[.,]?\d*\s*(?i:m|m2|m²|km|ha|mét|cm|sào|hộ|nhà)\b)"
_HOUSE = rf"\d+[a-zA-Z]?(?:/\d+[a-zA-Z]?)*\b{_LENGTH}"


def _hidden(before: str, hide: str) -> re.Pattern[str]:
    """What is hidden, and the words before it that stay."""
    return re.compile(rf"(?P<keep>{before})(?P<hide>{hide})")


def _patterns() -> Iterator[re.Pattern[str]]:
    name = rf"{_WORD}(?:\s+(?:{_MIDDLE}\s+)?{_WORD}){{0,4}}"
    two = rf"{_WORD}(?:\s+(?:{_MIDDLE}\s+)?{_WORD}){{1,4}}"
    given = rf"\s+(?i:thị|văn)\s+{_NOT_A_NAME}\w+\.?(?:\s+{_WORD})?"
    yield _hidden(rf"\b(?:{_TITLES})\s+", rf"(?i:{_SURNAMES}){given}")
    yield _hidden(rf"\b(?:{_TITLES})\s+", _NOT_A_PERSON + name)
    owner = r"(?<!ủng )(?<!bảo )(?<!phù )(?<!\d )\b(?i:chủ hộ|hộ|chủ đất|chủ sử dụng(?: đất)?)[ :]+"
    yield _hidden(owner, two)
    yield _hidden("", rf"(?P<kept>{_NAMED_AFTER})?\b(?:{_SURNAMES}){given}")
    yield _hidden("", r"[\w.+-]+@[\w-]+\.[\w.]+")
    yield _hidden(
        r"\b(?i:stk|số tk|tk|tài khoản|account|cccd|cmnd|cmtnd|căn cước|chứng minh|hộ chiếu|mst"
        r"|bhxh|mã số thuế|bhyt|bảo hiểm|sđt|đt|điện thoại|zalo|số máy)\b[^\d\n;,▒]{0,40}?",
        rf"(?:\+|\b[A-Z])?{_DIGITS}",
    )
    yield _hidden(r"(?<!\d)", r"(?:\+84|0)(?:[ .-]?\d){8,10}(?!\d)")
    yield _hidden("", r"\(0\d{1,3}\)(?:[ .-]?\d){6,8}(?!\d)")
    yield _hidden(r"(?<![\d.,/-])", rf"\d{{9,19}}{_MONEY}")
    yield _hidden(
        r"\b(?i:biển số|biển kiểm soát|bks)\b(?i: xe| số)?[ :]*", r"\d[\dA-ZĐ .-]{4,11}\d"
    )
    yield _hidden(
        r"(?<![\w/])", r"\d{2}-?[A-ZĐ]{1,2}\d?[ .-]{0,2}(?:\d{3}\.\d{2}|\d{4,5})(?![\w/])"
    )
    yield _hidden(
        r"\b(?i:thửa(?: đất)?(?: số)?|số thửa|tờ bản đồ(?: số)?|tờ số)[ :]+",
        rf"\d+(?:[/-]\d+)*{_LENGTH}",
    )
    yield _hidden(r"\b(?i:sổ đỏ|giấy chứng nhận)[^\d;.]{0,40}?(?i:số) ", r"[A-Z]{1,2} ?\d{5,8}")
    yield _hidden(r"\b(?i:số nhà|nhà số|sn)[ :]*", _HOUSE)
    yield _hidden(r"\b(?i:ngõ|ngách|hẻm|kiệt)(?i: số)? ", _HOUSE)
    yield _hidden(r"\b(?i:số) ", rf"{_HOUSE}(?=,? (?i:đường|phố|ngõ|ngách|hẻm|kiệt)\b)")


_PATTERNS: Final = tuple(_patterns())


@dataclass(frozen=True)
class Masked:
    """A text with what should not be shown replaced, and how many places that was."""

    text: str
    places: int


def propose(text: str) -> Masked:
    """Mask names, numbers and addresses of mail. A person decides before anything is published."""
    for pattern in _PATTERNS:
        text = pattern.sub(_replaced, text)
    return Masked(text, text.count(MASK))


def _replaced(found: re.Match[str]) -> str:
    if found.groupdict().get("kept"):
        return found[0]
    return found["keep"] + MASK


def impersonal(text: str, *, length: int = 110) -> str:
    """A short title that names no person: the masked beginning of the text, cut at a word."""
    masked = propose(" ".join(text.split())).text
    if len(masked) <= length:
        return masked
    return masked[:length].rsplit(" ", 1)[0] + "…"
