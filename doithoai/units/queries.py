"""Reads of places, bodies and competence, named for what pages and imports need."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doithoai.core.collation import folded
from doithoai.core.countries import Country
from doithoai.units import naming
from doithoai.units.finding import Found, find_places
from doithoai.units.models import Body, CompetenceRule, Field, Place, Succession
from doithoai.units.territory import above, country, descendants

__all__ = [
    "Found",
    "Known",
    "Referral",
    "above",
    "bodies_seated_in",
    "candidates",
    "competent",
    "country",
    "descendants",
    "field_label",
    "find_office",
    "find_places",
    "match_field",
    "predecessors",
    "upper",
    "villages",
]

_WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Referral:
    """Who settles it, and a whole sentence that says why."""

    body: Body
    why: str


@dataclass(frozen=True)
class Known:
    """A body a clerk may have meant: ``aliases`` are all ways to write it, ``places`` former units.

    ``near`` is True for bodies of the commune itself and its villages.
    """

    id: UUID
    name: str
    aliases: tuple[str, ...]
    places: tuple[str, ...]
    office: str
    has_account: bool
    near: bool


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


# --------------------------------------------------------------------------------------- places
def villages(commune: Place, *, today: date) -> list[Place]:
    """The villages of a commune in force, in Vietnamese order."""
    return list(Place.objects.in_force(today).filter(parent=commune).order_by("sort_key"))


def predecessors(place: Place) -> list[Succession]:
    """What became this place, whole or in part, in Vietnamese order."""
    rows = Succession.objects.filter(new=place).select_related("old__parent")
    return list(rows.order_by("old__sort_key"))


# --------------------------------------------------------------------------------------- bodies
def bodies_seated_in(place: Place, *, today: date) -> list[Body]:
    """The bodies whose territory is exactly this place, in Vietnamese order."""
    return list(Body.objects.in_force(today).filter(place=place).order_by("sort_key"))


def upper(body: Body) -> Body | None:
    """The body one level up that answers disputes: an office's committee, a committee's above.

    None at the top, and for companies and others without a superior here.
    """
    return body.parent


def candidates(commune: Place, *, today: date) -> list[Known]:
    """Every body a name in this commune's sheet may mean: its own, its villages', others.

    The commune's come first. Names of its former communes are among the aliases: sheets use them.
    """
    inside = [commune, *villages(commune, today=today)]
    over = list(above(commune).values())
    former = _former(commune)
    bodies = Body.objects.in_force(today)
    near = bodies.filter(place__in=[p.pk for p in inside]).order_by("sort_key")
    far = bodies.filter(place__in=[p.pk for p in over]).order_by("sort_key")
    everywhere = bodies.filter(place=None).order_by("sort_key")
    return [_known(b, commune, former, near=True) for b in near] + [
        _known(b, commune, [], near=False) for b in (*far, *everywhere)
    ]


def _former(commune: Place) -> list[Place]:
    return [s.old for s in predecessors(commune)]


def _known(body: Body, commune: Place, former: Sequence[Place], *, near: bool) -> Known:
    said = [body.short_name, body.name, *body.aliases]
    pack = country()
    now = naming.in_sentence(pack, commune)
    for old in former:
        then = naming.in_sentence(pack, old)
        said += [text.replace(now, then) for text in said if now in text]
    districts = [old.parent.name for old in former if old.parent]
    return Known(
        id=body.pk,
        name=body.short_name,
        aliases=tuple(dict.fromkeys(said)),
        places=tuple(dict.fromkeys([old.name for old in former] + districts)),
        office=body.office,
        has_account=body.has_account,
        near=near,
    )


# ------------------------------------------------------------------------ fields and competence
def match_field(text: str) -> Field | None:
    """The field a clerk's words mean, whatever the accents; None when nothing fits.

    The same words first, else the name or synonym that stands first in the text, longest of those.
    """
    wanted = _plain(text)
    if not wanted:
        return None
    names = _field_names()
    if wanted in names:
        return names[wanted]
    inside = [name for name in names if f" {name} " in f" {wanted} "]
    if not inside:
        return None
    return names[min(inside, key=lambda name: (f" {wanted} ".index(f" {name} "), -len(name)))]


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(folded(text)))


def _field_names() -> dict[str, Field]:
    names: dict[str, Field] = {}
    fields = list(Field.objects.order_by("sort"))
    for field in fields:
        for name in field.name.values():
            names.setdefault(_plain(name), field)
    for field in fields:
        for name in field.synonyms:
            names.setdefault(_plain(name), field)
    return names


def field_label(field: Field) -> str:
    """The field's name in the reader's language."""
    names: Mapping[str, str] = field.name
    return names.get(_language()[:2]) or next(iter(names.values()))


def competent(field_code: str, *, kind: str, commune: Place, today: date) -> Referral | None:
    """Who settles petitions of this kind in this field when they arrive here, and why.

    ``commune`` is the place where the petition arrives, at any level. Without a rule for the field
    that of the pack's fallback field holds; None when there is neither.
    """
    pack = country()
    rules = CompetenceRule.objects.filter(
        field__code__in=[field_code, pack.fallback_field],
        petition_kind=kind,
        level=commune.level,
        valid__contains=today,
    ).select_related("field", "body__place")
    exact_first = sorted(rules, key=lambda rule: rule.field.code != field_code)
    for rule in exact_first:
        body = rule.body or find_office(rule.office, near=commune, today=today)
        if body is not None:
            return Referral(body, _why(rule, body, pack))
    return None


def find_office(office: str, *, near: Place, today: date) -> Body | None:
    """The body holding this office at the place, else above it, else countrywide."""
    seats: list[UUID | None] = [near.pk, *(place.pk for place in above(near).values()), None]
    bodies = Body.objects.in_force(today).filter(office=office)
    fitting = bodies.filter(Q(place__in=[s for s in seats if s]) | Q(place=None))
    found = {body.place_id: body for body in fitting}
    return next((found[seat] for seat in seats if seat in found), None)


def _why(rule: CompetenceRule, body: Body, pack: Country) -> str:
    words = {
        "body": body.short_name,
        "field": field_label(rule.field),
        "level": pack.level(body.level).label(_language()),
        "reason": rule.explanation,
    }
    if rule.explanation:
        return _("Sent to %(body)s because %(reason)s") % words
    if not body.has_account:
        return _("Sent to %(body)s because the field %(field)s is in its charge.") % words
    return _("Sent to %(body)s because the field %(field)s is settled at %(level)s.") % words
