"""A person who complained or denounced asks to withdraw: whoever settles it stops, or goes on."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from doithoai.cases import petition_events, policies, workflow
from doithoai.cases.commands.petitions import decisions
from doithoai.cases.commands.petitions.decisions import UNSIGNED, Decided, Signed
from doithoai.cases.commands.settling import end_transfers, explain, store
from doithoai.cases.models import Case
from doithoai.cases.workflow import Outcome
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.docket.commands import Said, enter, enter_all

ASKED: Final = "withdrawal_asked"  # the notice to whoever did not say so with their own slip


def ask(case: Case, *, reason: str, signed_on: date | None, by: Actor, at: datetime) -> Case:
    """Take down that the person asks to withdraw; every clock runs on until it is decided (Law on
    Complaints 02/2011, article 10; Law on Denunciations 25/2018, article 33).

    The case is locked. Raises Invalid without a reason.
    """
    workflow.ASK_TO_WITHDRAW.take(case)
    case.withdrawal_asked_on = signed_on or local_day(at)
    store(case, "withdrawal_asked_on")
    said = petition_events.WithdrawalAsked(signed_on is None, signed_on)
    explain(enter(said, about=case.matter, by=by, at=at, content=[reason]), case, reason)
    return case


@transaction.atomic
def go_on(case_id: UUID, *, ground: str, text: str, by: Actor, at: datetime) -> Case:
    """Settle it in spite of the withdrawal: there are signs of a breach, or somebody was threatened
    or bought, or the withdrawal abuses the right (Decree 31/2019/ND-CP, article 4).

    Raises Invalid for a ground the law does not give for this kind.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.GO_ON](by, case))
    workflow.GO_ON.take(case)
    found = decisions.going_on(ground, for_kind=case.matter.procedure)
    words = decisions.checked(text)
    case.withdrawal_asked_on = None
    store(case, "withdrawal_asked_on")
    more, content = decisions.to_the_person(case, decisions.in_full(words, found))
    said = Said(petition_events.WithdrawalNotFollowed(found.code), content)
    entry = enter_all([said, *more], about=case.matter, by=by, at=at)[0]
    decided = Decided("go_on", words, "gone_on", found.code)
    decisions.keep(case, entry, decided, by=by, at=at)
    return case


@transaction.atomic
def stop(case_id: UUID, *, text: str, paper: Signed = UNSIGNED, by: Actor, at: datetime) -> Case:
    """Stop the settlement by decision (đình chỉ), as the person asked; the decision is still to be
    sent (Law on Complaints 02/2011, articles 10 and 11a; Law on Denunciations 25/2018, article 34).
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.STOP](by, case))
    workflow.STOP.take(case)
    words = decisions.checked(text)
    case.outcome, case.closed_at = Outcome.WITHDRAWN, at
    end_transfers(case, at=at)
    store(case, "outcome", "closed_at")
    more, content = decisions.to_the_person(case, words)
    said = Said(petition_events.Terminated(paper.signed_on or local_day(at)), content)
    entry = enter_all([said, *more], about=case.matter, by=by, at=at)[0]
    decisions.keep(case, entry, Decided("stop", words, "terminated", paper=paper), by=by, at=at)
    return case


@transaction.atomic
def send_stop(case_id: UUID, *, by: Actor, at: datetime) -> Case:
    """The decision to stop was sent to those concerned (Decree 155/2026/ND-CP, article 12: within 3
    working days; Decree 31/2019/ND-CP, article 15: within 5).
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.SEND_STOP](by, case))
    workflow.SEND_STOP.take(case)
    enter(petition_events.SuspensionSent(), about=case.matter, by=by, at=at)
    return case
