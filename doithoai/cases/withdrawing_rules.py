"""Who says that a person takes back what they said: by their own slip, or on their signed paper.

``policies`` lists these beside the rest; nothing here writes.
"""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.cases import petition_rules, workflow
from doithoai.cases.models import Case
from doithoai.cases.workflow import State
from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no
from doithoai.core.workflow import Step


def may_withdraw(actor: Actor, case: Case) -> Decision:
    """The person withdraws; a clerk where it was received writes it down on their signed paper, if
    the body that must answer is another; of that body only its head.
    """
    if actor.kind == "citizen" and actor.ref is not None:
        return YES
    owing = case.handling_body_id or case.receiving_body_id
    if actor.may("cases.approve") and _acts_for(actor, owing):
        return YES
    if actor.may("cases.receive") and _acts_for(actor, case.receiving_body_id):
        if not _same_house(actor, case):
            return YES
        return no(
            _(
                "Your body has to answer this item: only its head records, on the signed paper, "
                "that the person withdrew it."
            )
        )
    return no(
        _("Only the person who spoke may say this, or somebody entrusted to write their word down.")
    )


def may_ask_to_withdraw(actor: Actor, case: Case) -> Decision:
    """Of a complaint or a denunciation it is a request; who settles it decides."""
    return petition_rules.petition(case) and may_withdraw(actor, case)


def _same_house(actor: Actor, case: Case) -> bool:
    """Whether the body that must answer is the official's own, or an office of its committee."""
    owing = case.handling_body or case.receiving_body
    return _acts_for(actor, owing.pk) or _acts_for(actor, owing.parent_id)


def _acts_for(actor: Actor, body: object) -> bool:
    return isinstance(actor, Official) and body is not None and body in actor.acts_for


RIGHTS: Final[Mapping[Step[State], Callable[[Actor, Case], Decision]]] = {
    workflow.WITHDRAW: may_withdraw,
    workflow.ASK_TO_WITHDRAW: may_ask_to_withdraw,
}
