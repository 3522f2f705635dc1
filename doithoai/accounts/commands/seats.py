"""Posts, and who sits in them from which day to which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from doithoai.accounts import events, policies
from doithoai.accounts.models import Holding, Post, Right, Role, User
from doithoai.core.actors import Actor
from doithoai.core.collation import nfc
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.ledger.commands import Dimensions, record
from doithoai.units.models import Body


@dataclass(frozen=True)
class Term:
    """From the first to the last day, both included (no last day: until it is ended), and the
    document that says so.
    """

    since: date
    last_day: date | None = None
    basis: str = ""

    def days(self) -> DateRange:
        """As a range without its upper day. Raises Invalid when it ends before it begins."""
        if self.last_day is not None and self.last_day < self.since:
            raise Invalid(_("The last day is before the first."))
        return DateRange(self.since, _day_after(self.last_day))


def _day_after(day: date | None) -> date | None:
    return None if day is None else day + timedelta(days=1)


@transaction.atomic
def make_post(
    body_id: UUID, *, title: str, roles: Sequence[str], since: date, by: Actor, at: datetime
) -> Post:
    """A new chair in a body, with the roles of whoever will sit in it.

    Raises NotFound for an unknown body, Invalid for a title that is taken or an unknown role.
    """
    body = Body.objects.select_for_update(no_key=True).filter(pk=body_id).first()
    if body is None:
        raise NotFound(_("There is no such body."))
    require(policies.may_manage_in(by, body.pk))
    wanted = _roles(roles, by)
    title = nfc(title).strip()
    if not title or Post.objects.filter(body=body, title=title).exists():
        raise Invalid(_("This body has a post of this title already, or the title is empty."))
    made = Post.objects.create(body=body, title=title, valid=DateRange(since, None))
    made.roles.set(wanted)
    record(events.PostMade(made.pk), by=by, at=at, dimensions=Dimensions(body=body.pk))
    return made


@transaction.atomic
def set_roles(
    post_id: UUID, *, roles: Sequence[str], is_head: bool, by: Actor, at: datetime
) -> Post:
    """What whoever sits in this post may do, and whether it is the head's, from now on.

    Raises NotFound for an unknown post, Invalid for an unknown role.
    """
    post = _lock(post_id)
    require(policies.may_manage_in(by, post.body_id))
    wanted = _roles([*roles, *post.roles.values_list("name", flat=True)], by)
    post.roles.set([role for role in wanted if role.name in roles])
    post.is_head = is_head
    post.save(update_fields=["is_head"])
    record(events.RolesChanged(post.pk), by=by, at=at, dimensions=Dimensions(body=post.body_id))
    return post


def _roles(names: Sequence[str], by: Actor) -> list[Role]:
    found = list(Role.objects.filter(name__in=names))
    if {role.name for role in found} != set(names) or not found:
        raise Invalid(_("Choose at least one role of the list."))
    _require_to_give(found, by)
    return found


def _require_to_give(roles: Sequence[Role], by: Actor) -> None:
    acts = Right.objects.filter(role__in=roles).values_list("act", flat=True)
    require(policies.may_give(by, acts=frozenset(acts), sees=frozenset(r.sees for r in roles)))


def _require_over(post: Post, by: Actor) -> None:
    """Who sits in a post gets its roles: one needs the right to give those too."""
    require(policies.may_manage_in(by, post.body_id))
    _require_to_give(list(post.roles.all()), by)


@transaction.atomic
def hold(
    post: UUID, *, user: UUID, since: date, until: date | None, by: Actor, at: datetime
) -> Holding:
    """Put a person in a post from a day on, up to the day before ``until``.

    Raises NotFound for an unknown post, Invalid when they already hold it then.
    """
    chair = _lock(post)
    _require_over(chair, by)
    _refuse_overlap(chair, user, DateRange(since, until))
    made = Holding.objects.create(post=chair, user_id=user, valid=DateRange(since, until))
    record(events.PostHeld(post, user), by=by, at=at)
    return made


@transaction.atomic
def seat(post_id: UUID, *, username: str, term: Term, by: Actor, at: datetime) -> Holding:
    """Put the person of this user name in a post; the document that says so is kept.

    Raises NotFound for an unknown post, Invalid for an unknown name and for days already held.
    """
    post = _lock(post_id)
    _require_over(post, by)
    return _seated(post, username, None, term, by=by, at=at)


@transaction.atomic
def stand_in(holding_id: UUID, *, username: str, term: Term, by: Actor, at: datetime) -> Holding:
    """Let somebody act in a post by name for who holds it, for as long as the document says.

    Raises NotFound for an unknown holding, Invalid for an unknown name, no document or last day.
    """
    held = _held(holding_id)
    post = _lock(held.post_id)
    _require_over(post, by)
    if not term.basis.strip() or term.last_day is None:
        raise Invalid(_("A substitute needs the document that names them and a last day."))
    return _seated(post, username, held.user_id, term, by=by, at=at)


def _seated(
    post: Post, username: str, for_whom: UUID | None, term: Term, *, by: Actor, at: datetime
) -> Holding:
    user = User.objects.filter(username=username.strip(), is_active=True).first()
    if user is None or user.pk == for_whom:
        raise Invalid(_("Nobody else has this user name, or their sign-in is closed."))
    _refuse_overlap(post, user.pk, term.days())
    made = Holding.objects.create(
        post=post,
        user=user,
        standing_in_for_id=for_whom,
        basis=nfc(term.basis).strip(),
        valid=term.days(),
    )
    record(events.PostHeld(post.pk, user.pk), by=by, at=at)
    return made


def _refuse_overlap(post: Post, user: UUID, days: DateRange) -> None:
    if Holding.objects.filter(post=post, user=user, valid__overlap=days).exists():
        raise Invalid(_("This person already holds the post on some of these days."))


@transaction.atomic
def leave(holding: UUID, *, last_day: date, by: Actor, at: datetime) -> Holding:
    """End a holding after its last day; the work stays with the post.

    Raises NotFound for an unknown holding, Invalid for a day before it began or after it ended.
    """
    held = _held(holding)
    post = _lock(held.post_id)
    _require_over(post, by)
    require(policies.may_unseat(by, post=post.pk, user=held.user_id))
    end = last_day + timedelta(days=1)
    if last_day < held.valid.lower or (held.valid.upper is not None and end > held.valid.upper):
        raise Invalid(_("This day is not one of those the person holds the post on."))
    held.valid = DateRange(held.valid.lower, end)
    held.save(update_fields=["valid"])
    record(events.PostLeft(held.post_id, held.user_id), by=by, at=at)
    return held


def _lock(post_id: UUID) -> Post:
    post = Post.objects.select_for_update(no_key=True).filter(pk=post_id).first()
    if post is None:
        raise NotFound(_("There is no such post."))
    return post


def _held(holding_id: UUID) -> Holding:
    held = Holding.objects.select_for_update(no_key=True).filter(pk=holding_id).first()
    if held is None:
        raise NotFound(_("There is no such holder of a post."))
    return held
