"""Keeping private what belongs to another procedure: the case, whatever carries the same
statement, and everybody it is about.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext as _

from doithoai.accounts.models import Holding, Post
from doithoai.accounts.queries import head_of
from doithoai.cases import events, suspicions
from doithoai.cases.commands.settling import store
from doithoai.cases.models import Carried, Case
from doithoai.cases.workflow import State
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid
from doithoai.docket import events as docket_events
from doithoai.docket.commands import Said, admit, become, enter_all, open_debts
from doithoai.docket.models import Excluded, Words
from doithoai.units.models import Body
from doithoai.units.queries import upper

VILLAGE_FRONT = "village_front"
A_MINUTE = 60  # seconds


@dataclass(frozen=True)
class Shut:
    """Whom the matter is about: the body with its offices, and whoever holds a post there."""

    bodies: frozenset[UUID]
    users: frozenset[UUID]
    above: Body | None


NOBODY = Shut(frozenset(), frozenset(), None)


def sharing(case_id: UUID) -> list[UUID]:
    """The other cases that carry a statement this case carries, and those joined into it."""
    mine = Carried.objects.filter(case=case_id, until=None).values("submission")
    others = Carried.objects.filter(submission__in=mine).exclude(case=case_id)
    standing = others.filter(Q(until=None) | Q(case__state=State.JOINED))
    return sorted(set(standing.values_list("case", flat=True)))


def shut_out(complained_of: UUID | None, *, at: datetime) -> Shut:
    """The body complained of with its offices, and the people who hold a post there that day."""
    if complained_of is None:
        return NOBODY
    body = Body.objects.select_related("parent").get(pk=complained_of)
    offices = Body.objects.filter(parent=body, place=body.place_id).values_list("pk", flat=True)
    bodies = frozenset([body.pk, *offices])
    holding = Holding.objects.filter(post__body__in=bodies, valid__contains=local_day(at))
    return Shut(bodies, frozenset(holding.values_list("user", flat=True)), upper(body))


def front_posts(village: UUID | None) -> list[UUID]:
    """The Front's posts in a village, who see what their own village said until it is sealed.

    A minute old at most: every intake asks, and an intake takes few statements.
    """
    if village is None:
        return []
    key = f"cases.village_front.{village}"
    known: list[UUID] | None = cache.get(key)
    if known is None:
        posts = Post.objects.filter(village=village, roles__name=VILLAGE_FRONT)
        known = list(posts.values_list("pk", flat=True).distinct())
        cache.set(key, known, A_MINUTE)
    return known


def first_readers(to: Body, text: str, *, by: Actor, at: datetime) -> set[UUID]:
    """The posts that look first at words which seem to be for another procedure: whoever took them
    down, the reception clerks of the body and its head. Empty for ordinary words.
    """
    if suspicions.other_procedure(text) == "none":
        return set()
    receiving = Post.objects.filter(
        roles__rights__act="cases.receive", valid__contains=local_day(at)
    )
    office = Q(body__parent=to, body__place=to.place_id, roles__rights__act="docket.office")
    found = set(receiving.filter(Q(body=to) | office).values_list("pk", flat=True))
    if found and by.post is not None:
        found.add(by.post)
    return found


def open_to_all(case: Case) -> None:
    """It proved an ordinary recommendation: whoever sees the body's others sees it too."""
    if case.matter.sealed or suspicions.other_procedure(case.text) == "none":
        return
    admit(case.matter, body=case.receiving_body_id)
    for post in front_posts(case.matter.place_id):
        admit(case.matter, post=post)


def seal(case: Case, shut: Shut, *, by: Actor, at: datetime) -> list[Said]:
    """From now on explicit rows only: who classified, and the heads it is not about.

    What those shut out had to do goes to the body above; gives back what is to be entered of it.
    Raises Invalid when nobody would be left who may see it.
    """
    matter = case.matter
    matter.sealed = True
    matter.title = _("Item for another procedure")
    Words.objects.filter(matter=matter).delete()
    matter.audience.filter(post__isnull=False).delete()
    case.publications.filter(withdrawn_at=None).update(current=False, withdrawn_at=at)
    Excluded.objects.bulk_create(
        [
            *(Excluded(matter=matter, body_id=b, reason="complained of") for b in shut.bodies),
            *(Excluded(matter=matter, user_id=u, reason="complained of") for u in shut.users),
        ]
    )
    moved = _hand_up(case, shut, at)
    _admit_who_remains(case, shut, by, at)
    return moved


def _hand_up(case: Case, shut: Shut, at: datetime) -> list[Said]:
    """Roles and debts of those shut out go to the body above them."""
    above = shut.above
    if above is None or above.pk in shut.bodies:
        return []
    if case.receiving_body_id in shut.bodies or case.handling_body_id in shut.bodies:
        case.handling_body, case.handling_post = above, None
        for role in ("receiving_body", "handling_body"):
            if matter_role(case, role) in shut.bodies:
                become(case.matter, role=role, body=above.pk, at=at)
    return [
        Said(docket_events.Moved(debt.key, above.pk, None))
        for role in ("receiving_body", "handling_body", "handling_post", "sending_body")
        for debt in open_debts(case.matter, role=role)
        if debt.body_id in shut.bodies
    ]


def matter_role(case: Case, role: str) -> UUID | None:
    """The body that has the role now, if any."""
    party = case.matter.parties.filter(role=role, until=None).first()
    return party.body_id if party else None


def _admit_who_remains(case: Case, shut: Shut, by: Actor, at: datetime) -> None:
    today = local_day(at)
    bodies = {case.receiving_body_id, case.handling_body_id} - shut.bodies
    heads = [head_of(body, today=today) for body in bodies if body is not None]
    posts = {head.pk for head in heads if head is not None}
    if by.body not in shut.bodies and by.post is not None:
        posts.add(by.post)
    staying = _held(posts, shut.users, at)
    if not staying:
        raise Invalid(
            _(
                "Nobody who may see this item would be left: no head above the body it is about "
                "has an account here. Send it on paper to the body above."
            )
        )
    for post in sorted(staying):
        admit(case.matter, post=post)


def _held(posts: Collection[UUID], users: Collection[UUID], at: datetime) -> set[UUID]:
    """Of these posts, those somebody holds who is not shut out."""
    held = Post.objects.filter(
        pk__in=posts,
        holdings__in=Holding.objects.filter(valid__contains=local_day(at)).exclude(user__in=users),
    )
    return set(held.values_list("pk", flat=True))


def seal_with(
    siblings: Collection[Case], cause: Case, shut: Shut, *, by: Actor, at: datetime
) -> None:
    """The same statement stands in these: they are kept private too, each with its entry."""
    for each in siblings:
        if each.matter.sealed:
            continue
        moved = seal(each, shut, by=by, at=at)
        store(each, "handling_body", "handling_post")
        said = [*moved, Said(events.Sealed(cause.pk))]
        enter_all(said, about=each.matter, by=by, at=at)
