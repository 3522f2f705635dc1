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

from doithoai.accounts.models import Holding, Post, User
from doithoai.accounts.queries import head_of
from doithoai.cases import events, suspicions
from doithoai.cases.commands import sealed_ways, tie_breaking
from doithoai.cases.commands.settling import store
from doithoai.cases.commands.vaulting import VAULTED, blank_statements, stow
from doithoai.cases.models import Carried, Case, Petition
from doithoai.cases.workflow import State
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid
from doithoai.docket import events as docket_events
from doithoai.docket import exclusion
from doithoai.docket.commands import Said, admit, become, enter_all, open_debts
from doithoai.docket.exclusion import Out, Settling
from doithoai.docket.models import Words
from doithoai.units.models import Body
from doithoai.units.queries import upper
from doithoai.vault.reading import holds

SEALED = "sealed"  # the one register of what a body settles sealed, whichever way it came
VILLAGE_FRONT = "village_front"
A_MINUTE = 60  # seconds
HANDLING = ("receiving_body", "handling_body")
OWING = (*HANDLING, "handling_post", "sending_body")


@dataclass(frozen=True)
class Shut:
    """Whom the matter is about: the body with its offices, and whoever holds a post there.

    ``to``: who is to have it from now on, found by the way of what is denounced; without it, what
    those shut out had to do goes to the body ``above``. ``alone``: nobody but the head of ``to``
    keeps a row, even where that body has it already: it may be about anybody there.
    """

    bodies: frozenset[UUID]
    users: frozenset[UUID]
    above: Body | None
    posts: frozenset[UUID] = frozenset()
    to: Settling | None = None
    alone: bool = False

    @property
    def out(self) -> Out:
        """As it is written down."""
        return Out(self.bodies, self.posts, self.users)


NOBODY = Shut(frozenset(), frozenset(), None)


def sharing(case_id: UUID) -> list[UUID]:
    """The other cases that carry a statement this case carries, those joined into it, and those of
    the same petition sent again or to other bodies: one thread says one thing.
    """
    mine = Carried.objects.filter(case=case_id, until=None).values("submission")
    threads = Petition.objects.filter(submission__in=mine, thread__isnull=False).values("thread")
    copies = Petition.objects.filter(thread__in=threads).values("submission")
    same = Q(submission__in=mine) | Q(submission__in=copies)
    others = Carried.objects.filter(same).exclude(case=case_id)
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

    Where they seem to denounce somebody, nobody whom they name; for a head they may be about, the
    head of the body above (Law 25/2018/QH14, articles 8 and 12).
    """
    looks_like = suspicions.other_procedure(text)
    if looks_like == "none":
        return set()
    receiving = Post.objects.filter(
        roles__rights__act="cases.receive", valid__contains=local_day(at)
    )
    office = Q(body__parent=to, body__place=to.place_id, roles__rights__act="docket.office")
    found = set(receiving.filter(Q(body=to) | office).values_list("pk", flat=True))
    if found and by.post is not None:
        found.add(by.post)
    return _unless_named(found, to, text, at) if looks_like in suspicions.DENOUNCING else found


def _unless_named(found: set[UUID], to: Body, text: str, at: datetime) -> set[UUID]:
    """These posts without those the words name. Never empty where ``found`` is not: nobody there
    would open it to everybody.
    """
    named = sealed_ways.named_in(text, found, today=local_day(at))
    staying = found - named.posts
    if Post.objects.filter(pk__in=named.posts, is_head=True).exists():
        out = Out(frozenset([to.pk]), named.posts, named.users)
        over = exclusion.settler(upper(to), out, today=local_day(at))
        staying |= {over.head.pk} if over else set()
    return staying or found


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
    """From now on explicit rows only: who classified, and the heads it is not about; where another
    body is to have it, the head of that one alone. Of a denunciation, or beside one (``cause``,
    sealed after it), all that was said goes into the vault.

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
    moved = _hand_over(case, shut, by, at)
    keep_in_vault(case, cause=cause, at=at)
    return moved


def seal_further(
    case: Case, shut: Shut, *, cause: Case | None = None, by: Actor, at: datetime
) -> list[Said]:
    """A case kept private already proves another procedure, or to be about others too: those are
    shut out as well, and what a denunciation says goes into the vault. Gives back what is to be
    entered. Raises Invalid when nobody would be left who may see it.
    """
    exclusion.write(case.matter, shut.out, since=local_day(at))
    moved = _hand_over(case, shut, by, at)
    keep_in_vault(case, cause=cause, at=at)
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


