"""Which forms a case offers, and who makes its papers. Nothing here writes."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from doithoai.cases import policies
from doithoai.cases.models import Case
from doithoai.cases.workflow import State
from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no
from doithoai.files.wordings import Form, by_code, forms

_BEFORE: Final = frozenset(
    {State.RECEIVED, State.CLASSIFIED, State.REDIRECTED, State.RETURNED, State.ROUTED}
)
_AWAY: Final = frozenset({State.OFFERED, State.FORWARDED, State.TRANSFERRED})
# A paper is drafted before the step, to be signed, or after it, to be sent.
_WHEN: Final[Mapping[str, frozenset[State]]] = {
    "guidance": _BEFORE | {State.GUIDED},
    "complaint_transferred": _BEFORE | _AWAY,
    "denunciation_transferred": _BEFORE | _AWAY,
    "recommendation_transferred": _BEFORE | _AWAY,
    "party_matter_received": _BEFORE | _AWAY | {State.ADMITTED},
    "party_matter_transferred": _BEFORE | _AWAY,
    "party_matter_passed_on": _BEFORE | _AWAY,
    "urging": _AWAY,
    "complaint_admitted": _BEFORE | {State.ADMITTED},
    "complaint_declined": _BEFORE | {State.DECLINED},
    "denunciation_admitted": _BEFORE | {State.ADMITTED},
    "denunciation_declined": _BEFORE | {State.DECLINED},
    "repeated_denunciation_declined": _BEFORE | {State.DECLINED},
    "admission_proposed": _BEFORE,
    "denunciation_admission_proposed": _BEFORE,
    "denunciation_admission_with_team": _BEFORE | {State.ADMITTED},
    "denunciation_admission_assigned": _BEFORE | {State.ADMITTED},
    "protection_asked": _BEFORE | {State.ADMITTED},
    "handed_back": _BEFORE | {State.HANDED_BACK},
    "several_contents": _BEFORE,
    "not_eligible": _BEFORE | {State.ARCHIVED, State.DECLINED},
    "denunciation_minutes": _BEFORE | {State.ADMITTED},
}


def may_make_papers(actor: Actor, case: Case) -> Decision:
    """Whoever routes or answers in the body that received the item or has it."""
    if not (actor.may("cases.route") or actor.may("cases.answer")):
        return no(_("Only those who route or answer an item make its papers."))
    if any(policies.acts_for(actor, b) for b in (case.receiving_body_id, case.handling_body_id)):
        return YES
    return no(_("Only the body that received the item, or has it now, makes its papers."))


def offered(case: Case) -> tuple[Form, ...]:
    """The forms that belong to this kind of petition where it stands, in the order of the list."""
    state = State(case.state)
    return tuple(
        form
        for form in forms()
        if case.matter.procedure in form.procedures and state in _WHEN.get(form.code, ())
    )


def offers(case: Case, code: str) -> Decision:
    """Whether this form belongs here now."""
    if any(form.code == code for form in offered(case)):
        return YES
    if code in by_code():
        return no(_("This form does not belong to an item of this kind, or not where it stands."))
    return no(_("There is no such form."))
