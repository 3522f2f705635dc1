"""Where a denunciation goes, and whom it shuts out: the competent superior alone gets a row, and
nobody it is about, or may be about, is told.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Holding, Post, User
from doithoai.cases import policies
from doithoai.core.actors import Actor
from doithoai.core.collation import folded, nfc
from doithoai.core.decisions import require
from doithoai.core.errors import Denied
from doithoai.docket import exclusion
from doithoai.docket.exclusion import Out, Settling
from doithoai.units.models import Body
from doithoai.units.queries import find_office, upper

_PIECES: Final = re.compile(r"[\n,;:–()]| - ")  # between a name and a post, as people write them
INSPECTION: Final = "party_inspection"  # an office of the country pack
NOTHING: Final = Out()
RANK: Final = 2  # words of a title by which people call whoever leads: "chủ tịch", "trưởng phòng"


@dataclass(frozen=True)
class Denounced:
    """Who it is about: a body as a whole or those who lead it; else people in it, by their names
    and posts as somebody writes them, one a line.

    ``party``: the matter falls under the Party's own rules and goes to an Inspection Commission.
    """

    body: UUID
    leads: bool = True
    name: str = ""
    party: bool = False
    position: str = ""

    @property
    def people(self) -> str:
        """Names and posts as they were written."""
        return "\n".join(filter(None, [nfc(self.name), nfc(self.position)]))


@dataclass(frozen=True)
class Named:
    """The posts and the people of a body that somebody's words name."""

    posts: frozenset[UUID] = frozenset()
    users: frozenset[UUID] = frozenset()

    @property
    def anybody(self) -> bool:
        """Whether the words fit somebody who has a seat here."""
        return bool(self.posts or self.users)


NOBODY: Final = Named()


@dataclass(frozen=True)
class Way:
    """Where a denunciation about somebody goes, and whom it shuts out. Without ``to`` nobody up to
    the top of this installation may have it: the body above takes it on paper only.
    """

    out: Out
    to: Settling | None
    paper: str = ""
    named: Named = NOBODY


def way(about: Denounced, *, today: date) -> Way:
    """Who settles it: the superior of whoever leads a body, the head over anybody else in it (Law
    25/2018/QH14, articles 12 to 15); under Party rules an Inspection Commission.
    """
    body = Body.objects.select_related("parent", "place").get(pk=about.body)
    named = _named(about, body, today)
    return replace(_way_about(about, body, named, today), named=named)


def _way_about(about: Denounced, body: Body, named: Named, today: date) -> Way:
    if about.party:
        return _party_way(body, _all_of(body, named, today), today)
    if about.leads or not named.anybody or _leads(named, body):
        return _way(_all_of(body, named, today), upper(body), today, body)
    office = body.parent is not None and body.parent.place_id == body.place_id
    out = Out(frozenset([body.pk] if office else []), named.posts, named.users)
    return _way(out, upper(body) if office else body, today, body)


def _all_of(body: Body, named: Named, today: date) -> Out:
    shut = exclusion.with_offices(body)
    return Out(shut, named.posts, exclusion.seated(shut, (), today=today) | named.users)


def _party_way(body: Body, out: Out, today: date) -> Way:
    """To the Inspection Commission over the place, or to nobody here: no other body is told."""
    commission = _commission(body, today)
    found = exclusion.settler(commission, out, today=today)
    if commission is None or found is None or found.body != commission:
        return Way(out, None, paper=commission.name if commission else _level_above(body))
    return Way(out, found)


def _way(out: Out, start: Body | None, today: date, about: Body) -> Way:
    found = exclusion.settler(start, out, today=today)
    if found is not None:
        return Way(out, found)
    last = start
    while last is not None and last.pk in out.bodies:
        last = upper(last)
    return Way(out, None, paper=last.name if last else _level_above(about))


def _level_above(about: Body) -> str:
    return _("the body directly above %(body)s") % {"body": about.name}


def _commission(body: Body, today: date) -> Body | None:
    """The Inspection Commission over the place of the body, one level up."""
    place = body.place.parent if body.place and body.place.parent else body.place
    return find_office(INSPECTION, near=place, today=today) if place else None


def _named(about: Denounced, body: Body, today: date) -> Named:
    """Those of the body and its offices whose name or post stands in what was given: the post is
    told by its title, or by a part of it when nothing else is written there.
    """
    bodies, typed = exclusion.with_offices(body), folded(about.people)
    if not typed:
        return NOBODY
    inside = exclusion.seated(bodies, (), today=today)
    people = User.objects.filter(pk__in=inside).values_list("pk", "name")
    users = frozenset(pk for pk, name in people if folded(name) in typed)
    written = [folded(each) for each in _PIECES.split(about.people) if len(each.strip()) > 3]
    titled = Post.objects.filter(body__in=bodies, valid__contains=today).values_list("pk", "title")
    posts = frozenset(
        pk for pk, title in titled if any(_fits(folded(title), each) for each in written)
    )
    return Named(posts, users | exclusion.seated((), posts, today=today))


