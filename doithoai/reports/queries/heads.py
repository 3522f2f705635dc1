"""The report of a head for a period: reception, dialogue, petitions, as one reader may see them.

What a reader may not see is not in the reader's figures: it is counted one level up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Post
from doithoai.accounts.queries import head_of
from doithoai.core.days import local_day
from doithoai.core.errors import NotFound
from doithoai.law.periods import Span
from doithoai.reports.periods import Period
from doithoai.reports.queries import head_rows as rows
from doithoai.reports.queries import petition_rows as papers
from doithoai.reports.queries.dialogue import Cutoff, cutoff
from doithoai.reports.queries.head_rows import Line, Rows, Scope
from doithoai.units.models import Body


@dataclass(frozen=True)
class Measure:
    """One figure of the report: its name, its meaning, and the rows that are the figure. Of people
    (``of_people``) each row says how many it counts.
    """

    key: str
    label: str
    meaning: str
    rows: Rows
    of_people: bool = False

    @property
    def words(self) -> str:
        """The name in the reader's language."""
        return _(self.label)

    @property
    def said(self) -> str:
        """The meaning in the reader's language."""
        return _(self.meaning)


@dataclass(frozen=True)
class Figure:
    """A measure with its rows; their number, or that of the people in them, is the figure."""

    measure: Measure
    lines: tuple[Line, ...]

    @property
    def count(self) -> int:
        """How many rows there are, or people in them."""
        return sum(line.counts for line in self.lines)


@dataclass(frozen=True)
class Chapter:
    """Figures that belong together."""

    label: str
    figures: tuple[Figure, ...]

    @property
    def words(self) -> str:
        """The heading in the reader's language."""
        return _(self.label)


