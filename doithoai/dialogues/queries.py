"""Reads of dialogues, named for the page that needs them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Case as When
from django.db.models import Count, IntegerField, Q, QuerySet, Value
from django.db.models import When as If
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.cases import masking, suspicions
from doithoai.cases.models import Draft
from doithoai.cases.workflow import FINAL
from doithoai.cases.workflow import State as CaseState
from doithoai.core.decisions import Decision, require
from doithoai.core.errors import NotFound
from doithoai.dialogues import policies
from doithoai.dialogues.asked_queries import Asks, asks
from doithoai.dialogues.models import Asked, Chair, Dialogue, Item, Sheet
from doithoai.dialogues.telling import numbered
from doithoai.dialogues.workflow import COMING, State
from doithoai.docket.models import Obligation
from doithoai.docket.queries import Line, owed_on, working_left
from doithoai.files.models import Document
from doithoai.files.queries import document, documents
from doithoai.units.models import Body, Field, Place
from doithoai.units.queries import candidates, field_label, villages

PAGE: Final = 30
WHOLE: Final = 20_000  # characters
TABS: Final = ("coming", "concluding", "ended")
STATES: Final[Mapping[str, Sequence[State]]] = {
    "coming": COMING,
    "concluding": (State.HELD, State.SIGNED),
    "ended": (State.PUBLISHED, State.CANCELLED),
}
RUNNING = Q(state__in=["open", "paused"])


@dataclass(frozen=True)
class Listed:
    """One tab of the list of dialogues."""

    tab: str
    counts: Mapping[str, int]
    dialogues: tuple[Dialogue, ...]
    page: int
    more: bool


def listed(actor: Official, *, tab: str = "", page: int = 1) -> Listed:
    """Dialogues the reader may see; without a tab, the first that is not empty. Three queries."""
    require(policies.may_read(actor))
    seen = Dialogue.objects.visible_to(actor)
    counts = seen.aggregate(**{t: Count("pk", filter=Q(state__in=STATES[t])) for t in TABS})
    chosen = tab if tab in STATES else next((t for t in TABS if counts[t]), TABS[0])
    rows = seen.filter(state__in=STATES[chosen]).select_related("matter", "host")
    mine = Count("items", filter=Q(items__in=Item.objects.readable(actor)))
    rows = rows.annotate(said=mine).order_by(
        "starts_at" if chosen == "coming" else "-starts_at", "pk"
    )
    start = (max(page, 1) - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    return Listed(chosen, counts, tuple(found[:PAGE]), max(page, 1), more=len(found) > PAGE)


def find(actor: Official, code: str) -> Dialogue:
    """A dialogue the reader may see, with its matter and host. Raises NotFound, and Denied for
    whose role does not read dialogues.
    """
    require(policies.may_read(actor))
    seen = Dialogue.objects.visible_to(actor).select_related(
        "matter", "host__place", "host__parent"
    )
    found = seen.filter(matter__code=code.upper()).first()
    if found is None:
        raise NotFound(_("There is no dialogue with the code %(code)s.") % {"code": code})
    return found


@dataclass(frozen=True)
class Row:
    """What was said, what became of it, who settles it, and by when. ``running``: the date is that
    of an open duty; ``working``: working days left to it; ``asks``: bodies asked for a draft.
    """

    item: Item
    due_on: date | None
    promised: bool
    running: bool = False
    working: int | None = None
    asks: tuple[Asked, ...] = ()

    @property
    def what(self) -> str:
        """What is to be settled, whole as a list that is handed on must print it, names masked."""
        return masking.impersonal(self.item.case.text, length=WHOLE)


@dataclass(frozen=True)
class Page:
    """Everything the page of one dialogue shows."""

    dialogue: Dialogue
    chairs: tuple[Chair, ...]
    organisers: tuple[str, ...]
    villages: tuple[Place, ...]
    owed: tuple[Line, ...]
    rows: tuple[Row, ...]
    sheets: tuple[Sheet, ...]
    documents: tuple[Document, ...]
    offered: Mapping[str, Decision]
    may_print: Decision
    may_import: Decision
    may_read_papers: Decision
    own: frozenset[UUID]

    @property
    def left(self) -> int:
        """How many items somebody still has to look at."""
        return sum(bool(row.item.case.attention) for row in self.rows)

    @property
    def to_make_anew(self) -> bool:
        """Whether the latest minutes or notice has no file any more."""
        latest = {paper.kind: paper for paper in self.documents}
        return any(not (p.draft_id or p.signed_file_id) for p in latest.values())

    @property
    def doubtful(self) -> tuple[int, ...]:
        """Numbers of the rows a notice must not speak of before somebody has decided."""
        return tuple(row.item.number for row in self.rows if doubtful(row.item))


def page(actor: Official, code: str, *, today: date) -> Page:
    """The page of a dialogue. Raises NotFound."""
    dialogue = find(actor, code)
    organisers = Body.objects.filter(pk__in=dialogue.organisers).order_by("sort_key")
    sheets = dialogue.sheets.select_related("by").order_by("-at")
    papers = policies.may_read_papers(actor, dialogue)
    return Page(
        dialogue=dialogue,
        chairs=chairs(dialogue),
        organisers=tuple(organisers.values_list("short_name", flat=True)),
        villages=tuple(dialogue.villages.order_by("sort_key")),
        owed=owed_on(dialogue.pk, today=today),
        rows=_shown(rows(dialogue, actor), asks(dialogue), today),
        sheets=tuple(sheets),
        documents=tuple(documents(dialogue.pk)) if papers else (),
        offered=policies.offered(actor, dialogue),
        may_print=policies.may_take_down(actor, dialogue),
        may_import=policies.may_import(actor, dialogue),
        may_read_papers=papers,
        own=actor.acts_for,
    )


def _shown(found: Sequence[Row], asked: Asks, today: date) -> tuple[Row, ...]:
    return tuple(
        replace(row, asks=asked.get(row.item.pk, ()), working=_working(row, today)) for row in found
    )


def _working(row: Row, today: date) -> int | None:
    return working_left(row.due_on, today=today) if row.running else None


def doubtful(item: Item) -> bool:
    """Filed under another procedure, or reads like one and nobody has decided yet."""
    case = item.case
    if case.other_procedure != "none":
        return True
    undecided = case.state == CaseState.RECEIVED
    return undecided and suspicions.other_procedure(case.text) != "none"


def chairs(dialogue: Dialogue) -> tuple[Chair, ...]:
    """Who chairs, in the order they were named."""
    return tuple(dialogue.chairs.select_related("post__body").order_by("pk"))


def items(dialogue: Dialogue, actor: Official) -> QuerySet[Item]:
    """What was said and the reader may see, in its order; a sealed case is on no list at all."""
    found = dialogue.items.readable(actor)
    return found.select_related(
        "submission__place", "case__matter", "case__handling_body"
    ).order_by("number")


def number_of(item: Item, dialogue: Dialogue, actor: Official) -> int:
    """The number this reader finds a statement under."""
    return items(dialogue, actor).filter(number__lte=item.number).count()


def rows(dialogue: Dialogue, actor: Official) -> tuple[Row, ...]:
    """The items with the date that matters: the conclusion's, else the next owed. Two queries."""
    return with_dates(numbered(items(dialogue, actor)), soonest=True)


