"""Reads of the citizens' pages of dialogues: only what was announced, only what was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from doithoai.cases.models import Publication
from doithoai.cases.portal_public import published, withheld_of
from doithoai.cases.workflow import State as CaseState
from doithoai.cases.workflow import Word
from doithoai.core.errors import NotFound
from doithoai.dialogues.models import Chair, Dialogue, Item
from doithoai.dialogues.telling import told_of
from doithoai.dialogues.workflow import State
from doithoai.files.models import Document
from doithoai.units.models import Body, Place
from doithoai.units.queries import villages

WAITING = (State.ANNOUNCED, State.POSTPONED, State.PLANNED)  # planned: announced once, set anew


def announced() -> QuerySet[Dialogue]:
    """What the public knows of."""
    return Dialogue.objects.announced().select_related("matter", "host__place")


def coming(*, at: datetime, limit: int = 50) -> list[Dialogue]:
    """Announced and not yet held, the nearest first; postponed ones, and those set anew and to be
    announced again, stay visible. One query.
    """
    ahead = announced().filter(state__in=WAITING, starts_at__gte=at)
    return list(ahead.order_by("starts_at")[:limit])


def past(*, at: datetime) -> QuerySet[Dialogue]:
    """Held, or announced for a day that has passed, or called off; the latest first."""
    known = announced().exclude(state__in=WAITING, starts_at__gte=at)
    return known.order_by("-starts_at")


@dataclass(frozen=True)
class Promise:
    """An item of the follow-up list that was itself published."""

    number: int
    version: Publication
    due_on: date | None


@dataclass(frozen=True)
class FollowUp:
    """What became of what was said: the published items as text, all that is filed as a
    recommendation or reflection counted.
    """

    promises: tuple[Promise, ...]
    items: int
    private: int
    withheld: tuple[tuple[str, int], ...]
    undecided: int
    answered: int
    agreed: int


@dataclass(frozen=True)
class Shown:
    """The public page of one dialogue."""

    dialogue: Dialogue
    conclusion: str
    chairs: tuple[Chair, ...]
    organisers: tuple[Body, ...]
    villages: tuple[Place, ...]
    follow_up: FollowUp | None
    signed: bool
    minutes: bool
    looked_at_again: bool
    takes_questions: bool


def dialogue(code: str) -> Dialogue:
    """An announced dialogue by its number. Raises NotFound."""
    found = announced().filter(matter__code=code).first()
    if found is None:
        raise NotFound(_("No dialogue is announced at this address."))
    return found


def shown(code: str, *, at: datetime) -> Shown:
    """All that its public page shows. Raises NotFound."""
    found = dialogue(code)
    out = found.state == State.PUBLISHED
    return Shown(
        dialogue=found,
        conclusion="\n".join(_sayable(found)) if out else "",
        chairs=tuple(found.chairs.select_related("post__body").order_by("id")),
        organisers=tuple(Body.objects.filter(pk__in=found.organisers).order_by("sort_key")),
        villages=tuple(found.villages.order_by("sort_key")),
        follow_up=_follow_up(found) if out else None,
        signed=out and _whole(found) and _signed(found) is not None,
        minutes=_minutes(found) is not None,
        looked_at_again=out and _withdrawn(found),
        takes_questions=takes_questions(found, at=at),
    )


def takes_questions(found: Dialogue, *, at: datetime) -> bool:
    """Whether a question may still be sent: the dialogue is announced and has not begun."""
    return found.state == State.ANNOUNCED and found.starts_at > at


def _sayable(found: Dialogue, text: str | None = None) -> list[str]:
    """The lines of the conclusion, but for those that repeat what is kept back by now.

    ``text``: the same of another paper.
    """
    told = told_of(found.items.kept_back().select_related("submission", "case"))
    lines = (found.conclusion if text is None else text).splitlines()
    return [line for line in lines if not told.by(line)]


def _whole(found: Dialogue) -> bool:
    return len(_sayable(found)) == len(found.conclusion.splitlines())


def _follow_up(found: Dialogue) -> FollowUp:
    items = list(found.items.counted().select_related("case").order_by("number"))
    cases = [item.case_id for item in items]
    open_ones = _published(cases)
    reasons = withheld_of(cases)
    private = sum(1 for case in cases if case not in open_ones)
    return FollowUp(
        promises=tuple(
            Promise(item.number, open_ones[item.case_id], item.due_on)
            for item in items
            if item.case_id in open_ones
        ),
        items=len(items),
        private=private,
        withheld=tuple(reasons),
        undecided=private - sum(count for _reason, count in reasons),
        answered=sum(1 for item in items if _has_answer(item)),
        agreed=sum(1 for item in items if item.case.word == Word.AGREED),
    )


def _published(cases: Sequence[UUID]) -> dict[UUID, Publication]:
    return {p.case_id: p for p in published().filter(case__in=cases)}


def _has_answer(item: Item) -> bool:
    return item.case.answered_at is not None or item.case.state == CaseState.CLOSED


def _signed(found: Dialogue) -> Document | None:
    if found.conclusion_document is None:
        return None
    papers = Document.objects.filter(pk=found.conclusion_document, signed_file__isnull=False)
    return papers.select_related("signed_file").first()


def _withdrawn(found: Dialogue) -> bool:
    """Whether a paper that was public is not shown at the moment."""
    conclusion = found.conclusion_document and not (_whole(found) and _signed(found))
    return bool(conclusion or (found.minutes_published_at and _minutes(found) is None))


def conclusion_paper(code: str) -> Document:
    """The signed conclusion notice of a dialogue whose conclusion is public. Raises NotFound."""
    found = dialogue(code)
    paper = _signed(found) if found.state == State.PUBLISHED and _whole(found) else None
    if paper is None:
        raise NotFound(_("The signed conclusion notice is not here."))
    return paper


def _minutes(found: Dialogue) -> Document | None:
    """The signed minutes, once somebody made them public; not if they tell what is kept back."""
    if found.minutes_published_at is None or found.minutes_document is None:
        return None
    if len(_sayable(found, found.minutes)) != len(found.minutes.splitlines()):
        return None
    papers = Document.objects.filter(pk=found.minutes_document, signed_file__isnull=False)
    return papers.select_related("signed_file").first()


def minutes_paper(code: str) -> Document:
    """The signed minutes of a dialogue, if they are public. Raises NotFound."""
    paper = _minutes(dialogue(code))
    if paper is None:
        raise NotFound(_("The minutes of this dialogue are not public."))
    return paper


def villages_of(found: Dialogue, *, today: date) -> list[tuple[UUID, str]]:
    """The villages a person may say they come from: those invited, else the commune's."""
    invited = list(found.villages.order_by("sort_key").values_list("pk", "name"))
    place = found.host.place
    if invited or place is None:
        return invited
    return [(v.pk, v.name) for v in villages(place, today=today)]
