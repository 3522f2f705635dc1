"""Where a case goes: classify, route, offer, accept, return, decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Clock
from doithoai.cases import events, masking, petition_rules, policies, workflow
from doithoai.cases.commands import sealing, tie_breaking
from doithoai.cases.commands.petitions import decisions, passing
from doithoai.cases.commands.settling import (
    explain,
    kept_words,
    left_after,
    not_shut_out,
    same_version,
    somebody_acts_for,
    store,
)
from doithoai.cases.commands.telling import tell, tell_of_danger
from doithoai.cases.models import Case, Transfer
from doithoai.cases.workflow import State
from doithoai.core.actors import Actor
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket import events as docket_events
from doithoai.docket.commands import Said, become, enter, enter_all, open_debts, resign
from doithoai.units.models import Body
from doithoai.vault.reading import holds

THIRD = 3
PASSED_ON = ("handling_body", "upper_body")


@dataclass(frozen=True)
class Kind:
    """What a clerk decides when classifying."""

    field: str
    kind: str = "recommendation"
    urgent: bool = False
    other_procedure: str = "none"
    complained_of: UUID | None = None
    title: str = ""


@transaction.atomic
def classify(
    case_id: UUID, kind: Kind, *, seen: int | None = None, by: Actor, at: datetime
) -> Case:
    """Say what it is. What looks like a complaint, a denunciation, conduct or a quarrel is kept
    private, with every case that carries the same statement.
    """
    siblings = _siblings(case_id, kind)
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_place(by, case))
    same_version(case.matter, seen, yours=kind.title, theirs=case.matter.title)
    redirected = kind.other_procedure != "none"
    danger = kind.urgent and not case.urgent and not redirected
    (workflow.REDIRECT if redirected else workflow.CLASSIFY).take(case)
    case.urgent, case.other_procedure = kind.urgent, kind.other_procedure
    case.matter.field, case.matter.procedure = kind.field, kind.kind
    case.matter.title = masking.impersonal(kind.title) if kind.title else case.matter.title
    case.attention = left_after(case, "field", "urgent")
    said = _keep_private(case, siblings, kind, by, at) if redirected else _open(case)
    store(case, "attention", "urgent", "other_procedure", "handling_body", "handling_post")
    what = events.Classified(kind.field, kind.kind, kind.urgent, kind.other_procedure)
    enter_all([*said, Said(what)], about=case.matter, by=by, at=at)
    if danger:
        tell_of_danger(case, at=at)
    return case


def _open(case: Case) -> list[Said]:
    sealing.open_to_all(case)
    return []


def _siblings(case_id: UUID, kind: Kind) -> list[Case]:
    """What must be sealed with it, locked in the order of ids, also those one may not see."""
    if kind.other_procedure == "none":
        return []
    wanted = sealing.sharing(case_id)
    locked = Case.objects.lock_all([case_id, *wanted], seen_by=Clock("seal")) if wanted else []
    return [each for each in locked if each.pk != case_id]


def _keep_private(
    case: Case, siblings: Sequence[Case], kind: Kind, by: Actor, at: datetime
) -> list[Said]:
    shut = sealing.shut_out(kind.complained_of, at=at)
    sealing.seal_with(siblings, case, shut, by=by, at=at)
    return sealing.seal(case, shut, by=by, at=at)


@transaction.atomic
def guide(case_id: UUID, *, letter: str, by: Actor, at: datetime) -> Case:
    """Tell the person in writing which procedure is the right one. Ends the case here."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_place(by, case))
    workflow.GUIDE.take(case)
    store(case)
    more, content = decisions.to_the_person(case, decisions.checked(letter))
    said = [Said(events.Guided(), content), *more]
    entry = enter_all(said, about=case.matter, by=by, at=at)[0]
    decisions.keep_words(case, entry, letter, at)
    tell(case, "guided", {}, at=at)
    return case


