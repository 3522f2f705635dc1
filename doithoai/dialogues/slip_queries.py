"""Reads of slips: whose are printed, village by village, and for whom none may be."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F

from doithoai.accounts.actors import Official
from doithoai.dialogues import policies
from doithoai.dialogues.carrying import carrying, handed_out
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.queries import Row, items, with_dates
from doithoai.units.models import Place


def by_village(dialogue: Dialogue, actor: Official) -> tuple[Row, ...]:
    """What was said, in the order slips are handed out: by village, then as it was said."""
    village = F("submission__place__sort_key").asc(nulls_last=True)
    return with_dates(list(items(dialogue, actor).order_by(village, "number")))


def without_slip(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Those nobody was handed a slip for yet. One query."""
    had = handed_out([row.item for row in rows])
    return tuple(row for row in rows if row.item.submission_id not in had)


@dataclass(frozen=True)
class VillageSlips:
    """How many slips a village gets."""

    place: Place | None
    count: int


def slips_by_village(dialogue: Dialogue, actor: Official) -> tuple[VillageSlips, ...]:
    """The villages people spoke from, in Vietnamese order; those without one last."""
    counted = (
        items(dialogue, actor)
        .order_by()
        .values("submission__place")
        .annotate(count=Count("pk"), key=F("submission__place__sort_key"))
        .order_by(F("key").asc(nulls_last=True))
        .values_list("submission__place", "count")
    )
    found = list(counted)
    places = Place.objects.in_bulk([place for place, _count in found if place])
    return tuple(VillageSlips(places.get(place), count) for place, count in found)


def kept_from(dialogue: Dialogue, actor: Official) -> Mapping[str, int]:
    """Why no slip may be printed → for how many of the statements."""
    found = list(items(dialogue, actor))
    cases, had = carrying(found, actor), handed_out(found)
    asked = [
        policies.may_hand_out(actor, cases[said], again=said in had)
        for said in (item.submission_id for item in found)
        if said in cases
    ]
    return dict(Counter(decision.reason for decision in asked if not decision))
