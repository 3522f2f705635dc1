"""Working on a case: assign, act at once, ask, draft, approve, answer, extend, note."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from doithoai.accounts.models import Post
from doithoai.cases import events, policies, sealed_rules, shut_out, workflow
from doithoai.cases.commands.naming import refuse_naming
from doithoai.cases.commands.settling import (
    end_transfers,
    enter_for_person,
    explain,
    left_after,
    same_version,
    store,
)
from doithoai.cases.commands.telling import tell
from doithoai.cases.commands.vaulting import Files, shown_text, stow_letter, stow_words
from doithoai.cases.models import Answer, Case, Draft, Note, Question
from doithoai.cases.workflow import Outcome, State, Word
from doithoai.core.actors import Actor, post_of
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket import lawbook
from doithoai.docket.commands import Said, become, enter, enter_all
from doithoai.docket.models import Obligation
from doithoai.files.models import Attachment
from doithoai.ledger.models import Entry

A_DAY = timedelta(days=1)
A_YEAR = timedelta(days=366)  # no extension reaches further beyond the date it moves
IN_HAND = (
    "cases.received", "cases.routed", "cases.accepted", "cases.decided_lead", "cases.answered",
    "cases.escalated", "cases.reopened",
)  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """An answer as written: the outcome, what was done, under which document, with which
    evidence.
    """

    text: str
    outcome: str
    number: str = ""
    signed_on: date | None = None
    evidence: tuple[UUID, ...] = ()
    sealed_files: Files = ()  # of an item in the vault: cleaned, kept nowhere else
    roadmap_year: int | None = None
    happened_at: datetime | None = None


@transaction.atomic
def assign(case_id: UUID, *, post: UUID, by: Actor, at: datetime) -> Case:
    """Say which post of the handling body works on it. Raises Invalid for a post elsewhere."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_assign(by, case))
    workflow.ASSIGN.take(case)
    chosen = Post.objects.filter(pk=post).first()
    if chosen is None or case.handling_body_id not in {chosen.body_id, chosen.body.parent_id}:
        raise Invalid(_("Choose a post of the body that has the item."))
    shut_out.refuse_post(case, chosen.pk, today=local_day(at))
    case.handling_post = chosen
    become(case.matter, role="handling_post", body=chosen.body_id, post=chosen.pk, at=at)
    store(case, "handling_post")
    enter(events.Assigned(chosen.pk), about=case.matter, by=by, at=at)
    return case


@transaction.atomic
def act(case_id: UUID, *, what: str, by: Actor, at: datetime) -> Case:
    """Record the first act on an urgent case: who went, what was closed off, who was warned."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_act_first(by, case))
    workflow.ACT.take(case)
    case.attention = left_after(case, "urgent")
    case.save(update_fields=["attention"])
    explain(enter(events.Acted(), about=case.matter, by=by, at=at, content=[what]), case, what)
    return case


@transaction.atomic
def ask(case_id: UUID, *, text: str, by: Actor, at: datetime) -> Question:
    """Ask the person something needed to go on."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_answer(by, case))
    workflow.ASK.take(case)
    sealed = stow_letter(case, "question", text, at=at)
    question = Question.objects.create(case=case, text="" if sealed else text, at=at)
    store(case)
    enter_all([Said(events.Asked(question.pk), (text,)), *sealed], about=case.matter, by=by, at=at)
    tell(case, "asked", {"question": text}, at=at)
    return question


@transaction.atomic
def hear_reply(case_id: UUID, *, text: str, by: Actor, at: datetime) -> Case:
    """The person replied: by the web, or at the counter to whoever writes it down."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_reply(by, case))
    above = policies.disputed(case)
    (workflow.HEAR_REPLY_ABOVE if above else workflow.HEAR_REPLY).take(case)
    question = case.questions.filter(replied_at=None).latest("at")
    sealed = stow_letter(case, "reply", text, by_person=True, at=at)
    question.reply, question.replied_at = "" if sealed else text, at
    question.save(update_fields=["reply", "replied_at"])
    store(case)
    replied = Said(events.PersonReplied(question.pk), (text,))
    enter_all([replied, *sealed], about=case.matter, by=by, at=at)
    return case


@transaction.atomic
def draft(case_id: UUID, reply: Reply, *, seen: int | None, by: Actor, at: datetime) -> Draft:
    """Write an answer to be approved. Raises Stale when somebody else wrote meanwhile, Denied for
    a sealed item.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_answer(by, case) and sealed_rules.may_wait(case))
    before = Draft.objects.filter(case=case).first()
    same_version(case.matter, seen, yours=reply.text, theirs=before.text if before else "")
    workflow.DRAFT.take(case)
    made, _new = Draft.objects.update_or_create(
        case=case,
        defaults={
            "text": reply.text,
            "outcome": reply.outcome,
            "number": reply.number,
            "signed_on": reply.signed_on,
            "roadmap_year": reply.roadmap_year,
            "by_id": post_of(by),
            "at": at,
            "approved_by": None,
        },
    )
    store(case)
    enter(events.Drafted(), about=case.matter, by=by, at=at, content=[reply.text])
    return made


