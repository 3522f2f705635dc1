"""What a row of a clerk's list means here: whom it names, and what a person must look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_noop as _

from doithoai.cases import secrecy, suspicions
from doithoai.cases.commands.settling import BY_LETTER
from doithoai.core.collation import folded
from doithoai.core.days import local_day
from doithoai.core.sentences import Sentence
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.sheets import messages
from doithoai.dialogues.sheets.content import Statement, values
from doithoai.dialogues.sheets.naming import Candidate, match
from doithoai.dialogues.sheets.speakers import names_village
from doithoai.dialogues.sheets.statements import Parsed
from doithoai.units.models import Place
from doithoai.units.queries import candidates, match_field, villages

NOT_COMPETENT = _(
    "It is said to be outside the competence: name the competent body and transfer it there."
)
UNKNOWN_OTHER = _("No body was found for the coordinating body “%(name)s”.")
UNKNOWN_VILLAGE = _("This commune has no village named “%(name)s”. Choose the village.")
NO_LEAD = _("No lead body is named.")
UNKNOWN_LEAD = _("No body was found for “%(name)s”. Choose the lead body.")
NO_DOCUMENT = _("The answer names no document; add its number and date.")
URGENT = _("Danger to life or works is mentioned: check whether it is urgent.")
UNKNOWN_FIELD = _("The field “%(field)s” is not on the list; it was filed under Other.")
LOOKS_LIKE = {
    "complaint": _("This looks like a complaint: decide on its procedure before it goes anywhere."),
    "denunciation": _(
        "This looks like a denunciation: decide on its procedure before it goes anywhere."
    ),
    "conduct": _(
        "This looks like a report on an official's conduct: decide on its procedure before it goes "
        "anywhere."
    ),
    "dispute": _(
        "This looks like a dispute between people: decide on its procedure before it goes anywhere."
    ),
}


# What settles each: how the case stands then, or the act named so in ``cases``; the sentences
# not named here are settled by whoever has looked.
UNTIL: Mapping[str, str] = {
    NOT_COMPETENT: "placed",
    NO_LEAD: "placed",
    UNKNOWN_LEAD: "placed",
    BY_LETTER: "placed",
    UNKNOWN_OTHER: "coordinated",
    UNKNOWN_VILLAGE: "village",
    NO_DOCUMENT: "documented",
    messages.UNREADABLE_DOCUMENT: "documented",
    messages.IMPOSSIBLE_DOCUMENT_DATE: "documented",
    messages.UNKNOWN_RESULT: "answered",
    URGENT: "urgent",
    UNKNOWN_FIELD: "field",
    messages.IMPOSSIBLE_DUE: "dated",
    messages.UNREADABLE_DUE: "dated",
    messages.SEVERAL_DUE: "dated",
    messages.DUE_BEFORE_DIALOGUE: "dated",
    **dict.fromkeys(LOOKS_LIKE.values(), "decided"),
}


def left(reason: Sentence) -> dict[str, object]:
    """What is kept of a reason on the case: the sentence, and what settles it."""
    return {**reason.kept(), "until": UNTIL.get(reason.message, "")}


@dataclass(frozen=True)
class Ground:
    """What every row of one import is matched against."""

    dialogue: Dialogue
    day: date
    bodies: tuple[Candidate, ...]
    villages: dict[str, Place]
    fields: Mapping[str, str]  # as the list writes them → code; empty where none is meant
    acting: frozenset[UUID] = frozenset()  # lead bodies of the list for which somebody acts here
    near: frozenset[UUID] = frozenset()  # those of the importing official's own authority


def ground(dialogue: Dialogue, parsed: Parsed, *, today: date) -> Ground:
    """Bodies, villages and fields a name in this list may mean: each looked for once."""
    place = dialogue.host.place
    assert place is not None, "a host has a territory"
    found = named_here(place, today=today)
    named = {folded(v.name): v for v in villages(place, today=today)}
    held = parsed.held_on or dialogue.held_on or local_day(dialogue.starts_at)
    fields = {words: meant(words) for words in {said.field for said in parsed.statements}}
    return Ground(dialogue, min(held, today), found, named, fields)


def meant(field: str) -> str:
    """The code of the field a clerk's words mean, or nothing."""
    found = match_field(field) if field else None
    return found.code if found else ""


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


def lead_of(statement: Statement, here: Ground) -> tuple[UUID | None, list[Sentence]]:
    """The lead body a row names, if it is known, and what a person must look at."""
    if statement.out_of_competence:
        return None, [] if settled_already(statement) else [Sentence(NOT_COMPETENT)]
    if not statement.lead:
        return None, [Sentence(NO_LEAD)]
    found = match(statement.lead[0], here.bodies)
    if found.id is None:
        return None, [Sentence(UNKNOWN_LEAD, {"name": statement.lead[0]})]
    return UUID(found.id), []


def unknown_others(statement: Statement, here: Ground) -> list[Sentence]:
    """A sentence for each coordinating body that was not found."""
    return [
        Sentence(UNKNOWN_OTHER, {"name": name})
        for name in statement.coordinating
        if match(name, here.bodies).id is None
    ]


def village_of(statement: Statement, here: Ground) -> Place | None:
    """The village the speaker comes from, if this commune has one of that name."""
    return here.villages.get(folded(statement.speaker.place)) if statement.speaker.place else None


def unknown_village(statement: Statement, here: Ground) -> list[Sentence]:
    """A sentence for a village this commune does not have; an address without one is no village."""
    written = statement.speaker.place
    if not names_village(written) or village_of(statement, here) is not None:
        return []
    return [Sentence(UNKNOWN_VILLAGE, {"name": written})]


def looks_like(other: str) -> Sentence:
    """The sentence for a row that seems to belong to another procedure."""
    return Sentence(LOOKS_LIKE[other])


def by_letter(body: str) -> Sentence:
    """The sentence for a lead body for which nobody acts here."""
    return Sentence(BY_LETTER, {"body": body})


def without_document() -> Sentence:
    """The sentence for an answer that came without number and date."""
    return Sentence(NO_DOCUMENT)


def urgency() -> Sentence:
    """The sentence for a row that names a danger."""
    return Sentence(URGENT)


def unknown_field(name: str) -> Sentence:
    """The sentence for a field that is not on the list."""
    return Sentence(UNKNOWN_FIELD, {"field": name})


def closed_row() -> Sentence:
    """Said of a line whose row the reader may not read: the same words whatever it holds."""
    return Sentence(_("The item this row belongs to is not changed by a list."))


def secret(statement: Statement) -> Sentence | None:
    """Why a row stays out that bears the mark of a state secret in any of its words, or nothing."""
    return secrecy.stamped_row(*values(statement).values())


def odd(statement: Statement) -> list[Sentence]:
    """What the reading of the row itself found."""
    return [Sentence(each.message, each.params) for each in statement.attention]
