"""A clerk's list comes in: each row a submission and a case, each by itself, nothing dropped
silently.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from doithoai.cases import suspicions
from doithoai.cases.commands import placing
from doithoai.cases.commands.answering import Reply
from doithoai.cases.commands.history import conclusion_came_out, promise, take_in_answer
from doithoai.cases.commands.intake import Statement as Said
from doithoai.cases.commands.intake import Taken, submit
from doithoai.cases.models import Case
from doithoai.cases.workflow import Outcome
from doithoai.core.actors import Actor
from doithoai.core.collation import folded
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import DomainError
from doithoai.core.identifiers import uuid7
from doithoai.dialogues import events, exporting, policies, workflow
from doithoai.dialogues.commands.hall import field_code, give, next_number
from doithoai.dialogues.models import Dialogue, Item
from doithoai.dialogues.sheets.comparing import Change, Comparison, Known, compare
from doithoai.dialogues.sheets.content import Statement, digest, values
from doithoai.dialogues.sheets.naming import Candidate, match
from doithoai.dialogues.sheets.statements import Parsed
from doithoai.docket.commands import enter
from doithoai.units.models import Body, Place
from doithoai.units.queries import candidates, villages

NOON = time(12, 0)
OTHER = "other"


@dataclass(frozen=True)
class Remark:
    """A row that a person must look at, or that was refused, and why."""

    row: int
    reason: str


@dataclass
class Result:
    """What an import did: every data row is imported, already there, or refused; some need
    attention.
    """

    rows: int = 0
    imported: int = 0
    already: int = 0
    changed: int = 0
    gone: int = 0
    attention: list[Remark] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)


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
    known = candidates(place, today=today)
    found = tuple(Candidate(str(k.id), k.name, k.aliases, (place.name,), k.places) for k in known)
    named = {folded(v.name): v for v in villages(place, today=today)}
    held = parsed.held_on or dialogue.held_on or local_day(dialogue.starts_at)
    return Ground(dialogue, min(held, today), found, named)


def against(dialogue: Dialogue, parsed: Parsed) -> Comparison:
    """The list beside what was imported before: new, changed, unchanged, gone.

    A list that carries codes was exported from here and is compared with what an export says now.
    """
    if any(statement.code for statement in parsed.statements):
        return compare(exporting.known_rows(dialogue), parsed.statements)
    items = dialogue.items.exclude(row_key="").select_related("case__matter")
    before = [Known(i.row_key, i.row_digest, i.row_values, i.case.matter.code) for i in items]
    return compare(before, parsed.statements)


@transaction.atomic
def take_in(
    dialogue_id: UUID,
    parsed: Parsed,
    *,
    accept_changes: bool = False,
    by: Actor,
    at: datetime,
    accepted: frozenset[str] = frozenset(),
) -> Result:
    """Import a parsed list. The same list again adds nothing; a changed row waits to be accepted.

    Accepted are all of them, or those of the cases whose codes are in ``accepted``.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_import(by, dialogue))
    workflow.IMPORT.take(dialogue)
    result = Result(rows=len(parsed.statements) + len(parsed.refused))
    result.refused = [Remark(r.line, str(_(r.message) % r.params)) for r in parsed.refused]
    found = against(dialogue, parsed)
    result.already, result.gone = len(found.unchanged), len(found.gone)
    here = ground(dialogue, parsed, today=local_day(at))
    for statement in found.new:
        _one(statement, here, result, by, at)
    for change in found.changed:
        if accept_changes or change.known.code in accepted:
            _accept(change, here, result, by, at)
        else:
            _leave(change, result)
    if result.imported or result.changed:
        enter(events.Imported(result.rows, result.imported), about=dialogue.matter, by=by, at=at)
    return result


def _one(statement: Statement, here: Ground, result: Result, by: Actor, at: datetime) -> None:
    """One row in its own savepoint: a bad one is refused with its reason, the good ones stay."""
    try:
        with transaction.atomic():
            reasons = _keep(statement, here, by, at)
    except DomainError as refusal:  # the only way a row is told apart from its list
        result.refused.append(Remark(statement.line, refusal.message))
        return
    result.imported += 1
    result.attention += [Remark(statement.line, reason) for reason in reasons]


def _keep(statement: Statement, here: Ground, by: Actor, at: datetime) -> list[str]:
    said = timezone.make_aware(datetime.combine(min(here.day, _first_day(statement, here)), NOON))
    taken = submit(
        _said(statement, here), to=here.dialogue.host, by=by, at=min(said, at), slip=False
    )
    Item.objects.create(
        dialogue=here.dialogue,
        submission=taken.submission,
        case=taken.case,
        number=next_number(here.dialogue),
        lead_named="; ".join(statement.lead),
        due_on=statement.due_on,
        sent_as=uuid7(),
        row_key=statement.key,
        row_digest=digest(statement),
        row_values=values(statement),
        row_group=statement.group,
    )
    reasons = [str(_(a.message) % a.params) for a in statement.attention]
    reasons += _settle(statement, taken, here, by, at)
    if reasons:
        Case.objects.filter(pk=taken.case.pk).update(attention=reasons)
    return reasons


def _first_day(statement: Statement, here: Ground) -> date:
    return statement.answered_on if statement.answered and statement.answered_on else here.day


def _said(statement: Statement, here: Ground) -> Said:
    speaker = statement.speaker
    village = here.villages.get(folded(speaker.place)) if speaker.place else None
    return Said(
        text=statement.text,
        channel="import",
        occasion="dialogue",
        who=speaker.who.value if speaker.who else "person",
        speaker=speaker.raw,
        people=speaker.people or speaker.households,
        place=village.pk if village else None,
        place_text=speaker.place,
        field=field_code(statement.field),
        occasion_matter=here.dialogue.matter,
        dialogue_day=here.day,
        history=statement.answered and statement.outcome is not None,
    )


