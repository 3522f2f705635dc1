"""What an administrator changes of competence and villages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.collation import folded, nfc, vi_key
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.ledger.commands import Dimensions, record
from doithoai.units import events, naming, pasting, policies, territory
from doithoai.units.body_loading import load_bodies
from doithoai.units.models import (
    Body,
    BodyPeriod,
    CompetenceRule,
    Field,
    Place,
    PlacePeriod,
    Succession,
)
from doithoai.units.pasting import Village
from doithoai.units.periods import between, is_open, opened

OWN_SOURCE = "own"  # code source of places entered here; they have no code


@dataclass(frozen=True)
class Settler:
    """Who is competent: an office of the country pack, or one body.

    ``explanation`` is said after "because"; ``since`` is the first day, today when None.
    """

    office: str = ""
    body: UUID | None = None
    explanation: str = ""
    since: date | None = None


@dataclass(frozen=True)
class VillagesAdded:
    """What became of a pasted list: made, there already, and written twice in the list itself."""

    added: tuple[Place, ...]
    existing: tuple[str, ...]
    repeated: tuple[str, ...]


# ----------------------------------------------------------------------------------- competence
@transaction.atomic
def set_competence(
    field_code: str,
    *,
    petition_kind: str,
    level: str,
    settler: Settler,
    by: Actor,
    at: datetime,
) -> CompetenceRule:
    """From a day on another body settles this; the rule before ends there.

    Raises NotFound for an unknown field, Invalid for an unknown kind, level, office or body and
    for a day before the rule in force began.
    """
    field = Field.objects.select_for_update(no_key=True).filter(code=field_code).first()
    if field is None:
        raise NotFound(_("There is no such field."))
    require(policies.may_edit_units(by))
    _check_settler(petition_kind, level, settler)
    rule = CompetenceRule(
        field=field,
        petition_kind=petition_kind,
        level=level,
        office=settler.office,
        body_id=settler.body,
        explanation=nfc(settler.explanation),
        valid=opened(settler.since or local_day(at)),
    )
    _end_rule_before(rule)
    rule.save(force_insert=True)
    record(events.CompetenceChanged(rule.pk, rule.valid.lower), by=by, at=at)
    return rule


def _check_settler(petition_kind: str, level: str, settler: Settler) -> None:
    pack = territory.country()
    levels = {known.code for known in pack.levels}
    if petition_kind not in pack.petition_kinds or level not in levels:
        raise Invalid(_("This kind of petition or this level is not in the country pack."))
    offices = {office.code for office in pack.offices}
    known_office = settler.office in offices or not settler.office
    known_body = settler.body is None or Body.objects.filter(pk=settler.body).exists()
    if not (known_office and known_body and (settler.office or settler.body)):
        raise Invalid(_("Choose the office or the body that is competent."))


def _end_rule_before(new: CompetenceRule) -> None:
    same = CompetenceRule.objects.filter(
        field=new.field, petition_kind=new.petition_kind, level=new.level
    )
    last = same.order_by("-valid").first()
    if last is None or not is_open(last.valid):
        return
    since: date = new.valid.lower
    if last.valid.lower == since:
        last.delete()
        return
    if last.valid.lower and last.valid.lower > since:
        raise Invalid(_("The rule in force began later than this day. Choose a later day."))
    last.valid = between(last.valid.lower, since)
    last.save(update_fields=["valid"])


# ------------------------------------------------------------------------------------- villages
@transaction.atomic
def add_villages(
    commune_id: UUID, *, names: str, since: date | None = None, by: Actor, at: datetime
) -> VillagesAdded:
    """Enter a commune's villages from a pasted list, one a line, each with its boards.

    A line without "Thôn", "Tổ dân phố" or the like gets the commune's usual one. ``since`` is the
    first day they are known from: the commune's own unless told. Villages a line says it was made
    of end there. Raises Invalid for an empty list, for an unknown village among those and when
    their last day is not told.
    """
    commune = _lock_place(commune_id)
    require(policies.may_edit_units(by))
    wanted = pasting.villages(names, commune)
    if not wanted:
        raise Invalid(_("Paste at least one village, one a line."))
    first = since or _first_day(commune, local_day(at))
    ending = _ending(wanted, commune, since, local_day(at))
    there = {folded(v.name) for v in _villages_of(commune, local_day(at))} - set(ending)
    once = {folded(line.name): line for line in reversed(wanted)}
    new = [once[key] for key in reversed(once) if key not in there]
    made = [_make_village(commune, line.kind, line.name, first) for line in new]
    _succeed(new, made, ending, since)
    _make_boards(made, since=first, day=local_day(at))
    if made:
        added = events.VillagesAdded(commune.pk, len(made))
        record(added, by=by, at=at, dimensions=Dimensions(place=commune.pk))
    existing = tuple(line.name for key, line in once.items() if key in there)
    return VillagesAdded(tuple(made), existing, pasting.repeated([line.name for line in wanted]))


def _ending(
    wanted: Sequence[Village], commune: Place, since: date | None, today: date
) -> dict[str, Place]:
    """The villages that are joined or divided, by folded name."""
    there = {folded(v.name): v for v in _villages_of(commune, today)}
    named = {folded(old): old for line in wanted for old in line.made_of}
    unknown = [old for key, old in named.items() if key not in there]
    if unknown:
        names = ", ".join(unknown)
        raise Invalid(_("The commune has no village named %(names)s.") % {"names": names})
    if named and since is None:
        raise Invalid(_("Give the first day of the villages that were joined or divided."))
    return {key: there[key] for key in named}


def _succeed(
    lines: Sequence[Village], made: Sequence[Place], ending: Mapping[str, Place], since: date | None
) -> None:
    """End the old villages and point each to what became of it: whole, or in parts."""
    heirs: dict[str, list[Place]] = {}
    for line, place in zip(lines, made, strict=True):
        for old in line.made_of:
            heirs.setdefault(folded(old), []).append(place)
    for key, new in heirs.items():
        assert since is not None, "a joined or divided village has its day"
        _end_village(ending[key], new, since, "")


def _make_village(commune: Place, kind: str, name: str, since: date | None) -> Place:
    village = Place(
        code_source=OWN_SOURCE,
        kind=kind,
        level=territory.country().place_kinds[kind].level,
        name=name,
        sort_key=vi_key(name),
        search=folded(name),
        parent=commune,
    )
    village.save(force_insert=True)
    _open_period(village, since)
    return village


def _open_period(place: Place, since: date | None) -> None:
    PlacePeriod.objects.create(
        place=place,
        name=place.name,
        search=place.search,
        parent_id=place.parent_id,
        valid=opened(since),
    )


def _make_boards(villages: Sequence[Place], *, since: date | None, day: date) -> None:
    pack = territory.country()
    wanted = [
        body
        for village in villages
        for body in naming.wanted_bodies(pack, village, territory.above(village))
    ]
    load_bodies(wanted, since=since, day=since or day)


@transaction.atomic
def rename_village(village_id: UUID, *, name: str, since: date, by: Actor, at: datetime) -> Place:
    """Give a village and its boards another name from ``since``.

    Raises NotFound when it no longer exists, Invalid for an empty name or a day not later than the
    first day of its present name.
    """
    village = _lock_place(village_id)
    require(policies.may_edit_units(by))
    commune = _parent_of(village)
    row = _one_name(name, commune)
    village.kind, village.name = row.kind, row.name
    village.sort_key, village.search = vi_key(village.name), folded(village.name)
    _close(village, since)
    village.save(update_fields=["kind", "name", "sort_key", "search"])
    _open_period(village, since)
    _make_boards([village], since=since, day=since)
    renamed = events.VillageRenamed(village.pk, since)
    record(renamed, by=by, at=at, dimensions=Dimensions(place=village.pk))
    return village


@transaction.atomic
def merge_villages(
    village_ids: Sequence[UUID],
    *,
    name: str,
    since: date,
    document: str = "",
    by: Actor,
    at: datetime,
) -> Place:
    """Make one new village of several from ``since``; the old ones end there and point to it.

    Raises Invalid for fewer than two villages or villages of different communes.
    """
    old = [_lock_place(pk) for pk in sorted(set(village_ids))]
    require(policies.may_edit_units(by))
    if len(old) < 2 or len({village.parent_id for village in old}) != 1:
        raise Invalid(_("Choose at least two villages of the same commune."))
    commune = _parent_of(old[0])
    row = _one_name(name, commune)
    new = _make_village(commune, row.kind, row.name, since)
    for village in old:
        _end_village(village, [new], since, document)
    _make_boards([new], since=since, day=since)
    merged = events.VillagesMerged(new.pk, len(old), since)
    record(merged, by=by, at=at, dimensions=Dimensions(place=new.pk))
    return new


def _one_name(name: str, commune: Place) -> Village:
    rows = pasting.villages(name, commune)
    if len(rows) != 1 or rows[0].made_of:
        raise Invalid(_("Give the village one name."))
    return rows[0]


@transaction.atomic
def end_village(
    village_id: UUID, *, since: date, document: str = "", by: Actor, at: datetime
) -> Place:
    """A village and its boards are no more from ``since``, and no other took its place.

    Raises NotFound when it no longer exists, Invalid for a day not later than its first.
    """
    village = _lock_place(village_id)
    require(policies.may_edit_units(by))
    _parent_of(village)
    _end_village(village, [], since, document)
    ended = events.VillageEnded(village.pk, since)
    record(ended, by=by, at=at, dimensions=Dimensions(place=village.pk))
    return village


def _end_village(old: Place, heirs: Sequence[Place], since: date, document: str) -> None:
    _close(old, since)
    share = Succession.Share.WHOLE if len(heirs) == 1 else Succession.Share.PART
    Succession.objects.bulk_create(
        Succession(old=old, new=new, share=share, on=since, document=nfc(document)) for new in heirs
    )
    for period in BodyPeriod.objects.filter(body__place=old):
        if is_open(period.valid):
            period.valid = between(period.valid.lower, since)
            period.save(update_fields=["valid"])


def _close(place: Place, day: date) -> None:
    period = PlacePeriod.objects.filter(place=place).order_by("-valid").first()
    if period is None or not is_open(period.valid):
        raise NotFound(_("This place no longer exists."))
    if period.valid.lower and period.valid.lower >= day:
        raise Invalid(_("The day must be later than the first day of the present name."))
    period.valid = between(period.valid.lower, day)
    period.save(update_fields=["valid"])


def _lock_place(place_id: UUID) -> Place:
    place = Place.objects.select_for_update(no_key=True).filter(pk=place_id).first()
    if place is None:
        raise NotFound(_("There is no such place."))
    return place


def _parent_of(village: Place) -> Place:
    pack = territory.country()
    if village.parent is None or not pack.place_kinds[village.kind].within:
        raise Invalid(_("This place is not a village."))
    return village.parent


def _villages_of(commune: Place, day: date) -> list[Place]:
    return list(Place.objects.in_force(day).filter(parent=commune))


def _first_day(place: Place, day: date) -> date | None:
    period = PlacePeriod.objects.filter(place=place, valid__contains=day).first()
    if period is None:
        raise NotFound(_("This place no longer exists."))
    first: date | None = period.valid.lower
    return first
