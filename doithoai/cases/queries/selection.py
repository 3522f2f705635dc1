"""Which cases: one saved query behind every list, every figure and every link from a figure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.http import urlencode

from doithoai.cases.models import Case
from doithoai.cases.workflow import FINAL
from doithoai.core.actors import Actor
from doithoai.docket.models import Obligation
from doithoai.docket.queries import sought

NOW: Final = "now"  # overdue on this day
EVER: Final = "ever"  # overdue now, or answered or done after its date


@dataclass(frozen=True)
class Selection:
    """What a reader asked for; an empty field asks nothing. Written to and read from a query string.

    ``occasion`` is the code of the matter it was said at; ``body`` the one that has the case, else
    the one that received it; ``late`` is ``now`` or ``ever``; ``since`` and ``until`` are days of
    receipt, both included. Yes-or-no fields are None when not asked.
    """

    occasion: str = ""
    body: UUID | None = None
    receiver: UUID | None = None
    field: str = ""
    place: UUID | None = None
    procedure: str = ""
    channel: str = ""
    state: str = ""
    final: bool | None = None
    outcome: str = ""
    word: str = ""
    word_by_self: bool | None = None
    answered: bool | None = None
    entered_late: bool | None = None
    urgent: bool | None = None
    attention: bool | None = None
    published: bool | None = None
    late: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""

    @classmethod
    def from_query(cls, given: Mapping[str, str]) -> "Selection":
        """Read a query string; what is not understood asks nothing."""
        readers = {f.name: _READERS[str(f.type)] for f in fields(cls)}
        return cls(**{n: read(given.get(n, "")) for n, read in readers.items()})  # type: ignore[arg-type]  # each reader gives its own field's type

    def to_query(self) -> str:
        """The query string that reads back as this selection; empty for everything."""
        asked = {f.name: getattr(self, f.name) for f in fields(self)}
        return urlencode({n: _written(v) for n, v in asked.items() if v not in {None, ""}})


def _flag(text: str) -> bool | None:
    return {"yes": True, "no": False}.get(text)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _text(text: str) -> str:
    return text.strip()[:200]


_READERS: Final = {
    "str": _text,
    "UUID | None": _id,
    "bool | None": _flag,
    "date | None": _day,
}


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def select(actor: Actor, selection: Selection, *, today: date) -> QuerySet[Case]:
    """The cases a reader may see that answer a selection. Reports count exactly these rows."""
    found = Case.objects.visible_to(actor).filter(_plain(selection))
    for asked in (_whose(selection), _period(selection), _late(selection, today)):
        found = found.filter(asked)
    words = sought(selection.text)
    if words is not None:
        found = found.filter(matter__words__lexemes=words)
    return found


def _plain(selection: Selection) -> Q:
    """Fields whose value stands in a column."""
    columns = {
        "occasion_matter__code": selection.occasion,
        "receiving_body": selection.receiver,
        "matter__field": selection.field,
        "matter__procedure": selection.procedure,
        "matter__channel": selection.channel,
        "state": selection.state,
        "outcome": selection.outcome,
        "word": selection.word,
        "word_by_self": selection.word_by_self,
        "entered_late": selection.entered_late,
        "urgent": selection.urgent,
    }
    return Q(**{column: value for column, value in columns.items() if value not in {None, ""}})


def _whose(selection: Selection) -> Q:
    asked = Q()
    if selection.body is not None:
        asked &= Q(handling_body=selection.body) | Q(
            handling_body=None, receiving_body=selection.body
        )
    if selection.place is not None:
        asked &= Q(matter__place=selection.place) | Q(matter__place__parent=selection.place)
    if selection.published is not None:
        public = Q(publications__current=True)
        asked &= public if selection.published else ~public
    return asked


def _period(selection: Selection) -> Q:
    asked = Q()
    if selection.since is not None:
        asked &= Q(matter__received_on__gte=selection.since)
    if selection.until is not None:
        asked &= Q(matter__received_on__lte=selection.until)
    if selection.answered is not None:
        asked &= Q(answered_at__isnull=not selection.answered)
    if selection.final is not None:
        ended = Q(state__in=FINAL)
        asked &= ended if selection.final else ~ended
    if selection.attention is not None:
        quiet = Q(attention=[])
        asked &= ~quiet if selection.attention else quiet
    return asked


def _late(selection: Selection, today: date) -> Q:
    if selection.late not in {NOW, EVER}:
        return Q()
    owed = Obligation.objects.filter(matter=OuterRef("pk"), kind="duty")
    overdue = Q(state="open", due_on__lt=today)
    if selection.late == NOW:
        return Q(Exists(owed.filter(overdue)))
    return Q(Exists(owed.filter(overdue | Q(late=True) | Q(was_late=True))))
