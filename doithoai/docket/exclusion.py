"""Whom a matter is about, and who stands too near to them: they neither handle it, nor see it, nor
can infer it. Looked at anew whenever a seat or a relation changes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from doithoai.accounts.models import Holding, Post
from doithoai.accounts.queries import head_of
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.identifiers import sealed_row
from doithoai.docket import events, policies
from doithoai.docket.commands import Said, admit, become, enter, enter_all, open_debts
from doithoai.docket.models import Access, Excluded, Matter, Words, people_shut_out
from doithoai.units.models import Body
from doithoai.units.queries import upper

HANDLING = ("receiving_body", "handling_body")


@dataclass(frozen=True)
class Out:
    """Bodies, posts and people a matter is about."""

    bodies: frozenset[UUID] = frozenset()
    posts: frozenset[UUID] = frozenset()
    users: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Settling:
    """The body that is to have a matter, and the post in it that alone is told."""

    body: Body
    head: Post


def with_offices(body: Body) -> frozenset[UUID]:
    """A body and the offices under it in the same place."""
    offices = Body.objects.filter(parent=body, place=body.place_id).values_list("pk", flat=True)
    return frozenset([body.pk, *offices])


def seated(bodies: Collection[UUID], posts: Collection[UUID], *, today: date) -> frozenset[UUID]:
    """The people who sit in these bodies and posts on this day, substitutes included."""
    held = Holding.objects.filter(valid__contains=today)
    inside = held.filter(post__body__in=bodies) | held.filter(post__in=posts)
    return frozenset(inside.values_list("user", flat=True))


def rows(matter: Matter, out: Out, *, since: date) -> list[Excluded]:
    """What is to be written so that nobody of ``out`` sees the matter from this day on."""
    cause = Excluded.Cause
    found = [Excluded(matter=matter, body_id=b, reason=cause.BODY, since=since) for b in out.bodies]
    found += [Excluded(matter=matter, post_id=p, reason=cause.POST, since=since) for p in out.posts]
    found += [
        Excluded(matter=matter, user_id=u, reason=cause.PERSON, since=since) for u in out.users
    ]
    for row in found:
        row.id = sealed_row()
    return found


def write(matter: Matter, out: Out, *, since: date) -> None:
    """Shut these out of a matter from this day on; who is out already stays so."""
    known = {(x.body_id, x.post_id, x.user_id) for x in matter.excluded.all()}
    fresh = rows(matter, out, since=since)
    Excluded.objects.bulk_create(x for x in fresh if (x.body_id, x.post_id, x.user_id) not in known)


def settler(start: Body | None, out: Out, *, today: date) -> Settling | None:
    """The first body from ``start`` upwards that is not excluded and whose head's post somebody
    holds who is not. None when there is none up to the top: then only a paper way is left.
    """
    body = start
    while body is not None:
        head = None if body.pk in out.bodies else head_of(body.pk, today=today)
        if head is not None and head.pk not in out.posts and _held(head, out.users, today):
            return Settling(body, head)
        body = upper(body)
    return None


def _held(post: Post, without: Collection[UUID], today: date) -> bool:
    held = Holding.objects.filter(post=post, valid__contains=today, user__is_active=True)
    return held.exclude(user__in=list(without)).exists()


@transaction.atomic
def declare_relation(matter_id: UUID, *, user: UUID, by: Actor, at: datetime) -> None:
    """Somebody stands too near to those a matter is about: they do not see it any more. What is
    sealed and was theirs to settle goes one level up.

    Raises NotFound for who may not see it themself. Decree 31/2019/ND-CP, article 5.
    """
    matter = Matter.objects.lock(matter_id, seen_by=by)
    require(policies.may_declare(by, matter))
    theirs = matter.sealed and _settles(matter.body, user, today=local_day(at))
    Excluded.objects.create(
        id=sealed_row(),
        matter=matter,
        user_id=user,
        reason=Excluded.Cause.RELATION,
        since=local_day(at),
    )
    enter(events.ShutOut(str(Excluded.Cause.RELATION)), about=matter, by=by, at=at)
    if theirs and not matter.final:
        _hand_up(matter, by, at)
        return
    _hand_up_if_nobody_is_left(matter, by, at)


def _settles(body: Body, user: UUID, *, today: date) -> bool:
    """Whether the post that settles a matter of this body is theirs."""
    head = head_of(body.pk, today=today)
    held = Holding.objects.filter(user=user, valid__contains=today)
    return head is not None and held.filter(post=head).exists()


@transaction.atomic
def recompute(matter_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Look anew at whom a sealed matter shuts out; whether anything changed.

    Who takes a post in an excluded body is shut out by that alone (``visible_to``); here they are
    written down, so that they stay out in any later post, an office founded since is added, and a
    matter nobody may see any more goes one level up.
    """
    matter = Matter.objects.lock(matter_id, seen_by=by)
    require(policies.may_tell(by))
    fresh = _fresh(matter, today=local_day(at))
    if fresh:
        Excluded.objects.bulk_create(fresh)
        causes = sorted({row.reason for row in fresh})
        said = [Said(events.ShutOut(str(cause))) for cause in causes]
        enter_all(said, about=matter, by=by, at=at)
    return _hand_up_if_nobody_is_left(matter, by, at) or bool(fresh)


