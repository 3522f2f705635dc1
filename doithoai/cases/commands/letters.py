"""Letters to a body without an account: drafted here, signed elsewhere, recorded; and its reply."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases import events, policies, workflow
from doithoai.cases.commands.settling import store
from doithoai.cases.models import Case, LetterDraft, Transfer
from doithoai.core.actors import Actor, post_of
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.docket.commands import enter
from doithoai.files import commands as files
from doithoai.files.models import Document, Purpose
from doithoai.units.models import Body

if TYPE_CHECKING:
    Upload = UploadedFile[bytes]

KIND = "transfer_letter"
LINK_LASTS = timedelta(days=90)  # then the body replies on paper, or is urged and gets a new link


@dataclass(frozen=True)
class Letter:
    """The signed letter by which a case goes to a body without an account, and its file."""

    number: str
    signed_on: date
    why: str
    signed_file: "Upload | None" = None


@dataclass(frozen=True)
class ReplyPaper:
    """The document by which a body replied to a letter."""

    number: str = ""
    signed_on: date | None = None
    files: "Sequence[Upload]" = ()


@dataclass(frozen=True)
class ReplyLink:
    """A one-use link: its token, shown once; what is kept of it; when it stops opening anything."""

    token: str
    digest: bytes
    until: datetime


def new_link(at: datetime) -> ReplyLink:
    """A link by which the body written to may reply once, without an account."""
    token = secrets.token_urlsafe(24)
    return ReplyLink(token, _digest(token), at + LINK_LASTS)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def transfer_by_token(token: str, *, at: datetime) -> Transfer:
    """The open letter this one-use link answers. Raises NotFound once used, overtaken or lapsed."""
    found = (
        Transfer.objects.filter(reply_hash=_digest(token), ended="", reply_until__gt=at)
        .select_related("case", "to")
        .first()
    )
    if found is None:
        raise NotFound(
            _("This reply link has been used or is not valid. Ask the sender for a new one.")
        )
    return found


def sender_of(case: Case) -> Body:
    """The body that writes: the one that has the case, else the one that received it."""
    return case.handling_body or case.receiving_body


@transaction.atomic
def draft_letter(
    case_id: UUID, *, to: UUID, why: str, docx: bytes, by: Actor, at: datetime
) -> Document:
    """Keep the Word draft of the letter to ``to``, which goes to be numbered and signed elsewhere.

    A draft made before is replaced by this one and stays in the record. Raises Invalid without a
    reason.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_place(by, case))
    workflow.DRAFT_LETTER.take(case)
    if not why.strip():
        raise Invalid(_("Say why this body; the letter gives it as its reason."))
    sender = sender_of(case)
    paper = files.Paper(kind=KIND, layout=sender.layout, body=sender.pk)
    document = files.keep_draft(paper, about=case.pk, draft=docx, by=by, at=at)
    LetterDraft.objects.update_or_create(
        case=case,
        defaults={"to_id": to, "why": why.strip(), "document": document, "by_id": post_of(by)},
    )
    store(case)
    drafted = events.LetterDrafted(to, document.pk)
    enter(drafted, about=case.matter, by=by, at=at, content=[why, docx])
    return document


def record_sent(case: Case, to: UUID, letter: Letter, *, by: Actor, at: datetime) -> Document:
    """The letter as signed: the draft made for this body gets its number and date, or a paper
    drafted elsewhere is recorded. Raises Invalid for what ``record_signed`` finds wrong.
    """
    sender = sender_of(case)
    drafted = LetterDraft.objects.filter(case=case, to=to).first()
    paper = files.Paper(kind=KIND, layout=sender.layout, body=sender.pk)
    document = (
        drafted.document
        if drafted is not None
        else files.keep_draft(paper, about=case.pk, draft=None, by=by, at=at)
    )
    LetterDraft.objects.filter(case=case).delete()
    return files.record_signed(
        document.pk,
        number=letter.number,
        signed_on=letter.signed_on,
        upload=letter.signed_file,
        by=by,
        at=at,
    )


def keep_reply(transfer: Transfer, paper: ReplyPaper, *, by: Actor, at: datetime) -> None:
    """The document by which the body written to replied, its files kept as evidence.

    Raises Invalid for a number without a date, or a day that has not come.
    """
    number, signed_on = paper.number.strip(), paper.signed_on
    if bool(number) != (signed_on is not None):
        raise Invalid(_("Give both the number and the date of the reply."))
    if signed_on is not None and signed_on > local_day(at):
        raise Invalid(_("The date of the reply lies in the future. Correct it."))
    transfer.reply_number, transfer.reply_signed_on = number, signed_on
    transfer.save(update_fields=["reply_number", "reply_signed_on"])
    for each in paper.files:
        files.keep(each, about=transfer.case_id, purpose=Purpose.EVIDENCE, by=by, at=at)
