"""What comes in through a citizens' page with files beside it: one act, kept whole or not at
all.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Citizen, Representative
from doithoai.cases import secrecy
from doithoai.cases.commands import answering, hearing
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.commands.intake import Statement, Taken, sent_before, submission_id, submit
from doithoai.cases.commands.letters import ReplyPaper, record_reply, transfer_by_token
from doithoai.cases.commands.sealed_intake import cleaned
from doithoai.cases.commands.vaulting import stow_letter
from doithoai.cases.models import Case
from doithoai.cases.sealed_rules import in_vault
from doithoai.cases.workflow import Word
from doithoai.core.actors import Actor
from doithoai.core.errors import Invalid, NotFound
from doithoai.docket.commands import enter_all
from doithoai.files.commands import keep
from doithoai.files.models import Purpose
from doithoai.ledger.commands import open_receipt
from doithoai.ledger.models import Receipt
from doithoai.units.models import Body

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    Uploads = Sequence[UploadedFile[bytes]]

T = TypeVar("T")


class Hear(Protocol):
    """A command that takes the person's word."""

    def __call__(self, case_id: UUID, heard: Heard, *, by: Actor, at: datetime) -> Case: ...


WORDS: Mapping[str, Hear] = {
    Word.AGREED: hearing.confirm,
    Word.PARTLY: hearing.confirm_part,
    Word.DISAGREED: hearing.dispute,
}


def lodge(statement: Statement, uploads: "Uploads", *, to: Body, by: Actor, at: datetime) -> Taken:
    """Take a statement down with its files. Sent again by the same form: the same case and slip.

    Raises Invalid without a text, or for a file that cannot be kept.
    """
    try:
        return _lodge(statement, uploads, to, by, at)
    except IntegrityError:
        again = sent_before(submission_id(statement), drawn=statement.drawn)
        if again is None:
            raise
        return again


def _lodge(statement: Statement, uploads: "Uploads", to: Body, by: Actor, at: datetime) -> Taken:
    if not uploads:
        return submit(statement, to=to, by=by, at=at)
    with transaction.atomic():
        taken = submit(statement, to=to, by=by, at=at)
        holder = Citizen(taken.receipt.id) if taken.receipt else by
        _keep(uploads, taken.case.pk, Purpose.OTHER, holder, at)
        return taken


def recognise(code: str, secret: str, *, at: datetime) -> Receipt:
    """The receipt these digits belong to; on a form, wrong digits are something to mend.

    Raises Invalid with the same sentence whether or not the code exists.
    """
    try:
        return open_receipt(code, secret, at=at)
    except NotFound as refusal:
        raise Invalid(refusal.message) from refusal


@transaction.atomic
def say(
    case_id: UUID, word: str, heard: Heard, uploads: "Uploads", *, by: Actor, at: datetime
) -> Case:
    """The person's own word on the answer, with what they add to it. Raises Invalid for another
    word.
    """
    hear = WORDS.get(word)
    if hear is None:
        raise Invalid(_("Choose one of the answers."))
    case = hear(case_id, heard, by=by, at=at)
    _keep_beside(uploads, case, by, at)
    return case


@transaction.atomic
def reply(
    case_id: UUID,
    *,
    text: str,
    uploads: "Uploads",
    not_secret: bool = False,
    by: Actor,
    at: datetime,
) -> Case:
    """The person's reply to what they were asked. Raises Invalid when it is empty, or bears a stamp
    of a state secret; ``not_secret``: somebody looked at it.
    """
    if not text.strip():
        raise Invalid(_("Write your reply, then send it."))
    secrecy.keep_out(text, looked=not_secret, by=by)
    case = answering.hear_reply(case_id, text=text.strip(), by=by, at=at)
    _keep_beside(uploads, case, by, at)
    return case


@transaction.atomic
def reply_by_link(
    token: str, *, text: str, uploads: "Uploads", not_secret: bool = False, at: datetime
) -> Case:
    """A body without an account replies through its one-use link. Raises NotFound once it was used,
    Invalid for a stamp of a state secret.
    """
    transfer = transfer_by_token(token, at=at)
    by, paper = Representative(transfer.pk), ReplyPaper(files=uploads)
    secrecy.keep_out(text, looked=not_secret, by=by)
    return record_reply(transfer.case_id, text=text, paper=paper, by=by, at=at)


def _keep_beside(uploads: "Uploads", case: Case, by: Actor, at: datetime) -> None:
    """What the person hands over with their word: into the vault where the item is."""
    if not in_vault(case):
        _keep(uploads, case.pk, Purpose.OTHER, by, at)
        return
    files = [_named(upload, lambda each: cleaned([each])[0]) for upload in uploads]
    said = stow_letter(case, "", "", files, by_person=True, at=at)
    if said:
        enter_all(said, about=case.matter, by=by, at=at)


def _keep(uploads: "Uploads", about: UUID, purpose: str, by: Actor, at: datetime) -> None:
    for upload in uploads:
        _named(upload, lambda each: keep(each, about=about, purpose=purpose, by=by, at=at))


def _named(upload: "UploadedFile[bytes]", act: "Callable[[UploadedFile[bytes]], T]") -> T:
    """A refusal is said beside the field, with the name of the file it is about."""
    try:
        return act(upload)
    except Invalid as refusal:
        told = f"{upload.name}: {refusal.message}"
        raise Invalid(told, context={"field": "pictures"}) from refusal
