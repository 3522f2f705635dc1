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
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from doithoai.cases import events, policies, sealed_rules, workflow
from doithoai.cases.commands.naming import refuse_naming
from doithoai.cases.commands.placing import end_transfer, open_transfer
from doithoai.cases.commands.sealed_intake import cleaned
from doithoai.cases.commands.settling import explain, kept_words, not_shut_out, store
from doithoai.cases.commands.vaulting import stow_letter, stow_paper
from doithoai.cases.models import Case, LetterDraft, Transfer
from doithoai.cases.sealed_rules import in_vault
from doithoai.core.actors import Actor, post_of
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.docket.commands import become, enter, enter_all
from doithoai.docket.models import Access, Excluded
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


NO_PAPER = ReplyPaper()


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
    """The open letter this one-use link answers. Raises NotFound once used, overtaken or lapsed,
    and when the item proved to be about the body written to.
    """
    about_them = Excluded.objects.filter(matter=OuterRef("case"), body=OuterRef("to"))
    found = (
        Transfer.objects.filter(reply_hash=_digest(token), ended="", reply_until__gt=at)
        .exclude(Exists(about_them))
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
    require(policies.may_place(by, case) and sealed_rules.may_draft_letter(by, case))
    workflow.DRAFT_LETTER.take(case)
    if not why.strip():
        raise Invalid(_("Say why this body; the letter gives it as its reason."))
    refuse_naming(case, why)
    not_shut_out(case, to, at=at)
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
    upload = None if in_vault(case) else letter.signed_file
    if upload is None and letter.signed_file is not None:
        stow_paper(case, letter.signed_file)
    return files.record_signed(
        document.pk, number=letter.number, signed_on=letter.signed_on, upload=upload, by=by, at=at
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
    if in_vault(transfer.case):
        said = stow_letter(transfer.case, "", "", cleaned(paper.files), at=at)
        if said:
            enter_all(said, about=transfer.case.matter, by=by, at=at)
        return
    for each in paper.files:
        files.keep(each, about=transfer.case_id, purpose=Purpose.EVIDENCE, by=by, at=at)


@transaction.atomic
def forward(case_id: UUID, *, to: UUID, letter: Letter, by: Actor, at: datetime) -> str:
    """Send the case by letter. The sender stays the one the person sees, and follows up.

    Returns the token of a one-use reply link. Raises Invalid without number and date.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_place(by, case))
    workflow.FORWARD.take(case)
    not_shut_out(case, to, at=at)
    if not letter.number.strip() or letter.signed_on > local_day(at):
        raise Invalid(
            _("A transfer by letter needs the letter's number and a date that has passed.")
        )
    refuse_naming(case, letter.why)
    signed = record_sent(case, to, letter, by=by, at=at)
    link = new_link(at)
    transfer = Transfer.objects.create(
        case=case,
        how="letter",
        sender_id=by.body,
        to_id=to,
        why=kept_words(case, letter.why),
        at=at,
        number=signed.number,
        signed_on=letter.signed_on,
        document=signed,
        reply_hash=link.digest,
        reply_until=link.until,
    )
    sender = case.handling_body_id or case.receiving_body_id
    case.handling_body_id, case.why_here = sender, transfer.why
    become(case.matter, role="sending_body", body=sender, at=at)
    become(case.matter, role="handling_body", body=sender, at=at)
    Access.objects.create(matter=case.matter, holder=transfer.pk)
    store(case, "handling_body", "why_here")
    said = events.Forwarded(transfer.to_id, transfer.pk, transfer.number, letter.signed_on)
    enter(said, about=case.matter, by=by, at=at)
    return link.token


@transaction.atomic
def urge(case_id: UUID, *, text: str, by: Actor, at: datetime) -> str:
    """Urge the body written to. Returns the token of a new reply link; the earlier one is dead."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_place(by, case))
    workflow.URGE.take(case)
    transfer = open_transfer(case, "letter")
    not_shut_out(case, transfer.to_id, at=at)
    entry = enter(
        events.Urged(transfer.to_id, transfer.pk), about=case.matter, by=by, at=at, content=[text]
    )
    explain(entry, case, text)
    link = new_link(at)
    transfer.reply_hash, transfer.reply_until = link.digest, link.until
    transfer.save(update_fields=["reply_hash", "reply_until"])
    return link.token


@transaction.atomic
def record_reply(
    case_id: UUID, *, text: str, paper: ReplyPaper = NO_PAPER, by: Actor, at: datetime
) -> Case:
    """The body written to replied: by its document, or by the one-use link. The sender answers the
    person, and finds the document among the evidence.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    if by.kind != "representative":
        require(policies.may_place(by, case))
    workflow.RECORD_REPLY.take(case)
    transfer = open_transfer(case, "letter")
    if by.kind == "representative" and by.ref != transfer.pk:
        raise NotFound("")  # the link of an earlier letter
    end_transfer(transfer, "replied", text, at)
    keep_reply(transfer, paper, by=by, at=at)
    store(case)
    said = events.BodyReplied(transfer.pk, transfer.reply_number, transfer.reply_signed_on)
    entry = enter(said, about=case.matter, by=by, at=at, content=[text])
    explain(entry, case, text)
    return case
