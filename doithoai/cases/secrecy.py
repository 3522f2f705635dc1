"""Marks of state secrets (Law 117/2025/QH15): such a paper is never kept here, only its number.

The marks are looked for as they are stamped: in capitals, in a text or in the name of a file.
"""

import re
import unicodedata
from typing import Final

# Tuyệt mật, tối mật, mật: the three degrees, as the stamp prints them.
_STAMP: Final = re.compile(r"(?<!\w)(TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)(?!\w)")
_FILE: Final = re.compile(
    r"(?<![a-z])(tuyet[\s_-]*mat|toi[\s_-]*mat|(?:dau|do|van ban|tai lieu)[\s_-]*mat)(?![a-z])"
)


def stamped(text: str) -> str:
    """The first mark of a degree of secrecy in a text, or nothing."""
    found = _STAMP.search(unicodedata.normalize("NFC", text))
    return " ".join(found.group(1).split()) if found else ""


def marked(file_name: str) -> str:
    """The mark of a degree of secrecy in the name of a file, or nothing."""
    if found := stamped(re.sub(r"[_\-.\[\]()]+", " ", file_name)):
        return found
    plain = unicodedata.normalize("NFD", file_name.casefold()).replace("đ", "d")
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found_name = _FILE.search(bare)
    return found_name.group(1) if found_name else ""
