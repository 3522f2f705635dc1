"""A clerk's list comes in: each row a submission and a case, each by itself, nothing dropped
silently.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from doithoai.cases import suspicions
from doithoai.cases.commands import placing
from doithoai.cases.commands.answering import Reply
from doithoai.cases.commands.coordinating import coordinate
from doithoai.cases.commands.history import conclusion_came_out, promise, take_in_answer
from doithoai.cases.commands.intake import Statement as Said
from doithoai.cases.commands.intake import Taken, submit
from doithoai.cases.models import Case
from doithoai.cases.policies import may_coordinate
from doithoai.cases.workflow import Outcome
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import DomainError
from doithoai.core.identifiers import uuid7
from doithoai.core.sentences import Sentence
from doithoai.dialogues import events, exporting, policies, rows, workflow
from doithoai.dialogues.commands.hall import OTHER, acting, next_number
from doithoai.dialogues.models import Dialogue, Item
from doithoai.dialogues.rows import Ground, ground
from doithoai.dialogues.sheets.comparing import Change, Comparison, Known, compare, within
from doithoai.dialogues.sheets.content import Statement, digest, values
from doithoai.dialogues.sheets.header import Column
from doithoai.dialogues.sheets.naming import match
from doithoai.dialogues.sheets.statements import Parsed
from doithoai.docket.commands import enter
from doithoai.units.models import Body

Along = Callable[[Collection[Statement]], Iterator[Statement]]
NOON = time(12, 0)
ANOTHER_RESULT = gettext_noop(
    "The list brings another result. Give the new answer on the item's own page."
)
ANOTHER_WORDING = gettext_noop(
    "The wording changed; what was said first stays on record. See the comparison."
)
MOVES_NOTHING = gettext_noop(
    "What changed here does not move the item. Enter it on the item's own page."
)
# Why the lead body has it: kept in English and said in the reader's language.
NAMED = gettext_noop("Named as lead body in the list")
DIFFERS = gettext_noop("This row differs from the imported one. Compare and accept.")
ONLY_SAID = frozenset({ANOTHER_RESULT, ANOTHER_WORDING, MOVES_NOTHING})


@dataclass(frozen=True)
class Remark:
    """A row that a person must look at, or that was refused, and why."""

    row: int
    why: Sentence
    code: str = ""  # of the case, where the file has no line for it

    @property
    def reason(self) -> str:
        """Why, in the reader's language."""
        return str(self.why)


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
    left: int = 0
    missing: list[str] = field(default_factory=list)  # codes of the rows that are gone
    attention: list[Remark] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)


def against(dialogue: Dialogue, parsed: Parsed, *, seen_by: Actor) -> Comparison:
    """The list beside what was imported before: new, changed, unchanged, gone.

    A list that carries codes was exported from here and is compared with what an export says now.
    All rows are compared, so that a sealed one never comes in anew as an open one; a line that
    belongs to a row this reader may not read is ``closed``, whatever it says.
    """
    open_rows = dialogue.items.readable(seen_by).values_list("case__matter__code", flat=True)
    return within(compare(_before(dialogue, parsed), parsed.statements), set(open_rows))


def _before(dialogue: Dialogue, parsed: Parsed) -> list[Known]:
    if any(statement.code for statement in parsed.statements):
        return exporting.known_rows(dialogue)
    items = dialogue.items.exclude(row_key="").select_related("case__matter")
    return [Known(i.row_key, i.row_digest, i.row_values, i.case.matter.code) for i in items]


