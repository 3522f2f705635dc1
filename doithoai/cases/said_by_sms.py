"""What a text message means: agree, agree in part, or not; in any language, accents or not. Pure.

A message is the person's word only when it cannot be misread. "Đồng ý nhưng chưa xong" begins with
agreement and means something else: a person reads it.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.translation import override, pgettext

from doithoai.cases.workflow import Word
from doithoai.core.identifiers import is_code

_CODE_AND_SECRET = re.compile(r"(\d{4}[ .-]?\d{4}[ .-]?\d{4})(\D{0,20}\d{6}\b)?")
HIDDEN = "…"
DIGITS = {"1": Word.AGREED, "2": Word.PARTLY, "3": Word.DISAGREED}


@dataclass(frozen=True)
class Meaning:
    """The word a message says, if it is clear, and the matters' codes it names."""

    word: Word | None
    codes: frozenset[str]


def without_slip(text: str) -> str:
    """The message without the digits of a slip: nobody who reads it may open the slip's page."""
    return _CODE_AND_SECRET.sub(lambda m: HIDDEN if is_code(m[1]) else m[0], text)


def meaning(text: str, codes: Iterable[str]) -> Meaning:
    """What is said, and which of these matters' codes (``KN26-000412``) stand in it."""
    said, named = folded(text), set()
    for code in codes:
        spelled = r"\s*".join(folded(code).replace(" ", ""))
        said, found = re.subn(rf"\b{spelled}\b", " ", said)
        named |= {code} if found else set()
    return Meaning(_word(" ".join(said.split())), frozenset(named))


def folded(text: str) -> str:
    """Capital letters without accents, digits, and single blanks for everything else."""
    letters = unicodedata.normalize("NFKD", text).replace("đ", "d").replace("Đ", "D").upper()
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^A-Z0-9]+", " ", bare).split())


def _word(said: str) -> Word | None:
    """The word, when the message is that word; after "not" and "in part" the reason may follow."""
    for thanks in _thanks():
        said = said.removesuffix(f" {thanks}")
    if said in DIGITS:
        return DIGITS[said]
    for phrase, word in _phrases():
        if said == phrase or (word != Word.AGREED and said.startswith(f"{phrase} ")):
            return word
    return None


@cache
def _phrases() -> tuple[tuple[str, Word], ...]:
    """What people write, in every language of the house, the longest first."""
    found: dict[str, Word] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {
                folded(pgettext("text message", "AGREE")): Word.AGREED,
                folded(pgettext("text message", "AGREE IN PART")): Word.PARTLY,
                folded(pgettext("text message", "AGREE PARTLY")): Word.PARTLY,
                folded(pgettext("text message", "NOT AGREE")): Word.DISAGREED,
                folded(pgettext("text message", "DISAGREE")): Word.DISAGREED,
            }
    return tuple(sorted(found.items(), key=lambda each: -len(each[0])))


@cache
def _thanks() -> tuple[str, ...]:
    found = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(folded(pgettext("text message", "THANK YOU")))
    return tuple(sorted(found))
