"""Which cases: one saved query behind every list, every figure and every link from a figure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Final
from urllib.parse import parse_qsl
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.http import urlencode

from doithoai.cases.models import Case
from doithoai.cases.proving import proven
from doithoai.cases.queries import measures
from doithoai.cases.workflow import FINAL
from doithoai.core.actors import Actor
from doithoai.core.collation import folded
from doithoai.core.days import day_written
from doithoai.docket.models import Obligation
from doithoai.docket.newest import narrowed_for
from doithoai.docket.queries import sought
from doithoai.units.models import Body

NOW: Final = "now"  # overdue on this day
EVER: Final = "ever"  # overdue now, or answered or done after its date


@dataclass(frozen=True)
class Selection:
    """What a reader asked for; an empty field asks nothing. Read from and written to a query.

    ``occasion`` is the code of the matter it was said at; ``body`` the one that has the case, else
    the one that received it, ``body_named`` a part of its name; ``late`` is ``now`` or ``ever``;
    ``since`` and ``until`` are days of receipt, both incl. Yes-or-no fields are None when not
    asked. ``here`` is just this place; ``place`` takes what lies below it along. ``timing`` is one
    of ``measures.TIMINGS``, of binding dates only; ``heard``: the person has said something of the
    answer; ``reachable``: there is somebody to ask; ``proven``: settled with evidence;
    ``withheld`` is a reason, ``undecided``: neither published nor withheld.
    """

    occasion: str = ""
    body: UUID | None = None
    body_named: str = ""
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
    proven: bool | None = None
    published: bool | None = None
    late: str = ""
    here: UUID | None = None
    no_field: bool | None = None
    no_place: bool | None = None
    joined: bool | None = None
    heard: bool | None = None
    disputed: bool | None = None
    reachable: bool | None = None
    timing: str = ""
    withheld: str = ""
    undecided: bool | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""

    @classmethod
    def from_query(cls, given: Mapping[str, str]) -> "Selection":
        """Read a query string; what is not understood asks nothing."""
        readers = {f.name: _READERS[f.type] for f in fields(cls)}
        return cls(**{n: read(given.get(n, "")) for n, read in readers.items()})  # type: ignore[arg-type]  # each reader gives its own field's type

    @classmethod
    def from_text(cls, query: str) -> "Selection":
        """Read a query string as it stands in an address."""
        return cls.from_query(dict(parse_qsl(query)))

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


def _text(text: str) -> str:
    return text.replace("\0", "").strip()[:200]


_READERS: Final[Mapping[object, Callable[[str], object]]] = {
    str: _text,
    UUID | None: _id,
    bool | None: _flag,
    date | None: day_written,
}


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def select(actor: Actor, selection: Selection, *, today: date) -> QuerySet[Case]:
    """The cases a reader may see that answer a selection. Reports count exactly these rows.

    Words are looked for among what the reader's bodies and post may read, however large the rest.
    """
    asked = matching(selection, today=today)
    if selection.text:
        asked &= narrowed_for(actor, words="matter__words")
    return Case.objects.visible_to(actor).filter(asked)


def matching(selection: Selection, *, today: date) -> Q:
    """A selection as one condition that repeats no rows: it filters, and counts in groups."""
    asked = _plain(selection)
    for more in (_whose(selection), _period(selection), _late(selection, today)):
        asked &= more
    asked &= _flags(selection) & _reported(selection, today)
    words = sought(selection.text)
    return asked if words is None else asked & Q(matter__words__lexemes=words)


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
        "matter__place": selection.here,
    }
    return Q(**{column: value for column, value in columns.items() if value not in {None, ""}})


def _whose(selection: Selection) -> Q:
    asked = Q()
    if selection.body is not None:
        asked &= Q(handling_body=selection.body) | Q(
            handling_body=None, receiving_body=selection.body
        )
    if selection.body_named:
        named = Body.objects.filter(search__contains=folded(selection.body_named))
        asked &= Q(handling_body__in=named) | Q(handling_body=None, receiving_body__in=named)
    if selection.place is not None:
        asked &= Q(matter__place=selection.place) | Q(matter__place__parent=selection.place)
    return asked


def _period(selection: Selection) -> Q:
    asked = Q()
    if selection.since is not None:
        asked &= Q(matter__received_on__gte=selection.since)
    if selection.until is not None:
        asked &= Q(matter__received_on__lte=selection.until)
    if selection.answered is not None:
        asked &= Q(answered_at__isnull=not selection.answered)
    return asked


def _late(selection: Selection, today: date) -> Q:
    if selection.late not in {NOW, EVER}:
        return Q()
    owed = Obligation.objects.filter(matter=OuterRef("pk"), kind="duty")
    overdue = Q(state="open", due_on__lt=today)
    if selection.late == NOW:
        return Q(Exists(owed.filter(overdue)))
    return Q(Exists(owed.filter(overdue | Q(late=True) | Q(was_late=True))))


def _flags(selection: Selection) -> Q:
    """What is asked with yes or no, and is more than a column."""
    flags = (
        (selection.final, Q(state__in=FINAL)),
        (selection.attention, ~Q(attention=[])),
        (selection.proven, proven()),
        (selection.no_field, Q(matter__field="")),
        (selection.no_place, Q(matter__place=None)),
        (selection.joined, measures.joined()),
        (selection.heard, measures.heard()),
        (selection.disputed, measures.ever_disputed()),
        (selection.reachable, measures.reachable()),
        (selection.published, measures.published()),
        (selection.undecided, ~measures.published() & ~measures.withheld()),
    )
    asked = Q()
    for wanted, condition in flags:
        if wanted is not None:
            asked &= condition if wanted else ~condition
    return asked


def _reported(selection: Selection, today: date) -> Q:
    asked = Q()
    if selection.timing in measures.TIMINGS:
        asked &= measures.TIMINGS[selection.timing](today)
    if selection.withheld:
        asked &= measures.withheld(selection.withheld)
    return asked
