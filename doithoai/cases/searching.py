"""Cases that say nearly the same: found by words among the newest, scored without diacritics."""

from dataclasses import dataclass
from typing import Final

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F
from rapidfuzz import fuzz

from doithoai.cases.models import Case
from doithoai.core.actors import Actor
from doithoai.core.collation import folded
from doithoai.docket.models import Matter, Words

NEWEST: Final = 1000  # looked at, so that the page costs the same in a large commune
CANDIDATES: Final = 50
ALIKE: Final = 60.0  # of 100
SHOWN: Final = 5
SHORTEST: Final = 3  # letters of a word worth looking for
WORDS: Final = 40


@dataclass(frozen=True)
class Alike:
    """A case that resembles another; ``score`` from 0 to 100 (token set ratio)."""

    case: Case
    score: float


def similar(case: Case, *, seen_by: Actor) -> tuple[Alike, ...]:
    """Up to five cases of the same receiving body that say nearly the same, rights applied."""
    wanted = _query(case.text)
    if wanted is None or case.matter.sealed:
        return ()
    newest = Matter.objects.filter(body=case.matter.body_id, kind="case", sealed=False)
    rows = (
        Words.objects.filter(
            matter__in=newest.order_by("-received_on").values("pk")[:NEWEST],
            matter__case__isnull=False,
        )
        .filter(matter__in=Matter.objects.visible_to(seen_by))
        .exclude(matter=case.pk)
        .select_related("matter__case")
        .annotate(rank=SearchRank(F("lexemes"), wanted))
        .order_by("-rank")[:CANDIDATES]
    )
    return _best(folded(case.text), list(rows))


def _query(text: str) -> SearchQuery | None:
    words = [w for w in dict.fromkeys(folded(text).split()) if w.isalnum() and len(w) >= SHORTEST]
    if not words:
        return None
    return SearchQuery(" | ".join(words[:WORDS]), config="simple", search_type="raw")


def _best(text: str, rows: list[Words]) -> tuple[Alike, ...]:
    scored = [(fuzz.token_set_ratio(text, row.text), row) for row in rows]
    best = sorted(scored, key=lambda pair: -pair[0])[:SHOWN]
    return tuple(Alike(_case(row), score) for score, row in best if score >= ALIKE)


def _case(row: Words) -> Case:
    case = row.matter.case
    case.matter = row.matter
    return case