@transaction.atomic
def take_in(  # noqa: PLR0913 - how far it is, is shown on the caller's own screen
    dialogue_id: UUID,
    parsed: Parsed,
    *,
    accept_changes: bool = False,
    by: Actor,
    at: datetime,
    accepted: frozenset[str] = frozenset(),
    along: Along = iter,
) -> Result:
    """Import a parsed list. The same list again adds nothing; a changed row waits to be accepted.

    Accepted are all of them, or those of the cases whose codes are in ``accepted``. ``along``
    gives the new rows one after another to whoever shows how far it is; those it does not give
    are ``left`` for another time.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_import(by, dialogue))
    workflow.IMPORT.take(dialogue)
    result = Result(rows=len(parsed.statements) + len(parsed.refused))
    result.refused = [Remark(r.line, Sentence(r.message, r.params)) for r in parsed.refused]
    found = against(dialogue, parsed, seen_by=by)
    result.attention += [Remark(statement.line, rows.closed_row()) for statement in found.closed]
    result.already, result.gone = len(found.unchanged) + len(found.closed), len(found.gone)
    result.missing = [row.code for row in found.gone]
    here = _with_ways(ground(dialogue, parsed, today=local_day(at)), parsed, by, local_day(at))
    result.left = len(found.new)
    for statement in along(found.new):
        _one(statement, here, result, by, at)
        result.left -= 1
    for change in found.changed:
        if accept_changes or change.known.code in accepted:
            _changed(change, here, result, by, at)
        else:
            _leave(change, result)
    if result.imported or result.changed:
        enter(events.Imported(result.rows, result.imported), about=dialogue.matter, by=by, at=at)
    return result


def _with_ways(here: Ground, parsed: Parsed, by: Actor, today: date) -> Ground:
    """With which of the lead bodies are routed to, offered to, or have to be written to."""
    leads = {lead for said in parsed.statements if (lead := rows.lead_of(said, here)[0])}
    place = Body.objects.filter(pk__in=[by.body] if by.body else []).values("place")
    near = Body.objects.filter(pk__in=leads, place__in=place).values_list("pk", flat=True)
    return replace(here, acting=frozenset(acting(leads, today=today)), near=frozenset(near))


def _one(statement: Statement, here: Ground, result: Result, by: Actor, at: datetime) -> None:
    """One row in its own savepoint: a bad one is refused with its reason, the good ones stay."""
    if (kept_out := rows.secret(statement)) is not None:
        result.refused.append(Remark(statement.line, kept_out))
        return
    try:
        with transaction.atomic():
            reasons = _keep(statement, here, by, at)
    except DomainError as refusal:  # the only way a row is told apart from its list
        result.refused.append(Remark(statement.line, Sentence(refusal.message)))
        return
    result.imported += 1
    result.attention += [Remark(statement.line, reason) for reason in reasons]


def _keep(statement: Statement, here: Ground, by: Actor, at: datetime) -> list[Sentence]:
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
    reasons = rows.odd(statement) + rows.unknown_village(statement, here)
    reasons += _settle(statement, taken, here, by, at)
    if reasons:
        Case.objects.filter(pk=taken.case.pk).update(
            attention=[rows.left(reason) for reason in reasons]
        )
    return reasons


def _first_day(statement: Statement, here: Ground) -> date:
    return statement.answered_on if statement.answered and statement.answered_on else here.day


def _said(statement: Statement, here: Ground) -> Said:
    speaker = statement.speaker
    village = rows.village_of(statement, here)
    return Said(
        text=statement.text,
        channel="import",
        occasion="dialogue",
        who=speaker.who.value if speaker.who else "person",
        speaker=speaker.raw,
        people=speaker.people or speaker.households,
        place=village.pk if village else None,
        place_text=speaker.place,
        field=here.fields[statement.field],
        occasion_matter=here.dialogue.matter,
        dialogue_day=here.day,
        history=rows.settled_already(statement),
    )


def _settle(
    statement: Statement, taken: Taken, here: Ground, by: Actor, at: datetime
) -> list[Sentence]:
    """Classify, give to the lead body, set the conclusion's date, take its answer in; say what a
    person must do.
    """
    answered = rows.settled_already(statement)
    if rows.suspected(statement):
        return [rows.looks_like(suspicions.other_procedure(statement.text))]
    code = here.fields[statement.field] or OTHER
    urgent = suspicions.urgent(statement.text) and not answered
    placing.classify(taken.case.pk, placing.Kind(code, urgent=urgent), by=by, at=at)
    reasons = [rows.urgency()] if urgent else []
    if statement.field and not here.fields[statement.field]:
        reasons.append(rows.unknown_field(statement.field))
    lead, why = rows.lead_of(statement, here)
    reasons += why
    if statement.coordinating:
        reasons += _coordinate(statement, taken.case.pk, here, by, at)
    if answered:
        return reasons + _answer(statement, taken, lead or here.dialogue.host_id, by, at)
    return reasons + _owe(statement, taken, lead, here, by, at)


def _owe(
    statement: Statement, taken: Taken, lead: UUID | None, here: Ground, by: Actor, at: datetime
) -> list[Sentence]:
    reasons: list[Sentence] = []
    if lead is not None and lead not in here.acting:
        reasons.append(rows.by_letter(Body.objects.get(pk=lead).short_name))
    elif lead is not None:
        pass_on = placing.route if lead in here.near else placing.offer
        pass_on(taken.case.pk, to=lead, why=NAMED, by=by, at=at)
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


def _coordinate(
    statement: Statement, case_id: UUID, here: Ground, by: Actor, at: datetime
) -> list[Sentence]:
    """Coordinating bodies are named on the case; they owe nothing, the lead body does."""
    lead, _why = rows.lead_of(statement, here)
    found = [match(name, here.bodies).id for name in statement.coordinating]
    leads = str(lead or here.dialogue.host_id)
    bodies = [UUID(each) for each in found if each and each != leads]
    coordinate(case_id, bodies=bodies, lead=lead, by=by, at=at)
    return rows.unknown_others(statement, here)


def _answer(
    statement: Statement, taken: Taken, body: UUID, by: Actor, at: datetime
) -> list[Sentence]:
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
        roadmap_year=_year(statement, at) if outcome == Outcome.SCHEDULED else None,
        happened_at=min(happened, at) if happened else None,
    )
    take_in_answer(taken.case.pk, reply, body=body, by=by, at=at)
    if statement.due_on is not None and outcome in {Outcome.IN_PROGRESS, Outcome.PARTLY}:
        promise(taken.case.pk, due_on=statement.due_on, document="", by=by, at=at)
    return [] if document else [rows.without_document()]


def _year(statement: Statement, at: datetime) -> int:
    day = statement.due_on or statement.answered_on
    return day.year if day else (local_day(at) + timedelta(days=365)).year


def _leave(change: Change, result: Result) -> None:
    """A row known from before with other content waits until the clerk accepts it."""
    result.attention.append(Remark(change.statement.line, Sentence(DIFFERS)))
    result.already += 1


def _changed(change: Change, here: Ground, result: Result, by: Actor, at: datetime) -> None:
    """An accepted row in its own savepoint: what cannot be done is refused with its reason."""
    if (kept_out := rows.secret(change.statement)) is not None:
        result.refused.append(Remark(change.statement.line, kept_out))
        return
    try:
        with transaction.atomic():
            done, reasons = _accept(change, here, by, at)
    except DomainError as refusal:  # the only way a row is told apart from its list
        result.refused.append(Remark(change.statement.line, Sentence(refusal.message)))
        return
    result.changed += done
    result.already += not done
    result.attention += [Remark(change.statement.line, reason) for reason in reasons]


def _accept(change: Change, here: Ground, by: Actor, at: datetime) -> tuple[bool, list[Sentence]]:
    """Whether the row moved anything, and what a person must look at."""
    statement = change.statement
    item = here.dialogue.items.readable(by).get(case__matter__code=change.known.code)
    case = Case.objects.lock(item.case_id, seen_by=by)
    odd = rows.odd(statement)
    done, reasons = _take_change(Taken(case, item.submission, None), item, change, here, by, at)
    item.row_digest, item.row_values = digest(statement), values(statement)
    item.save(update_fields=["due_on", "row_digest", "row_values"])
    lasting = odd + [each for each in reasons if each.message in rows.UNTIL]
    if lasting:
        case.refresh_from_db(fields=["attention"])
        new = [each for each in map(rows.left, lasting) if each not in case.attention]
        Case.objects.filter(pk=case.pk).update(attention=[*case.attention, *new])
    return done, odd + reasons


def _take_change(
    taken: Taken, item: Item, change: Change, here: Ground, by: Actor, at: datetime
) -> tuple[bool, list[Sentence]]:
    statement, case = change.statement, taken.case
    helped = _recoordinate(change, case, here, by, at)
    if statement.outcome is not None and not case.answers.exists():
        lead, why = rows.lead_of(statement, here)
        body = lead or here.dialogue.host_id
        return True, why + _answer(statement, taken, body, by, at)
    if statement.due_on is not None and statement.due_on != item.due_on and not case.final:
        promise(case.pk, due_on=statement.due_on, document="", by=by, at=at)
        item.due_on = statement.due_on
        return True, []
    return helped, _only_said(change, case, helped=helped)


def _recoordinate(change: Change, case: Case, here: Ground, by: Actor, at: datetime) -> bool:
    """Whether other coordinating bodies were named on the case."""
    differs = any(each.field == Column.COORDINATING for each in change.fields)
    if not differs or not may_coordinate(by, case):
        return False
    _coordinate(change.statement, case.pk, here, by, at)
    return True


def _only_said(change: Change, case: Case, *, helped: bool) -> list[Sentence]:
    """What the changed row says that an import does not do, in sentences."""
    different = {each.field for each in change.fields}
    if helped:
        different -= {Column.COORDINATING}
        if not different:
            return []
    statement = change.statement
    reasons = []
    if statement.outcome is not None and statement.outcome != case.outcome:
        reasons.append(Sentence(ANOTHER_RESULT))
    if different & {Column.TEXT, Column.SPEAKER, Column.PLACE}:
        reasons.append(Sentence(ANOTHER_WORDING))
    moved = {Column.TEXT, Column.SPEAKER, Column.PLACE, Column.RESULT, Column.DUE}
    if different - moved or not (reasons or statement.attention):
        reasons.append(Sentence(MOVES_NOTHING))
    return reasons
