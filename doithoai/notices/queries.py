"""Reads of the outbox, named for the page that needs them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from doithoai.notices.models import DIGEST, ENDING, Channel, Incoming, Outbox, ending
from doithoai.notices.numbers import bare
from doithoai.notices.rendering import words
from doithoai.notices.workflow import Message, State
from doithoai.units.queries import country


@dataclass(frozen=True)
class ByHand:
    """One person to be told by hand: whom or where to call, and the words for each way."""

    notice: UUID
    about: UUID | None
    address: str
    made_at: datetime
    call: str
    posting: str
    loudspeaker: str


@dataclass(frozen=True)
class Village:
    """A village with people who wait to be told by hand; None: no village is known."""

    village: UUID | None
    waiting: int


@dataclass(frozen=True)
class Waiting:
    """What the outbox holds now, for ``doctor`` and the administrator's page."""

    queued: dict[str, int]
    uncertain: int
    failed: int
    oldest: datetime | None


def _by_hand() -> QuerySet[Outbox]:
    return Outbox.objects.filter(state=State.QUEUED, channel=Channel.PRINT)


def villages() -> list[Village]:
    """The villages where somebody waits to be told by hand. One query."""
    rows = _by_hand().values_list("village").annotate(waiting=Count("id")).order_by("village")
    return [Village(village, waiting) for village, waiting in rows]


def sheet(village: UUID | None, *, at: datetime) -> list[ByHand]:
    """Everybody of a village to be told by hand at this moment, oldest first. One query.

    ``call`` may name the person; ``posting`` and ``loudspeaker`` come only from templates written
    for the public, else from words that name nobody.
    """
    rows = _by_hand().filter(village=village, next_at__lte=at).order_by("made_at", "id")
    return [_told(row) for row in rows]


def _told(row: Outbox) -> ByHand:
    return ByHand(
        notice=row.pk,
        about=row.about,
        address=row.address,
        made_at=row.made_at,
        call=words(row, form="call").text,
        posting=words(row, form="posting").text,
        loudspeaker=words(row, form="loudspeaker").text,
    )


def troubled() -> QuerySet[Outbox]:
    """Notices a person must look at, oldest first: failed ones, and those that may have gone."""
    return Outbox.objects.filter(state__in=[State.UNCERTAIN, State.FAILED]).order_by(
        "made_at", "id"
    )


def told(about: UUID) -> list[Outbox]:
    """Every notice about a matter, oldest first. One query."""
    return list(Outbox.objects.filter(about=about).order_by("made_at", "id"))


def waiting() -> Waiting:
    """How much waits by channel, and what is in trouble. Two queries."""
    queued = Outbox.objects.filter(state=State.QUEUED).values_list("channel")
    counts = dict(queued.annotate(number=Count("id")).order_by("channel"))
    found = Outbox.objects.aggregate(
        uncertain=Count("id", filter=Q(state=State.UNCERTAIN)),
        failed=Count("id", filter=Q(state=State.FAILED)),
    )
    oldest = Outbox.objects.filter(state=State.QUEUED).order_by("made_at").first()
    return Waiting(counts, found["uncertain"], found["failed"], oldest.made_at if oldest else None)


def digest_addresses(*, since: datetime) -> list[str]:
    """Addresses of officials for whom something waits and who got no digest made ``since`` then."""
    waits = Outbox.objects.filter(state=State.QUEUED, digest=True)
    waiting = list(waits.order_by("address").values_list("address", flat=True).distinct())
    if not waiting:
        return []
    made = Outbox.objects.filter(template=DIGEST, made_at__gte=since, address__in=waiting)
    told = set(made.values_list("address", flat=True))
    return [address for address in waiting if address not in told]


def merged(digest_id: UUID) -> list[Outbox]:
    """The notices one digest carries, oldest first; what was emptied since, when its matter was
    sealed or its person erased, is left out.
    """
    rows = Outbox.objects.filter(merged_into=digest_id).exclude(address="")
    return list(rows.order_by("made_at", "id"))


def texted(number: str) -> list[Outbox]:
    """Every text message written to this telephone number, however typed, oldest first. One query.

    Failed ones are left out: their number was never asked.
    """
    code = country().calling_code
    wanted = bare(number, code)
    if len(wanted) < ENDING:
        return []
    told = Outbox.objects.filter(channel=Channel.SMS).exclude(state=State.FAILED)
    near = told.annotate(ending=ending("address")).filter(ending=wanted[-ENDING:])
    return [row for row in near.order_by("made_at", "id") if bare(row.address, code) == wanted]


def kept(bodies: Collection[UUID]) -> QuerySet[Incoming]:
    """Messages that wait to be read by the clerks of these bodies, oldest first."""
    waiting = Incoming.objects.filter(state=Message.KEPT, body__in=bodies)
    return waiting.order_by("came_at", "id")
