"""A reception day when and after it is held: who really received, the conclusion notice."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.accounts.models import Post
from doithoai.accounts.queries import holders
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.commands import enter
from doithoai.duties.commands import meet
from doithoai.files.commands import Paper, keep_draft, record_signed
from doithoai.files.models import Document
from doithoai.reception import events, policies, workflow
from doithoai.reception.commands.settling import store
from doithoai.reception.models import Session


@dataclass(frozen=True)
class Held:
    """Who really received: the receiver ``in_person``, or who stood in, by post and name."""

    in_person: bool
    received_by: UUID | None = None
    name: str = ""
    party_head: bool = False


@transaction.atomic
def hold(session_id: UUID, held: Held, *, by: Actor, at: datetime) -> Session:
    """Say that it took place and who really received; since 1/7/2026 a deputy's day does not count
    for the head (Law 136/2025). Raises Invalid before its day, or when nobody is named.
    """
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_record(by, session))
    workflow.HOLD.take(session)
    if session.day > local_day(at):
        raise Invalid(_("It cannot be recorded as held before its day."))
    _received(session, held)
    store(session, "held_on", "received_by", "received_by_name", "in_person")
    happened = events.Held(session.day, held.in_person, held.party_head, session.by_head)
    enter(happened, about=session.matter, by=by, at=at, content=[session.received_by_name])
    _meet(session, by, at)
    return session


def _received(session: Session, held: Held) -> None:
    """A substitute who sits in the receiver's own post stood in as well: they say so."""
    day, receiver = session.day, session.receiver_id
    post = receiver if held.in_person else held.received_by
    holder = holders([receiver], today=day).first() if held.in_person else None
    name = held.name.strip() or (holder.name if holder else "")
    if post is None or not name:
        raise Invalid(_("Say by post and name who really received."))
    session.held_on, session.received_by = day, Post.objects.get(pk=post)
    session.received_by_name, session.in_person = name, held.in_person


def _meet(session: Session, by: Actor, at: datetime) -> None:
    """It counts for the receiver's duty of the period; a day somebody stood in is shown there."""
    assert session.held_on is not None, "called when it was held"
    meet(
        session.receiver_id,
        duty="reception",
        about=session.matter,
        held_on=session.held_on,
        in_person=bool(session.in_person),
        by=by,
        at=at,
    )


@transaction.atomic
def draft_conclusion(
    session_id: UUID,
    *,
    text: str,
    docx: bytes,
    template: int | None = None,
    by: Actor,
    at: datetime,
) -> Document:
    """Keep the wording and the Word draft of the conclusion notice (Law 42/2013, article 25(2));
    it is signed elsewhere. ``template``: which version of the form made it. Raises Invalid without
    a wording.
    """
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_conclude(by, session))
    workflow.CONCLUDE.take(session)
    if not text.strip():
        raise Invalid(_("Word the conclusion first."))
    paper = Paper(
        kind="reception_conclusion",
        layout=session.host.layout,
        body=session.host_id,
        template=template,
    )
    document = keep_draft(paper, about=session.pk, draft=docx, by=by, at=at)
    session.conclusion, session.document = text.strip(), document.pk
    store(session, "conclusion", "document")
    drafted = events.ConclusionDrafted(document.pk)
    enter(drafted, about=session.matter, by=by, at=at, content=[text])
    return document


@transaction.atomic
def sign(
    session_id: UUID,
    *,
    number: str,
    signed_on: date,
    upload: "UploadedFile[bytes] | None",
    by: Actor,
    at: datetime,
) -> Session:
    """Record number, date and file of the conclusion notice signed elsewhere. Raises Invalid
    without the file, or when it is dated before the reception.
    """
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_sign(by, session))
    workflow.SIGN.take(session)
    if upload is None:
        raise Invalid(_("Attach the signed notice: what is followed up rests on it."))
    if session.held_on and signed_on < session.held_on:
        raise Invalid(_("The conclusion cannot be dated before the reception was held."))
    assert session.document is not None, "what is signed was worded here"
    paper = session.document
    record_signed(paper, number=number, signed_on=signed_on, upload=upload, by=by, at=at)
    store(session)
    enter(events.ConclusionIssued(signed_on), about=session.matter, by=by, at=at)
    return session
