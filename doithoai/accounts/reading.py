"""Reads for the administrator's pages: people, the posts of a body, who sits in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import get_language

from doithoai.accounts import policies
from doithoai.accounts.actors import Official
from doithoai.accounts.models import Holding, Post, Role, User
from doithoai.core.collation import folded, vi_key
from doithoai.core.errors import NotFound
from doithoai.units.models import Body

MOST = 50  # people or bodies on one page


@dataclass(frozen=True)
class Seat:
    """One line of who sits where: from the first to the last day, both included."""

    holding: Holding
    first: date
    last: date | None
    now: bool

    @property
    def over(self) -> bool:
        """Whether an end is written down already."""
        return self.last is not None


def people(words: str, *, seen_by: Official, today: date) -> list[User]:
    """People whose name, user name, post or body has these words, in Vietnamese order.

    A place's administrator meets those of the place, and those who hold no post yet.
    """
    found = _of_place(User.objects.all(), seen_by)
    for word in words.split():
        found = found.filter(_has(word))
    seats = Prefetch("holdings", _now(today).select_related("post__body"), to_attr="seats")
    shown: list[User] = list(found.distinct().prefetch_related(seats)[:MOST])
    return sorted(shown, key=lambda user: vi_key(user.name))


def _has(word: str) -> Q:
    return (
        Q(name__unaccent__icontains=word)
        | Q(username__icontains=word)
        | Q(holdings__post__title__unaccent__icontains=word)
        | Q(holdings__post__body__short_name__unaccent__icontains=word)
    )


def _now(today: date) -> QuerySet[Holding]:
    return Holding.objects.filter(valid__contains=today)


def bodies(words: str, *, seen_by: Official, today: date) -> list[Body]:
    """Bodies of that name whose posts this administrator manages, in Vietnamese order."""
    found = Body.objects.in_force(today).filter(search__contains=folded(words))
    if not policies.may_manage(seen_by):
        found = found.filter(pk__in=seen_by.sees)
    elif not words:
        return []
    return list(found.order_by("sort_key")[:MOST])


def person(pk: UUID, *, seen_by: Official) -> User:
    """Somebody by id.

    Raises NotFound, also to a place's administrator when all their posts are elsewhere.
    """
    found = _of_place(User.objects.filter(pk=pk), seen_by).first()
    if found is None:
        raise NotFound("")
    return found


def _of_place(users: QuerySet[User], seen_by: Official) -> QuerySet[User]:
    if policies.may_manage(seen_by):
        return users
    return users.filter(Q(holdings__post__body__in=seen_by.sees) | Q(holdings=None))


def seats_of(user: User, *, today: date) -> list[Seat]:
    """Every post somebody holds, held or will hold, the latest first."""
    held = Holding.objects.filter(user=user).select_related("post__body", "standing_in_for")
    return _seats(held.order_by("-valid"), today)


def seats_in(post: Post, *, today: date) -> list[Seat]:
    """Everybody who sits in a post, sat or will sit, the latest first."""
    held = Holding.objects.filter(post=post).select_related("user", "standing_in_for")
    return _seats(held.order_by("-valid"), today)


def seat(pk: UUID) -> Seat:
    """One holding with its post and person. Raises NotFound."""
    held = Holding.objects.filter(pk=pk).select_related("post__body", "user").first()
    if held is None:
        raise NotFound("")
    return _seats([held], held.valid.lower)[0]


def _seats(holdings: Iterable[Holding], today: date) -> list[Seat]:
    return [
        Seat(
            holding=held,
            first=held.valid.lower,
            last=held.valid.upper - timedelta(days=1) if held.valid.upper else None,
            now=today in held.valid,
        )
        for held in holdings
    ]


def body(pk: UUID) -> Body:
    """A body by its id. Raises NotFound."""
    found = Body.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("")
    return found


def posts(of: Body, *, today: date) -> list[Post]:
    """The posts of a body with who sits in them today, heads first, then in Vietnamese order."""
    found = Post.objects.filter(body=of, valid__contains=today).prefetch_related(
        Prefetch("holdings", _now(today).select_related("user"), to_attr="seats")
    )
    return sorted(found, key=lambda each: (not each.is_head, vi_key(each.title)))


def post(pk: UUID) -> Post:
    """A post with its body. Raises NotFound."""
    found = Post.objects.filter(pk=pk).select_related("body").first()
    if found is None:
        raise NotFound("")
    return found


def roles() -> list[tuple[str, str]]:
    """Every role as a choice, in the reader's language."""
    vietnamese = (get_language() or "vi").startswith("vi")
    named = Role.objects.values_list("name", "label_vi", "label_en")
    found = [(name, vi if vietnamese else en) for name, vi, en in named]
    return sorted(found, key=lambda pair: vi_key(pair[1]))


def roles_of(of: Post) -> list[str]:
    """The names of a post's roles."""
    return list(of.roles.values_list("name", flat=True))
