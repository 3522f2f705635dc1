"""Everything the page of one case shows, in few queries whatever the case has been through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import DateTimeField, F, QuerySet, TextField, UUIDField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, JSONObject

from doithoai.accounts.models import Post
from doithoai.cases import searching
from doithoai.cases.models import (
    Answer,
    Carried,
    Case,
    Note,
    PersonsWord,
    Publication,
    Question,
    Reason,
    Transfer,
)
from doithoai.cases.searching import Alike
from doithoai.core.actors import Actor
from doithoai.core.errors import NotFound
from doithoai.docket.queries import Line, owed_on
from doithoai.files.models import Attachment
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

    def day(self, name: str) -> date | None:
        """A fact that is a day."""
        text = self.said(name)
        return date.fromisoformat(text[:10]) if text else None


@dataclass(frozen=True)
class Pieces:
    """All pieces of one case, oldest first within each sort."""

    rows: tuple[Piece, ...]

    def of(self, what: str) -> tuple[Piece, ...]:
        """The pieces of one sort, oldest first."""
        return tuple(sorted((p for p in self.rows if p.what == what), key=lambda p: (p.at, p.id)))

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
    found = rows.prefetch_related("transfers").filter(matter__code=code).first()
    if found is None:
        raise NotFound("")
    return found


def page(code: str, actor: Actor, *, today: date) -> CasePage:
    """The page of a case: itself, its pieces, what is owed, what resembles it. Raises NotFound."""
    case = read(code, actor)
    return CasePage(
        case=case,
        pieces=pieces(case.pk),
        owed=owed_on(case.pk, today=today),
        alike=searching.similar(case, seen_by=actor),
    )


def pieces(case: UUID) -> Pieces:
    """One statement reads everything that was written about a case, and the names it mentions."""
    parts = [*_happened(case), *_written(case), *_handed_over(case), *_names(case)]
    rows: Sequence[Row] = list(parts[0].union(*parts[1:], all=True))
    return Pieces(tuple(Piece(w, i, at or _NEVER, text, facts) for w, i, at, text, facts in rows))


_NEVER: Final = datetime.min.replace(tzinfo=None).astimezone() if False else datetime.fromisoformat(
    "1900-01-01T00:00:00+00:00"
)
_NO_MOMENT: Final = Cast(Value(None), DateTimeField())


def _happened(case: UUID) -> list[QuerySet[Entry, Row]]:
    facts = JSONObject(
        data="data", post="post", by="actor_kind", entered_at="entered_at", for_whom="standing_in_for"
    )
    rows = Entry.objects.filter(matter=case)
    return [rows.values_list(Value("entry"), F("pk"), F("at"), F("kind"), facts)]