def _fresh(matter: Matter, *, today: date) -> list[Excluded]:
    known = list(matter.excluded.all())
    bodies = {row.body_id for row in known if row.body_id}
    offices = Body.objects.filter(parent__in=bodies).exclude(pk__in=bodies)
    grown = {o.pk for o in offices.select_related("parent") if _same_place(o)}
    posts = {row.post_id for row in known if row.post_id}
    people = seated(bodies | grown, posts, today=today) - {row.user_id for row in known}
    return rows(matter, Out(frozenset(grown), users=people), since=today)


def _same_place(office: Body) -> bool:
    return office.parent is not None and office.place_id == office.parent.place_id


def _hand_up_if_nobody_is_left(matter: Matter, by: Actor, at: datetime) -> bool:
    """Raise a matter nobody may see any more to the level above; whether it was raised."""
    today = local_day(at)
    if matter.final or not matter.sealed or _somebody_left(matter, today):
        return False
    return _hand_up(matter, by, at)


def _hand_up(matter: Matter, by: Actor, at: datetime) -> bool:
    today = local_day(at)
    out = Out(
        bodies=frozenset(matter.excluded.filter(body__isnull=False).values_list("body", flat=True)),
        users=frozenset(people_shut_out(matter.pk).values_list("pk", flat=True)),
    )
    above = settler(upper(matter.body), out, today=today)
    if above is None:
        return False
    raise_to(matter, above, by=by, at=at)
    return True


def _somebody_left(matter: Matter, today: date) -> bool:
    posts = Access.objects.filter(matter=matter, post__isnull=False).values("post")
    held = Holding.objects.filter(post__in=posts, valid__contains=today, user__is_active=True)
    shut = matter.excluded.filter(body__isnull=False).values("body")
    left = held.exclude(user__in=people_shut_out(matter.pk).values("pk"))
    return left.exclude(post__body__in=shut).exists()


def raise_to(matter: Matter, above: Settling, *, by: Actor, at: datetime) -> None:
    """The body above has it from now on, with what is owed; only its head's post is admitted."""
    matter.body = above.body
    matter.save(update_fields=["body"])
    Access.objects.filter(matter=matter).exclude(holder__isnull=False).delete()
    Words.objects.filter(matter=matter).delete()
    for role in HANDLING:
        if matter.parties.filter(role=role, until=None).exists():
            become(matter, role=role, body=above.body.pk, at=at)
    Access.objects.filter(matter=matter, body__isnull=False).delete()
    admit(matter, post=above.head.pk)
    moved = [
        Said(events.Moved(debt.key, above.body.pk, None))
        for role in (*HANDLING, "handling_post", "sending_body")
        for debt in open_debts(matter, role=role)
    ]
    enter_all([*moved, Said(events.HandedUp(above.body.pk))], about=matter, by=by, at=at)
