"""Reads of the citizens' pages about what is sealed: which body is meant, what was written back."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from doithoai.cases.queries import addressees
from doithoai.core.actors import Actor
from doithoai.core.collation import folded, nfc
from doithoai.core.errors import NotFound
from doithoai.docket.models import Matter
from doithoai.docket.unsealing import Message, correspondence
from doithoai.units.models import Body

MOST = 60  # bodies offered for one name


def bodies_named(given: Mapping[str, str], *, today: date) -> list[Body]:
    """The bodies a person may mean: of the communes of this name, or whose own name holds it. The
    one chosen before stays among them.
    """
    words = folded(nfc(given.get("words", "")))[:100]
    chosen = _uuid(given.get("body", ""))
    if not words and chosen is None:
        return []
    communes = addressees.communes_named(words, today=today) if words else []
    wanted = Q(pk=chosen) | Q(place__in=[c.place.pk for c in communes])
    if words:
        wanted |= Q(search__contains=words, level__in=["province", "commune"])
    found = Body.objects.in_force(today).filter(wanted).select_related("parent")
    rows = list(found.order_by("sort_key")[:MOST])
    return sorted(rows, key=_office)  # what people mean first comes first: committees


def _office(body: Body) -> bool:
    return body.parent is not None and body.parent.place_id == body.place_id


def _uuid(text: str) -> UUID | None:
    plain = text.replace("-", "").lower()
    return UUID(plain) if len(plain) == 32 and set(plain) <= set("0123456789abcdef") else None


def sealed_for(holder: Actor) -> Matter:
    """The sealed matter a slip was handed out for. Raises NotFound."""
    found = Matter.objects.visible_to(holder).filter(sealed=True).select_related("body").first()
    if found is None:
        raise NotFound("")
    return found


def letters(matter: Matter, holder: Actor) -> tuple[Message, ...]:
    """What the body and the person wrote to each other. Raises NotFound for anybody else."""
    return correspondence(matter, holder)
