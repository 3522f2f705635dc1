"""Everything the page of one case shows, in few queries whatever the case has been through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from django.db.models import (
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    UUIDField,
    Value,
    prefetch_related_objects,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, JSONObject

from doithoai.accounts.models import Post
from doithoai.cases import searching
from doithoai.cases.models import (
    Answer,
    Carried,
    Case,
    LetterDraft,
    Note,
    PersonsWord,
    Petition,
    Publication,
    Question,
    Reason,
    Transfer,
)
from doithoai.cases.queries.pointing import Said, not_for
from doithoai.cases.searching import Alike
from doithoai.core.actors import Actor
from doithoai.core.errors import NotFound
from doithoai.docket.models import Matter
from doithoai.docket.models import Reason as DocketReason
from doithoai.docket.queries import Line, lines, running
from doithoai.files.models import Attachment, Document
from doithoai.ledger.models import Entry
from doithoai.units.models import Body

Fact = str | int | bool | None
Facts = Mapping[str, Fact]
Row = tuple[str, UUID, datetime | None, str, dict[str, Fact]]


@dataclass(frozen=True)
class Piece:
    """One row of what a case is made of: an entry, a statement, an answer, a name …"""

    what: str
    id: UUID
    at: datetime
    text: str
    facts: Facts

    def said(self, name: str) -> str:
        """A fact as text; empty when there is none."""
        value = self.facts.get(name)
        return "" if value is None else str(value)

    @property
    def data(self) -> Mapping[str, Fact]:
        """The facts of the event an entry is of."""
        data = self.facts.get("data")
        return data if isinstance(data, dict) else {}

    def day(self, name: str) -> date | None:
        """A fact that is a day."""
        text = self.said(name)
        return date.fromisoformat(text[:10]) if text else None


def _place(piece: Piece) -> tuple[datetime, int, UUID]:
    """As entries stand in their timeline; pieces of other sorts have no ordinal."""
    return piece.at, int(piece.facts.get("ordinal") or 0), piece.id


@dataclass(frozen=True)
class Pieces:
    """All pieces of one case, oldest first within each sort."""

    rows: tuple[Piece, ...]

    def of(self, what: str) -> tuple[Piece, ...]:
        """The pieces of one sort, oldest first."""
        return tuple(sorted((p for p in self.rows if p.what == what), key=_place))

    def named(self, what: str) -> dict[str, Piece]:
        """The pieces of one sort by their id."""
        return {str(p.id): p for p in self.rows if p.what == what}


@dataclass(frozen=True)
class CasePage:
    """What the page of a case shows."""

    case: Case
    pieces: Pieces
    owed: tuple[Line, ...]
    alike: tuple[Alike, ...]

    @property
    def main(self) -> Line | None:
        """The duty that comes first: the page begins with its date."""
        duties = [li for li in self.owed if li.obligation.kind == "duty" and li.obligation.due_on]
        return duties[0] if duties else None


def read(code: str, actor: Actor) -> Case:
    """The case with this code. Raises NotFound for what the reader may not see."""
    rows = Case.objects.visible_to(actor).select_related(
        "matter__place", "matter__body", "receiving_body__place", "handling_body", "draft",
        "answering_body", "handling_post", "occasion_matter", "withheld",
    )  # fmt: skip
    occasion = Matter.objects.visible_to(actor).filter(pk=OuterRef("occasion_matter"))
    came_as = Petition.objects.filter(submission__carried__case=OuterRef("pk"))
    rows = rows.prefetch_related("transfers").annotate(
        occasion_seen=Exists(occasion), came_as_petition=Exists(came_as)
    )
    found = rows.filter(matter__code=code).first()
    if found is None:
        raise NotFound("")
    return found


def to_act_on(code: str, actor: Actor) -> Case:
    """The case and what is owed on it, as the decisions on its acts read it. Raises NotFound."""
    case = read(code, actor)
    prefetch_related_objects([case], "matter__obligations")
    return case


def still_seen(case: Case, actor: Actor) -> bool:
    """Whether the reader may see the case after what was just done to it."""
    return Case.objects.visible_to(actor).filter(pk=case.pk).exists()


def page(code: str, actor: Actor, *, today: date) -> CasePage:
    """The page of a case: itself, its pieces, what is owed, what resembles it. Raises NotFound."""
    case = read(code, actor)
    prefetch_related_objects([case], Prefetch("matter__obligations", queryset=running(today=today)))
    return CasePage(
        case=case,
        pieces=told(actor, case.pk, pieces(case.pk, named=case.coordinating)),
        owed=lines(case.matter.obligations.all(), today=today),
        alike=searching.similar(case, seen_by=actor),
    )


def occasion_seen(case: Case, actor: Actor) -> bool:
    """Whether whoever read the case by ``read`` may open what it was said at."""
    return actor.may("dialogues.read") and bool(getattr(case, "occasion_seen", False))


def pieces(case: UUID, *, named: Sequence[UUID] = ()) -> Pieces:
    """One statement reads everything that was written about a case, and the names it mentions.

    ``named``: further bodies whose names are wanted.
    """
    rows = _entries(case).union(
        _statements(case),
        _reasons(case),
        _corrections(case),
        _questions(case),
        _notes(case),
        _answers(case),
        _evidence(case),
        _files(case),
        _letters(case),
        _left(case),
        _words(case),
        _publications(case),
        _posts(case),
        _bodies(case, named),
        all=True,
    )
    return Pieces(tuple(Piece(w, i, at or _NEVER, text, facts) for w, i, at, text, facts in rows))


def told(actor: Actor, case: UUID, read: Pieces) -> Pieces:
    """Without the entries that say that something exists which is sealed from this reader."""
    entries = (p for p in read.rows if p.what == "entry")
    hidden = not_for(actor, case, [Said(p.id, p.text, p.data) for p in entries])
    return Pieces(tuple(p for p in read.rows if p.id not in hidden)) if hidden else read


_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NO_MOMENT: Final = Cast(Value(None), DateTimeField())
_NO_TEXT: Final = Cast(Value(""), TextField())


def _sort(what: str) -> Cast:
    return Cast(Value(what), TextField())


def _entries(case: UUID) -> QuerySet[Entry, Row]:
    facts = JSONObject(
        data="data", post="post", by="actor_kind", entered_at="entered_at", ordinal="ordinal"
    )
    rows = Entry.objects.filter(matter=case)
    text = Cast(F("kind"), TextField())
    return rows.values_list(_sort("entry"), F("pk"), F("at"), text, facts)


def _statements(case: UUID) -> QuerySet[Carried, Row]:
    names = (
        "who", "speaker", "people", "place_text", "phone", "email", "address", "channel",
        "occasion", "may_publish", "said_at",
    )  # fmt: skip
    facts = JSONObject(**{n: f"submission__{n}" for n in names}, place="submission__place__name")
    rows = Carried.objects.filter(_told_here(case), case=case, until=None)
    return rows.values_list(
        _sort("statement"), F("submission_id"), F("since"), F("submission__text"), facts
    )


def _told_here(case: UUID) -> Q:
    """A statement of which a sibling was sealed is read nowhere else any more."""
    sealed = Carried.objects.filter(
        submission=OuterRef("submission"), until=None, case__matter__sealed=True
    )
    return ~Q(Exists(sealed.exclude(case=case)))


def _corrections(case: UUID) -> QuerySet[DocketReason, Row]:
    rows = DocketReason.objects.filter(matter=case)
    return rows.values_list(_sort("reason"), F("entry"), _NO_MOMENT, F("text"), JSONObject())


def _reasons(case: UUID) -> QuerySet[Reason, Row]:
    rows = Reason.objects.filter(case=case)
    return rows.values_list(_sort("reason"), F("entry"), _NO_MOMENT, F("text"), JSONObject())


def _questions(case: UUID) -> QuerySet[Question, Row]:
    facts = JSONObject(reply="reply", replied_at="replied_at")
    rows = Question.objects.filter(case=case)
    return rows.values_list(_sort("question"), F("pk"), F("at"), F("text"), facts)


def _notes(case: UUID) -> QuerySet[Note, Row]:
    facts = JSONObject(post="by__title", body="by__body__short_name")
    rows = Note.objects.filter(case=case)
    return rows.values_list(_sort("note"), F("pk"), F("at"), F("text"), facts)


def _answers(case: UUID) -> QuerySet[Answer, Row]:
    facts = JSONObject(
        outcome="outcome",
        number="number",
        signed_on="signed_on",
        body="body__short_name",
        post="post__title",
        approved_by="approved_by__title",
        entered_late="entered_late",
    )
    rows = Answer.objects.filter(case=case)
    return rows.values_list(_sort("answer"), F("pk"), F("at"), F("text"), facts)


def _evidence(case: UUID) -> QuerySet[Answer, Row]:
    facts = JSONObject(file="evidence")
    rows = Answer.objects.filter(case=case, evidence__isnull=False)
    return rows.values_list(_sort("evidence"), F("pk"), F("at"), _NO_TEXT, facts)


def _files(case: UUID) -> QuerySet[Attachment, Row]:
    facts = JSONObject(
        purpose="purpose",
        size="stored__size",
        media_type="stored__media_type",
        taken_on="taken_on",
        place_note="place_note",
        public="public",
    )
    rows = Attachment.objects.filter(about=case)
    text = Cast(F("title"), TextField())
    return rows.values_list(_sort("file"), F("pk"), F("at"), text, facts)


def _letters(case: UUID) -> QuerySet[Document, Row]:
    """Letters sent, and the one that waits for its number; a draft made anew leaves the page."""
    replied = Transfer.objects.filter(document=OuterRef("pk"))
    waiting = LetterDraft.objects.filter(document=OuterRef("pk"))
    facts = JSONObject(
        number="number",
        signed_on="signed_on",
        draft="draft",
        signed_file="signed_file",
        to=Coalesce(
            Subquery(replied.values("to__short_name")),
            Subquery(waiting.values("to__short_name")),
        ),
        reply_number=Subquery(replied.values("reply_number")),
        reply_signed_on=Subquery(replied.values("reply_signed_on")),
    )
    rows = Document.objects.filter(Exists(replied) | Exists(waiting), about=case)
    text = Cast(F("kind"), TextField())
    return rows.values_list(_sort("letter"), F("pk"), F("made_at"), text, facts)


def _left(case: UUID) -> QuerySet[Carried, Row]:
    """Statements that were taken back while others' went on, and why."""
    facts = JSONObject(
        speaker="submission__speaker",
        place="submission__place__name",
        place_text="submission__place_text",
        channel="submission__channel",
    )
    rows = Carried.objects.filter(_told_here(case), case=case, until__isnull=False)
    rows = rows.exclude(why_ended="")
    return rows.values_list(_sort("left"), F("submission_id"), F("until"), F("why_ended"), facts)


