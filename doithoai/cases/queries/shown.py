"""A case's pieces put together for its page: statements, answers with their files, notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from doithoai.cases.queries import labels, timeline
from doithoai.cases.queries.choosing import field_named
from doithoai.cases.queries.page import CasePage, Piece, Pieces
from doithoai.cases.workflow import Outcome, Word
from doithoai.theme.components import Happening


@dataclass(frozen=True)
class Statement:
    """What somebody said, and the line under it: who, where, by which way, whether publishable."""

    text: str
    source: str
    reach: str


@dataclass(frozen=True)
class Result:
    """An answer with its evidence."""

    at: datetime
    text: str
    outcome: str
    number: str
    signed_on: date | None
    by: str
    entered_late: bool
    files: tuple[Piece, ...]


@dataclass(frozen=True)
class Heard:
    """The person's word on an answer and how it reached us."""

    at: datetime
    word: str
    text: str
    how: str
    by_self: bool
    by: str


@dataclass(frozen=True)
class Shown:
    """The parts of a case's page in words."""

    kind: str
    field: str
    carried: str
    statements: tuple[Statement, ...]
    results: tuple[Result, ...]
    heard: tuple[Heard, ...]
    notes: tuple[Piece, ...]
    files: tuple[Piece, ...]
    happenings: tuple[Happening, ...]
    published: bool
    coordinating: tuple[str, ...]
    letters: tuple[Piece, ...]
    left: tuple[Piece, ...]


def shown(page: CasePage, *, inside: bool) -> Shown:
    """Put a page's pieces together; internal notes only for those ``inside``."""
    pieces = page.pieces
    matter = page.case.matter
    statements = tuple(_statement(s) for s in pieces.of("statement"))
    results = tuple(_result(a, pieces) for a in reversed(pieces.of("answer")))
    proving = {str(f.id) for r in results for f in r.files}
    count = len(statements)
    carried = ngettext("%(n)d statement", "%(n)d statements", count) % {"n": count}
    return Shown(
        kind=labels.petition_kind(matter.procedure),
        field=field_named(matter.field) if matter.field else "",
        carried=carried if count > 1 else "",
        statements=statements,
        results=results,
        heard=tuple(_heard(w) for w in reversed(pieces.of("word"))),
        notes=pieces.of("note") if inside else (),
        files=tuple(f for f in pieces.of("file") if str(f.id) not in proving),
        happenings=timeline.happenings(pieces),
        coordinating=_coordinating(page),
        letters=pieces.of("letter"),
        left=pieces.of("left"),
        published=any(p.facts.get("current") for p in pieces.of("publication")),
    )


def _coordinating(page: CasePage) -> tuple[str, ...]:
    names = page.pieces.named("body")
    lead = page.case.handling_body_id
    helping = [str(b) for b in page.case.coordinating if b != lead]
    return tuple(names[b].text for b in helping if b in names)


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(dict.fromkeys(p for p in parts if p))


def _statement(said: Piece) -> Statement:
    people = said.facts.get("people")
    count = ngettext("%(n)s person", "%(n)s people", int(people or 0)) % {"n": people}
    public = (
        _("agrees that the text is published, without the name")
        if said.facts.get("may_publish")
        else _("does not agree to publication")
    )
    source = (
        said.said("speaker"),
        count if people else "",
        said.said("place") or said.said("place_text"),
        labels.channel(said.said("channel")),
        public,
    )
    reach = (said.said("phone"), said.said("email"), said.said("address"))
    return Statement(said.text, _joined(source), _joined(reach))


def _result(answer: Piece, pieces: Pieces) -> Result:
    files = pieces.named("file")
    wanted = [e.said("file") for e in pieces.of("evidence") if e.id == answer.id]
    return Result(
        at=answer.at,
        text=answer.text,
        outcome=str(Outcome(answer.said("outcome")).label),
        number=answer.said("number"),
        signed_on=answer.day("signed_on"),
        by=_joined((answer.said("body"), answer.said("post"))),
        entered_late=bool(answer.facts.get("entered_late")),
        files=tuple(files[f] for f in wanted if f in files),
    )


def _heard(word: Piece) -> Heard:
    by_self = bool(word.facts.get("by_self"))
    return Heard(
        at=word.at,
        word=str(Word(word.said("word")).label),
        text=word.text,
        how=labels.how(word.said("how")),
        by_self=by_self,
        by="" if by_self else _joined((word.said("post"), word.said("body"))),
    )
