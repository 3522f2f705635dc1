"""Reads for the administrator's pages: the table of competence, and a commune's villages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from doithoai.core.collation import folded
from doithoai.core.errors import NotFound
from doithoai.units.models import Body, CompetenceRule, Field, Place
from doithoai.units.queries import field_label, villages
from doithoai.units.territory import country


@dataclass(frozen=True)
class Competent:
    """One line of the table: in this field, for this kind, arriving at this level, who settles,
    since when.
    """

    field: str
    field_name: str
    petition_kind: str
    kind_name: str
    level: str
    level_name: str
    settler: str
    explanation: str
    since: date | None


def table(*, level: str, petition_kind: str, today: date, language: str) -> list[Competent]:
    """The rules in force for a level and a kind of petition, in the order of the fields."""
    rules = (
        CompetenceRule.objects.filter(
            level=level, petition_kind=petition_kind, valid__contains=today
        )
        .select_related("field", "body")
        .order_by("field__sort")
    )
    return [_line(rule, language) for rule in rules]


def _line(rule: CompetenceRule, language: str) -> Competent:
    pack = country()
    return Competent(
        field=rule.field.code,
        field_name=field_label(rule.field),
        petition_kind=rule.petition_kind,
        kind_name=pack.petition_kinds[rule.petition_kind].label(language),
        level=rule.level,
        level_name=pack.level(rule.level).label(language),
        settler=rule.body.short_name if rule.body else office_name(rule.office),
        explanation=rule.explanation,
        since=rule.valid.lower,
    )


def office_name(code: str) -> str:
    """An office of the country pack without its place: the kind of body it is."""
    pack = country()
    office = next((o for o in pack.offices if o.code == code), None)
    return pack.body_kinds[office.kind].label("vi") if office else code


def offices() -> list[tuple[str, str]]:
    """Offices that may be competent, as choices."""
    pack = country()
    named = {
        o.code: o.short_name.replace("{place}", "…").replace("{within}", "…") for o in pack.offices
    }
    return sorted(named.items(), key=lambda pair: pair[1])


def fields() -> Sequence[Field]:
    """All fields, in order."""
    return list(Field.objects.order_by("sort"))


def commune_villages(commune: Place, *, today: date) -> list[Place]:
    """A commune's villages in force."""
    return villages(commune, today=today)


def communes_named(text: str, *, today: date) -> list[Place]:
    """Communes in force whose name contains these words, whatever the accents."""
    wanted = Place.objects.in_force(today).filter(level="commune", search__contains=folded(text))
    return list(wanted.select_related("parent").order_by("sort_key")[:20])


def bodies_named(text: str, *, today: date) -> list[Body]:
    """Bodies in force whose name contains these words, whatever the accents."""
    found = Body.objects.in_force(today).filter(search__contains=folded(text))
    return list(found.order_by("sort_key")[:30])


def commune(pk: UUID) -> Place:
    """A commune by its id.

    Raises NotFound.
    """
    found = Place.objects.filter(pk=pk, level="commune").select_related("parent").first()
    if found is None:
        raise NotFound("")
    return found


def body(pk: UUID) -> Body:
    """A body by its id.

    Raises NotFound.
    """
    found = Body.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("")
    return found
