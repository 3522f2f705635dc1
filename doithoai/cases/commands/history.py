"""What was settled before or outside the desk: answers on the spot, dates set by a conclusion,
imported answers.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Clock
from doithoai.cases import events, policies, workflow
from doithoai.cases.commands.answering import Reply, due_dates, in_hand_since, require_later
from doithoai.cases.commands.naming import refuse_naming
from doithoai.cases.commands.settling import end_transfers, left_after, not_shut_out, store
from doithoai.cases.commands.vaulting import shown_text, stow_letter
from doithoai.cases.models import Answer, Case
from doithoai.cases.workflow import Outcome, Word
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.commands import Said, become, enter, enter_all
from doithoai.docket.models import Obligation

FARTHEST = timedelta(days=3660)


@transaction.atomic
def answer_on_the_spot(case_id: UUID, *, text: str, body: UUID, by: Actor, at: datetime) -> Answer:
    """The leader answered in the hall; the words are kept, and the person is still asked."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_take_in(by, case))
    workflow.ANSWER.take(case)
    return _keep(case, Reply(text, Outcome.EXPLAINED), body, by, at)


@transaction.atomic
def take_in_answer(case_id: UUID, reply: Reply, *, body: UUID, by: Actor, at: datetime) -> Answer:
    """An answer that a clerk's list brings along, with its own date: history, not a new debt.

    What is owed already is met on the day it is entered, unless a document proves an earlier one on
    which the body had it: no date that has passed is undone.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_take_in(by, case))
    if case.answers.exists():
        raise Invalid(_("This item has an answer already; give a new one on its page."))
    scheduled = reply.outcome == Outcome.SCHEDULED
    (workflow.TAKE_IN_SCHEDULED if scheduled else workflow.TAKE_IN).take(case)
    return _keep(case, reply, body, by, at)


def _counted(case: Case, reply: Reply, entered: datetime) -> datetime:
    """The moment from which an answer that came with a list counts."""
    stated = reply.happened_at
    if stated is None:
        return entered
    owed = Obligation.objects.filter(matter=case.pk, kind="duty", state__in=["open", "paused"])
    if not owed.exists():
        return stated
    began = in_hand_since(case) or stated
    proven = reply.number and reply.signed_on
    if not proven or local_day(stated) < local_day(began):
        return entered
    return min(max(stated, began), entered)


def _keep(case: Case, reply: Reply, body: UUID, by: Actor, entered: datetime) -> Answer:
    at = _counted(case, reply, entered)
    refuse_naming(case, reply.text)
    not_shut_out(case, body, at=entered)
    made = Answer.objects.create(
        case=case,
        text=shown_text(case, reply.text),
        outcome=reply.outcome,
        number=reply.number,
        signed_on=reply.signed_on,
        body_id=body,
        post_id=by.post,
        at=at,
        entered_late=reply.happened_at is not None,
    )
    case.outcome, case.word, case.answered_at = reply.outcome, Word.NONE, at
    case.roadmap_year, case.answering_body_id = reply.roadmap_year, body
    if case.handling_body_id is None:
        case.handling_body_id = body
        become(case.matter, role="handling_body", body=body, at=at)
    end_transfers(case, at=at)
    case.entered_late = made.entered_late
    store(
        case,
        "outcome",
        "word",
        "answered_at",
        "roadmap_year",
        "answering_body",
        "handling_body",
        "entered_late",
    )
    answered = events.Answered(made.pk, reply.outcome, reply.signed_on, local_day(entered))
    said = [Said(answered, (reply.text.strip(),)), *stow_letter(case, "answer", reply.text, at=at)]
    if reply.roadmap_year is not None and reply.outcome == Outcome.SCHEDULED:
        said.append(Said(events.Scheduled(reply.roadmap_year)))
    enter_all(said, about=case.matter, by=by, at=at)
    return made


@transaction.atomic
def promise(case_id: UUID, *, due_on: date, document: str, by: Actor, at: datetime) -> Case:
    """A conclusion sets a date by which it is to be done; once set, it only moves to a later one.

    Raises Invalid for what has ended, and for a date that cannot be meant or cannot be moved.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_set_date(by, case))
    if case.final:
        raise Invalid(
            _(
                "This item has ended; a date cannot be set for it. Take it up again first, with "
                "the reason."
            )
        )
    if abs(due_on - local_day(at)) > FARTHEST:
        raise Invalid(_("A date more than ten years away cannot be meant. Correct it."))
    case.attention = left_after(case, "dated")
    case.save(update_fields=["attention"])
    set_before = _promised(case)
    if set_before is None:
        enter(events.Promised(due_on, document), about=case.matter, by=by, at=at)
    elif set_before.due_on != due_on:
        _promise_again(case, set_before, due_on, document, by, at)
    return case


def _promised(case: Case) -> Obligation | None:
    running = Obligation.objects.filter(matter=case.matter, source="conclusion", kind="duty")
    return running.filter(state__in=["open", "paused"], due_on__isnull=False).first()


def _promise_again(
    case: Case, debt: Obligation, due_on: date, document: str, by: Actor, at: datetime
) -> None:
    """The law keeps the first date; a changed conclusion extends it, or is refused."""
    before = due_dates(case, debt.rule)
    said = events.Extended(debt.rule, None, due_on, "other", document)
    enter(said, about=case.matter, by=by, at=at)
    require_later(before, due_dates(case, debt.rule))


@transaction.atomic
def conclusion_came_out(case_id: UUID, *, conclusion_on: date, by: Actor, at: datetime) -> Case:
    """The conclusion notice of the dialogue it was said at came out: the regulation's time runs
    from it. Whoever publishes the notice need not see the case.
    """
    case = Case.objects.lock(case_id, seen_by=Clock("conclusion"))
    require(policies.may_set_date(by, case))
    enter(events.ConclusionPublished(conclusion_on), about=case.matter, by=by, at=at)
    return case