def with_dates(found: Sequence[Item], *, soonest: bool = False) -> tuple[Row, ...]:
    """Items with the conclusion's date, else the last (or ``soonest``) one owed. One query."""
    owed = (
        Obligation.objects.filter(
            RUNNING, matter__in=[i.case_id for i in found], kind="duty", due_on__isnull=False
        )
        .annotate(promised=_first("conclusion"))
        .order_by("matter", "promised", "-due_on" if soonest else "due_on")
        .values_list("matter", "due_on", "promised")
    )
    dates = {matter: (due, bool(promised), True) for matter, due, promised in owed}
    return tuple(
        Row(i, *dates.get(i.case_id, (i.due_on, i.due_on is not None, False))) for i in found
    )


def _first(source: str) -> When:
    """Sorts what this source set last, so that it is the one a dictionary keeps."""
    return When(If(source=source, then=Value(1)), default=Value(0), output_field=IntegerField())


# -------------------------------------------------------------------------------------- the hall
@dataclass(frozen=True)
class BodyName:
    """A body that may be named as lead, with other ways to write it."""

    id: UUID
    name: str
    aliases: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class Hall:
    """What the hall desk chooses from."""

    dialogue: Dialogue
    villages: tuple[Place, ...]
    fields: tuple[tuple[str, str], ...]
    bodies: tuple[BodyName, ...]


def hall(actor: Official, code: str, *, today: date) -> Hall:
    """The villages, fields and bodies a clerk may name in the hall. Raises NotFound."""
    dialogue = find(actor, code)
    place = dialogue.host.place
    assert place is not None, "a host has a territory"
    known = candidates(place, today=today)
    return Hall(
        dialogue,
        tuple(villages(place, today=today)),
        tuple((field.code, field_label(field)) for field in Field.objects.order_by("sort")),
        tuple(BodyName(k.id, k.name, k.aliases, k.places) for k in known),
    )


def lines(dialogue: Dialogue, actor: Official) -> tuple[Item, ...]:
    """What was taken down so far, the latest first."""
    return tuple(reversed(numbered(items(dialogue, actor))))


