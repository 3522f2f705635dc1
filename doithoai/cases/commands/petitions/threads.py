"""The same petition sent again, or sent to several bodies: found, counted apart, and never a way
into another body's file.
"""

from typing import Final
from uuid import UUID

from rapidfuzz import fuzz

from doithoai.cases.models import Case, Petition
from doithoai.core.collation import folded
from doithoai.core.identifiers import uuid7

SAME: Final = 80.0  # of 100: token set ratio of the folded texts
NEWEST: Final = 50  # of the same sender, looked at
SHORT: Final = 4000  # characters compared


def sender_key(speaker: str, place: UUID | None, *, anonymous: bool) -> str:
    """By what the same sender is found again: the folded name with the village; empty for nobody
    named.
    """
    name = " ".join(folded(speaker).split())
    if anonymous or not name:
        return ""
    return f"{name}|{place or ''}"[:200]


def tie(petition: Petition) -> Petition:
    """Tie a new petition to those of the same sender that say the same: one thread; the latest of
    the same body is what it repeats.
    """
    same = _same(petition)
    if not same:
        return petition
    petition.thread = next((p.thread for p in same if p.thread), None) or uuid7()
    here = [p for p in same if p.body_id == petition.body_id]
    petition.repeats = max(here, key=lambda p: (p.arrived_on, p.pk)) if here else None
    petition.save(update_fields=["thread", "repeats"])
    loose = [p.pk for p in same if p.thread is None]
    Petition.objects.filter(pk__in=loose).update(thread=petition.thread)
    return petition


def _same(petition: Petition) -> list[Petition]:
    if petition.sealed or not petition.sender_key:
        return []
    rows = (
        Petition.objects.filter(sender_key=petition.sender_key, sealed=False)
        .exclude(pk=petition.pk)
        .select_related("submission")
        .order_by("-arrived_on")[:NEWEST]
    )
    text = folded(petition.submission.text[:SHORT])
    return [
        each
        for each in rows
        if each.submission.text
        and fuzz.token_sort_ratio(text, folded(each.submission.text[:SHORT])) >= SAME
    ]


def guided_before(case: Case) -> bool:
    """Whether the same body guided this person on the same content before."""
    mine = Petition.objects.filter(submission__carried__case=case, repeats__isnull=False)
    seen: set[UUID] = set()
    before = {p.repeats_id for p in mine if p.repeats_id}
    while before - seen:
        seen |= before
        earlier = Petition.objects.filter(pk__in=before, repeats__isnull=False)
        before = {p.repeats_id for p in earlier if p.repeats_id}
    return Case.objects.filter(carried__submission__in=seen, rulings__step="advise").exists()
