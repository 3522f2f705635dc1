"""Whom a case is about, and who stands too near to them: what they neither get, nor hear of, nor
are proposed for.
"""

from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from doithoai.accounts.models import Holding, Post
from doithoai.cases.models import Case
from doithoai.core.errors import Invalid
from doithoai.docket.models import people_shut_out
from doithoai.units.models import Body


def bodies(case: Case, *, today: date) -> frozenset[UUID]:
    """The bodies it is about with their offices; of what is sealed, where only a head opens it,
    also those whose head is shut out.
    """
    if not case.matter.excluded.exists():
        return frozenset()
    named = case.matter.excluded.filter(body__isnull=False).values("body")
    office = Q(parent__in=named, place=F("parent__place"))
    found = set(Body.objects.filter(Q(pk__in=named) | office).values_list("pk", flat=True))
    if case.matter.sealed:
        found |= set(posts(case, today=today).filter(is_head=True).values_list("body", flat=True))
    return frozenset(found)


def posts(case: Case, *, today: date) -> "QuerySet[Post]":
    """The posts it is about, and those held on this day by nobody who is not shut out."""
    people = people_shut_out(case.pk).values("pk")
    held = Holding.objects.filter(valid__contains=today)
    theirs = Q(pk__in=held.filter(user__in=people).values("post"))
    others = Q(pk__in=held.exclude(user__in=people).values("post"))
    named = case.matter.excluded.filter(post__isnull=False).values("post")
    return Post.objects.filter(Q(pk__in=named) | (theirs & ~others))


def refuse_post(case: Case, post: UUID, *, today: date) -> None:
    """Whoever a case is about, or stands near to them, is given nothing of it. Raises Invalid."""
    if posts(case, today=today).filter(pk=post).exists():
        raise Invalid(_("Whoever holds this post is shut out of the item. Choose another post."))
