"""Denunciations, sealed from the first moment: who it is about comes first, the competent superior
alone gets a row, and neither the person nor a word of it ever stands outside the vault.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Citizen
from doithoai.cases import policies, secrecy
from doithoai.cases.commands.sealed_opening import (
    LONGEST,
    Content,
    name_respondents,
    open_sealed,
    sealed_number,
)
from doithoai.cases.commands.sealed_ways import (
    NOBODY,
    Denounced,
    Named,
    Way,
    may_take_down,
    paper_way,
    way,
    way_unknown,
    where_instead,
)
from doithoai.cases.models import Case, Petition, Submission
from doithoai.core.actors import Actor
from doithoai.core.collation import nfc
from doithoai.core.days import coarse, local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.docket.models import Matter
from doithoai.docket.unsealing import Person, write
from doithoai.files.cleaning import clean
from doithoai.ledger.commands import Issued, open_sealed_receipt
from doithoai.ledger.inserting import insert
from doithoai.ledger.models import Entry, Receipt
from doithoai.notices.commands import hand_to_vault
from doithoai.notices.policies import may_bring
from doithoai.notices.queries import kept
from doithoai.units.models import Body

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    Uploads = Sequence[UploadedFile[bytes]]

__all__ = [
    "LONGEST", "NOBODY", "Denounced", "Lodged", "Named", "Told", "Way", "cleaned", "coarse",
    "lodge", "may_take_down", "paper_way", "recognise", "take_message", "way", "where_instead",
    "write_more",
]  # fmt: skip
INFORMATION: Final = "denunciation_info"
# A denunciation is a signed petition or is made in person; what comes otherwise is information
# (Law 25/2018/QH14, articles 22 and 25).
LODGED: Final = {"letter": "denunciation", "counter": "denunciation"}
ARRIVED: Final = {"letter": Petition.By.POST, "counter": Petition.By.IN_PERSON,
                  "telephone": Petition.By.TELEPHONE}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What is said, by whom, and the way it came: web, telephone, sms, letter or counter."""

    text: str
    channel: str
    occasion: str
    person: Person = field(default_factory=Person)
    language: str = "vi"
    not_secret: bool = False  # they looked at a mark in it: it is no state secret
    message: UUID | None = None  # the text message a clerk takes it from, which is emptied


@dataclass(frozen=True)
class Lodged:
    """The number of the matter, the slip that is shown once, and who has it."""

    code: str
    receipt: Issued
    body: Body


@transaction.atomic
def lodge(
    told: Told, about: Denounced, uploads: "Uploads" = (), *, by: Actor, at: datetime
) -> Lodged:
    """Keep a denunciation, or information with such content, sealed under the competent superior.

    Raises Denied for an official it is about; Invalid without a text, for a file that cannot be
    kept, for a stamp of a state secret, and where only the paper way is left; NotFound for a text
    message that another body reads, or that somebody has dealt with.
    """
    require(policies.may_receive(by))
    found = way(about, today=local_day(at))
    may_take_down(by, found)
    if found.to is None:
        raise Invalid(paper_way(found))
    text = nfc(told.text)
    if not text or len(text) > LONGEST:
        raise Invalid(_("Write what happened, in at most 20,000 characters."))
    secrecy.keep_out_sealed(text, uploads, looked=told.not_secret, to=found.to.body.name)
    files = cleaned(uploads)
    opened = open_sealed(_content(told, about, text, files, at), found, by=by, at=at)
    name_respondents(opened.case, [about], found)
    _number(opened.submission, opened.case, told, found.to.body)
    _empty_message(told, by, at)
    assert opened.receipt is not None, "nobody holds a slip of it yet"
    return Lodged(opened.case.matter.code, opened.receipt, found.to.body)


def _empty_message(told: Told, by: Actor, at: datetime) -> None:
    if told.message is None:
        return
    if not kept(getattr(by, "acts_for", ())).filter(pk=told.message).exists():
        raise NotFound("")
    hand_to_vault(told.message, by=by, at=at)


