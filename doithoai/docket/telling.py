"""Who is told of what is owed: the debtor before the date, those above after it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from doithoai.accounts.models import Post, User
from doithoai.accounts.queries import head_of, holders
from doithoai.core.days import local_day
from doithoai.docket import lawbook
from doithoai.docket.models import Obligation, people_shut_out
from doithoai.notices.commands import Notice, Recipient
from doithoai.units.models import Body, Place
from doithoai.units.queries import find_office, upper

TOLD_ONLY: Final = frozenset({"forwarding_body"})  # owes the person a word, and sees no file


def debtors(row: Obligation, at: datetime) -> QuerySet[User]:
    """Those who sit in the post that owes; without one, in the body and in its office."""
    today = local_day(at)
    if row.post_id is not None:
        return _may_know(row, Post.objects.filter(pk=row.post_id), today)
    office = Q(body__parent=row.body_id, roles__rights__act="docket.office")
    return _may_know(row, Post.objects.filter(Q(body=row.body_id) | office), today)


def above(row: Obligation, at: datetime) -> QuerySet[User]:
    """The head of the body, the post above the one that owes, the Front's supervisors there."""
    today = local_day(at)
    over = _superior(row, today)
    asked = _watching(row, today) | (Q(pk=over.pk) if over else Q())
    return _may_know(row, Post.objects.filter(asked), today)


def watchers(row: Obligation, at: datetime) -> QuerySet[User]:
    """The head of the body that has the matter, and the Front's supervisors there."""
    today = local_day(at)
    return _may_know(row, Post.objects.filter(_watching(row, today)), today)


def to_admit(row: Obligation, at: datetime) -> list[UUID]:
    """The post above that is told of a matter it cannot see yet; none of a sealed matter's, and
    none above a body that itself sees nothing of it.
    """
    today = local_day(at)
    over = _superior(row, today)
    if over is None or row.matter.sealed or row.role in TOLD_ONLY:
        return []
    sees = row.matter.audience.filter(Q(body=over.body_id) | Q(post=over.pk))
    allowed = _allowed(row, Post.objects.filter(pk=over.pk), today)
    return [] if sees.exists() else list(allowed.values_list("pk", flat=True))


def _superior(row: Obligation, today: date) -> Post | None:
    """The post named above the one that owes, else the head of its body; above a head, or a body's
    own debt, the head of the body one level up. None at the top.
    """
    if row.post is not None and row.post.above is not None:
        return row.post.above
    body: Body | None = _body(row)
    if row.post is None or row.post.is_head:
        body = upper(_body(row))
    return head_of(body.pk, today=today) if body else None


def _watching(row: Obligation, today: date) -> Q:
    body = _body(row)
    asked = Q(body=body, is_head=True)
    front = _front(body, today)
    if front is not None:
        asked |= Q(body=front, roles__rights__act="supervision.read")
    return asked


def _body(row: Obligation) -> Body:
    """Whose it is: the body that owes, that of the post, and of an alarm the matter's."""
    return row.body or (row.post.body if row.post else row.matter.body)


def _front(body: Body, today: date) -> Body | None:
    place: Place | None = body.place
    return find_office("front", near=place, today=today) if place else None


def _may_know(row: Obligation, posts: QuerySet[Post], today: date) -> QuerySet[User]:
    """Those who sit in the posts that may hear of it, but who is excluded."""
    found = holders(_allowed(row, posts, today).values_list("pk", flat=True), today=today)
    return found.exclude(pk__in=people_shut_out(row.matter_id).values("pk"))


def _allowed(row: Obligation, posts: QuerySet[Post], today: date) -> QuerySet[Post]:
    """Of a sealed matter only posts of its audience hear; a body that is excluded never does."""
    valid = posts.filter(valid__contains=today)
    if row.matter.sealed:
        valid = valid.filter(pk__in=row.matter.audience.filter(post__isnull=False).values("post"))
    out = row.matter.excluded.filter(body__isnull=False)
    return valid.exclude(body__in=out.values("body"))


def notices(what: str, row: Obligation, to: Iterable[User], at: datetime) -> list[Notice]:
    """One line of the day's mail for each of them, in their language."""
    title = _title(row)
    return [_notice(what, row, title, user, local_day(at)) for user in to if user.email.strip()]


def _title(row: Obligation) -> str:
    """What the matter is called; nothing of one that no whole body may see yet. It may prove a
    denunciation, and the words of a mail stay in the box whatever is sealed later.
    """
    wide = row.matter.audience.filter(body__isnull=False).exists()
    return row.matter.title if wide else ""


def _notice(what: str, row: Obligation, title: str, user: User, today: date) -> Notice:
    assert row.due_on is not None, "an open duty has a date"
    context = {
        "code": row.matter.code,
        "title": title,
        "duty": row.duty_vi if user.language == "vi" else row.duty_en,
        "due": f"{row.due_on:%d/%m/%Y}",
        "days": str(abs((row.due_on - today).days)),
        "body": _body(row).short_name,
        "basis": lawbook.basis_said(row.basis, user.language),
        "url": settings.SITE_URL + reverse("why", args=[row.pk]),
    }
    return Notice(
        template=f"docket/notices/{what}",
        to=Recipient("email", user.email.strip(), user.language),
        about=row.matter_id,
        context=context,
        digest=True,
    )