@dataclass(frozen=True)
class HeadReport:
    """Everything the report says. No number in it was typed."""

    body: Body
    head: Post | None
    period: Period
    span: Span
    chapters: tuple[Chapter, ...]
    cutoff: Cutoff

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures in order."""
        return tuple(figure for chapter in self.chapters for figure in chapter.figures)

    def count(self, key: str) -> int:
        """A figure by its key."""
        return next(f.count for f in self.figures if f.measure.key == key)


DECIDED: Final = noop(
    "Petitions the body received or handles, by the day of the decision, each once; whenever they "
    "came in."
)
CHAPTERS: Final[Sequence[tuple[str, Sequence[Measure]]]] = (
    (
        noop("Citizen reception"),
        (
            Measure("sessions", noop("Reception days the head held in person"),
                    noop("Scheduled and unscheduled ones, by the day they were held."),
                    rows.in_person),
            Measure("sessions_late", noop("Of these, entered late"),
                    noop("Recorded more than one working day after, with a document."),
                    rows.in_person_late),
            Measure("sessions_deputy", noop("Reception days a deputy held for the head"),
                    noop("Written down; not counted where the head must receive in person."),
                    rows.by_deputy),
            Measure("visits", noop("Visits"),
                    noop("Lines of the register with a number, by the day of reception."),
                    rows.visits),
            Measure("visits_repeated", noop("Of these, came before on the same matter"),
                    noop("Visits marked as repeated."), rows.repeated),
            Measure("people", noop("People received"),
                    noop("Everybody who came, visit by visit: a group of 23 is 23 people."),
                    rows.people, of_people=True),
            Measure("persons", noop("Different persons known by name"),
                    noop("Each person once, however often they came; of who came about a sealed "
                         "matter nothing is kept."), rows.persons),
            Measure("matters", noop("Matters raised"),
                    noop("Matters written down at reception that the reader may see."),
                    rows.raised),
            Measure("groups", noop("Large groups"),
                    noop("Visits of five people or more."), rows.groups),
            Measure("group_people", noop("People in large groups"),
                    noop("Of the people received, those who came in large groups."),
                    rows.group_people, of_people=True),
        ),
    ),
    (
        noop("Dialogue with the people"),
        (
            Measure("dialogues", noop("Dialogues held"),
                    noop("Held by the body, or chaired by one of its posts; each once."),
                    rows.dialogues),
        ),
    ),
    (
        noop("Petitions"),
        (
            Measure("petitions", noop("Petitions received"),
                    noop("Papers of the body's registers, by the day they came in, each once; of "
                         "sealed ones those the reader may see."), papers.received),
            Measure("petitions_again", noop("Of these, sent before"),
                    noop("The same petition of the same person came in earlier."), papers.again),
            Measure("petition_matters", noop("Matters in these petitions"),
                    noop("Each matter once; a mixed petition has several."), papers.matters),
            Measure("petitions_complaints", noop("Petitions of complaint"),
                    noop("Papers that hold complaints only."), papers.of_kind("complaints")),
            Measure("petitions_denunciations", noop("Petitions of denunciation"),
                    noop("Papers that hold denunciations, or information about them, only."),
                    papers.of_kind("denunciations")),
            Measure("petitions_recommendations", noop("Petitions of recommendation or reflection"),
                    noop("Papers that hold recommendations and reflections only."),
                    papers.of_kind("recommendations")),
            Measure("petitions_party", noop("Petitions under Party rules"),
                    noop("Papers that hold matters under Party rules only."),
                    papers.of_kind("party")),
            Measure("petitions_mixed", noop("Mixed petitions"),
                    noop("Papers that hold matters of more than one kind."),
                    papers.of_kind(papers.MIXED)),
            Measure("petitions_unsorted", noop("Petitions not sorted yet"),
                    noop("Nobody has said yet what kind they are."),
                    papers.of_kind(papers.UNSORTED)),
        ),
    ),
    (
        noop("What was decided of petitions in the period"),
        (
            Measure("petitions_admitted", noop("Accepted for settlement"), DECIDED,
                    papers.decided(papers.ADMITTED)),
            Measure("petitions_declined", noop("Not accepted for settlement"), DECIDED,
                    papers.decided(papers.DECLINED)),
            Measure("petitions_transferred", noop("Transferred to the competent body"),
                    DECIDED, papers.decided(papers.TRANSFERRED)),
            Measure("petitions_guided", noop("Guided to the competent body"), DECIDED,
                    papers.decided(papers.GUIDED)),
            Measure("petitions_handed_back", noop("Handed back to the person"), DECIDED,
                    papers.decided(papers.HANDED_BACK)),
            Measure("petitions_archived", noop("Put on file"), DECIDED,
                    papers.decided(papers.ARCHIVED)),
        ),
    ),
    (
        noop("Recommendations and reflections"),
        (
            Measure("carried", noop("Carried over from the period before"),
                    noop("Received before, and not answered when the period began."),
                    rows.cases_of(rows.RECOMMENDATIONS, rows.carried_into)),
            Measure("received", noop("Received in the period"),
                    noop("By the day of receipt; what is handled together counts once."),
                    rows.cases_of(rows.RECOMMENDATIONS, rows.received_in)),
            Measure("answered", noop("Answered in the period"),
                    noop("Items whose last answer came in the period."),
                    rows.cases_of(rows.RECOMMENDATIONS, rows.answered_in)),
            Measure("late", noop("Late, of those carried over and received"),
                    noop("With a date that has passed, or that was met late."), rows.late),
        ),
    ),
    (
        noop("Complaints and denunciations"),
        (
            Measure("complaints", noop("Complaints received"),
                    noop("Those the reader may see; others are counted one level up."),
                    rows.petitions_of(("complaint",))),
            Measure("denunciations", noop("Denunciations received, and information about them"),
                    noop("Those the reader may see; others are counted one level up."),
                    rows.petitions_of(rows.DENUNCIATIONS)),
            Measure("party", noop("Matters under Party rules received"),
                    noop("Those the reader may see; others are counted one level up."),
                    rows.petitions_of(("party_matter",))),
        ),
    ),
    (
        noop("Duties of the head that ended in the period"),
        (
            Measure("duties", noop("Owed"),
                    noop("Duties whose period ends in these days."), rows.duties("")),
            Measure("duties_met", noop("Done in full"),
                    noop("What was really held is enough."), rows.duties("met")),
            Measure("duties_met_at_once", noop("Done in full, without what was entered late"),
                    noop("Entered at most one working day after it was held."),
                    rows.duties_at_once),
            Measure("duties_excused", noop("Excused, with a reason"),
                    noop("Excused by the post above or a supervisor."), rows.duties("excused")),
            Measure("duties_missed", noop("Not done in full"),
                    noop("The period is over and it was not enough."), rows.duties("missed")),
        ),
    ),
)  # fmt: skip
MEASURES: Final[Mapping[str, Measure]] = {
    measure.key: measure for _label, measures in CHAPTERS for measure in measures
}


def report(actor: Official, body: Body, period: Period, day: date, *, at: datetime) -> HeadReport:
    """The report of the head of a body for the period around a day."""
    scope = Scope(actor, body, period.around(day), local_day(at))
    chapters = tuple(
        Chapter(label, tuple(Figure(m, tuple(m.rows(scope))) for m in measures))
        for label, measures in CHAPTERS
    )
    head = head_of(body.pk, today=scope.today)
    return HeadReport(body, head, period, scope.span, chapters, cutoff(actor, at=at))


def figure(report_of: Scope, key: str) -> Figure:
    """One figure with its rows. Raises NotFound for an unknown one."""
    if key not in MEASURES:
        raise NotFound("")
    return Figure(MEASURES[key], tuple(MEASURES[key].rows(report_of)))


def bodies(actor: Official, *, today: date) -> tuple[Body, ...]:
    """The bodies whose report the reader may open, their own first: those they see that a head
    directs.
    """
    led = Post.objects.filter(is_head=True, valid__contains=today).values("body")
    found = Body.objects.in_force(today).filter(pk__in=actor.sees, has_account=True)
    mine = list(found.filter(Q(pk__in=led) | Q(pk=actor.body)).order_by("sort_key"))
    return tuple(sorted(mine, key=lambda body: (_nearness(actor, body), body.sort_key)))


def _nearness(actor: Official, body: Body) -> int:
    """The committee an office works for, then the reader's own body, then the others."""
    served = body.pk in actor.acts_for and body.pk != actor.body
    if served and not actor.is_head:
        return 0
    return 1 if body.pk == actor.body else 2


def chosen(actor: Official, wanted: UUID | None, *, today: date) -> tuple[Body, tuple[Body, ...]]:
    """The body asked for, else the nearest one, and all there are. Raises NotFound."""
    found = bodies(actor, today=today)
    body = next((each for each in found if wanted in {None, each.pk}), None)
    if body is None:
        raise NotFound("")
    return body, found


def before(span: Span) -> date:
    """A day of the period before."""
    return span.first - timedelta(days=1)


def after(span: Span) -> date:
    """A day of the period after."""
    return span.last + timedelta(days=1)
