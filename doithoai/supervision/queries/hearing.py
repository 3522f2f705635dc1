"""Answered items whose people have not said anything yet, village by village."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.cases.models import Answer, Carried, Case
from doithoai.cases.workflow import State, Word
from doithoai.ledger.queries import receipt_is_about
from doithoai.supervision.queries.reading import id_of

SHOWN: Final = 40  # slips on one page: a hand holds no more
NOWHERE: Final = "none"


@dataclass(frozen=True)
class Village:
    """A place and how many of its answered items wait for a word. ``key`` stands in addresses."""

    key: str
    name: str
    waiting: int


@dataclass(frozen=True)
class Slip:
    """One answered item as it stands on one person's signed slip."""

    case: Case
    submission: UUID
    speakers: tuple[str, ...]
    answer: Answer | None


@dataclass(frozen=True)
class Round:
    """The villages with something to hear, and the slips of one of them."""

    villages: tuple[Village, ...]
    chosen: str
    slips: tuple[Slip, ...]


def unheard(actor: Official) -> QuerySet[Case]:
    """Answered items without a word whose word this official may write down.

    Whoever belongs to the body that answered may not, so its items are not here.
    """
    own = actor.acts_for | {actor.body}
    waiting = Case.objects.visible_to(actor).filter(
        state__in=[State.ANSWERED, State.SCHEDULED], word__in=[Word.NONE, Word.UNCONFIRMED]
    )
    return waiting.exclude(answering_body__in=own)


def round_of(actor: Official, village: str, *, code: str = "") -> Round:
    """The slips of a village; without one, of the first that has any. With a code, the slip that
    bears it, if its word is waited for.
    """
    villages = _villages(unheard(actor))
    if code:
        return Round(villages, "", _slips_with(unheard(actor), code))
    keys = [v.key for v in villages]
    chosen = village if village in keys else next(iter(keys), "")
    return Round(villages, chosen, _slips(unheard(actor), chosen) if chosen else ())


def _villages(rows: QuerySet[Case]) -> tuple[Village, ...]:
    by = ("matter__place", "matter__place__name", "matter__place__sort_key")
    counted = rows.order_by("matter__place__sort_key").values_list(*by).annotate(n=Count("pk"))
    return tuple(
        Village(str(place) if place else NOWHERE, name or _("No village known"), n)
        for place, name, _key, n in counted
    )


def _slips(rows: QuerySet[Case], village: str) -> tuple[Slip, ...]:
    place = UUID(village) if id_of(village) else None
    return _read(rows.filter(matter__place=place))


def _slips_with(rows: QuerySet[Case], code: str) -> tuple[Slip, ...]:
    """The slip of one person by its receipt's code, or all of a case by the case's own code."""
    submission = receipt_is_about(code)
    if submission is None:
        return _read(rows.filter(matter__code__iexact=code))
    mine = _read(rows.filter(carried__submission=submission, carried__until=None))
    return tuple(slip for slip in mine if slip.submission == submission)


def _read(rows: QuerySet[Case]) -> tuple[Slip, ...]:
    carried = Carried.objects.filter(until=None).select_related("submission").order_by("since")
    found = (
        rows.select_related("matter__place", "answering_body")
        .prefetch_related(
            Prefetch("carried", carried), Prefetch("answers", Answer.objects.order_by("-id"))
        )
        .order_by("answered_at", "pk")[:SHOWN]
    )
    return tuple(slip for case in found for slip in _slips_of(case))


def _slips_of(case: Case) -> list[Slip]:
    """One slip for each person whose words the case carries: nobody speaks for another."""
    said = [c.submission for c in case.carried.all()]
    answer = next(iter(case.answers.all()), None)
    names = [(s.pk, s.speaker or s.place_text) for s in said]
    return [Slip(case, pk, (name,) if name else (), answer) for pk, name in names]
