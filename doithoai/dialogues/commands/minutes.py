"""The minutes of a dialogue: written here, signed on paper, recorded with number and date, public
only when somebody says so.
"""

from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.dialogues import events, policies, workflow
from doithoai.dialogues.commands import wording
from doithoai.dialogues.commands.settling import store
from doithoai.dialogues.models import Dialogue
from doithoai.docket.commands import enter
from doithoai.files.commands import Paper, keep_draft, record_signed

KIND = "minutes"


@transaction.atomic
def record_minutes(
    dialogue_id: UUID,
    *,
    text: str,
    docx: bytes | None = None,
    not_secret: bool = False,
    by: Actor,
    at: datetime,
) -> Dialogue:
    """Keep the minutes and the Word draft that goes to be signed. Raises Invalid when empty or for
    what may not be worded, Denied once they are signed.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_write_minutes(by, dialogue))
    workflow.RECORD_MINUTES.take(dialogue)
    if not text.strip():
        raise Invalid(_("The minutes are empty. Write them, or attach the signed file."))
    wording.checked(dialogue, text, not_secret=not_secret, by=by)
    paper = Paper(kind=KIND, layout=dialogue.host.layout, body=dialogue.host_id)
    document = keep_draft(paper, about=dialogue.pk, draft=docx, by=by, at=at)
    dialogue.minutes, dialogue.minutes_document = text.strip(), document.pk
    store(dialogue, "minutes", "minutes_document")
    enter(events.MinutesRecorded(), about=dialogue.matter, by=by, at=at, content=[text])
    return dialogue


@transaction.atomic
def sign_minutes(
    dialogue_id: UUID,
    *,
    number: str,
    signed_on: date,
    upload: "UploadedFile[bytes] | None",
    by: Actor,
    at: datetime,
) -> Dialogue:
    """Record number, date and file of the minutes as they were signed. Raises Denied before they
    are written, Invalid without the file.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_sign_minutes(by, dialogue))
    workflow.SIGN_MINUTES.take(dialogue)
    if upload is None:
        raise Invalid(_("Attach the signed minutes: what is made public rests on the file."))
    if dialogue.held_on and signed_on < dialogue.held_on:
        raise Invalid(
            _("The minutes cannot be dated before the dialogue was held. Correct their date.")
        )
    assert dialogue.minutes_document is not None, "the policy asks for it"
    document = dialogue.minutes_document
    kept = record_signed(document, number=number, signed_on=signed_on, upload=upload, by=by, at=at)
    dialogue.minutes_number, dialogue.minutes_on = kept.number, signed_on
    store(dialogue, "minutes_number", "minutes_on")
    enter(events.MinutesSigned(signed_on), about=dialogue.matter, by=by, at=at)
    return dialogue


@transaction.atomic
def publish_minutes(dialogue_id: UUID, *, by: Actor, at: datetime) -> Dialogue:
    """Make the signed minutes public beside the conclusion."""
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_publish_minutes(by, dialogue))
    workflow.PUBLISH_MINUTES.take(dialogue)
    dialogue.minutes_published_at = at
    store(dialogue, "minutes_published_at")
    published = events.MinutesPublished(local_day(at))
    enter(published, about=dialogue.matter, by=by, at=at, content=[dialogue.minutes])
    return dialogue
