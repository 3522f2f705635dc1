"""A dialogue when and after it is held: attendance, minutes, conclusion drafted, signed elsewhere,
published.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from doithoai.cases.commands.history import conclusion_came_out
from doithoai.cases.models import Case
from doithoai.cases.workflow import FINAL
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.dialogues import events, policies, workflow
from doithoai.dialogues.commands import wording
from doithoai.dialogues.commands.settling import store
from doithoai.dialogues.models import Dialogue
from doithoai.docket.commands import enter
from doithoai.duties.commands import meet
from doithoai.files.commands import Paper, keep_draft, record_signed
from doithoai.files.models import Document


@dataclass(frozen=True)
class Held:
    """How it was held: how many came, which chairs were there, who stood in for the others."""

    attendance: int | None
    present: tuple[int, ...] = ()
    stood_in: Mapping[int, str] | None = None


@transaction.atomic
def hold(dialogue_id: UUID, held: Held, *, by: Actor, at: datetime) -> Dialogue:
    """Say that it took place, with attendance and who really chaired. Raises Invalid before its
    day.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_record(by, dialogue))
    workflow.HOLD.take(dialogue)
    day = local_day(dialogue.starts_at)
    if day > local_day(at):
        raise Invalid(
            _(
                "It cannot be recorded as held before its day. Record it on the day, or plan "
                "another day first."
            )
        )
    dialogue.held_on, dialogue.attendance = day, held.attendance
    dialogue.chairs.filter(pk__in=held.present).update(attended=True)
    for chair, name in (held.stood_in or {}).items():
        dialogue.chairs.filter(pk=chair).update(stood_in=name)
    store(dialogue, "held_on", "attendance")
    enter(events.Held(day), about=dialogue.matter, by=by, at=at)
    _count_for_chairs(dialogue, day, by, at)
    return dialogue


def _count_for_chairs(dialogue: Dialogue, day: date, by: Actor, at: datetime) -> None:
    """One event is counted once, for each of its chairs who owes a dialogue in that period: their
    own day, or that of who stood in for them. The conference of the commune is what is owed.
    """
    if not dialogue.commune_conference:
        return
    came = dialogue.chairs.filter(Q(attended=True) | ~Q(stood_in=""))
    for post, attended in came.order_by("post").values_list("post", "attended"):
        meet(
            post,
            duty="dialogue",
            about=dialogue.matter,
            held_on=day,
            in_person=attended,
            by=by,
            at=at,
        )


@transaction.atomic
def draft_conclusion(
    dialogue_id: UUID,
    *,
    text: str,
    docx: bytes,
    not_secret: bool = False,
    by: Actor,
    at: datetime,
) -> Document:
    """Keep the wording the chair agreed to, and the Word draft that goes to be signed elsewhere.
    Raises Invalid for what may not be worded.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_record(by, dialogue))
    workflow.CONCLUDE.take(dialogue)
    wording.checked(dialogue, text, not_secret=not_secret, by=by)
    paper = Paper(kind="conclusion_notice", layout=dialogue.host.layout, body=dialogue.host_id)
    document = keep_draft(paper, about=dialogue.pk, draft=docx, by=by, at=at)
    dialogue.conclusion, dialogue.conclusion_document = text.strip(), document.pk
    dialogue.approved_at, dialogue.approved_by = None, None  # what is worded anew is read anew
    store(dialogue, "conclusion", "conclusion_document", "approved_at", "approved_by")
    enter(
        events.ConclusionDrafted(document.pk), about=dialogue.matter, by=by, at=at, content=[text]
    )
    return document


@transaction.atomic
def approve_conclusion(dialogue_id: UUID, *, document: UUID, by: Actor, at: datetime) -> Dialogue:
    """Who chaired approves the wording as it stands in this draft. Raises Invalid when nothing is
    worded, or it was worded anew since they read it.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_approve(by, dialogue))
    workflow.APPROVE.take(dialogue)
    if dialogue.conclusion_document != document or not dialogue.conclusion:
        raise Invalid(_("The wording has changed since you read it. Read it once more."))
    dialogue.approved_at, dialogue.approved_by_id = at, by.post
    store(dialogue, "approved_at", "approved_by")
    approved, content = events.ConclusionApproved(document), [dialogue.conclusion]
    enter(approved, about=dialogue.matter, by=by, at=at, content=content)
    return dialogue


@transaction.atomic
def sign(
    dialogue_id: UUID,
    *,
    number: str,
    signed_on: date,
    upload: "UploadedFile[bytes] | None",
    by: Actor,
    at: datetime,
) -> Dialogue:
    """Record the number, the date and the signed file of the conclusion notice, signed elsewhere.
    Raises Denied before the chair approved the wording, Invalid without the file.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_sign(by, dialogue))
    workflow.SIGN.take(dialogue)
    if upload is None:
        raise Invalid(
            _("Attach the signed notice: the file is what the published wording rests on.")
        )
    if not number.strip() or signed_on > local_day(at):
        raise Invalid(_("The conclusion notice needs its number and a date that has passed."))
    if dialogue.held_on and signed_on < dialogue.held_on:
        raise Invalid(
            _("The conclusion cannot be dated before the dialogue was held. Correct its date.")
        )
    assert dialogue.conclusion_document is not None, "what is approved was worded here"
    paper = dialogue.conclusion_document
    record_signed(paper, number=number, signed_on=signed_on, upload=upload, by=by, at=at)
    dialogue.conclusion_number, dialogue.conclusion_on = number.strip(), signed_on
    store(dialogue, "conclusion_number", "conclusion_on")
    enter(events.ConclusionSigned(signed_on), about=dialogue.matter, by=by, at=at)
    return dialogue


@transaction.atomic
def publish(dialogue_id: UUID, *, by: Actor, at: datetime) -> Dialogue:
    """Publish the conclusion. It ends the dialogue; its promises are followed one by one until
    confirmed.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_record(by, dialogue))
    workflow.PUBLISH.take(dialogue)
    dialogue.published_at = at
    store(dialogue, "published_at")
    enter(events.Published(local_day(at)), about=dialogue.matter, by=by, at=at)
    assert dialogue.conclusion_on is not None, "a constraint ties number and date"
    for case in _waiting(dialogue):
        conclusion_came_out(case, conclusion_on=dialogue.conclusion_on, by=by, at=at)
    return dialogue


def _waiting(dialogue: Dialogue) -> list[UUID]:
    """Whatever was said there and is still to be answered as a recommendation or reflection, in the
    order of locking. Whoever publishes need not see each: the regulation's time runs for all.
    """
    said = Case.objects.filter(occasion_matter=dialogue.matter, answered_at=None)
    ours = said.filter(other_procedure="none", matter__sealed=False).exclude(state__in=FINAL)
    return list(ours.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def post_results(dialogue_id: UUID, *, by: Actor, at: datetime) -> Dialogue:
    """The results were posted and sent to the village heads."""
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_record(by, dialogue))
    workflow.POST_RESULTS.take(dialogue)
    enter(events.ResultsPosted(), about=dialogue.matter, by=by, at=at)
    return dialogue
