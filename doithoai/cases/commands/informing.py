"""Telling the person how far it is, and what a look at the roadmap found."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from doithoai.cases import events, policies, workflow
from doithoai.cases.commands.settling import enter_for_person
from doithoai.cases.commands.telling import tell
from doithoai.cases.models import Case
from doithoai.core.actors import Actor
from doithoai.core.decisions import require


@transaction.atomic
def inform(case_id: UUID, *, text: str, by: Actor, at: datetime) -> Case:
    """Tell the person how far it is. No answer: what is owed stays owed, by the same date."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_answer(by, case))
    workflow.INFORM.take(case)
    enter_for_person(case, events.Informed(), text, called="informed", by=by, at=at)
    tell(case, "informed", {"text": text}, at=at)
    return case


@transaction.atomic
def review(case_id: UUID, *, text: str, by: Actor, at: datetime) -> Case:
    """Look at a roadmap entry again, and say what was found."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_answer(by, case))
    workflow.REVIEW.take(case)
    enter_for_person(case, events.Reviewed(), text, called="reviewed", by=by, at=at)
    tell(case, "reviewed", {"text": text}, at=at)
    return case
