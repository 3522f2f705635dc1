"""People who have neither telephone nor mail: whom to tell in which village, and in which words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from doithoai.cases.models import Carried, Case
from doithoai.cases.workflow import Word
from doithoai.core.actors import Actor
from doithoai.docket.models import Matter
from doithoai.notices import queries as notices
from doithoai.notices.models import Channel, Outbox
from doithoai.notices.queries import ByHand
from doithoai.notices.workflow import State
from doithoai.supervision.queries.reading import id_of
from doithoai.units.models import Place

NOWHERE: Final = "none"  # in addresses: people of no known village
ASKING: Final = ("cases/notices/answered",)  # notices that ask the person for their word


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
    """Notices to be told by hand now, about matters this reader may see.

    Who has given their word on the answer is asked no more.
    """
    given = Case.objects.filter(
        pk=OuterRef("about"), word__in=[Word.AGREED, Word.PARTLY, Word.DISAGREED]
    )
    return Outbox.objects.filter(
        ~(Q(template__in=ASKING) & Exists(given)),
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
    mine = list(waiting_for(actor, at=at).filter(village=village))
    phones = _phones(mine)
    people = tuple(
        _reached(each, phones[each.notice])
        for each in notices.sheet(village, at=at)
        if each.notice in phones
    )
    spoken = dict.fromkeys(each.loudspeaker for each in people)
    name = place.name if place else _("No village known")
    return Sheet(key if place else NOWHERE, name, people, "\n\n".join(spoken))


def _phones(rows: Sequence[Outbox]) -> dict[UUID, str]:
    """Notice → the telephone of the one it speaks to, known since it was written. One query."""
    carried = Carried.objects.filter(case__in={row.about for row in rows}, until=None)
    known = carried.exclude(submission__phone="").values_list(
        "case", "submission__speaker", "submission__place_text", "submission__phone"
    )
    by_name = {
        (case, name): phone for case, speaker, place, phone in known for name in (place, speaker)
    }
    return {
        row.pk: by_name.get((row.about, _spoken_to(row)), "") if row.about else "" for row in rows
    }


def _spoken_to(row: Outbox) -> str:
    return row.context.get("speaker") or row.context.get("group") or ""


def _reached(person: ByHand, phone: str) -> ByHand:
    """Whom to call, with the telephone beside the address."""
    if not phone or phone in person.address:
        return person
    return replace(person, address=" · ".join(filter(None, (phone, person.address))))
