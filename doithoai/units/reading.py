"""Reads for the administrator's pages: the table of competence, and a commune's villages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doithoai.core.collation import folded, vi_key
from doithoai.core.errors import Invalid, NotFound
from doithoai.units.models import Body, CompetenceRule, Field, Place
from doithoai.units.queries import field_label, villages
from doithoai.units.territory import country

FEW = 20
_HOLE = re.compile(r"\{\w+\}")  # where the pack writes the place's name


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
    """An office of the country pack without its place: its own name, or the kind of body it is."""
    pack = country()
    office = next((o for o in pack.offices if o.code == code), None)
    if office is None:
        return code
    bare = _HOLE.sub("", office.short_name).strip(" -,")
    return bare or pack.body_kinds[office.kind].label("vi")


def offices() -> list[tuple[str, str]]:
    """Offices that may be competent, as choices, in Vietnamese order."""
    pack = country()
    named = [
        (office.code, f"{office_name(office.code)} ({pack.level(office.level).label('vi')})")
        for office in pack.offices
    ]
    return sorted(named, key=lambda pair: vi_key(pair[1]))


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


def kinds_of_body() -> list[tuple[str, str]]:
    """Kinds of body of the country pack, as choices, in the reader's order."""
    language = get_language() or "vi"
    named = [(kind.code, kind.label(language)) for kind in country().body_kinds.values()]
    return sorted(named, key=lambda pair: vi_key(pair[1]))


def levels() -> list[tuple[str, str]]:
    """Levels of the country pack, as choices."""
    language = get_language() or "vi"
    return [(level.code, level.label(language)) for level in country().levels]


def place_named(text: str, *, today: date) -> Place | None:
    """The commune or province of this name; None for an empty one. ``Cẩm Lạc, Hà Tĩnh`` says which.

    Raises Invalid for a name that is unknown, or that several bear.
    """
    first, _comma, over = (part.strip() for part in text.partition(","))
    if not first:
        return None
    rows = Place.objects.in_force(today).filter(level__in=["commune", "province"])
    found = list(rows.filter(search__contains=folded(first)).select_related("parent")[:FEW])
    found = [p for p in found if not over or (p.parent and folded(over) in folded(p.parent.name))]
    exact = [place for place in found if folded(place.name) == folded(first)]
    chosen = exact if len(exact) == 1 else found
    if len(chosen) != 1:
        raise Invalid(
            _("No single commune or province is named “%(name)s”. Write: commune, province.")
            % {"name": text}
        )
    return chosen[0]


def village(pk: UUID) -> Place:
    """A village in force or not, with its commune. Raises NotFound."""
    found = Place.objects.filter(pk=pk, parent__level="commune").select_related("parent").first()
    if found is None:
        raise NotFound("")
    return found
