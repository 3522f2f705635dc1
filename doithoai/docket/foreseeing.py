"""What deriving a matter again would change, and why; nothing is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doithoai.docket import projection
from doithoai.docket.models import Matter, Obligation, Party
from doithoai.law.explanation import Derivation, said

DISPLACING = ("skipped", "weekly", "worked", "rolled_over", "estimated")
OF_ENTRIES = ("start", "moment", "pauses", "prolongations", "counted_from")


@dataclass(frozen=True)
class Shift:
    """A due date that moves: of which duty, from when to when (None while a pause is open), and
    why.
    """

    key: str
    rule: str
    duty: str
    old: date | None
    new: date | None
    why: str


@dataclass(frozen=True)
class Foreseen:
    """One matter: dates that move, what is newly owed and what is owed no more, as duties."""

    code: str
    shifts: tuple[Shift, ...]
    begun: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """Whether anything would be another than it is."""
        return bool(self.shifts or self.begun or self.gone)


def running() -> QuerySet[Matter]:
    """The matters that are not final or still owe something, oldest first."""
    owing = Obligation.objects.filter(matter=OuterRef("pk"), state__in=["open", "paused"])
    return Matter.objects.filter(Q(final=False) | Exists(owing)).order_by("received_on", "code")


def foreseen(matter_id: UUID) -> Foreseen:
    """What ``rederive`` would change of this matter."""
    matter = Matter.objects.get(pk=matter_id)
    parties = list(Party.objects.filter(matter=matter).order_by("since", "id"))
    found = projection.compared(matter, projection.timeline(matter.pk), parties)
    return Foreseen(
        code=matter.code,
        shifts=tuple(_shift(old, new) for old, new in found.both if old.due_on != new.due_on),
        begun=tuple(_duty(each) for each in found.begun),
        gone=tuple(_duty(each) for each in found.gone if each.state != Obligation.State.VOID),
    )


def _duty(row: Obligation) -> str:
    return row.duty_vi if (get_language() or "vi").startswith("vi") else row.duty_en


def _shift(old: Obligation, new: Obligation) -> Shift:
    why = " ".join(_reasons(old, new)) or _("It is derived from the entries as they stand now.")
    return Shift(new.key, new.rule, _duty(new), old.due_on, new.due_on, why)


def _reasons(old: Obligation, new: Obligation) -> Iterator[str]:
    """Where the two derivations part: the rule, its length, the days off, what was entered."""
    if old.in_force_from != new.in_force_from and new.in_force_from is not None:
        since = said(new.in_force_from)
        yield _("The version of the rule in force from %(day)s applies.") % {"day": since}
    if old.derivation["period"] != new.derivation["period"]:
        yield _("The length of time is another: %(length)s") % {"length": _length(new)}
    if _differ(old, new, DISPLACING):
        yield _("Days off were announced or changed.")
    if _differ(old, new, OF_ENTRIES):
        yield _("What was entered counts differently.")
    if old.basis != new.basis:
        yield _("The text it rests on is now: %(basis)s.") % {"basis": new.basis}


def _differ(old: Obligation, new: Obligation, names: tuple[str, ...]) -> bool:
    return any(old.derivation[name] != new.derivation[name] for name in names)


def _length(row: Obligation) -> str:
    language = "vi" if (get_language() or "vi").startswith("vi") else "en"
    return Derivation.from_json(row.derivation).sentences(language)[0]
