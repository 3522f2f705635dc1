"""What the plan of a dialogue chooses from, and what the day leaves too little time for."""

from dataclasses import dataclass
from datetime import date

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Post
from doithoai.dialogues.models import Dialogue
from doithoai.docket.queries import Line, owed_on
from doithoai.units.models import Body, Place
from doithoai.units.queries import bodies_seated_in, villages


@dataclass(frozen=True)
class Choices:
    """What the plan of a dialogue chooses from."""

    hosts: tuple[Body, ...]
    chairs: tuple[Post, ...]
    bodies: tuple[Body, ...]
    villages: tuple[Place, ...]


def choices(actor: Official, *, today: date) -> Choices:
    """The official's bodies, the place's posts (committees' heads first), its villages."""
    own = Body.objects.filter(pk__in=actor.acts_for).select_related("place")
    hosts = sorted(own, key=lambda b: (b.parent_id in actor.acts_for, b.sort_key))
    place = hosts[0].place if hosts else None
    if place is None:
        return Choices(tuple(hosts), (), (), ())
    bodies = bodies_seated_in(place, today=today)
    posts = Post.objects.filter(body__in=[b.pk for b in bodies], valid__contains=today)
    committees = {b.parent_id for b in bodies}
    seats = sorted(
        posts.select_related("body"),
        key=lambda p: (not p.is_head, p.body_id not in committees, p.body.sort_key, p.title),
    )
    return Choices(tuple(hosts), tuple(seats), tuple(bodies), tuple(villages(place, today=today)))


def too_late(dialogue: Dialogue, *, today: date) -> tuple[Line, ...]:
    """What should have been done before today for the day that is set. One query."""
    owed = owed_on(dialogue.pk, today=today)
    return tuple(o for o in owed if o.obligation.due_on and o.obligation.due_on < today)
