"""Reads: the posts somebody may act in, and the actor they become in one of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Holding, Post, Right, Role, User
from doithoai.units.models import Body, Place


def holdings(user: UUID, *, today: date) -> QuerySet[Holding]:
    """The posts this person holds or stands in for on this local day, with body and roles."""
    return (
        Holding.objects.filter(
            user=user, user__is_active=True, valid__contains=today, post__valid__contains=today
        )
        .select_related("post__body", "user")
        .annotate(
            acts=ArrayAgg("post__roles__rights__act", distinct=True, default=[]),
            roles=ArrayAgg("post__roles", distinct=True, default=[]),
            scopes=ArrayAgg("post__roles__sees", distinct=True, default=[]),
        )
        .order_by("post__is_head", "post__title")
    )


def official(user: UUID, *, today: date, post: UUID | None = None) -> Official | None:
    """The actor in the chosen post, else in the only or first one; None without a post that day."""
    held = list(holdings(user, today=today))
    chosen = next((h for h in held if h.post_id == post), held[0] if held else None)
    return become(chosen) if chosen else None


def become(holding: Holding) -> Official:
    """The actor of a holding read by ``holdings``."""
    post = holding.post
    body = post.body
    scopes: Sequence[str] = getattr(holding, "scopes", [])
    acts: Iterable[str | None] = getattr(holding, "acts", [])
    roles: Iterable[str | None] = getattr(holding, "roles", [])
    return Official(
        user=holding.user_id,
        post=post.pk,
        body=body.pk,
        rights=frozenset(a for a in acts if a),
        roles=frozenset(r for r in roles if r),
        sees=_sees(body, scopes),
        acts_for=_acts_for(post, body, acts),
        standing_in_for=holding.standing_in_for_id,
        place=body.place_id,
        village=post.village_id,
        is_head=post.is_head,
        name=holding.user.name,
        title=f"{post.title}, {body.name}",
    )


def _sees(body: Body, scopes: Sequence[str]) -> frozenset[UUID]:
    """The bodies a post reads: its own and those under it, its whole place, or every place
    below.
    """
    if Role.Sees.BELOW in scopes and body.place_id:
        here = body.place_id
        below = Q(place=here) | Q(place__parent=here) | Q(place__parent__parent=here)
        return frozenset(Body.objects.filter(below).values_list("pk", flat=True))
    if Role.Sees.PLACE in scopes and body.place_id:
        return frozenset(Body.objects.filter(place=body.place_id).values_list("pk", flat=True))
    return frozenset([body.pk])


def _acts_for(post: Post, body: Body, acts: Iterable[str | None]) -> frozenset[UUID]:
    """Its own body; the committee whose office it is (right ``docket.office``); for a head, the
    bodies below.
    """
    found = {body.pk}
    if body.parent_id and "docket.office" in acts:
        found.add(body.parent_id)
    if post.is_head:
        found |= set(
            Body.objects.filter(parent=body.pk, place=body.place_id).values_list("pk", flat=True)
        )
    return frozenset(found)


def holders(posts: Iterable[UUID], *, today: date) -> QuerySet[User]:
    """The people who sit in these posts on this day, substitutes included."""
    return User.objects.filter(
        is_active=True, holdings__post__in=list(posts), holdings__valid__contains=today
    ).distinct()


def posts_in(body: UUID, *, today: date) -> QuerySet[Post]:
    """The posts of a body on this day, heads first."""
    return Post.objects.filter(body=body, valid__contains=today).order_by("-is_head", "title")


def head_of(body: UUID, *, today: date) -> Post | None:
    """The head's post of a body, if there is one that day."""
    return Post.objects.filter(body=body, is_head=True, valid__contains=today).first()


def bodies_with_accounts(bodies: Iterable[UUID], *, today: date) -> set[UUID]:
    """Which of these bodies have somebody who can act for them here today."""
    return set(
        Post.objects.filter(
            Q(body__in=list(bodies)), valid__contains=today, holdings__valid__contains=today
        ).values_list("body", flat=True)
    )


def rights_table() -> dict[str, list[str]]:
    """Role → the acts it may do, for docs/rights.md."""
    table: dict[str, list[str]] = {}
    for role, act in Right.objects.order_by("role", "act").values_list("role", "act"):
        table.setdefault(role, []).append(act)
    return table


def village_of(name: str, commune: UUID) -> Place | None:
    """A commune's village by its name."""
    return Place.objects.filter(parent=commune, name=name).first()


def body_named(name: str) -> Body | None:
    """A body by its whole or short name."""
    return Body.objects.filter(name=name).first() or Body.objects.filter(short_name=name).first()
