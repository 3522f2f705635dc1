"""What every decision on a petition leaves behind: its row, its words to the person, its notice."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.cases.commands.settling import explain
from doithoai.cases.commands.telling import tell
from doithoai.cases.models import Case, Ruling
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid
from doithoai.core.grounds import Ground
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


def elsewhere(known: Mapping[str, Ground], code: str, *, for_kind: str) -> Ground:
    """A ground for guiding, transferring or handing back this kind. Raises Invalid for any other:
    whoever is sent away is told on which ground of the law.
    """
    found = known.get(code)
    if found is None or (found.kinds and for_kind not in found.kinds):
        raise Invalid(
            _(
                "Choose the ground of the law from the list; the person is told it, with its "
                "article."
            )
        )
    return found


def refuse_days_to_come(*days: date | None, at: datetime) -> None:
    """No document is dated after the day on which it is recorded. Raises Invalid."""
    if any(day is not None and day > local_day(at) for day in days):
        raise Invalid(_("The date of the document lies in the future. Correct it."))


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


def in_full(words: str, ground: Ground) -> str:
    """What the person reads: the words, the ground with its article, and what they can do next, in
    the language of the office.
    """
    language = country().languages[0]
    with override(language):
        said = _("Legal ground: %(ground)s (%(article)s).")
    named = said % {"ground": ground.label(language), "article": ground.basis}
    return "\n".join(filter(None, (words, named, ground.next_step(language))))


def to_the_person(case: Case, text: str) -> tuple[list[Said], tuple[str, ...]]:
    """Words of a sealed item go into the vault, where its slip opens them; what else is entered of
    that, and what the entry of the decision commits to.
    """
    if not holds(case.pk):
        return [], (text,)
    written = docket_events.Written(by_person=False, files=0)
    return [Said(written)], (text,)


def keep(case: Case, entry: Entry, decided: Decided, *, by: Actor, at: datetime) -> Ruling:
    """Keep the decision, its words and its document, and tell the person on which ground it rests
    and what they can do next. Raises Invalid for a document of a day yet to come.
    """
    refuse_days_to_come(decided.paper.signed_on, at=at)
    assert by.post is not None, "policies let only officials decide"
    ground = country().ground(decided.ground) if decided.ground else None
    full = in_full(decided.text, ground) if ground else decided.text
    sealed = keep_words(case, entry, full, at)
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
        tell(case, decided.notice, _told(decided), at=at)
    return made


def _told(decided: Decided) -> dict[str, str]:
    """What the notice says: the words, the ground by its code and its article."""
    found = country().ground(decided.ground)
    basis = found.basis if found else ""
    return {"text": decided.text, "ground": decided.ground, "basis": basis}


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
    day = local_day(at).isoformat()
    message = {"text": text, "by_person": False, "day": day, "what": "ruling"}
    packed = json.dumps(message, ensure_ascii=False).encode()
    keep_sealed(case.pk, Kept("message", packed, turn))
