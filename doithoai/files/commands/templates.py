"""Writes to what papers are made from: an administrator's templates, a body's own texts."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.core.actors import Actor, post_of
from doithoai.core.collation import nfc
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.core.identifiers import uuid7
from doithoai.files import cleaning, events, filling, policies
from doithoai.files.commands import keep_bytes, lock_name
from doithoai.files.models import FormTemplate, Layout, Paragraph
from doithoai.files.wordings import by_code
from doithoai.ledger.commands import Dimensions, record

if TYPE_CHECKING:
    Upload = UploadedFile[bytes]

LONGEST = 10_000  # characters of a paragraph
FOR_ANSWERS = "answer"


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """A template of one's own: of which form and layout, where its wording comes from, how sure."""

    code: str
    layout: str
    note: str
    certainty: str


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A body's text: its name, what it says, which forms it is for (all when none is named)."""

    name: str
    text: str
    forms: tuple[str, ...] = ()


@transaction.atomic
def replace_template(
    new: Replacement, *, upload: "Upload", by: Actor, at: datetime
) -> FormTemplate:
    """Use this Word file for a form from now on; earlier versions are kept.

    Raises Invalid for a file that is no template of ours, NotFound for a form nobody knows.
    """
    require(policies.may_replace(by))
    _known(new.code, new.layout)
    if not new.note.strip():
        raise Invalid(_("Say where the wording comes from: the number and annex of the act."))
    if (upload.size or 0) > settings.UPLOAD_LIMIT:
        raise Invalid(_("The file is too large for a template."))
    data = filling.check(upload.read())
    lock_name(f"form {new.code} {new.layout}")
    before = FormTemplate.objects.filter(code=new.code, layout=new.layout)
    last = before.order_by("-version").values_list("version", flat=True).first() or 0
    before.filter(current=True).update(current=False)
    assert by.ref is not None, "a policy lets only officials replace"
    made = FormTemplate.objects.create(
        code=new.code, layout=new.layout, version=last + 1, note=nfc(new.note)[:300],
        certainty=new.certainty, stored=keep_bytes(cleaning.Cleaned(data, cleaning.DOCX)),
        by=by.ref, post=post_of(by), at=at,
    )  # fmt: skip
    said = events.TemplateReplaced(
        made.pk, new.code, new.layout, version=made.version, sha256=made.stored_id
    )
    record(said, by=by, at=at, dimensions=Dimensions(body=by.body), content=(data,))
    return made


@transaction.atomic
def choose_template(code: str, layout: str, version: int, *, by: Actor, at: datetime) -> None:
    """Use an earlier version again, or the shipped one (0). Raises NotFound."""
    require(policies.may_replace(by))
    _known(code, layout)
    lock_name(f"form {code} {layout}")
    rows = FormTemplate.objects.filter(code=code, layout=layout)
    if version and not rows.filter(version=version).exists():
        raise NotFound(_("There is no such version of this form."))
    rows.filter(current=True).update(current=False)
    rows.filter(version=version).update(current=True)
    said = events.TemplateChosen(code, layout, version)
    record(said, by=by, at=at, dimensions=Dimensions(body=by.body))


def _known(code: str, layout: str) -> None:
    if code not in by_code() or layout not in Layout.values:
        raise NotFound(_("There is no such form."))


@transaction.atomic
def keep_paragraph(
    wording: Wording, *, series: UUID | None = None, by: Actor, at: datetime
) -> Paragraph:
    """Keep a text of the official's own body; with ``series`` the next version of one it has.

    Raises Invalid for an empty or too long text, NotFound for a text of another body.
    """
    body = by.body
    if body is None:
        raise NotFound(_("There is no such text."))
    require(policies.may_keep_paragraph(by, body))
    name, text = nfc(wording.name).strip(), wording.text.replace("\0", "").strip()
    if not name or not text or len(name) > 120 or len(text) > LONGEST:
        raise Invalid(_("Give the text a short name, and write at most 10,000 characters."))
    last = _current(series, body) if series else None
    if last is not None:
        Paragraph.objects.filter(pk=last.pk).update(current=False)
    assert by.ref is not None, "a policy lets only officials write"
    made = Paragraph.objects.create(
        series=last.series if last else uuid7(), body=body, version=last.version + 1 if last else 1,
        name=name, text=nfc(text), forms=_forms(wording.forms), by=by.ref, post=post_of(by), at=at,
    )  # fmt: skip
    said = events.ParagraphKept(made.pk, body, made.version)
    record(said, by=by, at=at, dimensions=Dimensions(body=body), content=(text,))
    return made


@transaction.atomic
def withdraw_paragraph(series: UUID, *, by: Actor, at: datetime) -> None:
    """Offer a text no more; its versions stay. Raises NotFound for a text of another body."""
    body = by.body
    if body is None:
        raise NotFound(_("There is no such text."))
    require(policies.may_keep_paragraph(by, body))
    last = _current(series, body)
    Paragraph.objects.filter(pk=last.pk).update(current=False)
    said = events.ParagraphWithdrawn(last.pk, body)
    record(said, by=by, at=at, dimensions=Dimensions(body=body))


def _current(series: UUID, body: UUID) -> Paragraph:
    rows = Paragraph.objects.select_for_update(no_key=True)
    found = rows.filter(series=series, body=body, current=True).first()
    if found is None:
        raise NotFound(_("There is no such text."))
    return found


def _forms(codes: tuple[str, ...]) -> list[str]:
    return [code for code in codes if code == FOR_ANSWERS or code in by_code()]
