"""A body was abolished or joined to another: its successor takes its matters over, with what is
owed (design §5). No date begins anew, and what was late stays with whoever had it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from doithoai.accounts.models import Holding, Post
from doithoai.accounts.queries import head_of
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket import events, policies
from doithoai.docket.commands import Said, admit, enter_all
from doithoai.docket.models import Access, Matter, Obligation, Party, people_shut_out
from doithoai.units.models import Body

OWING: Final = ("open", "paused")
STAYING: Final = ("duty",)  # a head's duty for a period is that head's; the successor has its own


@dataclass(frozen=True)
class Successor:
    """The body that follows another, and its head's post, if it has one."""

    former: UUID
    body: Body
    head: Post | None


Follow = Callable[[UUID, Successor], None]
FOLLOWING: dict[str, Follow] = {}


def follows(kind: str, act: Follow) -> None:
    """A higher app keeps bodies beside its matters of this kind: ``act`` puts the successor there.
    Called while the matter is locked.
    """
    FOLLOWING[kind] = act


def left_by(former: UUID) -> QuerySet[Matter]:
    """What a body still has: matters of its own that have not ended, and those in which it has a
    role or owes something.
    """
    role = Party.objects.filter(_of(former), matter=OuterRef("pk"), until=None)
    debt = Obligation.objects.filter(_of(former), matter=OuterRef("pk"), state__in=OWING)
    going_on = Q(final=False) & (Q(body=former) | Exists(role))
    return Matter.objects.filter(going_on | Exists(debt)).exclude(kind__in=STAYING)


def owed_by(former: UUID) -> QuerySet[Obligation]:
    """What the body and its posts still owe, may do or await, but for its heads' own duties."""
    mine = Obligation.objects.filter(_of(former), state__in=OWING)
    return mine.exclude(matter__kind__in=STAYING)


def _of(former: UUID) -> Q:
    return Q(body=former) | Q(post__body=former)


def successor(former: UUID, body: Body, *, at: datetime) -> Successor:
    """Who follows. Raises Invalid for the same body, and for one that has ended."""
    today = local_day(at)
    if body.pk == former:
        raise Invalid(_("A body cannot follow itself. Name two bodies."))
    if not Body.objects.in_force(today).filter(pk=body.pk).exists():
        raise Invalid(_("%(body)s no longer exists.") % {"body": body.short_name})
    return Successor(former, body, head_of(body.pk, today=today))


@transaction.atomic
def take_over(matter_id: UUID, to: Successor, *, by: Actor, at: datetime) -> int:
    """Give a matter's roles and debts to the successor; how many debts moved.

    Raises Invalid for a sealed matter that nobody in the successor may see: a person decides then.
    """
    matter = Matter.objects.lock(matter_id, seen_by=by)
    require(policies.may_reorganise(by))
    if matter.sealed:
        _check_somebody_may_see(matter, to, at)
    if matter.body_id == to.former:
        matter.body = to.body
        matter.save(update_fields=["body"])
    debts = list(Obligation.objects.filter(_of(to.former), matter=matter, state__in=OWING))
    _take_roles(matter, to, at)
    _admit(matter, to)
    if matter.kind in FOLLOWING:
        FOLLOWING[matter.kind](matter.pk, to)
    over = Said(events.TakenOver(to.former, to.body.pk))
    moved = [Said(events.Moved(debt.key, to.body.pk, _post(debt.post_id, to))) for debt in debts]
    enter_all([over, *moved], about=matter, by=by, at=at)
    return len(moved)


def _post(former: UUID | None, to: Successor) -> UUID | None:
    """What one of its posts had goes to the head, who gives it on; the rest to the whole body."""
    return to.head.pk if former and to.head else None


def _take_roles(matter: Matter, to: Successor, at: datetime) -> None:
    for party in list(Party.objects.filter(_of(to.former), matter=matter, until=None)):
        post = _post(party.post_id, to)
        Party.objects.filter(pk=party.pk).update(until=at)
        Party.objects.create(matter=matter, role=party.role, body=to.body, post_id=post, since=at)


def _admit(matter: Matter, to: Successor) -> None:
    """Whoever saw it in the former body is followed by the successor; of a sealed matter only by
    its head, and the posts of the former body see it no more.
    """
    if matter.sealed:
        assert to.head is not None, "looked at before"
        Access.objects.filter(_of(to.former), matter=matter).delete()
        admit(matter, post=to.head.pk)
        return
    admit(matter, body=to.body.pk)


def _check_somebody_may_see(matter: Matter, to: Successor, at: datetime) -> None:
    if to.head is None or not _may_see(matter, to.head, at):
        raise Invalid(
            _(
                "This item is sealed, and the head of the successor may not see it or is not known"
                " here. Whoever has it now decides where it goes."
            )
        )


def _may_see(matter: Matter, head: Post, at: datetime) -> bool:
    out = matter.excluded.filter(Q(body=head.body_id) | Q(post=head.pk))
    held = Holding.objects.filter(post=head, valid__contains=local_day(at), user__is_active=True)
    return not out.exists() and held.exclude(user__in=people_shut_out(matter.pk)).exists()
