"""The person's own word on an answer: agree, agree in part, dispute; and silence, which is
unconfirmed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from doithoai.cases import events, policies, secrecy, workflow
from doithoai.cases.commands.settling import somebody_acts_for, speaking, store
from doithoai.cases.commands.vaulting import stow_letter, stow_slip
from doithoai.cases.models import Answer, Case, PersonsWord, Submission
from doithoai.cases.proving import unproven
from doithoai.cases.sealed_rules import in_vault
from doithoai.cases.workflow import Outcome, Word
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, WrongState
from doithoai.docket.commands import Said, become, enter, enter_all, open_debts
from doithoai.docket.events import Moved
from doithoai.ledger.models import Entry, Receipt
from doithoai.units.models import Body
from doithoai.units.queries import upper

SMS = "sms"  # sent from the number the person gave: no slip was in anybody's hands
# Kept in English and said in the reader's language.
DISPUTED = gettext_noop("The person does not agree with the answer: this body answers it anew.")
DONE = {Outcome.SETTLED, Outcome.EXPLAINED, Outcome.NOT_COMPETENT}


@dataclass(frozen=True)
class Heard:
    """What was heard, how it came (web, sms, telephone, counter, slip) and, if several spoke, from
    whom. A slip has the day it was signed and a picture of it, an attachment of the case.
    ``not_secret``: somebody looked at a mark in the text, and it is no state secret.
    """

    how: str
    text: str = ""
    submission: UUID | None = None
    signed_on: date | None = None
    slip: UUID | None = None
    not_secret: bool = False


@transaction.atomic
def confirm(case_id: UUID, heard: Heard, *, by: Actor, at: datetime) -> Case:
    """The person agrees with the result. A finished outcome ends the case; an unfinished one stays
    owed, and so does one said to be settled without evidence. Of several people each speaks for
    themselves: it ends with the last who agrees.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_say(by, case))
    mine = speaking(case, heard.submission, by)
    done, last = case.outcome in DONE and not unproven(case), _others_agree(case, mine)
    (workflow.CONFIRM if done and last else workflow.CONFIRM_PART).take(case)
    word, sealed = _hear(case, Word.AGREED, heard, by, at)
    if not last:
        one = Said(events.OneAgreed(mine.pk, word.by_self), (heard.text,))
        enter_all([one, *sealed], about=case.matter, by=by, at=at)
        return case
    _sum_up(case, word)
    case.confirmed_at = at
    store(case, "word", "word_by_self", "confirmed_at")
    said = [Said(events.Confirmed(word.by_self), (heard.text,))]
    said += [Said(events.Closed())] if done else []
    enter_all([*said, *sealed], about=case.matter, by=by, at=at)
    return case


