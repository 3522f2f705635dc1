"""A later version of a list beside what was imported before."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from doithoai.dialogues.sheets.content import Statement, digest, values
from doithoai.dialogues.sheets.folding import fold, normal

SAME_NUMBER_SCORE = 80
TEXT_ALONE_SCORE = 92
"""How alike two texts must be, in percent of Indel similarity after folding."""


@dataclass(frozen=True)
class Known:
    """A row as it was imported: its key, digest and values; `code` is the case it became."""

    key: str
    digest: str
    values: dict[str, str]
    code: str = ""


@dataclass(frozen=True)
class FieldChange:
    """One value that is different now."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """A known row whose content changed, and in what."""

    known: Known
    statement: Statement
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Unchanged:
    """A known row found again with the same content."""

    known: Known
    statement: Statement


@dataclass(frozen=True)
class Comparison:
    """Every new statement and every known row stands in exactly one of these.

    ``closed`` are lines that belong to rows the reader may not change; nothing is said of those.
    """

    new: tuple[Statement, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Unchanged, ...]
    gone: tuple[Known, ...]
    closed: tuple[Statement, ...] = ()


def within(found: Comparison, codes: Collection[str]) -> Comparison:
    """The comparison for a reader who may change only the rows of the cases with these codes."""
    paired: list[Change | Unchanged] = [*found.changed, *found.unchanged]
    return Comparison(
        found.new,
        tuple(c for c in found.changed if c.known.code in codes),
        tuple(u for u in found.unchanged if u.known.code in codes),
        tuple(row for row in found.gone if row.code in codes),
        tuple(pair.statement for pair in paired if pair.known.code not in codes),
    )


def known(statement: Statement, *, code: str = "") -> Known:
    """What to keep of an imported statement to recognise it later."""
    return Known(statement.key, digest(statement), values(statement), code or statement.code)


@dataclass
class _Search:
    """Rows not yet paired, by their places in the two lists."""

    old: Sequence[Known]
    new: Sequence[Statement]
    left_old: list[int] = field(default_factory=list)
    left_new: list[int] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)

    def pair(self, old: int, new: int) -> None:
        self.left_old.remove(old)
        self.left_new.remove(new)
        self.pairs.append((old, new))


def compare(old: Sequence[Known], new: Sequence[Statement]) -> Comparison:
    """Match by code, content, text, number with a like text (80), like text (92)."""
    search = _Search(old, new, list(range(len(old))), list(range(len(new))))
    digests = [digest(statement) for statement in new]
    _pair_equal(search, lambda row: row.code, lambda place: new[place].code)
    _pair_equal(
        search,
        lambda row: f"{row.digest} {row.values.get('number', '')}",
        lambda place: f"{digests[place]} {new[place].number}",
    )
    _pair_equal(search, lambda row: row.digest, lambda place: digests[place])
    _pair_equal(search, _old_text, lambda place: fold(new[place].text))
    _pair_numbered(search)
    _pair_alike(search)
    return _told(search)


def _old_text(row: Known) -> str:
    return fold(row.values.get("text", ""))


def _pair_equal(
    search: _Search, of_old: Callable[[Known], str], of_new: Callable[[int], str]
) -> None:
    """Pair rows with the same mark, in their order; an empty mark pairs nothing."""
    waiting: dict[str, list[int]] = {}
    for place in search.left_old:
        waiting.setdefault(of_old(search.old[place]), []).append(place)
    waiting.pop("", None)
    for place in list(search.left_new):
        if olds := waiting.get(of_new(place)):
            search.pair(olds.pop(0), place)


def _pair_numbered(search: _Search) -> None:
    numbered: dict[str, list[int]] = {}
    for place in search.left_old:
        numbered.setdefault(search.old[place].values.get("number", ""), []).append(place)
    numbered.pop("", None)
    for place in list(search.left_new):
        statement = search.new[place]
        for candidate in numbered.get(statement.number, []):
            if (
                fuzz.ratio(_old_text(search.old[candidate]), fold(statement.text))
                >= SAME_NUMBER_SCORE
            ):
                numbered[statement.number].remove(candidate)
                search.pair(candidate, place)
                break


def _pair_alike(search: _Search) -> None:
    """The most alike first, so that a row does not take the partner of a closer one."""
    for _score, old, new in sorted(_alike(search), key=lambda found: (-found[0], found[1:])):
        if old in search.left_old and new in search.left_new:
            search.pair(old, new)


def _alike(search: _Search) -> Iterator[tuple[float, int, int]]:
    olds = {place: _old_text(search.old[place]) for place in search.left_old}
    for new in search.left_new:
        text = fold(search.new[new].text)
        found = process.extract(
            text, olds, scorer=fuzz.ratio, score_cutoff=TEXT_ALONE_SCORE, limit=5
        )
        for _text, score, old in found:
            yield score, old, new


def _told(search: _Search) -> Comparison:
    changed, unchanged = [], []
    for old, new in sorted(search.pairs, key=lambda pair: pair[1]):
        row, statement = search.old[old], search.new[new]
        if row.digest == digest(statement):
            unchanged.append(Unchanged(row, statement))
        else:
            changed.append(Change(row, statement, _differences(row.values, values(statement))))
    return Comparison(
        tuple(search.new[place] for place in search.left_new),
        tuple(changed),
        tuple(unchanged),
        tuple(search.old[place] for place in search.left_old),
    )


def _differences(old: dict[str, str], new: dict[str, str]) -> tuple[FieldChange, ...]:
    names = dict.fromkeys((*old, *new))
    return tuple(
        FieldChange(name, old.get(name, ""), new.get(name, ""))
        for name in names
        if normal(old.get(name, "")) != normal(new.get(name, ""))
    )
