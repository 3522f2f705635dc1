"""Legal grounds of the steps on a petition, and who settles it, as a country pack says. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from doithoai.core.toml_tables import Table


@dataclass(frozen=True)
class Named:
    """Something with a code and a label in each language of the pack."""

    code: str
    labels: Mapping[str, str]

    def label(self, language: str) -> str:
        """The label in this language, else in the pack's first."""
        return self.labels.get(language[:2]) or next(iter(self.labels.values()))


@dataclass(frozen=True)
class Ground(Named):
    """A legal ground of a step on a petition, with the article that gives it; ``kinds`` are the
    petitions it is for, all when empty. ``after``: what the person can do next, by language.
    ``conditions``: it stands only with a condition that is not met.
    """

    basis: str
    kinds: tuple[str, ...] = ()
    after: Mapping[str, str] = field(default_factory=dict)
    conditions: bool = False

    def next_step(self, language: str) -> str:
        """What the person can do next, in this language; empty where nothing is said of it."""
        return self.after.get(language[:2]) or next(iter(self.after.values()), "")


@dataclass(frozen=True)
class Settlement:
    """Whose head settles petitions of these kinds and this instance (any when empty): that of the
    body complained of (``own``), of the body ``above`` it, of the ``superior`` of whom it is about.
    ``levels``: where one of them sits.
    """

    petition_kinds: tuple[str, ...]
    instance: str
    by: str
    levels: tuple[str, ...]
    basis: str


def grounds(
    top: Table,
    key: str,
    languages: tuple[str, ...],
    petitions: Mapping[str, object],
    known: Mapping[str, Ground] | None = None,
) -> dict[str, Ground]:
    """Grounds of a step; one that is ``same_as`` a known one says it in the same words."""
    found: dict[str, Ground] = {}
    for row in top.tables(key):
        code, same = row.text("code"), row.one_of("same_as", known or {}, "")
        if same and known:
            found[code] = replace(known[same], code=code)
        else:
            found[code] = _ground(row, code, languages, petitions)
        row.done()
    return found


def _ground(
    row: Table, code: str, languages: tuple[str, ...], petitions: Mapping[str, object]
) -> Ground:
    return Ground(
        code=code,
        labels=row.labels(languages),
        basis=row.text("basis"),
        kinds=row.some_of("kinds", petitions),
        after=row.words("next"),
        conditions=row.flag("conditions", default=False),
    )


def settlements(
    top: Table, petitions: Mapping[str, object], levels: Mapping[str, object]
) -> tuple[Settlement, ...]:
    """Who settles petitions of which kind and instance."""
    ways = dict.fromkeys(("own", "above", "superior"))
    found: list[Settlement] = []
    for row in top.tables("settlement"):
        settlement = Settlement(
            petition_kinds=row.some_of("petition_kinds", petitions),
            instance=row.text("instance", ""),
            by=row.one_of("by", ways),
            levels=row.some_of("levels", levels),
            basis=row.text("basis"),
        )
        row.done()
        found.append(settlement)
    return tuple(found)
