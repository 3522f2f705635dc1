"""Knowing again, in a paper about a meeting, a statement that is kept back: by a run of its words,
whoever wrote them down, by the name of who spoke, by their telephone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from doithoai.cases import masking
from doithoai.core.collation import folded
from doithoai.units.territory import country

RUN: Final = 6  # words one after the other
FEWEST: Final = 3  # a shorter statement is no words to know it by
DIGITS: Final = 8  # of a telephone, from its end: +84 and 0 before them mean the same
WITHHELD: Final = "[…]"  # stands for a line that told what was sealed since
_WORD = re.compile(r"\w+")
_GAPS = re.compile(r"(?<=\d)[ .\-]+(?=\d)")


@dataclass(frozen=True)
class Said:
    """One statement: its words and who spoke."""

    text: str
    speaker: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Told:
    """What tells of some statements; each text is folded words with a blank around them."""

    runs: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()

    def by(self, line: str) -> bool:
        """Whether a line tells of one of them, or stands for one that did."""
        if line.strip() == WITHHELD:
            return True
        words = _words(line)
        spoken = f" {' '.join(words)} "
        if any(run in self.runs for run in _runs(words)) or any(n in spoken for n in self.names):
            return True
        if any(run in spoken for run in self.runs if run.count(" ") <= RUN):
            return True
        digits = _GAPS.sub("", line)
        return any(phone in digits for phone in self.phones)

    def struck(self, text: str) -> str:
        """The text, a mark instead of each line that tells; lines are kept so that papers count."""
        lines = text.splitlines()
        if not any(self.by(line) for line in lines):
            return text
        return "\n".join(WITHHELD if self.by(line) else line for line in lines)


def told_by(said: Iterable[Said]) -> Told:
    """What tells of these statements."""
    every = list(said)
    texts = [form for one in every for form in (one.text, masking.propose(one.text).text)]
    phones = (re.sub(r"\D", "", one.phone)[-DIGITS:] for one in every)
    return Told(
        frozenset(run for text in texts for line in text.splitlines() for run in _own(line)),
        frozenset(name for one in every for name in _names(one.speaker)),
        frozenset(phone for phone in phones if len(phone) == DIGITS),
    )


def _own(line: str) -> Iterator[str]:
    words = _words(line)
    if FEWEST <= len(words) < RUN:
        yield f" {' '.join(words)} "
    yield from _runs(words)


def _runs(words: list[str]) -> Iterator[str]:
    for first in range(len(words) - RUN + 1):
        yield f" {' '.join(words[first : first + RUN])} "


def _names(speaker: str) -> Iterator[str]:
    """The whole name; and the last word of it, as people are called, after a word of address: alone
    it is a common word as often as a name.
    """
    words = _words(speaker.split(",", maxsplit=1)[0])
    titles = {folded(title) for title in country().name_titles}
    while words and words[0] in titles:
        words = words[1:]
    if not words:
        return
    if len(words) > 1:
        yield f" {' '.join(words)} "
    yield from (f" {title} {words[-1]} " for title in titles)


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))
