"""Cases that say nearly the same: the newest of the same body, scored without diacritics."""

from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from doithoai.cases.models import Case
from doithoai.core.actors import Actor
from doithoai.core.collation import folded
from doithoai.docket.models import Matter, Words

NEWEST: Final = 200  # looked at, so that the page costs the same however large the commune
ALIKE: Final = 60.0  # of 100
SHOWN: Final = 5
NEEDED: Final = (
    "text", "matter__kind", "matter__code", "matter__title", "matter__received_on",
    "matter__case__state", "matter__case__outcome",
)  # fmt: skip


@dataclass(frozen=True)
class Alike:
    """A case that resembles another; ``score`` from 0 to 100 (token set ratio)."""

    case: Case
    score: float


def similar(case: Case, *, seen_by: Actor) -> tuple[Alike, ...]:
    """Up to five cases of the same receiving body that say nearly the same, rights applied."""
    if case.matter.sealed:
        return ()
    newest = Matter.objects.filter(body=case.matter.body_id, kind="case", sealed=False)
    rows = (
        Words.objects.filter(matter__in=newest.order_by("-received_on").values("pk")[:NEWEST])
        .filter(matter__in=Matter.objects.visible_to(seen_by), matter__case__isnull=False)
        .exclude(matter=case.pk)
        .select_related("matter__case")
        .only(*NEEDED)
    )
    return _best(folded(case.text), list(rows))


def _best(text: str, rows: list[Words]) -> tuple[Alike, ...]:
    scored = [(fuzz.token_set_ratio(text, row.text), row) for row in rows]
    best = sorted(scored, key=lambda pair: -pair[0])[:SHOWN]
    return tuple(Alike(_case(row), score) for score, row in best if score >= ALIKE)


def _case(row: Words) -> Case:
    case = row.matter.case
    case.matter = row.matter
    return case
