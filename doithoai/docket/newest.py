"""What one reader could see, by the indexes of the audience; ``visible_to`` alone decides.

Asked of all matters at once, PostgreSQL walks everybody's and tests the reader's rights on each
until a page is full; among a million matters that takes seconds.
"""

from typing import Final, TypeVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, Model, OuterRef, Q, QuerySet, UUIDField

from doithoai.accounts.actors import Official
from doithoai.core.actors import Actor
from doithoai.docket.models import WIDE, Access
from doithoai.units.models import Body

ORDER: Final = ("-matter__audience__received_on", "matter__code")
M = TypeVar("M", bound=Model)
Keys = QuerySet[Body, UUID]


def narrowed_for(actor: Actor, *, words: str = "words") -> Q:
    """What an index can leave out of a search among matters' words; nothing this actor may see.
    ``words`` is the way there from what is asked for.

    Somebody who sees a whole province is narrowed by nothing: it would cost more than it saves.
    """
    if not isinstance(actor, Official) or len(actor.sees) > WIDE:
        return Q()
    return Q((f"{words}__readers__overlap", [*actor.sees, actor.post, actor.user]))


def narrow(actor: Official) -> bool:
    """Whether the reader sees so few bodies that asking each of them is cheaper."""
    return len(actor.sees) <= WIDE


def reached(actor: Official) -> Keys:
    """Keys of the matters the reader could see by any row. It narrows; ``visible_to`` decides."""
    rows = Access.objects.values_list("matter", flat=True)
    return _together(
        actor,
        rows.filter(body=OuterRef("pk")),
        rows.filter(Q(post=actor.post) | Q(holder=actor.user)),
    )


def newest(seen: QuerySet[M], actor: Official, *, until: int) -> Keys:
    """Keys among which are the first ``until`` of ``seen`` by day of receipt and code.

    ``seen``: things that have a ``matter`` for key, and only those the reader may see.
    """

    def first(whose: Q) -> QuerySet[M, UUID]:
        return seen.filter(whose).order_by(*ORDER).values_list("pk", flat=True)[:until]

    return _together(
        actor,
        first(Q(matter__audience__body=OuterRef("pk"))),
        first(Q(matter__audience__post=actor.post)),
        first(Q(matter__audience__holder=actor.user)),
    )


def _together(actor: Official, of_body: QuerySet[M, UUID], *own: QuerySet[M, UUID]) -> Keys:
    """What is found in each body the reader sees, and through the reader's own rows.

    As lists laid out again: PostgreSQL takes every body for as busy as the busiest, and would
    rather look through all matters than through theirs.
    """
    bodies = Body.objects.filter(pk__in=actor.sees).values_list(_laid_out(of_body), flat=True)
    once = Body.objects.filter(pk=actor.body)
    return bodies.union(*(once.values_list(_laid_out(rows), flat=True) for rows in own))


def _laid_out(rows: QuerySet[M, UUID]) -> Func:
    return Func(ArraySubquery(rows), function="unnest", output_field=UUIDField())
