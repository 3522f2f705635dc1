"""An offer the body asked does not answer: take it back, urge, ask for a decision on the lead."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from doithoai.cases import events, policies, workflow
from doithoai.cases.commands.placing import end_transfer, open_transfer
from doithoai.cases.commands.settling import explain, not_shut_out, store
from doithoai.cases.commands.tie_breaking import call_tie_break
from doithoai.cases.models import Case
from doithoai.core.actors import Actor
from doithoai.core.decisions import require
from doithoai.docket.commands import enter, open_debts, resign
from doithoai.docket.telling import debtors, notices
from doithoai.notices.commands import queue_all


@transaction.atomic
def take_back(case_id: UUID, *, reason: str, by: Actor, at: datetime) -> Case:
    """Take an offer back that was not answered, to settle it here or pass it on elsewhere."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_take_back(by, case))
    in_hand = case.handling_body_id is not None
    (workflow.TAKE_BACK_IN_HAND if in_hand else workflow.TAKE_BACK).take(case)
    transfer = open_transfer(case, "offer")
    end_transfer(transfer, "taken_back", reason, at)
    resign(case.matter, role="offered_body", at=at)
    store(case)
    said = events.TakenBack(transfer.to_id, transfer.pk, in_hand)
    explain(enter(said, about=case.matter, by=by, at=at, content=[reason]), case, reason)
    return case


@transaction.atomic
def refer(case_id: UUID, *, reason: str, by: Actor, at: datetime) -> Case:
    """The body asked let its time pass without a reply: the tie-break post decides who leads."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_refer(by, case))
    workflow.REFER_UNANSWERED.take(case)
    transfer = open_transfer(case, "offer")
    end_transfer(transfer, "unanswered", reason, at)
    resign(case.matter, role="offered_body", at=at)
    call_tie_break(case, at)
    store(case)
    said = events.Referred(transfer.pk)
    explain(enter(said, about=case.matter, by=by, at=at, content=[reason]), case, reason)
    return case


@transaction.atomic
def urge_offered(case_id: UUID, *, text: str, by: Actor, at: datetime) -> Case:
    """Urge the body asked to accept or return it; its people are reminded by mail."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_take_back(by, case))
    workflow.URGE_OFFERED.take(case)
    transfer = open_transfer(case, "offer")
    not_shut_out(case, transfer.to_id, at=at)
    said = events.OfferUrged(transfer.to_id, transfer.pk)
    explain(enter(said, about=case.matter, by=by, at=at, content=[text]), case, text)
    for asked in open_debts(case.matter, role="offered_body"):
        queue_all(notices("reminded", asked, debtors(asked, at), at), at=at)
    return case