@transaction.atomic
def approve(case_id: UUID, *, seen: int | None, by: Actor, at: datetime) -> Case:
    """The head agrees to the wording."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_approve(by, case) and sealed_rules.may_wait(case))
    same_version(
        case.matter, seen, yours="", theirs=case.draft.text if case.state == State.DRAFTED else ""
    )
    workflow.APPROVE.take(case)
    case.draft.approved_by_id = by.post
    case.draft.save(update_fields=["approved_by"])
    store(case)
    enter(events.Approved(), about=case.matter, by=by, at=at)
    return case


@transaction.atomic
def answer(
    case_id: UUID, reply: Reply, *, seen: int | None = None, by: Actor, at: datetime
) -> Answer:
    """Answer the person. Settled needs evidence; missing resources need a year.

    Raises Stale, Invalid, and what every step raises.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_answer(by, case))
    last = case.answers.order_by("-id").first()
    same_version(case.matter, seen, yours=reply.text, theirs=last.text if last else "")
    return _answer(case, reply, by, at)


@transaction.atomic
def answer_many(case_ids: Sequence[UUID], reply: Reply, *, by: Actor, at: datetime) -> list[Answer]:
    """One answer settles several cases, each with its own entry."""
    cases = Case.objects.lock_all(case_ids, seen_by=by)
    for case in cases:
        require(policies.may_answer(by, case))
    return [_answer(case, reply, by, at) for case in cases]


def _answer(case: Case, reply: Reply, by: Actor, at: datetime) -> Answer:
    happened = _moment(case, reply.happened_at, at)
    files = list(Attachment.objects.filter(pk__in=reply.evidence, about=case.pk))
    _check(case, reply, happened, files)
    approver = _approver(case, reply)
    (workflow.SCHEDULE if reply.outcome == Outcome.SCHEDULED else workflow.ANSWER).take(case)
    made = Answer.objects.create(
        case=case,
        text=shown_text(case, reply.text),
        outcome=reply.outcome,
        number=reply.number.strip(),
        signed_on=reply.signed_on,
        body_id=_answerer(case),
        post_id=by.post,
        at=happened,
        approved_by=approver,
        entered_late=_late(happened, at),
    )
    made.evidence.set(files)
    end_transfers(case, at=at)
    case.outcome, case.word, case.answered_at = reply.outcome, Word.NONE, happened
    case.roadmap_year, case.answering_body_id = reply.roadmap_year, made.body_id
    case.entered_late = case.entered_late or made.entered_late
    store(case, "outcome", "word", "answered_at", "roadmap_year", "answering_body", "entered_late")
    content = [reply.text.strip(), *(f.stored_id for f in files)]
    answered = events.Answered(made.pk, reply.outcome, reply.signed_on, local_day(at))
    sealed = stow_letter(case, "answer", reply.text, reply.sealed_files, at=happened)
    said = [Said(answered, tuple(content)), *sealed]
    if reply.outcome == Outcome.SCHEDULED and reply.roadmap_year is not None:
        said.append(Said(events.Scheduled(reply.roadmap_year)))
    enter_all(said, about=case.matter, by=by, at=happened)
    tell(case, "answered", _said_in(made), at=at)
    return made


def _answerer(case: Case) -> UUID:
    """The body the answer is given for: that which has the case, else that which received it."""
    return case.handling_body_id or case.receiving_body_id


def _approver(case: Case, reply: Reply) -> Post | None:
    """Who agreed to this very answer. Another text, outcome, number, date or year than the draft's
    was approved by nobody, and neither was an answer without a draft.
    """
    draft = Draft.objects.filter(case=case).first()  # of what was sealed meanwhile there is none
    if draft is None or case.state != State.APPROVED or _worded(draft) != _worded(reply):
        return None
    return draft.approved_by


def _worded(written: Draft | Reply) -> tuple[object, ...]:
    """What a head approves. Browsers send other line ends than are stored: they say nothing."""
    return (
        written.text.strip().splitlines(),
        written.outcome,
        written.number.strip(),
        written.signed_on,
        written.roadmap_year,
    )


def _moment(case: Case, stated: datetime | None, at: datetime) -> datetime:
    """When it was answered: never before the body had the case, for its debts would then never
    have been; a day alone says no hour.
    """
    if stated is None:
        return at
    began = in_hand_since(case)
    if began is not None and local_day(stated) < local_day(began):
        raise Invalid(
            _("On %(day)s your body did not have this item yet. Correct the day of the answer.")
            % {"day": f"{stated:%d/%m/%Y}"}
        )
    return min(max(stated, began or stated), at)


def in_hand_since(case: Case) -> datetime | None:
    """Since when whoever has the case has it, or has to answer it anew."""
    began: datetime | None = Entry.objects.filter(matter=case.pk, kind__in=IN_HAND).aggregate(
        at=Max("at")
    )["at"]
    return began


