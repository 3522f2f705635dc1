"""What supervision writes: that people were told by hand, and what they said on signed slips."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases.commands import hearing
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.models import Case
from doithoai.cases.workflow import Word
from doithoai.core.actors import Actor
from doithoai.core.decisions import require
from doithoai.core.errors import DomainError
from doithoai.docket.models import Matter
from doithoai.files.commands import keep
from doithoai.files.models import Purpose
from doithoai.notices.commands import mark_done_by_hand
from doithoai.notices.models import Channel, Outbox
from doithoai.supervision import policies

SLIP: Final = "slip"


@dataclass(frozen=True)
class Said:
    """What one signed slip says of one case: ``word`` is agreed, partly or disagreed;
    ``signed_on`` is the day on the slip, ``photo`` its picture.
    """

    case: UUID
    word: str
    text: str = ""
    submission: UUID | None = None  # whose slip it is, where several people's words are one case
    signed_on: date | None = None
    photo: "UploadedFile[bytes] | None" = None


@dataclass(frozen=True)
class Refused:
    """A slip that was not kept, and the sentence that says why."""

    case: UUID
    reason: str
    submission: UUID | None = None


@dataclass(frozen=True)
class Recorded:
    """How many slips were kept, and which were not."""

    kept: int
    refused: tuple[Refused, ...]


def record_words(said: Sequence[Said], *, by: Actor, at: datetime) -> Recorded:
    """Write down what a village's signed slips say, each slip by itself: a bad one stops no other.

    Raises Denied for whoever is not entrusted with it.
    """
    require(policies.may_record_words(by))
    answers = [_record(each, by, at) for each in said]
    refused = tuple(a for a in answers if a is not None)
    return Recorded(len(answers) - len(refused), refused)


def _record(said: Said, by: Actor, at: datetime) -> Refused | None:
    try:
        _hear(said, by, at)
    except DomainError as refusal:  # the only way one slip is told apart from its pile
        return Refused(said.case, refusal.message, said.submission)
    return None


@transaction.atomic
def _hear(said: Said, by: Actor, at: datetime) -> None:
    """The picture and the word stay together: neither is kept without the other."""
    slip = _kept(said, by, at)
    heard = Heard(SLIP, said.text, said.submission, said.signed_on, slip)
    _HEAR[said.word](said.case, heard, by=by, at=at)


def _kept(said: Said, by: Actor, at: datetime) -> UUID | None:
    """The picture of the slip, kept for its case."""
    if said.photo is None:
        return None
    case = Case.objects.lock(said.case, seen_by=by)
    kept = keep(
        said.photo, about=case.pk, purpose=Purpose.OTHER, by=by, at=at,
        title=str(_("Signed slip")),
    )  # fmt: skip
    return kept.pk


_HEAR: Final[Mapping[str, Callable[..., Case]]] = {
    Word.AGREED: hearing.confirm,
    Word.PARTLY: hearing.confirm_part,
    Word.DISAGREED: hearing.dispute,
}


@transaction.atomic
def tell_by_hand(notices: Sequence[UUID], *, by: Actor, at: datetime) -> int:
    """People of a village were told; each notice is marked with who did it. Returns how many.

    Notices about matters the official may not see are passed over. Raises Denied, WrongState.
    """
    require(policies.may_tell_by_hand(by))
    seen = Matter.objects.visible_to(by).values("pk")
    mine = list(
        Outbox.objects.filter(pk__in=notices, channel=Channel.PRINT, about__in=seen)
        .order_by("made_at", "pk")
        .values_list("pk", flat=True)
    )
    for notice in mine:
        mark_done_by_hand(notice, by=by, at=at)
    return len(mine)
