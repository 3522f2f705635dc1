"""What every decision on a petition leaves behind: its row, its words to the person, its notice."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from doithoai.cases.commands.settling import explain
from doithoai.cases.commands.telling import tell
from doithoai.cases.models import Case, Ruling
from doithoai.core.actors import Actor
from doithoai.core.countries import Ground
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid
from doithoai.docket import events as docket_events
from doithoai.docket.commands import Said
from doithoai.ledger.models import Entry
from doithoai.units.territory import country
from doithoai.vault.commands import Kept
from doithoai.vault.commands import keep as keep_sealed
from doithoai.vault.reading import holds


@dataclass(frozen=True)
class Signed:
    """Number and date of the document as the body's clerk gave them; empty while not signed."""

    number: str = ""
    signed_on: date | None = None


UNSIGNED: Final = Signed()


@dataclass(frozen=True)
class Decided:
    """A decision in words the person reads, with its ground and, once signed, its document."""

    step: str
    text: str
    notice: str = ""
    ground: str = ""
    to: UUID | None = None
    paper: Signed = UNSIGNED
    papers: tuple[str, ...] = ()


def checked(text: str) -> str:
    """The words of a decision. Raises Invalid without any."""
    if not text.strip():
        raise Invalid(_("Say it in a sentence; the person will read it."))
    return text.strip()


def ground_named(code: str, *, for_kind: str) -> Ground:
    """A ground for declining this kind of petition. Raises Invalid for any other."""
    found = country().decline_grounds.get(code)
    if found is None or (found.kinds and for_kind not in found.kinds):
        raise Invalid(
            _("Choose one of the grounds the law gives for not accepting this kind of petition.")
        )
    return found


def going_on(code: str, *, for_kind: str) -> Ground:
    """A ground for settling in spite of a withdrawal. Raises Invalid for any other."""
    found = country().going_on_grounds.get(code)
    if found is None or (found.kinds and for_kind not in found.kinds):
        raise Invalid(
            _(
                "Choose one of the grounds the law gives for going on in spite of the withdrawal; "
                "without one, stop the settlement."
            )
        )
    return found


def to_the_person(case: Case, text: str) -> tuple[list[Said], tuple[str, ...]]:
    """Words of a sealed item go into the vault, where its slip opens them; what else is entered of
    that, and what the entry of the decision commits to.
    """
    if not holds(case.pk):
        return [], (text,)
    written = docket_events.Written(by_person=False, files=0)
    return [Said(written)], (text,)


def keep(case: Case, entry: Entry, decided: Decided, *, by: Actor, at: datetime) -> Ruling:
    """Keep the decision, its words and its document, and tell the person."""
    assert by.post is not None, "policies let only officials decide"
    sealed = keep_words(case, entry, decided.text, at)
    made = Ruling.objects.create(
        case=case,
        step=decided.step,
        ground=decided.ground,
        text="" if sealed else decided.text,
        to_id=decided.to,
        number=decided.paper.number.strip(),
        signed_on=decided.paper.signed_on,
        papers=[] if sealed else list(decided.papers),
        by_id=by.post,
        at=at,
    )
    if decided.notice and not case.matter.sealed:
        tell(case, decided.notice, {"text": decided.text}, at=at)
    return made


def keep_words(case: Case, entry: Entry, text: str, at: datetime) -> bool:
    """Keep what an official says to the person behind its entry; whether it went into the vault,
    where the slip opens it. Raises Invalid without words.
    """
    sealed = holds(case.pk)
    if sealed:
        _keep_sealed(case, text, at)
    else:
        explain(entry, case, text)
    return sealed


def _keep_sealed(case: Case, text: str, at: datetime) -> None:
    """As one more message to whoever holds the slip: no telephone and no paper is used."""
    turn = Entry.objects.filter(matter=case.pk, kind=docket_events.Written.name).count() - 1
    message = {"text": text, "by_person": False, "day": local_day(at).isoformat()}
    packed = json.dumps(message, ensure_ascii=False).encode()
    keep_sealed(case.pk, Kept("message", packed, turn))
