"""Words that make a clerk look twice: danger, and matters that belong to another procedure. Only
proposals.
"""

import re

from doithoai.core.collation import folded

_URGENT = re.compile(
    r"\bvet nut\b|\bsat lo\b|\bnguy co (sap|vo|do)\b|\bvo de\b|\bsap (nha|cau|cong|truong)\b|\bdap .{0,30}(nut|vo|ro ri)"
    r"|\bdien giat\b|\bday dien (dut|roi)\b|\bchay no\b|\bngo doc\b|\bnguy hiem tinh mang\b|\bkhan cap\b"
)
_OTHER: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("denunciation", re.compile(r"\bto cao\b|\btham nhung\b|\bnhan hoi lo\b|\ban hoi lo\b|\btham o\b|\blam quyen\b")),
    ("conduct", re.compile(r"\bthai do\b.{0,60}\b(can bo|cong chuc|nhan vien|tiep dan)\b|\bcong chuc\b.{0,60}\b(hach sach|nhung nhieu|hen nhieu lan)\b|\bsach nhieu\b|\bnhung nhieu\b")),
    ("dispute", re.compile(r"\btranh chap\b.{0,60}\b(hai ho|giua|ho gia dinh)\b|\bmau thuan giua\b")),
    ("complaint", re.compile(r"\bkhieu nai\b|\b(muc|gia) (boi thuong|den bu)\b|\bxem xet lai\b.{0,40}\b(boi thuong|quyet dinh|den bu)\b|\bthu hoi dat\b.{0,60}\b(thap hon|khong thoa dang)\b")),
)  # fmt: skip


def urgent(text: str) -> bool:
    """Whether the words speak of danger to life or to works."""
    return bool(_URGENT.search(folded(text)))


def other_procedure(text: str) -> str:
    """The other procedure the words look like: denunciation, conduct, dispute, complaint, or none."""
    words = folded(text)
    return next((name for name, pattern in _OTHER if pattern.search(words)), "none")
