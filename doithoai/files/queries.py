"""Reads of files and papers, named for the page that needs them."""

from collections.abc import Iterable
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from doithoai.core.errors import NotFound
from doithoai.files.models import Attachment, Document, Stored
from doithoai.files.storing import path_of


def attachments(about: UUID, *, public_only: bool = False) -> list[Attachment]:
    """What was handed over about a matter, oldest first. One query, with what is stored."""
    return attachments_of([about], public_only=public_only)


def attachments_of(abouts: Iterable[UUID], *, public_only: bool = False) -> list[Attachment]:
    """The same for several matters at once."""
    found = Attachment.objects.filter(about__in=list(abouts)).select_related("stored")
    if public_only:
        found = found.filter(public=True)
    return list(found.order_by("at", "id"))


def attachment(attachment_id: UUID, *, about: UUID) -> Attachment:
    """One file of a matter the reader may see. Raises NotFound when it is not that matter's."""
    found = (
        Attachment.objects.select_related("stored").filter(pk=attachment_id, about=about).first()
    )
    if found is None:
        raise NotFound(_("There is no such file."))
    return found


def documents(about: UUID) -> list[Document]:
    """The papers of a matter, oldest first. One query, with draft and signed file."""
    found = Document.objects.filter(about=about).select_related("draft", "signed_file")
    return list(found.order_by("made_at", "id"))


def document(document_id: UUID, *, about: UUID) -> Document:
    """One paper of a matter the reader may see. Raises NotFound when it is not that matter's."""
    found = (
        Document.objects.select_related("draft", "signed_file")
        .filter(pk=document_id, about=about)
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such document."))
    return found


def letter_file(paper: Document, *, signed: bool) -> tuple[Stored, str]:
    """The draft or the signed file of a paper, and what to call it. Raises NotFound."""
    stored = paper.signed_file if signed else paper.draft
    if stored is None:
        raise NotFound(_("There is no such file."))
    return stored, paper.number.replace("/", "-") if signed else _("draft")


def content(stored: Stored) -> bytes:
    """The kept bytes. Raises FileNotFoundError when the storage has lost them."""
    with default_storage.open(path_of(stored.sha256, stored.extension), "rb") as opened:
        return bytes(opened.read())


def missing() -> list[str]:
    """Digests of rows whose bytes are not in the storage, for ``doctor``."""
    rows = Stored.objects.values_list("sha256", "extension").order_by("sha256")
    return [
        digest
        for digest, extension in rows.iterator()
        if not default_storage.exists(path_of(digest, extension))
    ]
