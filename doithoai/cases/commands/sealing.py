"""Keeping private what belongs to another procedure: the case, whatever carries the same
statement, and everybody it is about.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.accounts.models import Holding, Post
from doithoai.accounts.queries import head_of
from doithoai.cases import events, suspicions
from doithoai.cases.commands.settling import store
from doithoai.cases.commands.vaulting import VAULTED, blank_statements, stow
from doithoai.cases.models import Carried, Case
from doithoai.cases.workflow import State
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid
from doithoai.docket import events as docket_events
from doithoai.docket import exclusion
from doithoai.docket.commands import Said, admit, become, enter_all, open_debts
from doithoai.docket.exclusion import Out
from doithoai.docket.models import Words
from doithoai.units.models import Body
from doithoai.units.queries import upper
from doithoai.vault.reading import holds

SEALED = "sealed"  # the one register of what a body settles sealed, whichever way it came
VILLAGE_FRONT = "village_front"
A_MINUTE = 60  # seconds


@dataclass(frozen=True)
class Shut:
    """Whom the matter is about: the body with its offices, and whoever holds a post there."""

    bodies: frozenset[UUID]
    users: frozenset[UUID]
    above: Body | None
    posts: frozenset[UUID] = frozenset()

    @property
    def out(self) -> Out:
        """As it is written down."""
        return Out(self.bodies, self.posts, self.users)


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


def seal(
    case: Case, shut: Shut, *, cause: Case | None = None, by: Actor, at: datetime
) -> list[Said]:
    """From now on explicit rows only: who classified, and the heads it is not about. Of a
    denunciation, or beside one (``cause``, sealed after it), all that was said goes into the vault.

    What those shut out had to do goes to the body above; gives back what is to be entered of it.
    Raises Invalid when nobody would be left who may see it.
    """
    matter = case.matter
    matter.sealed = True
    matter.title = _("Item for another procedure")
    Words.objects.filter(matter=matter).delete()
    matter.audience.filter(post__isnull=False).delete()
    case.publications.filter(withdrawn_at=None).update(current=False, withdrawn_at=at)
    exclusion.write(matter, shut.out, since=local_day(at))
    moved = _hand_up(case, shut, at)
    _admit_who_remains(case, shut, by, at)
    keep_in_vault(case, cause=cause, at=at)
    return moved


def seal_further(case: Case, shut: Shut, *, by: Actor, at: datetime) -> list[Said]:
    """A case kept private already proves another procedure, or to be about others too: those are
    shut out as well, and what a denunciation says goes into the vault. Gives back what is to be
    entered. Raises Invalid when nobody would be left who may see it.
    """
    exclusion.write(case.matter, shut.out, since=local_day(at))
    moved = _hand_up(case, shut, at)
    _admit_who_remains(case, shut, by, at)
    keep_in_vault(case, at=at)
    return moved


def keep_in_vault(case: Case, *, cause: Case | None = None, at: datetime) -> None:
    """Move what was said of a denunciation into the vault; nothing happens to other procedures.
    What it shares with ``cause``, which comes after it, stays readable until then.
    """
    why = cause or case
    if not {why.other_procedure, why.matter.procedure} & VAULTED:
        return
    case.matter.title = neutral_title()
    stow(case, at=at)
    if cause is None:
        blank_statements([case.pk, *filter(holds, sharing(case.pk))])


def neutral_title() -> str:
    """What a sealed item is called wherever it is listed: in the language of the installation."""
    with override(settings.LANGUAGE_CODE):
        return _("Sealed item")


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
            keep_in_vault(each, cause=cause, at=at)
            store(each)
            continue
        moved = seal(each, shut, cause=cause, by=by, at=at)
        store(each, "handling_body", "handling_post")
        said = [*moved, Said(events.Sealed(cause.pk))]
        enter_all(said, about=each.matter, by=by, at=at)


@transaction.atomic
def look_again(case_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Whom a sealed case shuts out, looked at anew; whether anything changed. A case that went one
    level up is handled there from now on.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    changed = exclusion.recompute(case_id, by=by, at=at)
    case.matter.refresh_from_db(fields=["body"])
    return follow_matter(case) or changed


def follow_matter(case: Case) -> bool:
    """A case whose matter went one level up is handled there; whether it was not until now."""
    if case.matter.body_id in {case.receiving_body_id, case.handling_body_id}:
        return False
    case.handling_body, case.handling_post = case.matter.body, None
    store(case, "handling_body", "handling_post")
    return True