@transaction.atomic
def take_message(
    text: str, *, number: str, language: str, came_to: Body | None, by: Actor, at: datetime
) -> Case | None:
    """A text message that seems to denounce somebody, as information (Law 25/2018/QH14, article
    25): nobody can tell whom it is about, so the head one level above the body it came to has it,
    and the number with it. None where nobody up to the top may have it. Raises Denied.
    """
    require(may_bring(by))
    found = way_unknown(came_to, party=False, today=local_day(at)) if came_to else None
    if found is None or found.to is None:
        return None
    told = Told(text, "sms", "sms", Person(phone=number), language)
    content = Content(
        procedure=INFORMATION, channel=told.channel, occasion=told.occasion, text=nfc(text),
        received_on=local_day(at), person=told.person, language=language,
    )  # fmt: skip
    opened = open_sealed(content, found, by=Citizen(), at=at)
    _number(opened.submission, opened.case, told, found.to.body)
    return opened.case


def _content(
    told: Told,
    about: Denounced,
    text: str,
    files: Sequence[tuple[bytes, str, str]],
    at: datetime,
) -> Content:
    return Content(
        procedure=_procedure(told, about),
        channel=told.channel,
        occasion=told.occasion,
        text=text,
        received_on=local_day(at),
        person=told.person,
        language=told.language,
        denounced=about.people,
        files=files,
    )


def cleaned(uploads: "Uploads") -> list[tuple[bytes, str, str]]:
    """Files without properties, authors and marks of revision, and without their names.

    Raises Invalid for what is too large or of a kind not taken.
    """
    made = []
    for upload in uploads:
        if (upload.size or 0) > settings.UPLOAD_LIMIT:
            raise Invalid(
                _("The file is larger than %(limit)s MB. Send a smaller one.")
                % {"limit": settings.UPLOAD_LIMIT // 1_000_000}
            )
        found = clean(upload.read())
        made.append((found.data, found.kind.media_type, found.kind.extension))
    return made


def _procedure(told: Told, about: Denounced) -> str:
    if about.party:
        return "party_matter"
    return LODGED.get(told.channel, INFORMATION)


def _number(submission: Submission, case: Case, told: Told, body: Body) -> None:
    """A line in the settling body's own register, which says neither who nor what."""
    on = case.matter.received_on
    number = sealed_number(body, year=on.year)
    insert(
        [
            Petition(
                submission=submission, body=body, year=on.year, number=number, sealed=True,
                arrived_on=on, arrived_by=ARRIVED.get(told.channel, Petition.By.WEB),
                written=told.channel != "telephone", signed=told.channel in LODGED,
            )
        ]
    )  # fmt: skip


@transaction.atomic
def write_more(
    matter_id: UUID,
    *,
    text: str,
    uploads: "Uploads" = (),
    not_secret: bool = False,
    by: Actor,
    at: datetime,
) -> Entry:
    """The person writes again, with code and secret; only the day of it is kept.

    Raises Invalid for an empty text, a file that cannot be kept and a stamp of a state secret,
    NotFound for another's matter.
    """
    matter = Matter.objects.visible_to(by).select_related("body").filter(pk=matter_id).first()
    if matter is None:
        raise NotFound("")
    files = cleaned(uploads)
    secrecy.keep_out_sealed(text, uploads, looked=not_secret, to=matter.body.name)
    return write(matter_id, text=text, files=files, by=by, at=coarse(at))


def recognise(code: str, secret: str, *, at: datetime) -> Receipt:
    """The slip these digits belong to; on a form, wrong digits are something to mend.

    Raises Invalid with the same sentence whether or not the code exists.
    """
    try:
        return open_sealed_receipt(code, secret, at=at)
    except NotFound as refusal:
        raise Invalid(refusal.message) from refusal
