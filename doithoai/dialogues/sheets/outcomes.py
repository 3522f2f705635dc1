"""What became of a statement, from the words in the column for the result."""

import re
from enum import StrEnum

from doithoai.dialogues.sheets.folding import fold


class Outcome(StrEnum):
    """How a statement was settled."""

    SETTLED = "settled"
    PARTLY = "partly"
    IN_PROGRESS = "in_progress"
    SCHEDULED = "scheduled"
    EXPLAINED = "explained"
    NOT_COMPETENT = "not_competent"
    WITHDRAWN = "withdrawn"


WORDS: dict[Outcome, str] = {
    Outcome.SETTLED: "Đã giải quyết xong",
    Outcome.PARTLY: "Giải quyết một phần",
    Outcome.IN_PROGRESS: "Đang giải quyết",
    Outcome.SCHEDULED: "Đưa vào lộ trình (chưa bố trí được nguồn lực)",
    Outcome.EXPLAINED: "Giải trình, cung cấp thông tin",
    Outcome.NOT_COMPETENT: "Ngoài thẩm quyền, đã chuyển",
    Outcome.WITHDRAWN: "Đã rút",
}
"""The words a sheet is written with: those of the screen."""

_OPEN = re.compile(
    r"^(chua (giai quyet|tra loi|thuc hien|xu ly|co ket qua|co)|khong|moi tiep nhan|"
    r"da tiep nhan|tiep thu)\b"
)
# The first that fits decides: "một phần" before "đã giải quyết", "chưa bố trí" before anything
# done.
_KNOWN: tuple[tuple[Outcome, re.Pattern[str]], ...] = tuple(
    (outcome, re.compile(pattern))
    for outcome, pattern in (
        (Outcome.WITHDRAWN, r"^(da )?rut( (y kien|kien nghi|don))?$"),
        (
            Outcome.NOT_COMPETENT,
            r"\b(ngoai|khong thuoc|vuot) tham quyen\b|\bchuyen (den )?(co quan|cap|don vi|bo|"
            r"tinh|so)\b|^da chuyen\b"
            r"|^kien nghi cap tren\b",
        ),
        (Outcome.PARTLY, r"\bmot phan\b"),
        (
            Outcome.SCHEDULED,
            r"\blo trinh\b|\bchua (can doi|bo tri)\b|^se (giai quyet|thuc hien|xem xet)\b|"
            r"\bdua vao ke hoach\b",
        ),
        (
            Outcome.IN_PROGRESS,
            r"^dang\b|\bdang (giai quyet|thuc hien|xu ly|trien khai|tien hanh)\b|^chua xong\b",
        ),
        (
            Outcome.SETTLED,
            r"^(da )?(giai quyet|xu ly|thuc hien|hoan thanh)( (xong|dut diem))?$|"
            r"\b(da )?(giai quyet|xu ly|thuc hien) xong\b"
            r"|^(da )?(xong|hoan thanh)\b|^da (giai quyet|xu ly|thuc hien)\b",
        ),
        (
            Outcome.EXPLAINED,
            r"\b(giai trinh|giai thich|thong tin|da tra loi|tra loi truc tiep|da huong dan)\b",
        ),
    )
)  # fmt: skip


def read(text: str) -> Outcome | None:
    """The outcome a result means; nothing where it is open, or where the words are not known."""
    words = fold(text)
    if still_open(text):
        return None
    return next((outcome for outcome, pattern in _KNOWN if pattern.search(words)), None)


def still_open(text: str) -> bool:
    """Whether the words say that nothing has been settled yet; no words say so too."""
    words = fold(text)
    if re.search(r"\bchua (can doi|bo tri)\b|\bkhong thuoc\b", words):
        return False
    return not words or bool(_OPEN.search(words))
