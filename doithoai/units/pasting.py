"""A commune's villages as an administrator pastes them: one a line, with those it was made of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from doithoai.core.collation import folded, nfc
from doithoai.core.countries import PlaceKind
from doithoai.core.errors import Invalid
from doithoai.units import territory
from doithoai.units.models import Place

_LIST_MARK = re.compile(r"^(?:\d+[.)]\s*|[-•*+]\s*)")
_MADE_OF = re.compile(r"^(?P<name>[^(|]+?)\s*(?:\((?P<said>[^)]*)\)?|\|(?P<column>.*))\s*$")
_HOW = re.compile(
    r"^(?:được\s+)?(?:sáp nhập|hợp nhất|nhập|gộp|chia|tách|chuyển|merged|divided|split)?\s*"
    r"(?:từ|from|of)?\s*:?\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,|;|\+|&|\bvà\b|\bvới\b|\band\b)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Village:
    """One line of the list: the kind's code, the whole name, the villages it was made of."""

    kind: str
    name: str
    made_of: tuple[str, ...] = ()


def villages(text: str, commune: Place) -> list[Village]:
    """The lines that are not blank, list marks dropped.

    "Thôn A (sáp nhập B và C)", or B and C in a second column, says what a village was made of.
    """
    rows = text.replace("\t", "|").splitlines()  # before nfc, which makes a tab a blank
    lines = [_LIST_MARK.sub("", nfc(row)).rstrip(" ;,.") for row in rows]
    return [_village(line, commune) for line in lines if line.strip()]


def _village(line: str, commune: Place) -> Village:
    parts = _MADE_OF.match(line)
    if parts is None:
        return Village(*_kind_and_name(line.strip(), commune))
    said = _HOW.sub("", (parts["said"] or parts["column"] or "").strip())
    names = [name for name in _BETWEEN.split(said) if name]
    kind, name = _kind_and_name(parts["name"], commune)
    return Village(kind, name, tuple(_kind_and_name(old, commune)[1] for old in names))


def _kind_and_name(line: str, commune: Place) -> tuple[str, str]:
    kinds = [k for k in territory.country().place_kinds.values() if k.within]
    for kind in kinds:
        bare = kind.bare(line)
        if bare != line:
            prefix = line[: len(line) - len(bare)]
            return kind.code, prefix[0].upper() + prefix[1:].lower() + bare
    usual: PlaceKind | None = next((k for k in kinds if commune.kind in k.within), None)
    if usual is None:
        raise Invalid(_("This kind of place has no villages."))
    return usual.code, f"{usual.prefixes[0]} {line[0].upper()}{line[1:]}"


def repeated(names: Sequence[str]) -> tuple[str, ...]:
    """Names written more than once, whatever the accents' keys."""
    seen: set[str] = set()
    twice = []
    for name in names:
        if folded(name) in seen:
            twice.append(name)
        seen.add(folded(name))
    return tuple(twice)