def named_in(text: str, posts: Collection[UUID], *, today: date) -> Named:
    """Those of these posts, with whoever sits in them, whom somebody's own words name: by the name
    or the title, and a head by its rank, the first words of the title, too.
    """
    said = folded(text)
    held = Holding.objects.filter(post__in=posts, valid__contains=today)
    people = held.values_list("post", "user", "user__name")
    found = {(post, user) for post, user, name in people if folded(name) in said}
    titled = Post.objects.filter(pk__in=posts).values_list("pk", "title", "is_head")
    called = {pk for pk, title, head in titled if _called(folded(title), said, head=head)}
    users = {user for _post, user in found} | exclusion.seated((), called, today=today)
    return Named(frozenset(called | {post for post, _user in found}), frozenset(users))


def _called(title: str, said: str, *, head: bool) -> bool:
    return title in said or (head and " ".join(title.split()[:RANK]) in said)


def _fits(title: str, written: str) -> bool:
    return title in written or written in title


def _leads(named: Named, body: Body) -> bool:
    """Whether one of them is its head: then it is not settled in it, whatever was ticked."""
    heads = Post.objects.filter(body=body, is_head=True)
    held = heads.filter(holdings__user__in=named.users).exists()
    return held or heads.filter(pk__in=named.posts).exists()


def together(ways: Sequence[Way], *, party: bool = False, today: date) -> Way:
    """One way for what is about several: all of them are shut out, and the lowest body over all who
    would settle a part of it has it. Where a part may go on paper only, all of it does.
    """
    out = Out(
        frozenset(body for each in ways for body in each.out.bodies),
        frozenset(post for each in ways for post in each.out.posts),
        frozenset(user for each in ways for user in each.out.users),
    )
    named = Named(
        frozenset(post for each in ways for post in each.named.posts),
        frozenset(user for each in ways for user in each.named.users),
    )
    paper = next((each.paper for each in ways if each.to is None), "")
    settling = [each.to.body for each in ways if each.to is not None]
    found = None if paper else exclusion.settler(_over_all(settling), out, today=today)
    if found is None or (party and found.body not in settling):
        return Way(out, None, paper or _level_above(settling[0]), named)
    return Way(out, found, "", named)


def kept_from(found: Way, others: Sequence[Way], *, party: bool, today: date) -> Way:
    """The same way, past all whom ``others`` are about: who says one thing of a paper says the
    other, and whoever settled the one would read the name.
    """
    ways = [found, *others]
    out = Out(
        frozenset(body for each in ways for body in each.out.bodies),
        frozenset(post for each in ways for post in each.out.posts),
        frozenset(user for each in ways for user in each.out.users),
    )
    if found.to is None:
        return replace(found, out=out)
    to = exclusion.settler(found.to.body, out, today=today)
    if to is None or (party and to.body != found.to.body):
        return replace(found, out=out, to=None, paper=_level_above(found.to.body))
    return replace(found, out=out, to=to)


def _over_all(bodies: Sequence[Body]) -> Body:
    """The lowest body over all of these, or one of them; the first where there is none."""
    lines = [_upwards(body) for body in bodies]
    return next((b for b in lines[0] if all(b in line for line in lines)), bodies[0])


def _upwards(body: Body) -> list[Body]:
    line, step = [body], upper(body)
    while step is not None:
        line.append(step)
        step = upper(step)
    return line


def way_unknown(came_to: Body, *, party: bool, today: date) -> Way:
    """Where it goes while nobody can tell whom it is about: it may be about the very body it came
    to, so the first body of the level above whose head can be told has it. Nobody is written down
    as shut out, which would claim that it is about them; at the top the head of the body alone.
    """
    if party:
        return _party_way(came_to, NOTHING, today)
    above = next((b for b in _upwards(came_to) if b.place_id != came_to.place_id), None)
    starts = (above, upper(came_to), came_to)
    told = (exclusion.settler(start, NOTHING, today=today) for start in starts)
    found = next((each for each in told if each is not None), None)
    return Way(NOTHING, found, "" if found else _level_above(came_to))


def may_take_down(actor: Actor, found: Way) -> None:
    """Whoever is excluded writes nothing down: they send the person on. Raises Denied."""
    require(policies.may_receive(actor))
    if shut_out_of(actor, found):
        raise Denied(where_instead(found))


def shut_out_of(actor: Actor, found: Way) -> bool:
    """Whether it is about this official, or the body they are in."""
    if not isinstance(actor, Official):
        return False
    return actor.user in found.out.users or actor.body in found.out.bodies or _over(actor, found)


def _over(actor: Official, found: Way) -> bool:
    """An office of a committee that is excluded is the committee's own."""
    return bool(actor.acts_for & found.out.bodies)


def where_instead(found: Way) -> str:
    """Where to go when this desk may not take it down."""
    body = found.to.body.name if found.to else found.paper
    return _(
        "This desk may not take it down: it is about the body you are in, or somebody in it. "
        "Write nothing, keep no note, and send the person to %(body)s."
    ) % {"body": body}


def paper_way(found: Way) -> str:
    """Nobody here may have it: said plainly, with who takes it."""
    return _(
        "Every body here that could settle it is excluded or has nobody who may read it. It is "
        "not kept here. Print or write it, sign it, and hand it to %(body)s yourself."
    ) % {"body": found.paper}
