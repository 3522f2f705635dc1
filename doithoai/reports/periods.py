"""The periods a head's report may cover: data, for cut-off days are not those of the calendar."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from doithoai.core.toml_tables import Table
from doithoai.law.counting import add_months
from doithoai.law.periods import FIRST_MONTHS, MONTHS, Span

FILE: Final = Path(__file__).parent / "data" / "periods.toml"
DAY: Final = timedelta(days=1)
LANGUAGES: Final = ("vi", "en")


@dataclass(frozen=True)
class Period:
    """As long as ``every`` says, from the day and month of ``begins`` on, whatever its year."""

    code: str
    every: str
    begins: date
    vi: str
    en: str
    basis: str

    def label(self, language: str) -> str:
        """What it is called."""
        return self.vi if language.startswith("vi") else self.en

    def around(self, day: date) -> Span:
        """The period of this kind around a day; one that is counted once a year may be over."""
        year = self._year(day)
        if self.every in FIRST_MONTHS:
            return Span(year, add_months(year, FIRST_MONTHS[self.every]) - DAY)
        length = MONTHS[self.every]
        starts = (add_months(year, number * length) for number in range(12 // length))
        first = max(start for start in starts if start <= day)
        return Span(first, add_months(first, length) - DAY)

    def _year(self, day: date) -> date:
        here = self.begins.replace(year=day.year)
        return here if here <= day else self.begins.replace(year=day.year - 1)


@cache
def load(path: Path = FILE) -> tuple[Period, ...]:
    """The periods of a file, in its order. Raises BadFile."""
    top = Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    found = tuple(_period(row) for row in top.tables("period"))
    top.done()
    return found


def _period(row: Table) -> Period:
    labels = row.labels(LANGUAGES)
    made = Period(
        code=row.text("code"),
        every=row.one_of("every", {**MONTHS, **FIRST_MONTHS}),
        begins=row.day("begins"),
        vi=labels["vi"],
        en=labels["en"],
        basis=row.text("basis"),
    )
    row.done()
    return made


def named(code: str) -> Period:
    """The period of this code, else the first one."""
    return next((each for each in load() if each.code == code), load()[0])