def _hand_over(case: Case, shut: Shut, by: Actor, at: datetime) -> list[Said]:
    """Who has it from now on, and who may see it; what is to be entered of that."""
    has_it = case.handling_body_id or case.receiving_body_id
    if shut.to is not None and (shut.alone or shut.to.body.pk != has_it):
        return _give(case, shut.to, at)
    moved = _hand_up(case, shut, at)
    _admit_who_remains(case, shut, by, at)
    return moved


def _give(case: Case, to: Settling, at: datetime) -> list[Said]:
    """Another body has it with all that is owed, and of the others nobody keeps a row but whoever
    holds a slip.
    """
    matter = case.matter
    matter.body = to.body
    case.handling_body, case.handling_post, case.coordinating = to.body, None, []
    case.save(update_fields=["handling_body", "handling_post", "coordinating"])
    matter.save(update_fields=["body"])
    for role in HANDLING:
        if matter_role(case, role) not in {None, to.body.pk}:
            become(matter, role=role, body=to.body.pk, at=at)
    _dismiss(case)
    admit(matter, post=to.head.pk)
    return [
        Said(docket_events.Moved(debt.key, to.body.pk, None))
        for role in OWING
        for debt in open_debts(matter, role=role)
        if debt.body_id != to.body.pk or debt.post_id
    ]


def debts_follow(case: Case, *, by: Actor, at: datetime) -> None:
    """What the law makes of what happened before falls to whoever had it then; of a matter given to
    another body, that one owes it now.
    """
    has_it = case.handling_body_id
    if not case.matter.sealed or has_it in {None, case.receiving_body_id}:
        return
    moved = [
        Said(docket_events.Moved(debt.key, has_it, None))
        for role in OWING
        for debt in open_debts(case.matter, role=role)
        if debt.body_id == case.receiving_body_id
    ]
    if moved:
        enter_all(moved, about=case.matter, by=by, at=at)


def _dismiss(case: Case) -> None:
    rows = case.matter.audience.all()
    officials = User.objects.filter(pk__in=rows.filter(holder__isnull=False).values("holder"))
    rows.filter(Q(holder=None) | Q(holder__in=officials.values("pk"))).delete()


def _hand_up(case: Case, shut: Shut, at: datetime) -> list[Said]:
    """Roles and debts of those shut out go to the body above them."""
    above = shut.above
    if above is None or above.pk in shut.bodies:
        return []
    if case.receiving_body_id in shut.bodies or case.handling_body_id in shut.bodies:
        case.handling_body, case.handling_post = above, None
        for role in HANDLING:
            if matter_role(case, role) in shut.bodies:
                become(case.matter, role=role, body=above.pk, at=at)
    return [
        Said(docket_events.Moved(debt.key, above.pk, None))
        for role in OWING
        for debt in open_debts(case.matter, role=role)
        if debt.body_id in shut.bodies
    ]


def matter_role(case: Case, role: str) -> UUID | None:
    """The body that has the role now, if any."""
    party = case.matter.parties.filter(role=role, until=None).first()
    return party.body_id if party else None


def _admit_who_remains(case: Case, shut: Shut, by: Actor, at: datetime) -> None:
    today = local_day(at)
    # Not the body it came to, once another one has it: it was sent on from there.
    bodies = {matter_role(case, "receiving_body"), case.handling_body_id} - shut.bodies
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
    """The same statement stands in these: they are kept private too, each with its entry; whoever
    may not see the one may see none of them.
    """
    for each in siblings:
        said = [Said(events.Sealed(cause.pk))] if not each.matter.sealed else []
        do = seal_further if each.matter.sealed else seal
        moved = do(each, shut, cause=cause, by=by, at=at)
        store(each, "handling_body", "handling_post")
        if moved or said:
            enter_all([*moved, *said], about=each.matter, by=by, at=at)
        debts_follow(each, by=by, at=at)


@transaction.atomic
def look_again(case_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Whom a sealed case shuts out, looked at anew; whether anything changed. A case that went one
    level up is handled there from now on, and who is to name the lead body is asked anew.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    changed = exclusion.recompute(case_id, by=by, at=at)
    case.matter.refresh_from_db(fields=["body"])
    changed = follow_matter(case) or changed
    return tie_breaking.call_again(case, by=by, at=at) or changed


def follow_matter(case: Case) -> bool:
    """A case whose matter went one level up is handled there; whether it was not until now."""
    if case.matter.body_id in {case.receiving_body_id, case.handling_body_id}:
        return False
    case.handling_body, case.handling_post = case.matter.body, None
    store(case, "handling_body", "handling_post")
    return True
