"""Who opens the officials' pages of cases, and what of a case only those at work on it read."""

from django.utils.translation import gettext as _

from doithoai.cases import policies
from doithoai.cases.models import Case
from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no


def may_list(actor: Actor) -> Decision:
    """The list is for roles that read cases."""
    if actor.may("cases.read"):
        return YES
    return no(_("Your role does not read recommendations."))


def may_open(actor: Actor) -> Decision:
    """One case is opened also by whoever writes down the person's word on it."""
    return YES if actor.may("cases.record_word") else may_list(actor)


def works_inside(actor: Actor, case: Case) -> bool:
    """Internal notes and drafts are for those who may write them."""
    return bool(policies.may_note(actor, case)) or bool(policies.may_answer(actor, case))
