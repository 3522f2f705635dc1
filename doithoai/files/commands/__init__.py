"""Every write to files and papers. Who may hand one over is decided by the app of the matter."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.collation import nfc
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid, NotFound, WrongState
from doithoai.files import cleaning, events
from doithoai.files.models import Attachment, Document, Purpose, Stored
from doithoai.files.sniffing import sheet_kind
from doithoai.files.stamps import refuse_stamped
from doithoai.files.storing import path_of
from doithoai.ledger.commands import Dimensions, record

if TYPE_CHECKING:
    Upload = UploadedFile[bytes]


@transaction.atomic
def keep(  # noqa: PLR0913 - the facts of one file, each named by its caller
    upload: "Upload",
    *,
    about: UUID,
    purpose: str,
    by: Actor,
    at: datetime,
    title: str = "",
    taken_on: date | None = None,
    place_note: str = "",
) -> Attachment:
    """Clean a file and keep it for a matter.

    Raises Invalid, with a sentence, when it is empty, too large, of a kind not taken, unsafe, or
    stamped as a state secret.
    """
    _check_purpose(purpose)
    if taken_on and taken_on > local_day(at):
        raise Invalid(_("The day the picture was taken lies in the future."))
    stored, data = _take(upload, as_signed=purpose == Purpose.SIGNED)
    attachment = Attachment.objects.create(
        about=about,
        stored=stored,
        title=_titled(title, upload),
        purpose=purpose,
        place_note=nfc(place_note)[:300],
        taken_on=taken_on,
        added_by=by.ref,
        added_post=by.post,
        at=at,
    )
    kept = events.Kept(attachment.pk, about, stored.sha256, purpose)
    record(kept, by=by, at=at, dimensions=Dimensions(matter=about), content=(data,))
    return attachment


@transaction.atomic
def keep_for(
    upload: "Upload", *, abouts: Sequence[UUID], purpose: str, by: Actor, at: datetime
) -> list[Attachment]:
    """Clean a file once and keep it for several matters, each with its own row and entry.

    Raises what ``keep`` raises.
    """
    _check_purpose(purpose)
    stored, data = _take(upload, as_signed=purpose == Purpose.SIGNED)
    title = _titled("", upload)
    made = [
        Attachment(
            about=about, stored=stored, title=title, purpose=purpose,
            added_by=by.ref, added_post=by.post, at=at,
        )
        for about in abouts
    ]  # fmt: skip
    Attachment.objects.bulk_create(made)
    for each in made:
        kept = events.Kept(each.pk, each.about, stored.sha256, purpose)
        record(kept, by=by, at=at, dimensions=Dimensions(matter=each.about), content=(data,))
    return made


def _check_purpose(purpose: str) -> None:
    if purpose not in Purpose.values:
        raise Invalid(_("Choose what the file is for."))


def _titled(title: str, upload: "Upload") -> str:
    return nfc(title or Path(upload.name or "").stem)[:200] or _("File")


@transaction.atomic
def keep_list(data: bytes, *, about: UUID, name: str, by: Actor, at: datetime) -> Attachment:
    """Keep a clerk's list byte for byte, as the source of what was imported from it.

    The caller has read it as a table already. It is never public. Raises Invalid for a stamped one.
    """
    refuse_stamped(name, data)
    stored = keep_bytes(cleaning.Cleaned(data, sheet_kind(data)))
    attachment = Attachment.objects.create(
        about=about,
        stored=stored,
        title=nfc(Path(name).stem)[:200] or _("File"),
        purpose=Purpose.OTHER,
        added_by=by.ref,
        added_post=by.post,
        at=at,
    )
    kept = events.Kept(attachment.pk, about, stored.sha256, Purpose.OTHER)
    record(kept, by=by, at=at, dimensions=Dimensions(matter=about), content=(data,))
    return attachment


@transaction.atomic
def publish(attachment_id: UUID, *, by: Actor, at: datetime) -> Attachment:
    """Let everybody see a file. Raises NotFound."""
    return _show(attachment_id, public=True, by=by, at=at)


@transaction.atomic
def withhold(attachment_id: UUID, *, by: Actor, at: datetime) -> Attachment:
    """Make a file private again. Raises NotFound."""
    return _show(attachment_id, public=False, by=by, at=at)


def _show(attachment_id: UUID, *, public: bool, by: Actor, at: datetime) -> Attachment:
    attachment = Attachment.objects.select_for_update(no_key=True).filter(pk=attachment_id).first()
    if attachment is None:
        raise NotFound(_("There is no such file."))
    if attachment.public != public:
        attachment.public = public
        attachment.save(update_fields=["public"])
        said = events.Published if public else events.Withheld
        about = attachment.about
        record(said(attachment.pk, about), by=by, at=at, dimensions=Dimensions(matter=about))
    return attachment


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What a drafted paper is: its kind (``answer``, ``transfer_letter`` …), layout and body;
    ``template``: which version of that form made it.
    """

    kind: str
    layout: str
    body: UUID
    template: int | None = None


