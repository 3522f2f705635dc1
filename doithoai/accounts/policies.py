"""Who may change who sits where."""

from uuid import UUID

from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no

EVERYWHERE = "accounts.manage"
IN_PLACE = "accounts.manage_place"
RESERVED = frozenset({EVERYWHERE, IN_PLACE, "units.edit", "docket.adopt"})


def may_manage(actor: Actor) -> Decision:
    """Administrators, and the operator at the machine (the clock's job ``console``)."""
    if actor.may(EVERYWHERE) or actor.kind == "clock":
        return YES
    return no(_("Only an administrator changes posts and people."))


def may_enter_people(actor: Actor) -> Decision:
    """Whoever manages some body's posts may enter the people who will hold them."""
    return YES if actor.may(IN_PLACE) else may_manage(actor)


def may_manage_in(actor: Actor, body: UUID) -> Decision:
    """A place's administrator manages the posts of the bodies they see."""
    if actor.may(IN_PLACE) and body in _seen(actor):
        return YES
    return may_manage(actor)


def may_manage_person(actor: Actor, *, bodies: frozenset[UUID], acts: frozenset[str]) -> Decision:
    """A place's administrator manages people who hold posts nowhere but there, and none that is
    over the whole installation.
    """
    if actor.may(IN_PLACE) and bodies <= _seen(actor) and not acts & RESERVED - {IN_PLACE}:
        return YES
    return may_manage(actor)


def may_give(actor: Actor, *, acts: frozenset[str], sees: frozenset[str]) -> Decision:
    """Rights over the whole installation are given by its administrator only."""
    if may_manage(actor) or not (acts & RESERVED or "below" in sees):
        return YES
    return no(_("Only the administrator of the whole installation gives this role."))


def may_close(actor: Actor, *, user: UUID) -> Decision:
    """Nobody locks themselves out."""
    if actor.ref != user:
        return YES
    return no(_("You cannot close your own sign-in; ask another administrator."))


def may_unseat(actor: Actor, *, post: UUID, user: UUID) -> Decision:
    """Nobody ends the holding they act by at this moment."""
    if (actor.post, actor.ref) != (post, user):
        return YES
    return no(_("You act in this post now; another administrator has to end it."))


def _seen(actor: Actor) -> frozenset[UUID]:
    """The bodies an official sees; nobody else sees any."""
    found: frozenset[UUID] = getattr(actor, "sees", frozenset())
    return found
