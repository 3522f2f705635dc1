"""Forms of a text in which what people hold to be the same is the same."""

import re
import unicodedata

_BREAKS = re.compile(r"\r\n|_x000D_\n?|[\r\n\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SYLLABLE_OR_GAP = re.compile(r"\w+|\W+")


def clean(text: str) -> str:
    """NFC on one line: no invisible characters, single spaces, trimmed."""
    visible = _CONTROL.sub(" ", _INVISIBLE.sub("", _BREAKS.sub(" ", text)))
    return " ".join(unicodedata.normalize("NFC", visible).split())


def lines_of(text: str) -> tuple[str, ...]:
    """The lines inside one cell, each cleaned, empty ones left out."""
    return tuple(line for part in _BREAKS.split(text) if (line := clean(part)))


def normal(text: str) -> str:
    """Cleaned and without regard to case: two texts with the same content."""
    return clean(text).casefold()


def plain(text: str) -> str:
    """Lower case without accents, punctuation kept: what patterns are written against."""
    letters = unicodedata.normalize("NFD", normal(text))
    kept = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return " ".join(kept.replace("đ", "d").replace("–", "-").replace("—", "-").split())


def fold(text: str) -> str:
    """Words only: lower case, no accents, no punctuation."""
    return " ".join(re.findall(r"[^\W_]+", plain(text)))


def even_tones(text: str) -> str:
    """Accents kept, but *hoà* and *hòa* alike: the tone mark is moved behind its syllable."""
    decomposed = unicodedata.normalize("NFC", normal(text))
    return "".join(_tone_last(part) for part in _SYLLABLE_OR_GAP.findall(decomposed))


def _tone_last(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return "".join(letter for letter in letters if letter not in _TONES) + tones
