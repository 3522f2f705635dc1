"""Counting: one statement reads each case once with what every measure says of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Coalesce

from doithoai.cases.models import Case
from doithoai.cases.queries.choosing import field_named
from doithoai.cases.queries.selection import Selection, matching, select
from doithoai.core.actors import Actor
from doithoai.core.collation import vi_key
from doithoai.reports.measures import MEASURES, Measure, within

EVERYTHING: Final = Q(pk__isnull=False)


@dataclass(frozen=True)
class Figure:
    """A number, what it is called, and the saved query of exactly its rows."""

    label: str
    selection: Selection
    count: int


@dataclass(frozen=True)
class Place:
    """One value of a dimension: what it is called, in which order, how it narrows a selection."""

    label: str
    order: str
    narrow: Selection


@dataclass(frozen=True)
class Counted:
    """One case as the report sees it: where it belongs, and which measures it meets."""

    pk: UUID
    field: Place
    body: Place
    village: Place
    meets: frozenset[str]


Dimension = Callable[[Counted], Place]
DIMENSIONS: Final[Mapping[str, Dimension]] = {
    "field": lambda case: case.field,
    "body": lambda case: case.body,
    "village": lambda case: case.village,
}


@dataclass(frozen=True)
class Row:
    """One line of a table: a field, a body or a village with its figures."""

    label: str
    figures: tuple[Figure, ...]


def read(
    actor: Actor, base: Selection, *, today: date, keys: Iterable[str] = MEASURES
) -> tuple[Counted, ...]:
    """Every case of ``base`` this reader may see, with the measures it meets. One query."""
    wanted = list(keys)
    flags = {f"is_{key}": _flag(MEASURES[key], today) for key in wanted}
    rows = select(actor, base, today=today).annotate(
        who=Coalesce("handling_body", "receiving_body"),
        who_name=Coalesce("handling_body__short_name", "receiving_body__short_name"),
        who_key=Coalesce("handling_body__sort_key", "receiving_body__sort_key"),
        **flags,
    )
    columns = (
        "pk", "matter__field", "who", "who_name", "who_key",
        "matter__place", "matter__place__name", "matter__place__sort_key",
    )  # fmt: skip
    found = rows.order_by("pk").values_list(*columns, *flags)
    return tuple(_counted(row[: len(columns)], row[len(columns) :], wanted) for row in found)


def _flag(measure: Measure, today: date) -> "ExpressionWrapper[Q]":
    asked = matching(measure.narrow, today=today)
    return ExpressionWrapper(asked or EVERYTHING, output_field=BooleanField())


def _counted(row: Sequence[object], flags: Sequence[object], keys: Sequence[str]) -> Counted:
    pk, field, body, body_name, body_key, place, place_name, place_key = row
    return Counted(
        pk=_id(pk),
        field=_field(str(field)),
        body=Place(str(body_name), str(body_key), Selection(body=_id(body))),
        village=Place(
            str(place_name or ""),
            str(place_key or "~"),
            Selection(here=_id(place)) if place else Selection(no_place=True),
        ),
        meets=frozenset(key for key, met in zip(keys, flags, strict=True) if met),
    )


def _id(value: object) -> UUID:
    assert isinstance(value, UUID)
    return value


def _field(code: str) -> Place:
    if not code:
        return Place("", "~", Selection(no_field=True))
    name = field_named(code)
    return Place(name, vi_key(name), Selection(field=code))


def figure(measure: Measure, base: Selection, cases: Iterable[Counted]) -> Figure:
    """How many of these cases meet a measure, with the query that shows them."""
    count = sum(measure.key in case.meets for case in cases)
    return Figure(measure.words, within(base, measure.narrow), count)


def table(
    dimension: str, measures: Sequence[Measure], base: Selection, cases: Sequence[Counted]
) -> tuple[Row, ...]:
    """The measures for each field, body or village, in Vietnamese order."""
    belongs = DIMENSIONS[dimension]
    places = sorted({belongs(case) for case in cases}, key=lambda p: (p.order, p.label))
    return tuple(
        Row(place.label, _figures(place, belongs, measures, base, cases)) for place in places
    )


def _figures(
    place: Place,
    belongs: Dimension,
    measures: Sequence[Measure],
    base: Selection,
    cases: Sequence[Counted],
) -> tuple[Figure, ...]:
    here = [case for case in cases if belongs(case) == place]
    narrowed = within(base, place.narrow)
    return tuple(figure(measure, narrowed, here) for measure in measures)


def rows_of(actor: Actor, base: Selection, *, today: date) -> tuple[Case, ...]:
    """The cases themselves, with what a list of them shows. Two queries."""
    found = select(actor, base, today=today).select_related(
        "matter__place", "handling_body", "receiving_body"
    )
    return tuple(found.prefetch_related("answers").order_by("matter__code"))
