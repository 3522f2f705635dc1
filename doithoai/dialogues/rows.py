"""What a row of a clerk's list means here: whom it names, and what a person must look at."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from doithoai.cases import suspicions
from doithoai.core.collation import folded
from doithoai.core.days import local_day
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.sheets.content import Statement
from doithoai.dialogues.sheets.naming import Candidate, match
from doithoai.dialogues.sheets.statements import Parsed
from doithoai.units.models import Place
from doithoai.units.queries import candidates, villages


@dataclass(frozen=True)
class Ground:
    """What every row of one import is matched against."""

    dialogue: Dialogue
    day: date
    bodies: tuple[Candidate, ...]
    villages: dict[str, Place]


def ground(dialogue: Dialogue, parsed: Parsed, *, today: date) -> Ground:
    """Bodies and villages a name in this list may mean."""
    place = dialogue.host.place
    assert place is not None, "a host has a territory"
    found = named_here(place, today=today)
    named = {folded(v.name): v for v in villages(place, today=today)}
    held = parsed.held_on or dialogue.held_on or local_day(dialogue.starts_at)
    return Ground(dialogue, min(held, today), found, named)


def named_here(place: Place, *, today: date) -> tuple[Candidate, ...]:
    """Every body a name in a list of this commune may mean."""
    known = candidates(place, today=today)
    return tuple(Candidate(str(k.id), k.name, k.aliases, (place.name,), k.places) for k in known)


def settled_already(statement: Statement) -> bool:
    """Whether the row brings its answer along."""
    return statement.answered and statement.outcome is not None


def suspected(statement: Statement) -> bool:
    """Whether a row without an answer reads as a matter of another procedure."""
    return not settled_already(statement) and (suspicions.other_procedure(statement.text) != "none")


def lead_of(statement: Statement, here: Ground) -> tuple[UUID | None, list[str]]:
    """The lead body a row names, if it is known, and what a person must look at."""
    if statement.out_of_competence:
        return None, []
    if not statement.lead:
        return None, [_("No lead body is named.")]
    found = match(statement.lead[0], here.bodies)
    if found.id is None:
        return None, [
            _("No body was found for “%(name)s”. Choose the lead body.")
            % {"name": statement.lead[0]}
        ]
    more = (
        [_("Several lead bodies are named; the first one was taken.")]
        if len(statement.lead) > 1
        else []
    )
    return UUID(found.id), more


def unknown_others(statement: Statement, here: Ground) -> list[str]:
    """A sentence for each coordinating body that was not found."""
    return [
        _("No body was found for the coordinating body “%(name)s”.") % {"name": name}
        for name in statement.coordinating
        if match(name, here.bodies).id is None
    ]


def looks_like(other: str) -> str:
    """The sentence for a row that seems to belong to another procedure."""
    names = {
        "complaint": _("a complaint"),
        "denunciation": _("a denunciation"),
        "conduct": _("a report on an official's conduct"),
        "dispute": _("a dispute between people"),
    }
    return _("This looks like %(what)s: decide on its procedure before it goes anywhere.") % {
        "what": names[other]
    }


def by_letter(body: str) -> str:
    """The sentence for a lead body for which nobody acts here."""
    return _("%(body)s has no account here: send it by letter, with number and date.") % {
        "body": body
    }


def without_document() -> str:
    """The sentence for an answer that came without number and date."""
    return _("The answer names no document; add its number and date.")


def closed_row() -> str:
    """Why a line is refused whose row the reader may not read: the same words whatever it holds."""
    return _("The item this row belongs to is not changed by a list.")
