"""People who have neither telephone nor mail: whom to tell in which village, and in which words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.docket.models import Matter
from doithoai.notices import queries as notices
from doithoai.notices.models import Channel, Outbox
from doithoai.notices.queries import ByHand
from doithoai.notices.workflow import State
from doithoai.supervision.queries.reading import id_of
from doithoai.units.models import Place

NOWHERE: Final = "none"  # in addresses: people of no known village


@dataclass(frozen=True)
class Waiting:
    """A village and how many people wait there to be told by hand. ``key`` stands in addresses."""

    key: str
    name: str
    people: int


@dataclass(frozen=True)
class Sheet:
    """Everybody of one village to be told by hand, and what the loudspeaker reads out."""

    key: str
    name: str
    people: tuple[ByHand, ...]
    loudspeaker: str


def waiting_for(actor: Actor, *, at: datetime) -> QuerySet[Outbox]:
    """Notices to be told by hand now, about matters this reader may see."""
    return Outbox.objects.filter(
        state=State.QUEUED,
        channel=Channel.PRINT,
        next_at__lte=at,
        about__in=Matter.objects.visible_to(actor).values("pk"),
    )


def villages(actor: Actor, *, at: datetime) -> tuple[Waiting, ...]:
    """The villages where somebody waits, in Vietnamese order; those of no known village last."""
    rows = dict(waiting_for(actor, at=at).order_by().values_list("village").annotate(n=Count("pk")))
    places = Place.objects.filter(pk__in=[v for v in rows if v]).order_by("sort_key")
    found = [Waiting(str(p.pk), p.name, rows[p.pk]) for p in places]
    known = {p.pk for p in places}
    rest = sum(n for village, n in rows.items() if village not in known)
    return (*found, *([Waiting(NOWHERE, _("No village known"), rest)] if rest else []))


def sheet(actor: Actor, key: str, *, at: datetime) -> Sheet:
    """One village's people. What this reader may not see is not on it."""
    wanted = id_of(key)
    place = Place.objects.filter(pk=wanted).first() if wanted else None
    village = place.pk if place else None
    mine = set(waiting_for(actor, at=at).filter(village=village).values_list("pk", flat=True))
    people = tuple(each for each in notices.sheet(village, at=at) if each.notice in mine)
    spoken = dict.fromkeys(each.loudspeaker for each in people)
    name = place.name if place else _("No village known")
    return Sheet(key if place else NOWHERE, name, people, "\n\n".join(spoken))
