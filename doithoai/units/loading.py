"""Loads places, successions, fields, competence and bodies. Loaded again, nothing changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.collation import folded, vi_key
from doithoai.core.countries import Country
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import NotFound
from doithoai.core.toml_tables import BadFile
from doithoai.ledger.commands import record
from doithoai.units import events, place_files, policies
from doithoai.units.body_loading import load_bodies_below
from doithoai.units.models import (
    CompetenceRule,
    Field,
    Place,
    PlacePeriod,
    Succession,
)
from doithoai.units.periods import DateRange, between, is_open, opened
from doithoai.units.place_files import Key, WantedPlace, WantedSuccession

BATCH = 2000
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Report:
    """Rows that were made or changed; all zero when everything was there already."""

    places: int = 0
    periods: int = 0
    successions: int = 0
    fields: int = 0
    rules: int = 0
    bodies: int = 0

    def changed(self) -> bool:
        """Whether anything was written."""
        return any(asdict(self).values())


@transaction.atomic
def load(
    country: Country,
    *,
    province: str = "",
    folder: Path | None = None,
    by: Actor,
    at: datetime,
) -> Report:
    """Load the whole country, and the bodies of one top place named ``province`` with all below it.

    A file that was corrected since closes and opens periods on the day of loading.
    Raises NotFound when no place in force bears the name; BadFile when a file cannot be read.
    """
    require(policies.may_edit_units(by))
    day = local_day(at)
    gazetteer = place_files.read(country, folder)
    report = _load_places(gazetteer.places, day=day)
    report = replace(report, successions=_load_successions(gazetteer.successions))
    report = replace(report, fields=_load_fields(country))
    if province:
        root = _top_place(country, province, day)
        since = _first_day(root)
        rules = _load_competence(country, since=since)
        report = replace(
            report, rules=rules, bodies=load_bodies_below(country, root, since=since, day=day)
        )
    if report.changed():
        loaded = events.Loaded(report.places, report.successions, report.bodies)
        record(loaded, by=by, at=at)
    return report


def _top_place(country: Country, name: str, day: date) -> Place:
    tops = Place.objects.in_force(day).filter(parent=None, kind__in=country.place_kinds)
    wanted = folded(name)
    for place in tops:
        bare = country.place_kinds[place.kind].bare(place.name)
        if wanted in {folded(place.name), folded(bare)}:
            return place
    raise NotFound(_("There is no place named %(name)s at the top level.") % {"name": name})


# --------------------------------------------------------------------------------------- places
def _load_places(wanted: Sequence[WantedPlace], *, day: date) -> Report:
    sources = {w.key[0] for w in wanted}
    known = {
        (p.code_source, p.code): p
        for p in Place.objects.filter(code_source__in=sources).exclude(code="")
    }
    new = [_new_place(w) for w in wanted if w.key not in known]
    every = known | {(p.code_source, p.code): p for p in new}
    for want in wanted:
        every[want.key].parent_id = _parent(want, every)
    Place.objects.bulk_create(new, batch_size=BATCH)
    fresh = {place.pk for place in new}
    PlacePeriod.objects.bulk_create(
        [_new_period(w, every) for w in wanted if every[w.key].pk in fresh], batch_size=BATCH
    )
    changed = _correct_places([w for w in wanted if w.key in known], known, every, day=day)
    return Report(places=len(new), periods=changed + _close_gone(wanted, known, day=day))


def _new_place(want: WantedPlace) -> Place:
    return Place(
        code_source=want.key[0],
        code=want.key[1],
        kind=want.kind,
        level=want.level,
        name=want.name,
        sort_key=vi_key(want.name),
        search=folded(want.name),
        lat=want.lat,
        lon=want.lon,
    )


def _parent(want: WantedPlace, every: Mapping[Key, Place]) -> UUID | None:
    if want.parent is None:
        return None
    if want.parent not in every:
        raise BadFile(f"{want.name} ({want.key[1]}): there is no place {want.parent[1]} above it")
    return every[want.parent].pk


def _new_period(
    want: WantedPlace, every: Mapping[Key, Place], valid: DateRange | None = None
) -> PlacePeriod:
    return PlacePeriod(
        place=every[want.key],
        name=want.name,
        search=folded(want.name),
        parent_id=_parent(want, every),
        valid=valid or between(want.begins, want.ends),
    )


def _latest(places: Iterable[Place]) -> dict[UUID, PlacePeriod]:
    found: dict[UUID, PlacePeriod] = {}
    periods = PlacePeriod.objects.filter(place__in=[p.pk for p in places]).order_by("valid")
    for period in periods:
        found[period.place_id] = period
    return found


def _correct_places(
    wanted: Sequence[WantedPlace],
    known: Mapping[Key, Place],
    every: Mapping[Key, Place],
    *,
    day: date,
) -> int:
    """Periods closed and opened because the file now says another name or parent."""
    latest = _latest(known.values())
    changed = 0
    for want in wanted:
        place, period = known[want.key], latest[known[want.key].pk]
        if _same(want, period, every):
            continue
        changed += 1
        _succeed(want, period, every, day=day)
        place.kind, place.name, place.parent_id = want.kind, want.name, _parent(want, every)
        place.sort_key, place.search = vi_key(want.name), folded(want.name)
        place.save(update_fields=["kind", "name", "parent", "sort_key", "search"])
    return changed


def _same(want: WantedPlace, period: PlacePeriod, every: Mapping[Key, Place]) -> bool:
    still = want.ends is not None or is_open(period.valid)
    return still and (period.name, period.parent_id) == (want.name, _parent(want, every))


def _succeed(
    want: WantedPlace, period: PlacePeriod, every: Mapping[Key, Place], *, day: date
) -> None:
    """A closed past is corrected where it stands; what is in force ends today and begins anew."""
    past = want.ends is not None or period.valid.lower == day
    if past:
        valid = period.valid if want.ends else opened(day)
        corrected = _new_period(want, every, valid)
        corrected.pk = period.pk
        corrected.save(force_update=True)
        return
    if is_open(period.valid):
        period.valid = between(period.valid.lower, day)
        period.save(update_fields=["valid"])
    _new_period(want, every, opened(day)).save(force_insert=True)


def _close_gone(wanted: Sequence[WantedPlace], known: Mapping[Key, Place], *, day: date) -> int:
    there = {w.key for w in wanted}
    gone = [place for key, place in known.items() if key not in there]
    closed = 0
    for period in _latest(gone).values():
        if is_open(period.valid) and period.valid.lower != day:
            period.valid = between(period.valid.lower, day)
            period.save(update_fields=["valid"])
            closed += 1
    return closed


def _load_successions(wanted: Sequence[WantedSuccession]) -> int:
    """A line that differs or is gone from the source is withdrawn before the new are made."""
    sources = {w.old[0] for w in wanted}
    every = sources | {w.new[0] for w in wanted}
    rows = Place.objects.filter(code_source__in=every).values_list("code_source", "code", "pk")
    ids = {(source, code): pk for source, code, pk in rows}
    made = [_succession(w, ids) for w in wanted]
    known = {_said(row): row.pk for row in Succession.objects.filter(old__code_source__in=sources)}
    said = {_said(row) for row in made}
    withdrawn = [pk for key, pk in known.items() if key not in said]
    Succession.objects.filter(pk__in=withdrawn).delete()
    new = [row for row in made if _said(row) not in known]
    Succession.objects.bulk_create(new, batch_size=BATCH)
    return len(new) + len(withdrawn)


def _said(row: Succession) -> tuple[UUID, UUID, str, bool]:
    return row.old_id, row.new_id, row.share, row.is_default


def _succession(want: WantedSuccession, ids: Mapping[Key, UUID]) -> Succession:
    return Succession(
        old_id=ids[want.old],
        new_id=ids[want.new],
        share=want.share,
        is_default=want.is_default,
        on=want.on,
        document=want.document,
    )


# ------------------------------------------------------------------------ fields and competence
def _load_fields(country: Country) -> int:
    known = {field.code: field for field in Field.objects.all()}
    changed = 0
    for sort, row in enumerate(country.fields, start=1):
        field = known.get(row.code) or Field(code=row.code)
        said = (dict(row.labels), sort, list(row.synonyms))
        if row.code in known and said == (field.name, field.sort, field.synonyms):
            continue
        field.name, field.sort, field.synonyms = said
        field.save()
        changed += 1
    return changed


def _load_competence(country: Country, *, since: date | None) -> int:
    """Only keys nobody has touched: what an administrator changed stays."""
    fields = {field.code: field for field in Field.objects.all()}
    known = set(CompetenceRule.objects.values_list("field__code", "petition_kind", "level"))
    new = [
        CompetenceRule(
            field=fields[row.field],
            petition_kind=kind,
            level=row.level,
            office=row.office,
            valid=opened(since),
        )
        for row in country.competence
        for kind in row.petition_kinds
        if (row.field, kind, row.level) not in known
    ]
    return len(CompetenceRule.objects.bulk_create(new))


def _first_day(place: Place) -> date | None:
    period = PlacePeriod.objects.filter(place=place).order_by("valid").first()
    assert period is not None, place.pk
    lower: date | None = period.valid.lower
    return lower
