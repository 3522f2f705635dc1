"""Grounds with their articles: why reception was refused, why a head receives out of turn. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from doithoai.core.toml_tables import Table

FILE = Path(__file__).parent / "grounds.toml"
LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Ground:
    """One ground in the words of the law. ``notice``: a written notice is owed."""

    code: str
    labels: Mapping[str, str]
    article: str
    notice: bool = False

    def label(self, language: str) -> str:
        """The words in this language, else in Vietnamese."""
        return self.labels.get(language[:2]) or self.labels[LANGUAGES[0]]


@dataclass(frozen=True)
class Grounds:
    """Why one may refuse to receive (Law 42/2013, article 9; Decree 154/2026, article 4(1)), and
    why a head receives unscheduled (Law 42/2013, article 18(3)).
    """

    refusal: Mapping[str, Ground]
    unscheduled: Mapping[str, Ground]


@cache
def grounds() -> Grounds:
    """The table shipped beside this file. Raises BadFile naming the key that is wrong."""
    top = Table(tomllib.loads(FILE.read_text(encoding="utf-8")), FILE.name)
    return Grounds(_read(top, "refusal"), _read(top, "unscheduled"))


def _read(top: Table, key: str) -> dict[str, Ground]:
    found: dict[str, Ground] = {}
    for row in top.tables(key):
        code = row.text("code")
        labels = row.labels(LANGUAGES)
        found[code] = Ground(code, labels, row.text("article"), row.flag("notice", default=False))
        row.done()
    return found
