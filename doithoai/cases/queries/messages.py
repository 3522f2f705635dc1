"""Messages that wait for a clerk, and notices that did not get through: what the page shows."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from doithoai.accounts.actors import Official
from doithoai.docket.models import Matter
from doithoai.notices.models import Incoming, Outbox
from doithoai.notices.queries import kept, troubled
from doithoai.notices.workflow import State

MOST = 100  # of a page; the oldest first, so the next ones come up as these are dealt with


@dataclass(frozen=True)
class Read:
    """A message and, when this official may see it, the matter it belongs to."""

    message: Incoming
    matter: Matter | None


@dataclass(frozen=True)
class Stuck:
    """A notice that failed, or of which nobody knows whether it arrived."""

    notice: Outbox
    matter: Matter
    uncertain: bool


def waiting(actor: Official) -> list[Read]:
    """Messages for the clerks of the bodies this official acts for. Two queries."""
    rows = list(kept(actor.acts_for)[:MOST])
    matters = _seen(actor, {row.about for row in rows if row.about})
    return [Read(row, matters.get(row.about) if row.about else None) for row in rows]


def unread(actor: Official) -> int:
    """How many messages wait for this official. One query."""
    return kept(actor.acts_for).count()


def stuck(actor: Official) -> list[Stuck]:
    """Notices in trouble about matters this official may see. Two queries."""
    seen = Matter.objects.visible_to(actor).values("pk")
    rows = list(troubled().filter(about__in=seen)[:MOST])
    matters = _seen(actor, {row.about for row in rows if row.about})
    return [
        Stuck(row, matters[row.about], row.state == State.UNCERTAIN)
        for row in rows
        if row.about in matters
    ]


def _seen(actor: Official, ids: Collection[UUID]) -> dict[UUID, Matter]:
    return Matter.objects.visible_to(actor).in_bulk(list(ids))
