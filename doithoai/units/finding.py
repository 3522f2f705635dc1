"""Finds the place in force that somebody means, by today's name or by a former one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from doithoai.core.collation import folded
from doithoai.units.models import Place, PlacePeriod, Succession
from doithoai.units.periods import shown

LOOKED_AT = 60  # periods with a fitting name that are followed to today


@dataclass(frozen=True)
class Found:
    """A place in force; ``why`` says how a former name led to it and is empty for its own name.

    ``divided`` is True when the former unit went to several places: a person has to choose.
    """

    place: Place
    why: str = ""
    divided: bool = False


def find_places(text: str, *, today: date, limit: int = 10) -> list[Found]:
    """Places in force by name, old or new, best first; accents and Unicode form do not matter.

    What stands after a comma narrows by the places above: "xã Cẩm Minh, huyện Cẩm Xuyên".
    """
    name, *over = [folded(part) for part in text.split(",") if part.strip()] or [""]
    if not name:
        return []
    periods = [p for p in _periods(name) if _stands_in(p, over)]
    direct = [p for p in periods if today in p.valid]
    former = [p for p in periods if today not in p.valid]
    found = [Found(p.place) for p in direct] + _renamed(former, today) + _succeeded(former, today)
    return _once(found)[:limit]


def _periods(name: str) -> QuerySet[PlacePeriod]:
    rank = Case(
        When(Q(search=name) | Q(search__endswith=f" {name}"), then=Value(0)),
        When(Q(search__startswith=name) | Q(search__contains=f" {name}"), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    fitting = PlacePeriod.objects.filter(search__contains=name).annotate(rank=rank)
    related = fitting.select_related("place__parent__parent", "parent__parent__parent")
    return related.order_by("rank", "-valid", "place__sort_key")[:LOOKED_AT]


def _stands_in(period: PlacePeriod, over: list[str]) -> bool:
    """Whether every other part of the address names a place above this one."""
    names = []
    parent = period.parent
    while parent is not None:
        names.append(folded(parent.name))
        parent = parent.parent
    return all(any(part in name for name in names) for part in over)


def _renamed(periods: list[PlacePeriod], today: date) -> list[Found]:
    """Places that bore this name once and are still there under another."""
    alive = {
        p.pk: p for p in Place.objects.in_force(today).filter(pk__in=[x.place_id for x in periods])
    }
    return [
        Found(
            alive[period.place_id],
            _("Called %(name)s until %(day)s.")
            % {"name": period.name, "day": shown(period.valid.upper)},
        )
        for period in periods
        if period.place_id in alive
    ]


def _succeeded(periods: list[PlacePeriod], today: date) -> list[Found]:
    """Today's places that took in the old ones, or the communes of an old district."""
    old = [period.place for period in periods]
    rows = list(_successions([place.pk for place in old]))
    known = {row.old_id for row in rows}
    found = [_by_succession(row) for row in _in_order(rows, old)]
    for place in old:
        if place.pk not in known:
            found += _of_parts(place)
    alive = Place.objects.in_force(today).filter(pk__in=[f.place.pk for f in found])
    ids = set(alive.values_list("pk", flat=True))
    return [f for f in found if f.place.pk in ids]


def _successions(old: Iterable[UUID]) -> QuerySet[Succession]:
    rows = Succession.objects.filter(old__in=list(old))
    return rows.select_related("old__parent", "new__parent").order_by(
        "-is_default", "new__sort_key"
    )


def _in_order(rows: list[Succession], old: list[Place]) -> list[Succession]:
    place_of = {place.pk: i for i, place in reversed(list(enumerate(old)))}
    return sorted(rows, key=lambda row: place_of[row.old_id])


def _by_succession(row: Succession) -> Found:
    words = {"old": _with_parent(row.old), "new": row.new.name, "day": shown(row.on)}
    if row.share == Succession.Share.WHOLE:
        return Found(row.new, _("%(old)s became part of %(new)s on %(day)s.") % words)
    return Found(
        row.new,
        _("Part of %(old)s went to %(new)s on %(day)s: choose the right successor.") % words,
        divided=True,
    )


def _of_parts(place: Place) -> list[Found]:
    """The successors of an old district's communes; each one once."""
    rows = Succession.objects.filter(old__parent=place).select_related("new__parent")
    return [
        Found(
            row.new,
            _("%(new)s took in communes of the former %(old)s on %(day)s.")
            % {"old": _with_parent(place), "new": row.new.name, "day": shown(row.on)},
            divided=True,
        )
        for row in rows.distinct("new__sort_key", "new").order_by("new__sort_key", "new")
    ]


def _with_parent(place: Place) -> str:
    return f"{place.name}, {place.parent.name}" if place.parent else place.name


def _once(found: list[Found]) -> list[Found]:
    first: dict[UUID, Found] = {}
    for each in found:
        first.setdefault(each.place.pk, each)
    return list(first.values())