def _late(happened: datetime, at: datetime) -> bool:
    """More than one working day before it was entered (design §1)."""
    return lawbook.calendar().working_between(local_day(happened), local_day(at)) > 1


def _said_in(made: Answer) -> dict[str, str]:
    signed = f"{made.signed_on:%d/%m/%Y}" if made.signed_on else ""
    return {"number": made.number, "signed_on": signed, "outcome": made.outcome}


def _check(case: Case, reply: Reply, happened: datetime, files: Sequence[Attachment]) -> None:
    refuse_naming(case, reply.text)
    if not reply.text.strip():
        raise Invalid(_("Write what was done, by whom, or why not and what is missing."))
    if reply.outcome == Outcome.NONE:
        raise Invalid(_("Choose what came of it."))
    if reply.outcome == Outcome.IN_PROGRESS:
        raise Invalid(
            _(
                "“Being settled” is not an answer yet. Tell the person how far it is, and extend "
                "the time if it is needed."
            )
        )
    _check_evidence(reply, files)
    if reply.signed_on and reply.signed_on > local_day(happened) + A_DAY:
        raise Invalid(_("The document's date lies in the future. Correct it."))
    if reply.happened_at and not (reply.number and reply.signed_on):
        raise Invalid(_("An answer given earlier needs the number and date of its document."))


def _check_evidence(reply: Reply, files: Sequence[Attachment]) -> None:
    if reply.outcome == Outcome.SETTLED and not (files or (reply.number and reply.signed_on)):
        raise Invalid(
            _(
                "The files of a sealed item go into the vault, where they count as no evidence. "
                "Give the number and date of the answer's document."
            )
            if reply.sealed_files
            else _("Settled needs evidence: a document's number and date, or a picture or file.")
        )
    if reply.outcome == Outcome.SCHEDULED and reply.roadmap_year is None:
        raise Invalid(
            _("Give the year in which resources are to be found; it is reviewed every six months.")
        )


@dataclass(frozen=True)
class Extension:
    """More time for one rule, in days or until a day, with its reason."""

    rule: str
    reason: str
    days: int | None = None
    until: date | None = None
    ground: str = "complex"
    document: str = ""
    signed_on: date | None = None


@transaction.atomic
def extend(case_id: UUID, more: Extension, *, by: Actor, at: datetime) -> Case:
    """Extend as the rule allows; the law decides how far and how often.

    Raises Invalid when the date does not move forward, and without the document the rule asks for.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_give_time(by, case))
    workflow.EXTEND.take(case)
    before = due_dates(case, more.rule)
    _check_extension(more, before, at)
    said = events.Extended(
        more.rule, more.days, more.until, more.ground, more.document.strip(), more.signed_on
    )
    enter_for_person(case, said, more.reason, called="extended", by=by, at=at)
    require_later(before, due_dates(case, more.rule))
    tell(case, "extended", {"reason": more.reason}, at=at)
    return case


def due_dates(case: Case, rule: str) -> dict[str, date]:
    """The dates that run under this rule."""
    running = Obligation.objects.filter(matter=case.matter, rule=rule, state="open", kind="duty")
    return {debt.key: debt.due_on for debt in running if debt.due_on is not None}


def _check_extension(more: Extension, before: Mapping[str, date], at: datetime) -> None:
    latest = max(before.values(), default=local_day(at))
    if more.until is not None and more.until > latest + A_YEAR:
        raise Invalid(_("A date is extended by one year at most. Choose an earlier day."))
    versions = lawbook.rulebook().versions.get(more.rule, ())
    if not any(rule.extend and rule.extend.document for rule in versions):
        return
    if not more.document.strip() or more.signed_on is None or more.signed_on > local_day(at):
        raise Invalid(_("An extension needs its document's number and a date that has passed."))


def require_later(before: Mapping[str, date], after: Mapping[str, date]) -> None:
    """Nothing is said to be extended that the law left where it was. Raises Invalid."""
    if not any(after[key] > day for key, day in before.items() if key in after):
        raise Invalid(
            _(
                "The date cannot be moved so: it has passed, it was extended as often as allowed, "
                "or the new day is not later. Nothing was changed: a date of the law is moved "
                "only as far as its text allows (Law on Complaints 02/2011, article 28; Law on "
                "Denunciations 25/2018, article 30). Answer as soon as you can, and tell the "
                "person why it is late."
            )
        )


@transaction.atomic
def note(case_id: UUID, *, text: str, by: Actor, at: datetime) -> Note:
    """Write an internal note. The person never reads it."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_note(by, case))
    if not text.strip():
        raise Invalid(_("The note is empty. Write it, then save."))
    said = "" if stow_words(case, "note", text, on=local_day(at)) else text.strip()
    made = Note.objects.create(case=case, text=said, by_id=post_of(by), at=at)
    enter(events.Noted(made.pk), about=case.matter, by=by, at=at)
    return made
