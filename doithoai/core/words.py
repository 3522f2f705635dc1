"""The words of a country: by which personal data, other procedures and state secrets are recognised
in a text.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from doithoai.core.toml_tables import BadFile, Table

# What needs no country: an address of mail, a number abroad, a number too long for a count.
EVERYWHERE: Final = (
    re.compile(r"(?P<keep>)(?P<hide>[\w.+-]+@[\w-]+\.[\w.]+)"),
    re.compile(r"(?P<keep>(?<!\d))(?P<hide>\+\d(?:[ .-]?\d){7,14}(?!\d))"),
    re.compile(r"(?P<keep>(?<![\d.,/-]))(?P<hide>\d{9,19}(?!\d|[.,]\d))"),
)


@dataclass(frozen=True)
class Words:
    """``masks`` find what a published text should not show: they hide the group ``hide``, keep
    ``keep``, and leave a match with a group ``kept`` alone. ``suspicions`` are looked for in folded
    text, in this order. The stamps of a state secret have a group ``mark``: ``stamps`` stand in a
    text, ``stamped_lines`` are a whole line of a file, ``stamped_names`` stand in the name of one,
    folded.
    """

    masks: tuple[re.Pattern[str], ...]
    suspicions: tuple[tuple[str, re.Pattern[str]], ...]
    stamps: tuple[re.Pattern[str], ...] = ()
    stamped_lines: tuple[re.Pattern[str], ...] = ()
    stamped_names: tuple[re.Pattern[str], ...] = ()


@cache
def load(pack: Path) -> Words:
    """The words beside a country pack (``vn.toml``: ``vn_words.toml``), once per process; a country
    without such a file hides only what looks the same everywhere.

    Raises BadFile naming file and key when something is missing, unknown or no pattern.
    """
    path = pack.with_name(f"{pack.stem}_words.toml")
    if not path.exists():
        return Words(EVERYWHERE, ())
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as trouble:
        raise BadFile(f"{path.name}: {trouble}") from trouble
    top = Table(rows, path.name)
    parts = _parts(top.words("part"))
    words = Words(
        (*_masks(top, parts),),
        (*_suspicions(top, parts),),
        _stamps(top, "stamp", parts),
        _stamps(top, "stamped_line", parts),
        _stamps(top, "stamped_name", parts),
    )
    top.done()
    return words


def _parts(given: Mapping[str, str]) -> dict[str, str]:
    """Each part with those above it put in."""
    parts: dict[str, str] = {}
    for name, text in given.items():
        parts[name] = _whole(text, parts)
    return parts


def _whole(text: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        text = text.replace(f"{{{name}}}", part)
    return text


def _masks(top: Table, parts: Mapping[str, str]) -> list[re.Pattern[str]]:
    found = []
    for row in top.tables("mask"):
        row.text("of")
        before, hide = _whole(row.text("before", ""), parts), _whole(row.text("hide"), parts)
        found.append(_pattern(row, "hide", f"(?P<keep>{before})(?P<hide>{hide})"))
        row.done()
    return found


def _suspicions(top: Table, parts: Mapping[str, str]) -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for row in top.tables("suspicion"):
        pattern = _pattern(row, "words", _whole(row.text("words"), parts))
        found.append((row.text("of"), pattern))
        row.done()
    return found


def _stamps(top: Table, name: str, parts: Mapping[str, str]) -> tuple[re.Pattern[str], ...]:
    found = []
    for row in top.tables(name):
        row.text("of")
        pattern = _pattern(row, "words", _whole(row.text("words"), parts))
        if "mark" not in pattern.groupindex:
            raise row.refuse("words", "has no group named mark")
        found.append(pattern)
        row.done()
    return tuple(found)


def _pattern(row: Table, key: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as trouble:
        raise row.refuse(key, f"is no pattern: {trouble}") from trouble
