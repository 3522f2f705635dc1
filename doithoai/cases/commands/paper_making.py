"""Papers of a case: drafted from a form, signed elsewhere, recorded with number, date and file."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases import paper_rules, petition_papers
from doithoai.cases.models import Case
from doithoai.cases.petition_papers import Asked
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.docket import unsealing
from doithoai.files import commands as files
from doithoai.files.form_queries import Made
from doithoai.files.models import Document
from doithoai.files.queries import document
from doithoai.files.wordings import by_code

if TYPE_CHECKING:
    Upload = UploadedFile[bytes]


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
    return petition_papers.paper(case, code, asked, today=local_day(at), opened=opened)


@transaction.atomic
def record_paper(
    case_id: UUID, paper: UUID, signed: Signed, *, by: Actor, at: datetime
) -> Document:
    """Record number, day and signed file of a paper drafted here.

    Raises NotFound, and what ``files.record_signed`` raises.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(paper_rules.may_make_papers(by, case))
    if document(paper, about=case.pk).kind not in by_code():
        raise NotFound(_("There is no such document."))
    return files.record_signed(
        paper,
        number=signed.number,
        signed_on=signed.signed_on,
        upload=signed.upload,
        by=by,
        at=at,
    )
