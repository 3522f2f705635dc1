"""The rows behind each figure of a head's report, as far as one reader may see them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.cases.models import Case, Transfer
from doithoai.cases.queries.selection import EVER, Selection, matching
from doithoai.core.days import local_day
from doithoai.dialogues.models import Dialogue
from doithoai.docket.models import Matter
from doithoai.docket.templatetags.docket import matter_url
from doithoai.duties.models import Duty
from doithoai.duties.queries import lines_of
from doithoai.law.periods import Span
from doithoai.reception.models import LARGE, Kind, Person, Raised, Session, Visit, VisitQuerySet
from doithoai.reception.queries.visits import hushed
from doithoai.theme.formatting import number
from doithoai.units.models import Body

RECOMMENDATIONS: Final = ("recommendation", "reflection")
DENUNCIATIONS: Final = ("denunciation", "denunciation_info")


@dataclass(frozen=True)
class Scope:
    """Whose report, over which days, for whom; ``today`` ends what is not over yet."""

    actor: Official
    body: Body
    span: Span
    today: date

    @property
    def names(self) -> bool:
        """Whether the reader receives people for this body: only they read who came."""
        return self.actor.may("reception.read") and self.body.pk in self.actor.acts_for


@dataclass(frozen=True)
class Line:
    """One row behind a figure, and how much of it the row is: of a figure of people, so many."""

    code: str
    text: str
    on: date | None
    url: str = ""
    counts: int = 1


Rows = Callable[[Scope], Sequence[Line]]


# ------------------------------------------------------------------------------------ reception
def matter_line(matter: Matter, on: date | None) -> Line:
    """A matter as a row, on the day that counts."""
    return Line(matter.code, matter.title, on, matter_url(matter))


def _sessions(scope: Scope, asked: Q) -> tuple[Line, ...]:
    days = Q(held_on__gte=scope.span.first, held_on__lte=scope.span.last)
    rows = Session.objects.visible_to(scope.actor).filter(days, asked, host=scope.body)
    found = rows.select_related("matter").order_by("held_on", "pk")
    return tuple(matter_line(each.matter, each.held_on) for each in found)


HEADS: Final = Q(kind__in=[Kind.HEAD, Kind.UNSCHEDULED])


def in_person(scope: Scope) -> tuple[Line, ...]:
    """Reception days the head held."""
    return _sessions(scope, HEADS & Q(in_person=True))


def in_person_late(scope: Scope) -> tuple[Line, ...]:
    """Of these, days recorded more than one working day after they were held (design §1)."""
    return _sessions(scope, HEADS & Q(in_person=True) & ~Q(late_number=""))


def by_deputy(scope: Scope) -> tuple[Line, ...]:
    """Reception days somebody held in place of the head."""
    return _sessions(scope, HEADS & Q(in_person=False))


def _visits(scope: Scope) -> VisitQuerySet:
    """Visits of the register: each has its number once it was received. Who receives people sees
    those they may read; whoever else reads the report has them counted, and nobody named.
    """
    rows = Visit.objects.all()
    kept = rows.visible_to(scope.actor).not_shut(scope.actor) if scope.names else rows
    rows = kept.marked_for(scope.actor).filter(body=scope.body, number__isnull=False)
    return rows.filter(*within("received_at", scope.span)).order_by("year", "number")


def within(field: str, span: Span) -> tuple[Q, Q]:
    """A moment that lies on the local days of a period."""
    return Q(**{f"{field}__date__gte": span.first}), Q(**{f"{field}__date__lte": span.last})


def _visit_lines(scope: Scope, asked: Q) -> tuple[Line, ...]:
    found = _visits(scope).filter(asked).select_related("person")
    return tuple(_visit_line(scope, visit) for visit in found)


def _visit_line(scope: Scope, visit: Visit) -> Line:
    people = _("%(count)s people") % {"count": number(visit.people)}
    told = scope.names and not hushed(visit)
    name = visit.came_name if told else ""
    text = ", ".join(part for part in (name, people) if part)
    day = local_day(visit.received_at) if visit.received_at else None
    return Line(f"{visit.number}/{visit.year}", text, day)


def visits(scope: Scope) -> tuple[Line, ...]:
    """Every line of the register."""
    return _visit_lines(scope, Q())


def _people(scope: Scope, asked: Q) -> tuple[Line, ...]:
    found = _visits(scope).filter(asked).select_related("person")
    return tuple(replace(_visit_line(scope, visit), counts=visit.people) for visit in found)


def people(scope: Scope) -> tuple[Line, ...]:
    """Everybody who came, visit by visit (người): a group of 23 is 23 (form 01/TCD)."""
    return _people(scope, Q())


def group_people(scope: Scope) -> tuple[Line, ...]:
    """Of these, who came in large groups."""
    return _people(scope, Q(people__gte=LARGE))


def repeated(scope: Scope) -> tuple[Line, ...]:
    """Visits of who came before on the same matter."""
    return _visit_lines(scope, Q(repeated=True))


def groups(scope: Scope) -> tuple[Line, ...]:
    """Visits of large groups."""
    return _visit_lines(scope, Q(people__gte=LARGE))


def persons(scope: Scope) -> tuple[Line, ...]:
    """Each person once; of who came about a sealed matter alone the reader is told no name."""
    seen = _visits(scope).filter(person__isnull=False).order_by()
    told = set(seen.told_to(scope.actor).values_list("person", flat=True)) if scope.names else set()
    found = Person.objects.filter(pk__in=seen.values("person")).order_by("first_seen", "pk")
    return tuple(
        Line(str(place), each.name if each.pk in told else "—", each.first_seen)
        for place, each in enumerate(found, start=1)
    )


def raised(scope: Scope) -> tuple[Line, ...]:
    """Matters raised in visits, as far as the reader sees them."""
    raised = Raised.objects.filter(visit__in=_visits(scope).order_by().values("pk"))
    seen = Matter.objects.visible_to(scope.actor).filter(pk__in=raised.values("matter"))
    return tuple(matter_line(each, each.received_on) for each in seen.order_by("code"))


# ------------------------------------------------------------------------------------ dialogues
def dialogues(scope: Scope) -> tuple[Line, ...]:
    """Held by the body, or chaired by one of its posts that was there; each once."""
    mine = Q(host=scope.body) | Q(chairs__post__body=scope.body, chairs__attended=True)
    rows = Dialogue.objects.visible_to(scope.actor).filter(
        mine, held_on__gte=scope.span.first, held_on__lte=scope.span.last
    )
    found = Dialogue.objects.filter(pk__in=rows.values("pk")).select_related("matter")
    return tuple(matter_line(d.matter, d.held_on) for d in found.order_by("held_on", "pk"))


# ------------------------------------------------------------------------------------ petitions
def _cases(scope: Scope, procedures: Sequence[str], asked: Q) -> tuple[Line, ...]:
    body = Q(receiving_body=scope.body) | Q(handling_body=scope.body)
    once = matching(Selection(joined=False), today=scope.today)
    rows = Case.objects.visible_to(scope.actor).filter(
        body, once, asked, matter__procedure__in=procedures
    )
    found = rows.select_related("matter").order_by("matter__received_on", "matter__code")
    return tuple(matter_line(case.matter, case.matter.received_on) for case in found)


def received_in(span: Span) -> Q:
    """Received in the period."""
    return Q(matter__received_on__gte=span.first, matter__received_on__lte=span.last)


def carried_into(span: Span) -> Q:
    """Received before, and neither answered nor ended by then."""
    unanswered = Q(answered_at=None) | Q(answered_at__date__gte=span.first)
    unended = Q(closed_at=None) | Q(closed_at__date__gte=span.first)
    return Q(matter__received_on__lt=span.first) & unanswered & unended


def answered_in(span: Span) -> Q:
    """Answered in the period."""
    first, last = within("answered_at", span)
    return first & last


def cases_of(procedures: Sequence[str], asked: Callable[[Span], Q]) -> Rows:
    """Cases of these procedures, narrowed by the period."""

    def rows(scope: Scope) -> tuple[Line, ...]:
        return _cases(scope, procedures, asked(scope.span))

    return rows


def petitions_of(procedures: Sequence[str]) -> Rows:
    """Petitions received in the period: by the day the person brought it, and by the day it was
    registered here for what another body had received and this one took over.
    """

    def rows(scope: Scope) -> tuple[Line, ...]:
        taken = Transfer.objects.filter(case=OuterRef("pk"), to=scope.body, ended="accepted")
        inside = taken.filter(*within("ended_at", scope.span))
        came_here = Q(receiving_body=scope.body) | ~Exists(taken)
        asked = (came_here & received_in(scope.span)) | (~came_here & Exists(inside))
        return _cases(scope, procedures, asked)

    return rows


def late(scope: Scope) -> tuple[Line, ...]:
    """Late, of what was carried over and received."""
    ours = received_in(scope.span) | carried_into(scope.span)
    late = matching(Selection(late=EVER), today=scope.today)
    return _cases(scope, RECOMMENDATIONS, ours & late)


# --------------------------------------------------------------------------------------- duties
def duties(state: str) -> Rows:
    """Duties of the body's heads that end in the period, in a state or all."""

    def rows(scope: Scope) -> tuple[Line, ...]:
        found = Duty.objects.visible_to(scope.actor).filter(
            post__body=scope.body,
            last_day__gte=scope.span.first,
            last_day__lte=scope.span.last,
            **({"state": state} if state else {}),
        )
        whole = found.select_related("matter").order_by("last_day", "matter__code")
        return tuple(matter_line(duty.matter, duty.last_day) for duty in whole)

    return rows


def duties_at_once(scope: Scope) -> tuple[Line, ...]:
    """Duties done in full without what was entered late (design §1)."""
    found = Duty.objects.visible_to(scope.actor).filter(
        post__body=scope.body,
        last_day__gte=scope.span.first,
        last_day__lte=scope.span.last,
        state="met",
    )
    whole = found.select_related("matter", "post__body").prefetch_related("met__about")
    lines = lines_of(whole.order_by("last_day", "matter__code"))
    return tuple(
        matter_line(line.duty.matter, line.duty.last_day) for line in lines if not line.done_late
    )
