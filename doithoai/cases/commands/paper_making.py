"""Papers of a case: drafted from a form, signed elsewhere, recorded with number, date and file."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases import events, paper_rules, petition_papers
from doithoai.cases.commands.naming import refuse_naming
from doithoai.cases.commands.settling import not_shut_out
from doithoai.cases.commands.vaulting import stow_paper
from doithoai.cases.models import Case, Transfer
from doithoai.cases.petition_papers import Asked
from doithoai.cases.sealed_rules import in_vault
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.docket import unsealing
from doithoai.docket.commands import enter
from doithoai.files import commands as files
from doithoai.files.form_queries import Made
from doithoai.files.models import Document
from doithoai.files.queries import document
from doithoai.files.wordings import by_code

if TYPE_CHECKING:
    Upload = UploadedFile[bytes]


URGING: Final = "urging"


@dataclass(frozen=True)
class Signed:
    """Number and day of a signed paper as its clerk gave them, and its file where there is one."""

    number: str
    signed_on: date
    upload: "Upload | None" = None


@transaction.atomic
def draft_paper(case_id: UUID, code: str, asked: Asked, *, by: Actor, at: datetime) -> Document:
    """Keep the Word draft of a form, which goes to be numbered and signed elsewhere.

    Raises NotFound for who may not see the case, Denied for a form that does not belong here,
    Invalid for a sealed case: of that nothing is kept in clear.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(paper_rules.may_make_papers(by, case))
    require(paper_rules.offers(case, code))
    if case.matter.sealed:
        raise Invalid(_("A paper of a sealed item is downloaded, and kept nowhere in clear."))
    refuse_naming(case, asked.explanation)
    _check_addressee(case, code, asked, at)
    made = petition_papers.paper(case, code, asked, today=local_day(at))
    sender = case.handling_body or case.receiving_body
    paper = files.Paper(kind=code, layout=made.layout, body=sender.pk, template=made.version)
    return files.keep_draft(paper, about=case.pk, draft=made.data, by=by, at=at)


def sealed_paper(case: Case, code: str, asked: Asked, *, by: Actor, at: datetime) -> Made:
    """A paper of a sealed case for whoever has it open now; written nowhere.

    Raises Denied for a form that does not belong here, Invalid while nothing is open to them.
    """
    require(paper_rules.may_make_papers(by, case))
    require(paper_rules.offers(case, code))
    opened = unsealing.contents(case.matter, by, at=at)
    if opened is None:
        raise Invalid(_("Open what is sealed first, with a reason; then the paper can be made."))
    _check_addressee(case, code, asked, at)
    return petition_papers.paper(case, code, asked, today=local_day(at), opened=opened)


def _check_addressee(case: Case, code: str, asked: Asked, at: datetime) -> None:
    """No paper goes to a body the case is about, be it chosen or as recorded. Raises Invalid."""
    if "to_body" not in by_code()[code].asks:
        return
    if asked.to is not None:
        not_shut_out(case, asked.to, at=at)
        return
    ruling = case.rulings.order_by("-at").first()
    sent = case.transfers.exclude(how=Transfer.How.ROUTE).order_by("-at").first()
    recorded = ruling.to_id if ruling and ruling.to_id else sent.to_id if sent else None
    not_shut_out(case, recorded, at=at)


@transaction.atomic
def record_sealed_paper(
    case_id: UUID, code: str, signed: Signed, *, by: Actor, at: datetime
) -> Document:
    """Record a signed paper of a sealed case: its number and day in clear, its file in the vault.

    Raises Denied for a form that does not belong here, Invalid for a case that is not sealed, for
    a file that cannot be kept, and what ``files.record_signed`` raises.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(paper_rules.may_make_papers(by, case))
    require(paper_rules.offers(case, code))
    if not case.matter.sealed:
        raise Invalid(_("Make the draft first; its signed file is recorded beside it."))
    sender = case.handling_body or case.receiving_body
    paper = files.Paper(kind=code, layout=sender.layout, body=sender.pk)
    made = files.keep_draft(paper, about=case.pk, draft=None, by=by, at=at)
    if signed.upload is not None:
        stow_paper(case, signed.upload)
    recorded = files.record_signed(
        made.pk, number=signed.number, signed_on=signed.signed_on, upload=None, by=by, at=at
    )
    _enter_urging(case, code, by, at)
    return recorded


@transaction.atomic
def record_paper(
    case_id: UUID, paper: UUID, signed: Signed, *, by: Actor, at: datetime
) -> Document:
    """Record number, day and signed file of a paper drafted here; of what was sealed since, the
    file in the vault.

    Raises NotFound, and what ``files.record_signed`` raises.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(paper_rules.may_make_papers(by, case))
    kind = document(paper, about=case.pk).kind
    if kind not in by_code():
        raise NotFound(_("There is no such document."))
    upload = None if in_vault(case) else signed.upload
    if upload is None and signed.upload is not None:
        stow_paper(case, signed.upload)
    made = files.record_signed(
        paper, number=signed.number, signed_on=signed.signed_on, upload=upload, by=by, at=at
    )
    _enter_urging(case, kind, by, at)
    return made


def _enter_urging(case: Case, kind: str, by: Actor, at: datetime) -> None:
    """A signed letter of urging is itself the urging of whoever has the item."""
    sent = case.transfers.filter(ended="").exclude(how="route").first()
    if kind != URGING or sent is None:
        return
    not_shut_out(case, sent.to_id, at=at)
    said = events.OfferUrged if sent.how == "offer" else events.Urged
    enter(said(sent.to_id, sent.pk), about=case.matter, by=by, at=at)
