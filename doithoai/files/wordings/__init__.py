"""The forms we ship, as data: names, sources, wording. Pure."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from doithoai.core.toml_tables import Table

FILE = Path(__file__).parent / "forms.toml"
_FACT = re.compile(r"\{\{ (\w+) \}\}")


@dataclass(frozen=True)
class Form:
    """A form that a body signs or hands over.

    ``number`` is its official number, or empty; ``certainty`` (A, B …) is of its name and legal
    source; ``found``: whether the wording is the official one. ``asks`` are facts the officer
    chooses when the record does not say them; ``procedures`` whose cases it is for, none for forms
    of a visit; ``sides`` who signs by hand, in place of the head.
    """

    code: str
    number: str
    vi: str
    en: str
    title: str
    subject: str
    abbreviation: str
    source: str
    certainty: str
    found: bool
    addressee: str
    recipients: tuple[str, ...]
    asks: tuple[str, ...]
    procedures: tuple[str, ...]
    sides: tuple[str, ...]
    body: tuple[str, ...]

    def name(self, language: str) -> str:
        """What it is called in this language."""
        return self.vi if language.startswith("vi") else self.en

    @property
    def facts(self) -> frozenset[str]:
        """The placeholders its wording uses."""
        said = (*self.body, self.subject, self.addressee, *self.recipients)
        named = {name for line in said for name in _FACT.findall(line)}
        return frozenset(
            named | {line[1:].partition("|")[0] for line in self.body if line[0] == "?"}
        )


@cache
def forms() -> tuple[Form, ...]:
    """Every form, in the order of the file.

    Raises BadFile naming the form and key when the file is not as it should be.
    """
    top = Table(tomllib.loads(FILE.read_text(encoding="utf-8")), FILE.name)
    found = tuple(_form(each) for each in top.tables("form"))
    top.done()
    return found


@cache
def by_code() -> dict[str, Form]:
    """The forms by their codes."""
    return {form.code: form for form in forms()}


def _form(row: Table) -> Form:
    form = Form(
        code=row.text("code"),
        number=row.text("number", ""),
        vi=row.text("vi"),
        en=row.text("en"),
        title=row.text("title"),
        subject=row.text("subject"),
        abbreviation=row.text("abbreviation"),
        source=row.text("source"),
        certainty=row.text("certainty"),
        found=row.flag("found"),
        addressee=row.text("addressee", ""),
        recipients=row.texts("recipients", []),
        asks=row.texts("asks", []),
        procedures=row.texts("procedures", []),
        sides=row.texts("sides", []),
        body=tuple(line for line in row.text("body").splitlines() if line.strip()),
    )
    row.done()
    return form
