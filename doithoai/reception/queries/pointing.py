"""Which entries of an item name a visit that the register keeps silent about."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from doithoai.cases.queries.pointing import Said, named
from doithoai.core.actors import Actor
from doithoai.docket.models import Matter
from doithoai.reception.models import Raised, Visit


def at_silent_visits(actor: Actor, item: UUID, said: Sequence[Said]) -> Collection[UUID]:
    """The number of a silent line in an open item says that its person came about something sealed,
    too. A sealed item's own record keeps it: its readers know.
    """
    ids = named(said, "visit")
    own = Matter.objects.filter(pk=item, sealed=True)
    beside = Raised.objects.filter(visit=OuterRef("pk"), matter__sealed=True)
    unseen = beside.exclude(matter__in=Matter.objects.visible_to(actor))
    silent = Visit.objects.filter(Q(sealed=True) | Q(Exists(unseen)), pk__in=ids.values())
    out = set(silent.filter(~Exists(own)).values_list("pk", flat=True))
    return [entry for entry, visit in ids.items() if visit in out]