@transaction.atomic
def confirm_part(case_id: UUID, heard: Heard, *, by: Actor, at: datetime) -> Case:
    """The person agrees in part; what is left stays owed by the body that answered."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_say(by, case))
    workflow.CONFIRM_PART.take(case)
    word, sealed = _hear(case, Word.PARTLY, heard, by, at)
    _sum_up(case, word)
    store(case, "word", "word_by_self")
    said = Said(events.PartlyConfirmed(word.by_self), (heard.text,))
    enter_all([said, *sealed], about=case.matter, by=by, at=at)
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
    word, sealed = _hear(case, Word.DISAGREED, heard, by, at)
    _sum_up(case, word)
    above = _level_up(case, at)
    owed = open_debts(case.matter, role="handling_body")
    moved = [Said(Moved(d.key, above.pk, None)) for d in owed if d.body_id != above.pk]
    case.handling_body, case.handling_post, case.closed_at = above, None, None
    case.why_here = DISPUTED
    become(case.matter, role="upper_body", body=above.pk, at=at)
    become(case.matter, role="handling_body", body=above.pk, at=at)
    said_so = ("word", "word_by_self", "why_here")
    store(case, *said_so, "handling_body", "handling_post", "closed_at")
    disputed = Said(events.Disputed(word.by_self), (heard.text,))
    said = [disputed, Said(events.Escalated(above.pk)), *moved, *sealed]
    enter_all(said, about=case.matter, by=by, at=at)
    return case


def _level_up(case: Case, at: datetime) -> Body:
    """The next body above the one that answered for which somebody acts here. Where nobody acts
    for the one that answered, whoever received it speaks to the person, and so does at the top.
    """
    received = case.receiving_body
    answered = case.answering_body or received
    here = somebody_acts_for(answered, at=at)
    wanted = _chain(upper(answered)) if here else _chain(received)
    last = answered if here else received
    return next((each for each in wanted if somebody_acts_for(each, at=at)), last)


def _chain(body: Body | None) -> Iterator[Body]:
    """A body and those above it, nearest first."""
    while body is not None:
        yield body
        body = upper(body)


def _others_agree(case: Case, mine: Submission) -> bool:
    """Whether everybody else whose words the case carries agreed with its last answer."""
    answer = case.answers.order_by("-id").first()
    others = case.carried.filter(until=None).exclude(submission=mine)
    said = case.words_said.filter(answer=answer).order_by("id")
    words = dict(said.values_list("submission", "word"))  # the last of each
    return all(
        words.get(each) == Word.AGREED for each in others.values_list("submission", flat=True)
    )


def _hear(
    case: Case, word: Word, heard: Heard, by: Actor, at: datetime
) -> tuple[PersonsWord, list[Said]]:
    """The word as it is kept; of a sealed item what is to be entered of its text, too."""
    answer = case.answers.order_by("-id").first()
    assert answer is not None, "the state says it was answered"
    secrecy.keep_out(heard.text, looked=heard.not_secret, by=by)
    mine = speaking(case, heard.submission, by)
    _require_new(answer, mine, word, heard)
    _require_possible(answer, heard.signed_on, at)
    handed = None if heard.how == SMS else _handed_by(mine, answer, by)
    by_self = by.kind == "citizen" and handed is None
    slip = stow_slip(case, heard.slip) if in_vault(case) else ()
    sealed = stow_letter(case, "word", heard.text, slip, by_person=True, at=at)
    kept = PersonsWord.objects.create(
        case=case,
        submission=mine,
        answer=answer,
        word=word,
        how=heard.how,
        text="" if sealed else heard.text.strip(),
        by_self=by_self,
        recorded_by_id=handed or by.post,
        signed_on=heard.signed_on,
        slip_id=None if slip else heard.slip,
        at=at,
    )
    return kept, sealed


def _require_new(answer: Answer, mine: Submission, word: Word, heard: Heard) -> None:
    """A form sent twice is one word."""
    last = PersonsWord.objects.filter(answer=answer, submission=mine).order_by("at", "pk").last()
    if last is not None and (last.word, last.text) == (word, heard.text.strip()):
        raise WrongState(_("This word on the result is recorded already."))


def _require_possible(answer: Answer, signed_on: date | None, at: datetime) -> None:
    """Nobody signs a slip before the answer it speaks of, nor tomorrow."""
    if signed_on is None:
        return
    if signed_on > local_day(at):
        raise Invalid(_("The day the slip was signed lies in the future."))
    if signed_on < local_day(answer.at):
        raise Invalid(_("The slip was signed before the answer was given. Check its date."))


def _handed_by(mine: Submission, answer: Answer, by: Actor) -> UUID | None:
    """The post that replaced this slip after the answer, if one did: what is said with it came
    through that post's hands, and is not counted as the person's own.
    """
    if by.kind != "citizen" or by.ref is None:
        return None
    slips = Receipt.objects.filter(about=mine.pk)
    late = slips.filter(pk=by.ref, issued_at__gte=answer.at).exists()
    if not late or slips.count() == 1:
        return None
    given = Entry.objects.filter(
        kind="cases.slip_reissued",
        matter__in=mine.carried.values("case"),
        data__submission=str(mine.pk),
    )
    return given.order_by("-at").values_list("post", flat=True).first()


def _sum_up(case: Case, word: PersonsWord) -> None:
    case.word, case.word_by_self = word.word, word.by_self


@transaction.atomic
def lapse(case_id: UUID, *, by: Actor, at: datetime) -> Case:
    """The time to hear the person ran out. Unconfirmed: in the denominator, never in the
    numerator.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_lapse(by, case))
    workflow.LAPSE.take(case)
    if case.word == Word.UNCONFIRMED:
        raise WrongState("")  # it lapses once; only the clock is told
    case.word = Word.UNCONFIRMED if case.word == Word.NONE else case.word
    store(case, "word")
    enter(events.Unconfirmed(), about=case.matter, by=by, at=at)
    return case
