"""Entries of one item that point at another thing: nobody reads them who may not see what is sealed
there, or a dated line in an open record would say that it exists.

Which entries those are is looked at for each reader, and costs nothing where a record has none.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from doithoai.cases.models import Carried
from doithoai.core.actors import Actor
from doithoai.docket.models import Link, Matter

Fact = str | int | bool | None


@dataclass(frozen=True)
class Said:
    """An entry of an item: its id, its kind and its facts."""

    id: UUID
    kind: str
    data: Mapping[str, Fact]


Hidden = Callable[[Actor, UUID, Sequence[Said]], Collection[UUID]]
RULES: Final[dict[str, Hidden]] = {}


def points(kind: str, hidden: Hidden) -> None:
    """Entries of this kind point at something: ``hidden`` says which of them, on this item, the
    reader is not to read. A higher app adds its own.
    """
    RULES[kind] = hidden


def not_for(actor: Actor, item: UUID, said: Iterable[Said]) -> frozenset[UUID]:
    """The entries of an item this reader is not told of."""
    pointing: dict[str, list[Said]] = {}
    for each in said:
        if each.kind in RULES:
            pointing.setdefault(each.kind, []).append(each)
    hidden = (RULES[kind](actor, item, each) for kind, each in pointing.items())
    return frozenset(pk for found in hidden for pk in found)


def named(said: Sequence[Said], fact: str) -> dict[UUID, UUID]:
    """What each entry points at by this fact."""
    return {each.id: UUID(str(each.data[fact])) for each in said if each.data.get(fact)}


def at_matters(fact: str) -> Hidden:
    """A rule for entries that name a matter: hidden where that is sealed from the reader."""

    def hidden(actor: Actor, item: UUID, said: Sequence[Said]) -> Collection[UUID]:
        del item
        ids = named(said, fact)
        out = set(_sealed_from(actor, ids.values()))
        return [entry for entry, matter in ids.items() if matter in out]

    return hidden


def _sealed_from(actor: Actor, matters: Iterable[UUID]) -> Iterable[UUID]:
    sealed = Matter.objects.filter(pk__in=list(matters), sealed=True)
    seen = Matter.objects.visible_to(actor).filter(pk=OuterRef("pk"))
    return sealed.filter(~Exists(seen)).values_list("pk", flat=True)


def _at_statements(actor: Actor, item: UUID, said: Sequence[Said]) -> Collection[UUID]:
    """A statement came or went: where it is handled now may be sealed from the reader."""
    ids = named(said, "submission")
    rows = Carried.objects.filter(submission__in=ids.values(), until=None).exclude(case=item)
    held = dict(rows.filter(case__matter__sealed=True).values_list("submission", "case"))
    out = set(_sealed_from(actor, held.values()))
    return [entry for entry, statement in ids.items() if held.get(statement) in out]


def _at_parts(actor: Actor, item: UUID, said: Sequence[Said]) -> Collection[UUID]:
    """How many matters a petition was split into counts those sealed from the reader, too."""
    parts = Link.objects.filter(target=item, kind=Link.Kind.SPLIT_FROM)
    sealed = _sealed_from(actor, parts.values_list("source", flat=True))
    return [each.id for each in said] if list(sealed) else []


points("docket.merged", at_matters("into"))
points("docket.split", at_matters("out_of"))
points("cases.sealed", at_matters("caused_by"))
points("cases.carried", _at_statements)
points("cases.divided", _at_parts)