def _words(case: UUID) -> QuerySet[PersonsWord, Row]:
    facts = JSONObject(
        word="word",
        how="how",
        by_self="by_self",
        post="recorded_by__title",
        body="recorded_by__body__short_name",
        answer="answer_id",
        speaker="submission__speaker",
    )
    rows = PersonsWord.objects.filter(case=case)
    return rows.values_list(_sort("word"), F("pk"), F("at"), F("text"), facts)


def _publications(case: UUID) -> QuerySet[Publication, Row]:
    facts = JSONObject(version="version", current="current", post="decided_by__title")
    rows = Publication.objects.filter(case=case)
    text = Cast(F("title"), TextField())
    return rows.values_list(_sort("publication"), F("pk"), F("at"), text, facts)


def _posts(case: UUID) -> QuerySet[Post, Row]:
    acted = Entry.objects.filter(matter=case, post__isnull=False).values("post")
    named = _mentioned(case, "post")
    rows = Post.objects.filter(Q(pk__in=acted) | Q(pk__in=named))
    text = Cast(F("title"), TextField())
    return rows.values_list(
        _sort("post"), F("pk"), _NO_MOMENT, text, JSONObject(body="body__short_name")
    )


def _bodies(case: UUID, named: Sequence[UUID]) -> QuerySet[Body, Row]:
    rows = Body.objects.filter(Q(pk__in=_mentioned(case, "body")) | Q(pk__in=list(named)))
    text = Cast(F("short_name"), TextField())
    return rows.values_list(_sort("body"), F("pk"), _NO_MOMENT, text, JSONObject(phone="phone"))


def _mentioned(case: UUID, fact: str) -> QuerySet[Entry, UUID]:
    """Ids that the case's entries name under this fact."""
    named = Cast(KeyTextTransform(fact, "data"), UUIDField())
    return Entry.objects.filter(matter=case, data__has_key=fact).values_list(named, flat=True)
