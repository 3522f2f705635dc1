"""What is late, what will be soon, and whose it is: obligations, never typed in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Count, F, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from doithoai.cases.queries.choosing import field_named
from doithoai.cases.queries.measures import binding
from doithoai.core.actors import Actor
from doithoai.docket import lawbook
from doithoai.docket.models import Matter, Obligation
from doithoai.docket.queries import Line, lines, with_adoption
from doithoai.supervision.queries.reading import id_of, text_of

TABS: Final = ("late", "soon", "provisional")
SOON: Final = 5  # working days
PAGE: Final = 50
PRINTED: Final = 500
NONE: Final = "none"  # asked for: rows that have no place, no field or no dialogue


@dataclass(frozen=True)
class Watch:
    """Which obligations: a tab, and whatever narrows it. ``place`` may be ``none``."""

    tab: str = TABS[0]
    body: str = ""
    place: str = ""
    field: str = ""
    dialogue: str = ""

    @classmethod
    def from_query(cls, given: Mapping[str, str]) -> "Watch":
        """Read a query string; what is not understood asks nothing."""
        tab = given.get("tab", "")
        return cls(
            tab=tab if tab in TABS else TABS[0],
            body=id_of(given.get("body", "")),
            place=given["place"] if given.get("place") == NONE else id_of(given.get("place", "")),
            field=text_of(given.get("field", "")),
            dialogue=text_of(given.get("dialogue", "")),
        )

    def to_query(self) -> str:
        """The query string that reads back as this; empty for the whole first tab."""
        asked = {f.name: getattr(self, f.name) for f in fields(self)}
        first = {"tab": TABS[0]}
        return urlencode({n: v for n, v in asked.items() if v and first.get(n) != v})


@dataclass(frozen=True)
class Watched:
    """One obligation in words, with what a supervisor asks of it."""

    line: Line
    days_late: int
    times_returned: int
    entered_late: bool
    former: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """One value to narrow by, how many rows it has, and the query that shows exactly those."""

    label: str
    count: int
    watch: Watch
    chosen: bool


@dataclass(frozen=True)
class LateList:
    """One page of what is watched, with figures that each open their rows."""

    watch: Watch
    counts: Mapping[str, int]
    total: int
    page: int
    rows: tuple[Watched, ...]
    bodies: tuple[Group, ...]
    places: tuple[Group, ...]
    fields: tuple[Group, ...]
    dialogues: tuple[Group, ...]

    @property
    def more(self) -> bool:
        """Whether a page follows."""
        return self.page * PAGE < self.total


def late(actor: Actor, watch: Watch, *, today: date, page: int = 1) -> LateList:
    """What is watched among what the reader may see, longest overdue first."""
    groups = _groups(_within(_open(actor), _tabs(today)[watch.tab]))
    shown = max(page, 1)
    rows = list(found(actor, watch, today=today)[(shown - 1) * PAGE : shown * PAGE])
    return LateList(
        watch=watch,
        counts=_counts(actor, today),
        total=sum(g.count for g in groups if _meets(g, watch)),
        page=shown,
        rows=_watched(rows, today),
        bodies=_facet(groups, watch, _BODY),
        places=_facet(groups, watch, _PLACE),
        fields=_facet(groups, watch, _FIELD),
        dialogues=_facet(groups, watch, _DIALOGUE),
    )


def printed(actor: Actor, watch: Watch, *, today: date) -> tuple[Watched, ...]:
    """The same rows for paper, at most ``PRINTED``."""
    return _watched(list(found(actor, watch, today=today)[:PRINTED]), today)


def found(actor: Actor, watch: Watch, *, today: date) -> QuerySet[Obligation]:
    """Exactly the obligations a watch means, longest overdue first."""
    rows = _within(_open(actor), _tabs(today)[watch.tab]).filter(_narrowed(watch))
    rows = with_adoption(rows).select_related("matter__place", "matter__case", "body", "post")
    return rows.prefetch_related("debtors__body").order_by("due_on", "id")


def _open(actor: Actor) -> QuerySet[Obligation]:
    seen = Matter.objects.visible_to(actor)
    running = Obligation.objects.filter(kind="duty", state="open", matter__in=seen)
    own = Choose(When(matter__kind="dialogue", then=F("matter__code")))
    own_title = Choose(When(matter__kind="dialogue", then=F("matter__title")))
    return running.annotate(
        dialogue_code=Coalesce("matter__case__occasion_matter__code", own),
        dialogue_title=Coalesce("matter__case__occasion_matter__title", own_title),
    )


def _tabs(today: date) -> dict[str, Q]:
    until = lawbook.calendar().add_working(today, SOON)
    return {
        "late": Q(due_on__lt=today) & binding(),
        "soon": Q(due_on__gte=today, due_on__lte=until) & binding(),
        "provisional": Q(due_on__lt=today) & ~binding(),
    }


def _within(rows: QuerySet[Obligation], tab: Q) -> QuerySet[Obligation]:
    return rows.filter(tab)


def _counts(actor: Actor, today: date) -> dict[str, int]:
    tabs = _tabs(today)
    return _open(actor).aggregate(**{name: Count("pk", filter=tab) for name, tab in tabs.items()})


def _narrowed(watch: Watch) -> Q:
    asked = Q()
    if watch.body:
        asked &= Q(body=UUID(watch.body))
    if watch.place:
        asked &= Q(matter__place=None if watch.place == NONE else UUID(watch.place))
    if watch.field:
        asked &= Q(matter__field="" if watch.field == NONE else watch.field)
    if watch.dialogue:
        none = watch.dialogue == NONE
        asked &= Q(dialogue_code=None) if none else Q(dialogue_code=watch.dialogue)
    return asked


@dataclass(frozen=True)
class _Counted:
    """How many rows share one body, place, field and dialogue."""

    body: str
    body_name: str
    body_key: str
    place: str
    place_name: str
    place_key: str
    field: str
    dialogue: str
    dialogue_title: str
    count: int


def _groups(rows: QuerySet[Obligation]) -> list[_Counted]:
    by = (
        "body", "body__short_name", "body__sort_key", "matter__place", "matter__place__name",
        "matter__place__sort_key", "matter__field", "dialogue_code", "dialogue_title",
    )  # fmt: skip
    counted = rows.order_by().values_list(*by).annotate(n=Count("pk"))
    return [_Counted(*(str(v or "") for v in row[:-1]), count=row[-1]) for row in counted]


Facet = tuple[str, Callable[[_Counted], str], Callable[[_Counted], str], Callable[[_Counted], str]]
_BODY: Final[Facet] = ("body", lambda g: g.body, lambda g: g.body_name, lambda g: g.body_key)
_PLACE: Final[Facet] = ("place", lambda g: g.place, lambda g: g.place_name, lambda g: g.place_key)
_FIELD: Final[Facet] = (
    "field",
    lambda g: g.field,
    lambda g: field_named(g.field) if g.field else "",
    lambda g: g.field,
)
_DIALOGUE: Final[Facet] = (
    "dialogue",
    lambda g: g.dialogue,
    lambda g: g.dialogue_title,
    lambda g: g.dialogue,
)


def _meets(group: _Counted, watch: Watch, *, but: str = "") -> bool:
    asked = {"body": watch.body, "place": watch.place} | {
        "field": watch.field,
        "dialogue": watch.dialogue,
    }
    has = {"body": group.body, "place": group.place} | {
        "field": group.field,
        "dialogue": group.dialogue,
    }
    return all(
        name == but or not wanted or wanted == (has[name] or NONE) for name, wanted in asked.items()
    )


def _facet(groups: Iterable[_Counted], watch: Watch, facet: Facet) -> tuple[Group, ...]:
    """Every value of one dimension among the rows the other filters leave, with its own query."""
    name, value, label, key = facet
    counted: dict[str, tuple[str, str, int]] = {}
    for group in groups:
        if _meets(group, watch, but=name):
            before = counted.get(value(group), ("", "", 0))[2]
            counted[value(group)] = (key(group), label(group), before + group.count)
    chosen = getattr(watch, name)
    return tuple(
        Group(words or _("not stated"), n, replace(watch, **{name: v or NONE}), chosen == v)
        for v, (_key, words, n) in sorted(counted.items(), key=lambda each: each[1])
    )


def _watched(rows: list[Obligation], today: date) -> tuple[Watched, ...]:
    return tuple(_one(line, today) for line in lines(rows, today=today))


def _one(line: Line, today: date) -> Watched:
    row = line.obligation
    case = getattr(row.matter, "case", None)
    former = [d.body.short_name for d in row.debtors.all() if d.body and d.body_id != row.body_id]
    return Watched(
        line=line,
        days_late=max((today - row.due_on).days, 0) if row.due_on else 0,
        times_returned=case.times_returned if case else 0,
        entered_late=bool(case and case.entered_late),
        former=tuple(dict.fromkeys(former)),
    )
