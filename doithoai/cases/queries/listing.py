"""The list of cases: one page of a saved query, and the cases chosen from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.cases.models import Case
from doithoai.cases.queries.selection import Selection, select
from doithoai.core.errors import NotFound
from doithoai.docket.models import Obligation
from doithoai.docket.newest import narrow, newest, reached
from doithoai.docket.queries import working_left
from doithoai.units.models import Body

PAGE: Final = 50
LAST_PAGE: Final = 200
MOST: Final = 1000  # rows are counted no further
BODIES: Final = 60  # more than these are no list to choose from
AT_ONCE: Final = 100  # cases one act may be done on


@dataclass(frozen=True)
class Row:
    """One case of the list, the day something is due in it, and the working days left till then."""

    case: Case
    due_on: date | None
    working: int | None


@dataclass(frozen=True)
class Listed:
    """One page of the list. ``count`` goes no further than ``MOST``."""

    rows: tuple[Row, ...]
    count: int
    page: int
    more: bool
    selection: Selection

    @property
    def full(self) -> bool:
        """Whether there are more rows than were counted."""
        return self.count >= MOST

    @property
    def older(self) -> str:
        """Query string of the next page; empty on the last."""
        return f"?{self.selection.to_query()}&page={self.page + 1}" if self.more else ""

    @property
    def newer(self) -> str:
        """Query string of the page before; empty on the first."""
        return f"?{self.selection.to_query()}&page={self.page - 1}" if self.page > 1 else ""


def listed(actor: Official, selection: Selection, *, today: date, page: str) -> Listed:
    """One page of a saved query, newest receipt first, then by code."""
    number = min(max(int(page), 1), LAST_PAGE) if page.isdecimal() else 1
    found = select(actor, selection, today=today)
    start, end = (number - 1) * PAGE, number * PAGE + 1
    rows = list(_in_order(_first(found, actor, until=end))[start:end])
    shown = tuple(_row(case, getattr(case, "due_on", None), today) for case in rows[:PAGE])
    return Listed(shown, _count(found, actor, selection), number, len(rows) > PAGE, selection)


def _row(case: Case, due_on: date | None, today: date) -> Row:
    return Row(case, due_on, working_left(due_on, today=today))


def _first(found: QuerySet[Case], actor: Official, *, until: int) -> QuerySet[Case]:
    """Fewer cases, the first of ``found`` among them; the rule of visibility has been asked."""
    if not narrow(actor):
        return found
    return Case.objects.filter(pk__in=newest(found, actor, until=until))


def _count(found: QuerySet[Case], actor: Official, selection: Selection) -> int:
    if narrow(actor) and not selection.text:  # words have an index of their own
        found = found.filter(matter__in=reached(actor))
    return found.order_by().values("pk")[:MOST].count()


def _in_order(found: QuerySet[Case]) -> QuerySet[Case]:
    due = Obligation.objects.filter(
        matter=OuterRef("pk"), state="open", kind="duty", due_on__isnull=False
    )
    first = due.order_by().values("matter").annotate(first=Min("due_on")).values("first")
    shown = found.select_related("matter__place", "handling_body", "receiving_body")
    return shown.annotate(due_on=Subquery(first)).order_by("-matter__received_on", "matter__code")


def chosen(ids: Sequence[str], actor: Official) -> list[Case]:
    """The cases ticked in the list. Raises NotFound when none, or one that may not be seen."""
    wanted = {UUID(i) for i in ids[:AT_ONCE] if _is_id(i)}
    rows = Case.objects.visible_to(actor).filter(pk__in=wanted)
    found = list(
        rows.select_related("matter__place", "receiving_body__place").order_by("matter__code")
    )
    if not found or len(found) != len(wanted):
        raise NotFound(_("Choose at least one item of the list; each must be one you may see."))
    return found


def _is_id(text: str) -> bool:
    return len(text) == 36 and all(c in "0123456789abcdef-" for c in text.lower())


def bodies_seen(actor: Official, *, today: date) -> list[tuple[str, str]]:
    """The bodies whose cases the reader may see, in Vietnamese order; no more than one beyond
    ``BODIES``.
    """
    bodies = Body.objects.in_force(today).filter(Q(pk__in=actor.sees) | Q(pk__in=actor.acts_for))
    rows = bodies.filter(has_account=True).order_by("sort_key")
    return [(str(b.pk), b.short_name) for b in rows[: BODIES + 1]]


def receiver(actor: Official) -> Body:
    """The body in whose name the official takes statements down: its committee, for an office."""
    own = Body.objects.select_related("place__parent", "parent__place__parent").get(pk=actor.body)
    if own.parent is not None and own.parent_id in actor.acts_for:
        return own.parent
    return own