# ------------------------------------------------------------------------------ before and after
@dataclass(frozen=True)
class Question:
    """A question and the reply prepared for it: the host's own, else the draft of the body that
    has it; beside it, bodies asked for one.
    """

    item: Item
    reply: str
    drafted_by: str = ""
    asks: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class Theme:
    """Questions of one field."""

    label: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class ChairsFile:
    """What the chair reads before entering the hall."""

    dialogue: Dialogue
    chairs: tuple[Chair, ...]
    villages: tuple[Place, ...]
    themes: tuple[Theme, ...]
    promises: tuple[Row, ...]


def chairs_file(actor: Official, code: str) -> ChairsFile:
    """Questions by field with draft replies, and promises of earlier dialogues still open here."""
    dialogue = find(actor, code)
    here = tuple(dialogue.villages.order_by("sort_key"))
    return ChairsFile(
        dialogue,
        chairs(dialogue),
        here,
        _themes(numbered(items(dialogue, actor)), asks(dialogue)),
        _promises(dialogue, here, actor),
    )


def _themes(found: Sequence[Item], asked_of: Asks) -> tuple[Theme, ...]:
    labels = [(f.code, field_label(f)) for f in Field.objects.order_by("sort")]
    drafts = Draft.objects.filter(case__in=[i.case_id for i in found]).select_related("by__body")
    drafted = {draft.case_id: draft for draft in drafts}
    plain = [_question(item, drafted.get(item.case_id)) for item in found]
    asked = [replace(each, asks=asked_of.get(each.item.pk, ())) for each in plain]
    by_field = [
        (label, tuple(q for q in asked if q.item.case.matter.field == code))
        for code, label in labels
    ]
    rest = tuple(q for q in asked if not q.item.case.matter.field)
    named = [*by_field, (_("Not yet classified"), rest)]
    return tuple(Theme(label, of_field) for label, of_field in named if of_field)


def _question(item: Item, draft: Draft | None) -> Question:
    if item.draft_reply or draft is None:
        return Question(item, item.draft_reply)
    return Question(item, draft.text, draft.by.body.short_name)


def _promises(dialogue: Dialogue, here: Sequence[Place], actor: Official) -> tuple[Row, ...]:
    """Still to be settled in these villages (in the whole commune when none is named)."""
    where = Q(submission__place__in=here) if here else Q(dialogue__host__place=dialogue.host.place)
    still = Q(case__answered_at=None) | Q(
        pk__in=Item.objects.filter(
            case__matter__obligations__source="conclusion",
            case__matter__obligations__state__in=["open", "paused"],
        ).values("pk")
    )
    earlier = Item.objects.readable(actor).filter(
        where, still, dialogue__starts_at__lt=dialogue.starts_at, on_the_spot=False
    )
    found = (
        earlier.exclude(dialogue=dialogue)
        .exclude(case__state__in=FINAL)
        .select_related(
            "submission__place", "case__matter", "case__handling_body", "dialogue__matter"
        )
        .order_by("dialogue__starts_at", "number")
    )
    return with_dates(list(found))


def question(actor: Official, code: str, item_id: UUID) -> Item:
    """One item of a dialogue. Raises NotFound."""
    dialogue = find(actor, code)
    found = items(dialogue, actor).filter(pk=item_id).first()
    if found is None:
        raise NotFound(_("There is no such question."))
    found.dialogue = dialogue
    return found


def follow_up(dialogue: Dialogue, actor: Official) -> tuple[Row, ...]:
    """What is followed after the dialogue: all that was not answered on the spot."""
    found = numbered(items(dialogue, actor))
    return with_dates([item for item in found if not item.on_the_spot])


def sheet(actor: Official, code: str, sheet_id: UUID) -> Sheet:
    """A kept file of a dialogue the reader may see. Raises NotFound."""
    dialogue = find(actor, code)
    found = Sheet.objects.filter(dialogue=dialogue, pk=sheet_id).select_related("stored").first()
    if found is None:
        raise NotFound(_("There is no such file."))
    found.dialogue = dialogue
    return found


def original(actor: Official, code: str, sheet_id: UUID) -> Sheet:
    """A kept file, for who brought it until it is imported. Raises NotFound and Denied."""
    found = sheet(actor, code, sheet_id)
    require(policies.may_import(actor, found.dialogue))
    require(policies.may_take_away(actor, found))
    return found


def paper(actor: Official, code: str, document_id: UUID) -> Document:
    """A paper of a dialogue the reader may see. Raises NotFound, and Denied before it is public for
    a body that was only asked about some of the questions.
    """
    dialogue = find(actor, code)
    require(policies.may_read_papers(actor, dialogue))
    return document(document_id, about=dialogue.pk)
