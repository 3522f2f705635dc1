"""Makes the bodies of places as the country pack wants them, in bulk; renames by period."""

from collections.abc import Mapping, Sequence
from datetime import date

from doithoai.core.collation import folded, vi_key
from doithoai.core.countries import Country
from doithoai.units import naming, territory
from doithoai.units.models import Body, BodyPeriod, Place
from doithoai.units.naming import WantedBody
from doithoai.units.periods import between, opened

BATCH = 2000


def load_bodies_below(country: Country, root: Place, *, since: date | None, day: date) -> int:
    """Make or rename the bodies of this place, of all below it in force, and of the whole country.

    Returns how many were made or changed.
    """
    places = [root, *territory.descendants(root, today=day)]
    by_id = {place.pk: place for place in places}
    wanted = list(naming.countrywide_bodies(country))
    for place in places:
        place.parent = by_id.get(place.parent_id) if place.parent_id else None
        wanted += naming.wanted_bodies(country, place, territory.above(place))
    return load_bodies(wanted, since=since, day=day)


def load_bodies(wanted: Sequence[WantedBody], *, since: date | None, day: date) -> int:
    """Make the bodies that are missing, from ``since``; rename from ``day`` those named otherwise.

    Returns how many were made or changed. Bodies the pack no longer names stay as they are.
    """
    codes = {w.code for w in wanted} | {w.parent for w in wanted}
    known = {body.code: body for body in Body.objects.filter(code__in=codes)}
    every = known | {w.code: Body(code=w.code) for w in wanted if w.code not in known}
    changed = [w for w in wanted if _fill(every[w.code], w, every) or w.code not in known]
    fresh = [w for w in changed if w.code not in known]
    Body.objects.bulk_create([every[w.code] for w in fresh], batch_size=BATCH)
    BodyPeriod.objects.bulk_create([_body_period(every[w.code], since) for w in fresh])
    for want in changed:
        if want.code in known:
            _rename(every[want.code], day=day)
    return len(changed)


def _fill(body: Body, want: WantedBody, every: Mapping[str, Body]) -> bool:
    """Write the pack's words into the row; whether any differed."""
    parent = every.get(want.parent)
    said: dict[str, object] = {
        "kind": want.office.kind,
        "office": want.office.code,
        "level": want.office.level,
        "name": want.name,
        "short_name": want.short_name,
        "aliases": list(want.aliases),
        "sort_key": vi_key(want.short_name),
        "search": folded(want.short_name),
        "parent_id": parent.pk if parent else None,
        "place_id": want.place.pk if want.place else None,
        "has_account": want.office.has_account,
        "layout": want.layout,
    }
    differs = {name for name, value in said.items() if getattr(body, name) != value}
    for name in differs:
        setattr(body, name, said[name])
    return bool(differs)


def _body_period(body: Body, since: date | None) -> BodyPeriod:
    return BodyPeriod(
        body=body,
        name=body.name,
        parent_id=body.parent_id,
        place_id=body.place_id,
        valid=opened(since),
    )


def _rename(body: Body, *, day: date) -> None:
    body.save()
    latest = BodyPeriod.objects.filter(body=body).order_by("-valid").first()
    assert latest is not None, body.pk
    now = (body.name, body.parent_id, body.place_id)
    if now == (latest.name, latest.parent_id, latest.place_id):
        return
    if latest.valid.lower == day:
        latest.name, latest.parent_id, latest.place_id = now
        latest.save(update_fields=["name", "parent", "place"])
        return
    latest.valid = between(latest.valid.lower, day)
    latest.save(update_fields=["valid"])
    _body_period(body, day).save(force_insert=True)