@transaction.atomic
def keep_draft(
    paper: Paper, *, about: UUID, draft: bytes | None, by: Actor, at: datetime
) -> Document:
    """Make a paper that will be signed elsewhere, with its Word draft when we made one."""
    stored = keep_bytes(cleaning.Cleaned(draft, cleaning.DOCX)) if draft else None
    document = Document.objects.create(
        about=about,
        kind=paper.kind,
        layout=paper.layout,
        body=paper.body,
        draft=stored,
        template=paper.template,
        made_at=at,
    )
    drafted = events.Drafted(document.pk, about, paper.body, paper.kind)
    content = (draft,) if draft else ()
    record(drafted, by=by, at=at, dimensions=Dimensions(matter=about), content=content)
    return document


@transaction.atomic
def record_signed(
    document_id: UUID,
    *,
    number: str,
    signed_on: date,
    upload: "Upload | None",
    by: Actor,
    at: datetime,
) -> Document:
    """Record the number and date the body's clerk gave, and the signed file where there is one.

    A digitally signed PDF is kept byte for byte. Raises NotFound; WrongState when a number is there
    already; Invalid for a missing number, a day in the future, or a file that cannot be kept.
    """
    document = Document.objects.select_for_update(no_key=True).filter(pk=document_id).first()
    if document is None:
        raise NotFound(_("There is no such document."))
    if document.number:
        raise WrongState(_("The number and date of this document are recorded already."))
    document.number, document.signed_on = _numbered(number, signed_on, at)
    stored, data = _take(upload, as_signed=True) if upload else (None, b"")
    document.signed_file = stored
    document.save(update_fields=["number", "signed_on", "signed_file"])
    said = events.SignedRecorded(
        document=document.pk,
        about=document.about,
        number=document.number,
        signed_on=signed_on,
        sha256=stored.sha256 if stored else None,
    )
    content = (data,) if data else ()
    record(said, by=by, at=at, dimensions=Dimensions(matter=document.about), content=content)
    return document


def _numbered(number: str, signed_on: date, at: datetime) -> tuple[str, date]:
    tidy = nfc(number)
    if not tidy:
        raise Invalid(_("Give the number of the signed document."))
    if len(tidy) > 60:
        raise Invalid(_("The number of the document is too long."))
    if signed_on > local_day(at):
        raise Invalid(_("The day of signature lies in the future."))
    return tidy, signed_on


def _take(upload: "Upload", *, as_signed: bool) -> tuple[Stored, bytes]:
    size = upload.size or 0
    if size > settings.UPLOAD_LIMIT:
        raise Invalid(
            _("The file is larger than %(limit)s MB. Send a smaller one.")
            % {"limit": settings.UPLOAD_LIMIT // 1_000_000}
        )
    data = upload.read()
    refuse_stamped(upload.name or "", data)
    cleaned = cleaning.clean(data, as_signed=as_signed)
    return keep_bytes(cleaned), cleaned.data


def keep_bytes(cleaned: cleaning.Cleaned) -> Stored:
    """Bytes in the storage under their digest, once. Within the caller's transaction."""
    digest = sha256(cleaned.data).hexdigest()
    lock_name(digest)
    _write(path_of(digest, cleaned.kind.extension), cleaned.data)
    return Stored.objects.get_or_create(
        sha256=digest,
        defaults={
            "size": len(cleaned.data),
            "media_type": cleaned.kind.media_type,
            "extension": cleaned.kind.extension,
        },
    )[0]


def lock_name(digest: str) -> None:
    """Wait for whoever writes under the same name: two people may hand over one picture at once,
    one writes, the other finds it written.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [digest])


def _write(name: str, data: bytes) -> None:
    if default_storage.exists(name):
        if default_storage.size(name) == len(data):
            return
        default_storage.delete(name)  # half a file, left by a crash before any row spoke of it
    written = default_storage.save(name, ContentFile(data))
    assert written == name, "the storage must not rename what is kept under its digest"
    _settle(name)


def _settle(name: str) -> None:
    # A row that commits before its bytes reach the disk would point to nothing after a power cut.
    if not isinstance(default_storage, FileSystemStorage):
        return  # object storage answers only when it has kept the bytes
    path = Path(default_storage.path(name))
    for each in (path, path.parent, path.parent.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
