"""The same petition sent again, or sent to several bodies: found, counted apart, and never a way
into another body's file.
"""

from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from rapidfuzz import fuzz

from doithoai.cases.models import Case, Petition
from doithoai.core.actors import Actor
from doithoai.core.collation import bare_name, folded
from doithoai.core.identifiers import uuid7
from doithoai.docket.models import Link
from doithoai.units.territory import country

SAME: Final = 80.0  # of 100: token set ratio of the folded texts
NEWEST: Final = 50  # of the same sender, looked at
SHORT: Final = 4000  # characters compared
TELLING: Final = 20  # characters; fewer words may stand in anything
INSIDE: Final = 95.0  # of 100: token set ratio, near 100 where all words of one are in the other


def sender_key(speaker: str, *, anonymous: bool) -> str:
    """By what the same sender is found again: the folded name without words of address; empty for
    nobody named. The place is compared as far as both petitions name one, see ``_of_sender``: one
    clerk fills it in, another does not.
    """
    name = bare_name(speaker, country().name_titles)
    return "" if anonymous else name[:200]


def _of_sender(petition: Petition) -> "QuerySet[Petition]":
    """Open petitions of the same sender, the newest first: of the same name, and from the same
    place unless one of the two names none.
    """
    if petition.sealed or not petition.sender_key:
        return Petition.objects.none()
    rows = Petition.objects.filter(sender_key=petition.sender_key, sealed=False)
    place = petition.submission.place_id
    if place is not None:
        rows = rows.filter(Q(submission__place=place) | Q(submission__place=None))
    others = rows.exclude(pk=petition.pk).select_related("submission")
    return others.order_by("-arrived_on", "pk")


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
    text = folded(petition.submission.text[:SHORT])
    return [
        each
        for each in _of_sender(petition)[:NEWEST]
        if each.submission.text
        and fuzz.token_sort_ratio(text, folded(each.submission.text[:SHORT])) >= SAME
    ]


def split_before(case: Case, actor: Actor) -> list[str]:
    """The items, as far as the reader may see them, into which this body split the same petition
    before: tied to this one as sent again, or open parts of the same sender, whose words all stand
    in it.
    """
    mine = Petition.objects.filter(submission__carried__case=case, sealed=False)
    found: set[str] = set()
    for petition in mine.select_related("submission"):
        found |= _parts(petition, actor)
    return sorted(found)


def _parts(petition: Petition, actor: Actor) -> set[str]:
    others = Petition.objects.filter(body=petition.body_id, sealed=False).exclude(pk=petition.pk)
    tied = others.filter(thread=petition.thread) if petition.thread else others.none()
    same = {each.pk for each in tied}
    newest = _of_sender(petition).filter(body=petition.body_id)[:NEWEST]
    same |= {each.pk for each in newest if _within(each, petition)}
    cases = Case.objects.visible_to(actor).filter(carried__submission__in=same)
    split = Link.objects.filter(kind=Link.Kind.SPLIT_FROM, ended_at=None)
    ends = Q(pk__in=split.values("source")) | Q(pk__in=split.values("target"))
    return set(cases.filter(ends).values_list("matter__code", flat=True))


def _within(part: Petition, whole: Petition) -> bool:
    words, said = folded(part.submission.text[:SHORT]), folded(whole.submission.text[:SHORT])
    return len(words) >= TELLING and fuzz.token_set_ratio(words, said) >= INSIDE


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