@transaction.atomic
def route(
    case_id: UUID, *, to: UUID, why: str, seen: int | None = None, by: Actor, at: datetime
) -> Case:
    """Give the case to a body of the same authority, or keep it. Raises Invalid for a body nobody
    acts for, Stale when somebody else did something meanwhile.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_place(by, case))
    same_version(case.matter, seen, yours=why, theirs=case.why_here)
    above = case.state == State.ESCALATED
    (workflow.ROUTE_ABOVE if above else workflow.ROUTE).take(case)
    body = _body(case, to, at)
    _check_above(case, body)
    _give(case, body, why, by, at)
    enter_all(
        [*_debts_to(case, body), Said(events.Routed(body.pk))], about=case.matter, by=by, at=at
    )
    return case


def _check_above(case: Case, body: Body) -> None:
    """A disputed answer is answered by the upper level: the body disputed with, and its place's
    others, may be asked for an opinion and do not get it back.
    """
    if not policies.disputed(case) or case.handling_body is None:
        return
    above = body.place_id == case.handling_body.place_id
    if body.pk == case.handling_body_id or (above and body.pk != case.answering_body_id):
        return
    raise Invalid(
        _(
            "The person disputed the answer: it is answered one level up. Give it to a body of "
            "%(body)s's own level; ask %(name)s for its opinion as a coordinating body."
        )
        % {"body": case.handling_body.short_name, "name": body.short_name}
    )


def _give(case: Case, body: Body, why: str, by: Actor, at: datetime) -> Transfer:
    """It goes to the body without being asked."""
    given = Transfer.objects.create(
        case=case, how="route", sender_id=by.body, to=body, why=kept_words(case, why), at=at,
        ended="accepted", ended_at=at,
    )  # fmt: skip
    case.why_here = given.why
    _hand_to(case, body, at)
    return given


def _hand_to(case: Case, body: Body, at: datetime) -> None:
    case.handling_body, case.handling_post = body, None
    case.coordinating = [each for each in case.coordinating if each != body.pk]
    become(case.matter, role="handling_body", body=body.pk, at=at)
    store(case, "handling_body", "handling_post", "why_here", "coordinating")


def _debts_to(case: Case, body: Body) -> list[Said]:
    """What the former handling body still owed goes to the new one, with its own dates; so does
    the answer to a dispute, which opened one level up.
    """
    owed = [d for role in PASSED_ON for d in open_debts(case.matter, role=role)]
    return [
        Said(docket_events.Moved(debt.key, body.pk, None))
        for debt in owed
        if debt.body_id != body.pk
    ]


def _body(case: Case, pk: UUID, at: datetime) -> Body:
    body = Body.objects.filter(pk=pk).first()
    if body is None:
        raise Invalid(_("Choose the body from the list; this one is not there."))
    not_shut_out(case, body.pk, at=at)
    if not somebody_acts_for(body, at=at):
        raise Invalid(
            _("Nobody acts for %(body)s here. Send it by letter, with its number and date.")
            % {"body": body.name}
        )
    return body


@transaction.atomic
def offer(case_id: UUID, *, to: UUID, why: str, by: Actor, at: datetime) -> Transfer:
    """Ask another body to take the case. Until it accepts, the debt stays with the sender."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_offer(by, case))
    workflow.OFFER.take(case)
    body = _body(case, to, at)
    _check_other(case, body, by)
    _check_returned(case, body, at)
    transfer = Transfer.objects.create(
        case=case, how="offer", sender_id=by.body, to=body, why=kept_words(case, why), at=at
    )
    become(case.matter, role="offered_body", body=body.pk, at=at)
    sender = case.handling_body_id or case.receiving_body_id
    become(case.matter, role="sending_body", body=sender, at=at)
    if case.handling_body_id is None:
        become(case.matter, role="handling_body", body=sender, at=at)
    store(case)
    enter(events.Offered(body.pk, transfer.pk), about=case.matter, by=by, at=at)
    return transfer


def _check_returned(case: Case, body: Body, at: datetime) -> None:
    passing.let_in(case, body.pk, at=at)
    if petition_rules.is_petition(case):
        passing.not_returned_by(case, body)
        return
    returned = case.transfers.filter(to=body, ended="returned").exists()
    if returned and case.times_returned >= THIRD - 1:
        raise Invalid(
            _("This body has returned the item before. Ask for a decision on the lead body.")
        )


def _check_other(case: Case, body: Body, by: Actor) -> None:
    if body.pk in {case.handling_body_id or case.receiving_body_id, by.body}:
        raise Invalid(
            _("%(body)s has the item already. Choose another body.") % {"body": body.short_name}
        )


@transaction.atomic
def accept(case_id: UUID, *, by: Actor, at: datetime) -> Case:
    """The body asked takes the case and, from now on, owes."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_reply_to_offer(by, case))
    workflow.ACCEPT.take(case)
    transfer = open_transfer(case, "offer")
    end_transfer(transfer, "accepted", "", at)
    case.why_here = transfer.why
    resign(case.matter, role="offered_body", at=at)
    _hand_to(case, transfer.to, at)
    said = [*_debts_to(case, transfer.to), Said(events.Accepted(transfer.to_id, transfer.pk))]
    said += passing.taken_over(case, transfer, at=at)
    enter_all(said, about=case.matter, by=by, at=at)
    return case


@transaction.atomic
def give_back(case_id: UUID, *, reason: str, by: Actor, at: datetime) -> Case:
    """The body asked returns the case with a reason; the third return goes to the tie-break
    post.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_reply_to_offer(by, case))
    third = case.times_returned + 1 >= THIRD
    (workflow.REFER if third else workflow.RETURN).take(case)
    transfer = open_transfer(case, "offer")
    end_transfer(transfer, "returned", reason, at)
    case.times_returned += 1
    resign(case.matter, role="offered_body", at=at)
    if third:
        tie_breaking.call_tie_break(case, at)
    store(case, "times_returned")
    said = [Said(events.Returned(transfer.to_id, transfer.pk, case.times_returned), (reason,))]
    said += [Said(events.Referred(transfer.pk))] if third else []
    explain(enter_all(said, about=case.matter, by=by, at=at)[0], case, reason)
    return case


@transaction.atomic
def decide_lead(case_id: UUID, *, to: UUID, why: str, by: Actor, at: datetime) -> Case:
    """The tie-break post names the lead body, which may not return the case any more."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_decide_lead(by, case))
    workflow.DECIDE_LEAD.take(case)
    body = _body(case, to, at)
    given = _give(case, body, why, by, at)
    said = [*_debts_to(case, body), Said(events.DecidedLead(body.pk), (why,))]
    said += passing.taken_over(case, given, at=at)
    enter_all(said, about=case.matter, by=by, at=at)
    return case


def open_transfer(case: Case, how: str) -> Transfer:
    """The offer or letter that waits."""
    found = case.transfers.filter(how=how, ended="").select_related("to").first()
    assert found is not None, "the state says a transfer is open"
    return found


def end_transfer(transfer: Transfer, ended: str, reason: str, at: datetime) -> None:
    """What became of an offer or a letter, in a word and in the other's words."""
    kept = "" if holds(transfer.case_id) else reason
    transfer.ended, transfer.reason, transfer.ended_at = ended, kept, at
    transfer.save(update_fields=["ended", "reason", "ended_at"])
