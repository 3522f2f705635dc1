"""The settlement report of one dialogue, for one reader, at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from doithoai.accounts.actors import Official
from doithoai.cases.models import Carried, Case, Submission
from doithoai.cases.queries.selection import Selection, matching
from doithoai.core.days import local_day
from doithoai.core.errors import NotFound
from doithoai.dialogues.models import Dialogue
from doithoai.ledger.models import Sequence as Numbered
from doithoai.reports import measures
from doithoai.reports.measures import CHAPTERS, COLUMNS, Chapter, Measure, within
from doithoai.reports.queries import counting
from doithoai.reports.queries.counting import Counted, Figure, Row

PAGE: Final = 20
HEADLINE: Final = (
    "cases",
    "answered",
    "outcome_settled",
    "agreed_self",
    "agreed_others",
    "late_now",
)


@dataclass(frozen=True)
class Cutoff:
    """When it was counted, up to which numbered entry of the ledger, and for whom."""

    at: datetime
    seq: int | None
    reader: str


@dataclass(frozen=True)
class Section:
    """A chapter of a report with its figures; ``whole`` is what they are shares of."""

    chapter: Chapter
    figures: tuple[tuple[Measure, Figure], ...]
    whole: int


@dataclass(frozen=True)
class Table:
    """One table: by field, by body or by village."""

    dimension: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Report:
    """Everything the report of a dialogue says. No number in it was typed."""

    dialogue: Dialogue
    base: Selection
    submissions: int
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    columns: tuple[Measure, ...]
    total: Row
    cases: tuple[Counted, ...]
    cutoff: Cutoff

    def count(self, key: str) -> int:
        """A figure by its key."""
        return sum(key in case.meets for case in self.cases)

    def section(self, key: str) -> Section:
        """A section by the key of its chapter."""
        return next(s for s in self.sections if s.chapter.key == key)


def base_of(code: str) -> Selection:
    """The items of a dialogue: all said at it but those handled together with another."""
    return Selection(occasion=code, joined=False)


def dialogue_coded(code: str, actor: Official) -> Dialogue:
    """The dialogue. Raises NotFound for what the reader may not see."""
    found = Dialogue.objects.visible_to(actor).select_related("matter", "host__place")
    dialogue = found.prefetch_related("chairs__post").filter(matter__code=code).first()
    if dialogue is None:
        raise NotFound("")
    return dialogue


def report(code: str, actor: Official, *, at: datetime) -> Report:
    """The report of a dialogue as this reader may see it. Raises NotFound."""
    dialogue = dialogue_coded(code, actor)
    base = base_of(code)
    cases = counting.read(actor, base, today=local_day(at))
    columns = measures.of(COLUMNS)
    return Report(
        dialogue=dialogue,
        base=base,
        submissions=submissions(dialogue, actor).count(),
        sections=tuple(_section(chapter, base, cases) for chapter in CHAPTERS),
        tables=tuple(
            Table(name, counting.table(name, columns, base, cases)) for name in counting.DIMENSIONS
        ),
        columns=columns,
        total=Row("", tuple(counting.figure(m, base, cases) for m in columns)),
        cases=cases,
        cutoff=cutoff(actor, at=at),
    )


def _section(chapter: Chapter, base: Selection, cases: tuple[Counted, ...]) -> Section:
    counted = tuple((m, counting.figure(m, base, cases)) for m in chapter.measures)
    return Section(chapter, counted, sum(chapter.of in case.meets for case in cases))


def cutoff(actor: Official, *, at: datetime) -> Cutoff:
    """What a printed figure must say of itself."""
    told = Numbered.objects.filter(seq__gt=0)  # entries of sealed matters have numbers of their own
    return Cutoff(at, told.aggregate(last=Max("seq"))["last"], actor.title)


def submissions(dialogue: Dialogue, actor: Official) -> QuerySet[Submission]:
    """What was said at the dialogue and is carried by an item the reader may see."""
    seen = Case.objects.visible_to(actor)
    carried = Carried.objects.filter(submission=OuterRef("pk"), until=None)
    hidden = carried.filter(case__matter__sealed=True).exclude(case__in=seen)
    return Submission.objects.filter(
        Exists(carried.filter(case__in=seen)), ~Exists(hidden), occasion_matter=dialogue.pk
    )


def said_at(code: str, actor: Official) -> tuple[Dialogue, tuple[Submission, ...]]:
    """Every statement behind the figure of what was received, in the order it was said."""
    dialogue = dialogue_coded(code, actor)
    rows = submissions(dialogue, actor).select_related("place", "item__case__matter")
    return dialogue, tuple(rows.order_by("item__number", "said_at", "pk"))


@dataclass(frozen=True)
class Held:
    """One dialogue in the list of reports, with its headline; ``whole`` says that the reader may
    open its report, else only items of theirs were raised at it.
    """

    dialogue: Dialogue
    figures: tuple[Figure, ...]
    whole: bool


@dataclass(frozen=True)
class Listed:
    """One page of the list of reports."""

    dialogues: tuple[Held, ...]
    columns: tuple[Measure, ...]
    page: int
    more: bool


def dialogues(actor: Official, *, at: datetime, page: int = 1) -> Listed:
    """Dialogues the reader may see, and those at which items the reader may see were raised; the
    last one first. Three queries.
    """
    shown = max(page, 1)
    seen = Dialogue.objects.visible_to(actor)
    raised = Case.objects.visible_to(actor).filter(occasion_matter=OuterRef("pk"))
    rows = Dialogue.objects.filter(Q(pk__in=seen) | Exists(raised)).order_by("-starts_at", "pk")
    start = (shown - 1) * PAGE
    found = list(rows.select_related("matter", "host")[start : start + PAGE + 1])
    whole = set(seen.filter(pk__in=[each.pk for each in found]).values_list("pk", flat=True))
    columns = measures.of(HEADLINE)
    counts = _headlines(found[:PAGE], columns, actor, at)
    held = tuple(
        _held(dialogue, columns, counts, whole=dialogue.pk in whole) for dialogue in found[:PAGE]
    )
    return Listed(held, columns, shown, more=len(found) > PAGE)


Counts = Mapping[UUID, Sequence[int]]


def _headlines(
    found: list[Dialogue], columns: Sequence[Measure], actor: Official, at: datetime
) -> Counts:
    today = local_day(at)
    cases = Case.objects.visible_to(actor).filter(
        matching(Selection(joined=False), today=today), occasion_matter__in=[d.pk for d in found]
    )
    counts = [Count("pk", filter=matching(m.narrow, today=today) or None) for m in columns]
    by_dialogue = cases.order_by().values("occasion_matter")
    rows = by_dialogue.annotate(**{m.key: n for m, n in zip(columns, counts, strict=True)})
    keys = [m.key for m in columns]
    return {row[0]: row[1:] for row in rows.values_list("occasion_matter", *keys)}


def _held(dialogue: Dialogue, columns: Sequence[Measure], counts: Counts, *, whole: bool) -> Held:
    base = base_of(dialogue.matter.code)
    counted = counts.get(dialogue.pk, [0] * len(columns))
    pairs = zip(columns, counted, strict=True)
    figures = tuple(Figure(m.words, within(base, m.narrow), n) for m, n in pairs)
    return Held(dialogue, figures, whole)
