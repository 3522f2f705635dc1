"""Who is told of what is owed: the debtor before the date, those above after it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from doithoai.accounts.models import Post, User
from doithoai.accounts.queries import holders
from doithoai.core.days import local_day
from doithoai.docket.models import Excluded, Obligation
from doithoai.notices.commands import Notice, Recipient
from doithoai.units.models import Body, Place
from doithoai.units.queries import find_office


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
    asked = Q(body=row.body_id, is_head=True)
    if row.post is not None and row.post.above_id is not None:
        asked |= Q(pk=row.post.above_id)
    front = _front(row.body, today)
    if front is not None:
        asked |= Q(body=front, roles__rights__act="supervision.read")
    return _may_know(row, Post.objects.filter(asked), today)


def _front(body: Body | None, today: date) -> Body | None:
    place: Place | None = body.place if body else None
    return find_office("front", near=place, today=today) if place else None


def _may_know(row: Obligation, posts: QuerySet[Post], today: date) -> QuerySet[User]:
    """Of a sealed matter only posts of its audience hear; who is excluded never does."""
    valid = posts.filter(valid__contains=today)
    if row.matter.sealed:
        valid = valid.filter(pk__in=row.matter.audience.filter(post__isnull=False).values("post"))
    out = Excluded.objects.filter(matter=row.matter_id)
    valid = valid.exclude(body__in=out.filter(body__isnull=False).values("body"))
    found = holders(valid.values_list("pk", flat=True), today=today)
    return found.exclude(pk__in=out.filter(user__isnull=False).values("user"))


def notices(what: str, row: Obligation, to: Iterable[User], at: datetime) -> list[Notice]:
    """One line of the day's mail for each of them, in their language."""
    return [_notice(what, row, user, local_day(at)) for user in to if user.email.strip()]


def _notice(what: str, row: Obligation, user: User, today: date) -> Notice:
    assert row.due_on is not None, "an open duty has a date"
    context = {
        "code": row.matter.code,
        "title": row.matter.title,
        "duty": row.duty_vi if user.language == "vi" else row.duty_en,
        "due": f"{row.due_on:%d/%m/%Y}",
        "days": str(abs((row.due_on - today).days)),
        "body": row.body.short_name if row.body else "",
        "url": settings.SITE_URL + reverse("why", args=[row.pk]),
    }
    return Notice(
        template=f"docket/notices/{what}",
        to=Recipient("email", user.email.strip(), user.language),
        about=row.matter_id,
        context=context,
        digest=True,
    )
