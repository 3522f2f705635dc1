"""The person's own word on an answer: agree, agree in part, dispute; and silence, which is
unconfirmed.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases import events, policies, workflow
from doithoai.cases.commands.settling import store
from doithoai.cases.models import Case, PersonsWord, Submission
from doithoai.cases.workflow import Outcome, Word
from doithoai.core.actors import Actor
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.commands import Said, become, enter, enter_all
from doithoai.ledger.models import Receipt
from doithoai.units.models import Body
from doithoai.units.queries import upper

DONE = {Outcome.SETTLED, Outcome.EXPLAINED, Outcome.NOT_COMPETENT}


@dataclass(frozen=True)
class Heard:
    """What was heard, how it came (web, sms, telephone, counter, slip) and, if several spoke, from
    whom.
    """

    how: str
    text: str = ""
    submission: UUID | None = None


@transaction.atomic
def confirm(case_id: UUID, heard: Heard, *, by: Actor, at: datetime) -> Case:
    """The person agrees with the result. A finished outcome ends the case; an unfinished one stays
    owed.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_say(by, case))
    done = case.outcome in DONE
    (workflow.CONFIRM if done else workflow.CONFIRM_PART).take(case)
    _hear(case, Word.AGREED, heard, by, at)
    case.confirmed_at = at
    store(case, "word", "word_by_self", "confirmed_at")
    said = [Said(events.Confirmed(by.kind == "citizen"), (heard.text,))]
    said += [Said(events.Closed())] if done else []
    enter_all(said, about=case.matter, by=by, at=at)
    return case


@transaction.atomic
def confirm_part(case_id: UUID, heard: Heard, *, by: Actor, at: datetime) -> Case:
    """The person agrees in part; what is left stays owed by the body that answered."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_say(by, case))
    workflow.CONFIRM_PART.take(case)
    _hear(case, Word.PARTLY, heard, by, at)
    store(case, "word", "word_by_self")
    enter(
        events.PartlyConfirmed(by.kind == "citizen"),
        about=case.matter,
        by=by,
        at=at,
        content=[heard.text],
    )
    return case


@transaction.atomic
def dispute(case_id: UUID, heard: Heard, *, by: Actor, at: datetime) -> Case:
    """The person does not agree: the case goes one level up, to be answered there."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_say(by, case))
    workflow.DISPUTE.take(case)
    if not heard.text.strip():
        raise Invalid(
            _("Say in a sentence what is not right or not done; the next level reads it.")
        )
    _hear(case, Word.DISAGREED, heard, by, at)
    above = _level_up(case)
    case.handling_body, case.handling_post, case.closed_at = above, None, None
    become(case.matter, role="upper_body", body=above.pk, at=at)
    become(case.matter, role="handling_body", body=above.pk, at=at)
    store(case, "word", "word_by_self", "handling_body", "handling_post", "closed_at")
    disputed = Said(events.Disputed(by.kind == "citizen"), (heard.text,))
    enter_all([disputed, Said(events.Escalated(above.pk))], about=case.matter, by=by, at=at)
    return case


def _level_up(case: Case) -> Body:
    answered = case.answering_body or case.receiving_body
    return upper(answered) or answered


def _hear(case: Case, word: Word, heard: Heard, by: Actor, at: datetime) -> None:
    answer = case.answers.order_by("-at").first()
    assert answer is not None, "the state says it was answered"
    by_self = by.kind == "citizen"
    PersonsWord.objects.create(
        case=case,
        submission=_whose(case, heard, by),
        answer=answer,
        word=word,
        how=heard.how,
        text=heard.text.strip(),
        by_self=by_self,
        recorded_by_id=None if by_self else by.post,
        at=at,
    )
    case.word, case.word_by_self = word, by_self


def _whose(case: Case, heard: Heard, by: Actor) -> Submission:
    said = Submission.objects.filter(carried__case=case, carried__until=None)
    named = _own(by) if by.kind == "citizen" else heard.submission
    chosen = said.filter(pk=named).first() if named else None
    found = chosen or said.order_by("said_at").first()
    if found is None:
        raise Invalid(_("This item carries no statement any more; look it up where it is handled."))
    return found


def _own(by: Actor) -> UUID | None:
    """A person speaks for their own statement, whatever a form names."""
    assert by.ref is not None, "policies ask for a receipt"
    return Receipt.objects.filter(pk=by.ref).values_list("about", flat=True).first()


@transaction.atomic
def lapse(case_id: UUID, *, by: Actor, at: datetime) -> Case:
    """The time to hear the person ran out. Unconfirmed: in the denominator, never in the
    numerator.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_lapse(by, case))
    workflow.LAPSE.take(case)
    case.word = Word.UNCONFIRMED if case.word == Word.NONE else case.word
    store(case, "word")
    enter(events.Unconfirmed(), about=case.matter, by=by, at=at)
    return case
