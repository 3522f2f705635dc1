"""Who may touch the record of any matter."""

from uuid import UUID

from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no
from doithoai.docket.models import Matter


def may_open_inbox(actor: Actor) -> Decision:
    """Whoever's role has something to do."""
    if actor.may("docket.inbox"):
        return YES
    return no(_("Your role has no list of things to do."))


def may_correct(actor: Actor, matter: Matter) -> Decision:
    """Only the body that has the matter takes an entry out of its timeline."""
    if actor.may("docket.correct") and actor.body == matter.body_id:
        return YES
    return no(_("Only the head of the body that has the item may correct its record."))


def may_move(actor: Actor, matter: Matter, debtor: UUID | None) -> Decision:
    """A head gives on what their own body owes (``debtor``), or what is owed in its matter."""
    own = isinstance(actor, Official) and {debtor, matter.body_id} & actor.acts_for
    if actor.may("docket.move") and own:
        return YES
    return no(_("Only a head may give a task to another post or body."))


def may_adopt(actor: Actor) -> Decision:
    """An administrator records which document adopts a proposed rule."""
    if actor.may("docket.adopt"):
        return YES
    return no(_("Only an administrator may record the document that adopts a rule."))


def may_tell(actor: Actor) -> Decision:
    """Only the clock reminds and reports what is late."""
    if actor.kind == "clock":
        return YES
    return no(_("Only time itself does this."))


def may_reorganise(actor: Actor) -> Decision:
    """The operator at the machine, when a body was abolished: no single post has all its items."""
    if actor.kind == "clock":
        return YES
    return no(_("Only the operator at the machine moves the items of a body to its successor."))


def may_rederive(actor: Actor) -> Decision:
    """The operator at the machine, after a change of rules or days off; the law alone decides."""
    if actor.kind == "clock":
        return YES
    return no(_("Only the operator at the machine derives due dates again."))


def may_unseal(actor: Actor, matter: Matter) -> Decision:
    """Who settles it: the head of the body (Law 25/2018/QH14, articles 12-20), whom the head gave
    the verification to (article 11), and the inspectorate. Each sees the matter by a row of their
    post already; whoever is excluded never comes this far.
    """
    if not matter.sealed:
        return no(_("This item is not sealed."))
    if actor.may("docket.unseal"):
        return YES
    return no(
        _(
            "Only the person who settles a sealed item, and those they gave the verification to, "
            "may open what is sealed."
        )
    )


def may_write_to_person(actor: Actor, matter: Matter) -> Decision:
    """Whoever may open it writes to the person; the person writes with code and secret."""
    if actor.kind == "citizen" and actor.ref is not None:
        return YES
    return may_unseal(actor, matter)


def may_declare(actor: Actor, matter: Matter) -> Decision:
    """Anybody who handles a matter says that they stand too near to it; a head says so of others
    (Decree 31/2019/ND-CP, article 5).
    """
    del matter
    if isinstance(actor, Official):
        return YES
    return no(_("Only officials who handle an item declare a relation to those it is about."))
