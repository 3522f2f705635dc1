"""Whoever denounces, or gives information, asks that nobody learns who they are (Law 25/2018/QH14,
articles 47 to 56). What is sealed is secret in any case; the wish is entered, so that whoever
settles it decides on protection, and receives them online about nothing of it (Decree
154/2026/NĐ-CP, article 20(4)).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.accounts.actors import Citizen
from doithoai.cases import petition_events
from doithoai.cases.commands import sealed_intake
from doithoai.cases.commands.sealed_intake import Denounced, Lodged, Told
from doithoai.cases.protection import protection_asked
from doithoai.core.actors import Actor
from doithoai.core.days import coarse, local_day
from doithoai.core.decisions import require
from doithoai.docket import policies
from doithoai.docket.commands import Said, enter_all
from doithoai.docket.models import Matter
from doithoai.docket.unsealing import Message, letter
from doithoai.ledger.models import Entry

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    Uploads = Sequence[UploadedFile[bytes]]


@dataclass(frozen=True)
class Further:
    """What the person writes later. ``protect``: they ask that nobody learns who they are;
    ``not_secret``: they looked at a mark in the text, and it is no state secret.
    """

    text: str
    uploads: "Uploads" = ()
    protect: bool = False
    not_secret: bool = False


@transaction.atomic
def lodge(
    told: Told,
    about: Denounced,
    uploads: "Uploads" = (),
    *,
    protect: bool,
    by: Actor,
    at: datetime,
) -> Lodged:
    """Lodge it sealed (see ``sealed_intake.lodge``); with ``protect`` the wish that nobody learns
    who they are is the person's own, whoever took it down.
    """
    lodged = sealed_intake.lodge(told, about, uploads, by=by, at=at)
    if protect:
        matter = Matter.objects.get(code=lodged.code)
        ask(matter.pk, by=Citizen(lodged.receipt.id), at=at)
    return lodged


@transaction.atomic
def write_more(matter_id: UUID, further: Further, *, by: Actor, at: datetime) -> Entry:
    """The person writes again (see ``sealed_intake.write_more``), and may ask for secrecy now."""
    written = sealed_intake.write_more(
        matter_id,
        text=further.text,
        uploads=further.uploads,
        not_secret=further.not_secret,
        by=by,
        at=at,
    )
    if further.protect:
        ask(matter_id, by=by, at=at)
    return written


@transaction.atomic
def ask(matter_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Enter the wish, once; only its day is kept. False where it stands already. Raises NotFound
    for another's matter.
    """
    matter = Matter.objects.lock(matter_id, seen_by=by)
    require(policies.may_write_to_person(by, matter))
    if protection_asked(matter_id):
        return False
    day = coarse(at)
    wish = letter(matter, Message(_wish(), by_person=True, day=local_day(at), what="protection"))
    said = [wish, Said(petition_events.ProtectionAsked())]
    enter_all(said, about=matter, by=by, at=day)
    return True


def _wish() -> str:
    with override(settings.LANGUAGE_CODE):
        return _(
            "I ask that my name, address, telephone and handwriting, and whatever else shows who I "
            "am, be kept secret, and that I am protected where it is needed (Law on Denunciations "
            "25/2018, articles 47 to 56). Do not receive me online about it (Decree 154/2026, "
            "article 20(4))."
        )
