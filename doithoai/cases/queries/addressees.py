"""Where somebody sends what they have to say: the communes, and the committees that receive for
them.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from doithoai.accounts.models import Post
from doithoai.core.errors import NotFound
from doithoai.units.models import Body, Place
from doithoai.units.queries import country, find_office, find_places, villages

LISTED = 40  # communes shown without typing
A_MINUTE = 60


@dataclass(frozen=True)
class Choice:
    """A commune somebody may have meant; ``why`` says how an old name led to it."""

    place: Place
    why: str
    served: bool


def served(*, today: date) -> list[Body]:
    """The communes' committees for which somebody acts here, in Vietnamese order. One query."""
    acting = Post.objects.filter(valid__contains=today, holdings__valid__contains=today)
    own = Exists(acting.filter(body=OuterRef("pk")))
    offices = Exists(acting.filter(body__parent=OuterRef("pk"), body__place=OuterRef("place")))
    committees = Body.objects.filter(office=country().default_office, place__level="commune")
    return list(committees.filter(own | offices).select_related("place").order_by("sort_key"))


def communes_named(text: str, *, today: date) -> list[Choice]:
    """Communes by a name of today or of before the reorganisation."""
    here = {body.place_id for body in served(today=today)}
    found = find_places(text, today=today, limit=20)
    return [Choice(f.place, f.why, f.place.pk in here) for f in found if f.place.level == "commune"]


@dataclass(frozen=True)
class Addressee:
    """A commune, the committee that receives for it, and its villages."""

    commune: Place
    committee: Body
    villages: tuple[tuple[UUID, str], ...]


def addressee(commune_id: UUID, *, today: date) -> Addressee:
    """Who receives for this commune; a minute old at most, for every submission asks.

    Raises NotFound when nobody does here.
    """
    key = f"cases.addressee.{commune_id}.{today}"
    known: Addressee | None = cache.get(key)
    if known is None:
        known = _addressee(commune_id, today)
        cache.set(key, known, A_MINUTE)
    return known


def _addressee(commune_id: UUID, today: date) -> Addressee:
    place = Place.objects.filter(pk=commune_id, level="commune").select_related("parent").first()
    body = find_office(country().default_office, near=place, today=today) if place else None
    if place is None or body is None or body.place_id != place.pk:
        raise NotFound(_("Nobody receives recommendations for this place here. Choose another."))
    inside = tuple((v.pk, v.name) for v in villages(place, today=today))
    return Addressee(place, body, inside)