def _settle(statement: Statement, taken: Taken, here: Ground, by: Actor, at: datetime) -> list[str]:
    """Classify, give to the lead body, set the conclusion's date, take its answer in; say what a
    person must do.
    """
    other = suspicions.other_procedure(statement.text)
    answered = statement.answered and statement.outcome is not None
    if other != "none" and not answered:
        return [looks_like(other)]
    code = field_code(statement.field) or OTHER
    urgent = suspicions.urgent(statement.text) and not answered
    placing.classify(taken.case.pk, placing.Kind(code, urgent=urgent), by=by, at=at)
    reasons = (
        [_("Danger to life or works is mentioned: check whether it is urgent.")] if urgent else []
    )
    if statement.field and not field_code(statement.field):
        reasons.append(
            _("The field “%(field)s” is not on the list; it was filed under Other.")
            % {"field": statement.field}
        )
    lead, why = lead_of(statement, here)
    reasons += why + _coordinate(statement, taken, here)
    if answered:
        return reasons + _answer(statement, taken, lead or here.dialogue.host_id, by, at)
    return reasons + _owe(statement, taken, lead, here, by, at)


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


def _owe(
    statement: Statement, taken: Taken, lead: UUID | None, here: Ground, by: Actor, at: datetime
) -> list[str]:
    reasons: list[str] = []
    if lead is not None and not give(
        taken.case.pk, lead, _("Named as lead body in the list"), by=by, at=at
    ):
        name = Body.objects.get(pk=lead).short_name
        reasons.append(
            _("%(body)s has no account here: send it by letter, with number and date.")
            % {"body": name}
        )
    if here.dialogue.published_at is not None and here.dialogue.conclusion_on is not None:
        conclusion_came_out(taken.case.pk, conclusion_on=here.dialogue.conclusion_on, by=by, at=at)
    if statement.due_on is not None:
        promise(
            taken.case.pk,
            due_on=statement.due_on,
            document=here.dialogue.conclusion_number,
            by=by,
            at=at,
        )
    return reasons


def _coordinate(statement: Statement, taken: Taken, here: Ground) -> list[str]:
    """Coordinating bodies are named on the case; they owe nothing, the lead body does."""
    found = [(name, match(name, here.bodies).id) for name in statement.coordinating]
    ids = [UUID(each) for _name, each in found if each]
    Case.objects.filter(pk=taken.case.pk).update(coordinating=ids)
    return [
        _("No body was found for the coordinating body “%(name)s”.") % {"name": name}
        for name, each in found
        if each is None
    ]


def _answer(statement: Statement, taken: Taken, body: UUID, by: Actor, at: datetime) -> list[str]:
    """The row brings its answer along, with its own date."""
    document = statement.documents[0] if statement.documents else None
    day = statement.answered_on
    happened = timezone.make_aware(datetime.combine(day, NOON)) if day else None
    outcome = statement.outcome.value if statement.outcome else Outcome.NONE
    reply = Reply(
        text=statement.answer or statement.result or str(Outcome(outcome).label),
        outcome=outcome,
        number=document.number if document else "",
        signed_on=document.dated if document else None,
        roadmap_year=_year(statement) if outcome == Outcome.SCHEDULED else None,
        happened_at=min(happened, at) if happened else None,
    )
    take_in_answer(taken.case.pk, reply, body=body, by=by, at=at)
    if statement.due_on is not None and outcome in {Outcome.IN_PROGRESS, Outcome.PARTLY}:
        promise(taken.case.pk, due_on=statement.due_on, document="", by=by, at=at)
    return [] if document else [_("The answer names no document; add its number and date.")]


def _year(statement: Statement) -> int:
    day = statement.due_on or statement.answered_on
    return day.year if day else (timezone.localdate() + timedelta(days=365)).year


def _leave(change: Change, result: Result) -> None:
    """A row known from before with other content waits until the clerk accepts it."""
    sentence = _("This row differs from the imported one. Compare and accept.")
    result.attention.append(Remark(change.statement.line, sentence))
    result.already += 1


def _accept(change: Change, here: Ground, result: Result, by: Actor, at: datetime) -> None:
    statement = change.statement
    items = here.dialogue.items.select_related("case__matter")
    item = items.get(case__matter__code=change.known.code)
    reasons = _take_change(item, statement, here, by, at)
    item.row_digest, item.row_values = digest(statement), values(statement)
    item.save(update_fields=["row_digest", "row_values"])
    result.changed += 1
    result.attention += [Remark(statement.line, reason) for reason in reasons]


def _take_change(
    item: Item, statement: Statement, here: Ground, by: Actor, at: datetime
) -> list[str]:
    case = Case.objects.lock(item.case_id, seen_by=by)
    taken = Taken(case, item.submission, None)
    reasons: list[str] = []
    if statement.outcome is not None and not case.answers.exists():
        lead, why = lead_of(statement, here)
        reasons += why + _answer(statement, taken, lead or here.dialogue.host_id, by, at)
    elif statement.due_on is not None and statement.due_on != item.due_on and not case.final:
        promise(case.pk, due_on=statement.due_on, document="", by=by, at=at)
        item.due_on = statement.due_on
        item.save(update_fields=["due_on"])
    elif statement.outcome is not None and statement.outcome != case.outcome:
        sentence = _("The list brings another result. Give the new answer on the item's own page.")
        reasons.append(sentence)
    else:
        reasons.append(
            _("The wording changed; what was said first stays on record. See the comparison.")
        )
    return reasons
