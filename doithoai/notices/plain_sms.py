"""Text messages without accents, in one segment."""

import re
import unicodedata

LIMIT = 160  # characters of one segment in the GSM 7-bit alphabet (3GPP TS 23.038)
_KEPT = "KEEP"
_MEANT = str.maketrans(
    {"đ": "d", "Đ": "D", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."}
    # These are letters of the extension table, which cost two characters each.
    | {"[": "(", "]": ")", "{": "(", "}": ")", "|": "/", "~": "-", "^": "", "\\": "/", "€": "EUR"}
    | {"`": "'", "•": "-", "·": "-", "₫": "d", "²": "2", "³": "3", "½": "1/2"}
)
_CODE = r"\d{4} \d{4} \d{4}"
_PHONE = r"(?:(?:goi|call|so|dt)\s+)?(?:\+84|0)[\dx](?:[ .]?[\dx]){6,9}\b"
_ATOM = re.compile(rf"(?P<{_KEPT}>{_CODE}|{_PHONE})|\S+", re.IGNORECASE)


def plain_sms(text: str) -> str:
    """The text without accents, at most 160 characters, cut at a word.

    A receipt's code and a telephone number are kept even when the words around them are cut.
    """
    plain = " ".join(_bare(text).split())
    return plain if len(plain) <= LIMIT else _cut(plain)


def _bare(text: str) -> str:
    meant = unicodedata.normalize("NFC", text).translate(_MEANT)
    letters = (c for c in unicodedata.normalize("NFKD", meant) if not unicodedata.combining(c))
    return "".join(c if c.isascii() and (c.isprintable() or c.isspace()) else "?" for c in letters)


def _cut(plain: str) -> str:
    atoms = [(m.group(), m.group(_KEPT) is not None) for m in _ATOM.finditer(plain)]
    for last in range(len(atoms) - 1, -1, -1):
        tail = [word for word, kept in atoms[last:] if kept]
        said = " ".join([*(word for word, _kept in atoms[:last]), *_after_gap(tail)])
        if len(said) <= LIMIT:
            return said
    return " ".join(word for word, kept in atoms if kept)[:LIMIT]


def _after_gap(tail: list[str]) -> list[str]:
    return ["...", *tail] if tail else ["..."]
