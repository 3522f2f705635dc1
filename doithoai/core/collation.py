"""Vietnamese order and diacritic-blind matching, the same in every place."""

import re
import unicodedata
from collections.abc import Collection

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_WEIGHT = {letter: f"{i:02d}" for i, letter in enumerate(_LETTERS, start=40)}
_BLANKS = re.compile(r"\s+")


def nfc(text: str) -> str:
    """Text in one form: NFC, blanks folded, ends trimmed."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _weigh(letter: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(_TONES.get(p, "") for p in parts) or "0"
    base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES))
    if not base:
        return "", tone  # a mark that stands on no letter
    return _WEIGHT.get(base, f"{ord(base[0]) % 40:02d}" if base.isascii() else "99" + base), tone


def vi_key(text: str) -> str:
    """A key that sorts as a Vietnamese dictionary does: letters first, tones only to break ties.

    Order of letters and tones: TCVN 6909 alphabet; level, grave, hook, tilde, acute, dot.
    """
    words = nfc(text).lower().split(" ")
    letters, tones = [], []
    for word in words:
        weights = [_weigh(c) for c in re.sub(r"(\d+)", lambda m: m.group().zfill(6), word)]
        letters.append("".join(w for w, _ in weights))
        tones.append("".join(t for _, t in weights))
    return ".".join(letters) + " " + ".".join(tones)


def folded(text: str) -> str:
    """Text for matching: lower case, no diacritics, đ as d, blanks folded. Hoà and hòa are the
    same.
    """
    bare = unicodedata.normalize("NFD", nfc(text).lower().replace("đ", "d"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def bare_name(name: str, titles: Collection[str]) -> str:
    """A person's name for matching: folded, without the words of address before it. ``titles`` are
    in lower case.
    """
    words = nfc(name).lower().split(" ")
    while len(words) > 1 and words[0].rstrip(".") in titles:
        words = words[1:]
    return folded(" ".join(words))
