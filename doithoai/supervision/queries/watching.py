"""What is late, what will be soon, and whose it is: obligations, never typed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Case as Choose
from django.db.models import Count, F, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from doithoai.cases.queries.choosing import field_named
from doithoai.cases.queries.measures import binding
from doithoai.core.actors import Actor
from doithoai.core.collation import vi_key
from doithoai.docket import lawbook
from doithoai.docket.models import Matter, Obligation
from doithoai.docket.queries import Line, lines, with_adoption
from doithoai.supervision.queries.reading import id_of, text_of
from doithoai.theme.formatting import day

TABS: Final = ("late", "soon", "provisional")
SOON: Final = 5  # working days
PAGE: Final = 50
PRINTED: Final = 500
NONE: Final = "none"  # asked for: rows that have no place, no field or no dialogue


@dataclass(frozen=True)
class Watch:
    """Which obligations: a tab, and whatever narrows it; ``none``: rows that have no such thing."""

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
            body=_id_or_none(given.get("body", "")),
            place=_id_or_none(given.get("place", "")),
            field=text_of(given.get("field", "")),
            dialogue=text_of(given.get("dialogue", "")),
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything but the tab is asked."""
        return any((self.body, self.place, self.field, self.dialogue))

    @property
    def body_chosen(self) -> bool:
        """Whether one body is asked for, so that a letter can be written to it."""
        return bool(self.body) and self.body != NONE and self.tab == "late"

    def to_query(self) -> str:
        """The query string that reads back as this."""
        narrowed = {"body": self.body, "place": self.place, "field": self.field}
        asked = {"tab": self.tab, **narrowed, "dialogue": self.dialogue}
        return urlencode({name: value for name, value in asked.items() if value})


def _id_or_none(text: str) -> str:
    return NONE if text == NONE else id_of(text)


@dataclass(frozen=True)
class Watched:
    """One obligation in words, with what a supervisor asks of it.

    ``since``: when the present debtor got it; ``told``: what the debtor and those above were told.
    """

    line: Line
    days_late: int
    since: datetime
    told: tuple[str, ...]
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
        bodies=_facet(groups, watch, "body"),
        places=_facet(groups, watch, "place"),
        fields=_facet(groups, watch, "field"),
        dialogues=_facet(groups, watch, "dialogue"),
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
    near = _open(actor).filter(reduce(or_, tabs.values()))
    return near.aggregate(**{name: Count("pk", filter=tab) for name, tab in tabs.items()})


def _narrowed(watch: Watch) -> Q:
    columns = {
        "body": watch.body,
        "matter__place": watch.place,
        "matter__field": watch.field,
        "dialogue_code": watch.dialogue,
    }
    empty = {"matter__field": ""}
    asked = {
        column: empty.get(column) if value == NONE else value
        for column, value in columns.items()
        if value
    }
    return Q(**asked)


@dataclass(frozen=True)
class _Counted:
    """How many rows share one body, place, field and dialogue: by dimension, value and label."""

    values: Mapping[str, str]
    labels: Mapping[str, str]
    order: Mapping[str, str]
    count: int


def _groups(rows: QuerySet[Obligation]) -> list[_Counted]:
    by = (
        "body", "matter__place", "matter__field", "dialogue_code",
        "body__short_name", "matter__place__name", "dialogue_title",
        "body__sort_key", "matter__place__sort_key",
    )  # fmt: skip
    counted = rows.order_by().values_list(*by).annotate(n=Count("pk"))
    return [_counted([str(v or "") for v in row[:-1]], row[-1]) for row in counted]


def _counted(row: list[str], count: int) -> _Counted:
    body, place, field, dialogue, body_name, place_name, title, body_key, place_key = row
    named = field_named(field) if field else ""
    return _Counted(
        values={"body": body, "place": place, "field": field, "dialogue": dialogue},
        labels={"body": body_name, "place": place_name, "field": named, "dialogue": title},
        order={"body": body_key, "place": place_key, "field": vi_key(named), "dialogue": dialogue},
        count=count,
    )


def _meets(group: _Counted, watch: Watch, *, but: str = "") -> bool:
    asked = {name: getattr(watch, name) for name in group.values if name != but}
    return all(
        not wanted or wanted == (group.values[name] or NONE) for name, wanted in asked.items()
    )


def _facet(groups: Iterable[_Counted], watch: Watch, name: str) -> tuple[Group, ...]:
    """Every value of one dimension among the rows the other filters leave, with its own query."""
    left = sorted((g for g in groups if _meets(g, watch, but=name)), key=lambda g: g.order[name])
    counts: dict[str, int] = {}
    for group in left:
        counts[group.values[name]] = counts.get(group.values[name], 0) + group.count
    labels = {g.values[name]: g.labels[name] for g in left}
    return tuple(
        Group(
            label=labels[value] or _("not stated"),
            count=n,
            watch=replace(watch, **{name: value or NONE}),
            chosen=getattr(watch, name) == (value or NONE),
        )
        for value, n in counts.items()
    )


def watched(found: Iterable[Line], today: date) -> tuple[Watched, ...]:
    """Lines of what is owed, with what a supervisor asks of each."""
    return tuple(_one(line, today) for line in found)


def _watched(rows: list[Obligation], today: date) -> tuple[Watched, ...]:
    return watched(lines(rows, today=today), today)


def _one(line: Line, today: date) -> Watched:
    row = line.obligation
    case = getattr(row.matter, "case", None)
    former = [d.body.short_name for d in row.debtors.all() if d.body and d.body_id != row.body_id]
    return Watched(
        line=line,
        days_late=max((today - row.due_on).days, 0) if row.due_on else 0,
        since=row.moved_at or row.opened_at,
        told=tuple(_told(row)),
        times_returned=case.times_returned if case else 0,
        entered_late=bool(case and case.entered_late),
        former=tuple(dict.fromkeys(former)),
    )


def _told(row: Obligation) -> Iterable[str]:
    """What was said to whoever owes it and to those above, from the record."""
    if row.reminders:
        text = ngettext(
            "reminded %(n)d time before the date", "reminded %(n)d times before the date",
            row.reminders,
        )  # fmt: skip
        yield text % {"n": row.reminders}
    else:
        yield _("not reminded before the date")
    if row.escalated_on:
        yield _("reported to those above on %(day)s") % {"day": day(row.escalated_on)}
