"""The list of a dialogue in the clerk's own layout, from how its cases stand now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from doithoai.cases.models import Answer
from doithoai.cases.workflow import Outcome
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.dialogues.models import Dialogue, Item
from doithoai.dialogues.rows import named_here
from doithoai.dialogues.sheets import outcomes
from doithoai.dialogues.sheets.comparing import Known, known
from doithoai.dialogues.sheets.naming import match
from doithoai.dialogues.sheets.register import RegisterRow, Titles, reread
from doithoai.dialogues.sheets.tables import day_text
from doithoai.dialogues.telling import numbered
from doithoai.docket.models import Obligation
from doithoai.units.models import Body, Field

OUTSIDE = "Ngoài thẩm quyền"
FOLLOW_UP_TITLE = "DANH MỤC NỘI DUNG THEO DÕI SAU ĐỐI THOẠI"
LIST_TITLE = "BẢNG TỔNG HỢP Ý KIẾN, KIẾN NGHỊ"
# The list is a Vietnamese office's paper whatever language the screen speaks: so are its words.


@dataclass(frozen=True)
class Standing:
    """What the rows of one list are filled from, read in few statements."""

    answers: Mapping[UUID, Answer]
    dates: Mapping[UUID, date]
    fields: Mapping[str, str]
    bodies: Mapping[UUID, str]
    written: Mapping[str, UUID | None]


def register(dialogue: Dialogue, *, seen_by: Actor) -> list[RegisterRow]:
    """The rows this reader may see, in the order they were said; a sealed case is on no paper."""
    return _rows(_in_order(dialogue.items.readable(seen_by)))


def known_rows(dialogue: Dialogue) -> list[Known]:
    """What an unedited export of this moment reads back as, whoever may see it.

    For comparing only: no text of it may be shown before the reader's right to it is asked.
    """
    items = _in_order(dialogue.items.all())
    rows = [
        replace(row, number=item.row_values.get("number") or row.number)
        for row, item in zip(_rows(items), items, strict=True)
    ]
    found = {statement.code: known(statement) for statement in reread(rows)}
    # What went into the vault has no text to be read back; its code still says it was here.
    mute = [item for item in items if item.case.matter.code not in found]
    kept = [Known(i.row_key, i.row_digest, {}, i.case.matter.code) for i in mute]
    return [*found.values(), *kept]


def titles(dialogue: Dialogue) -> Titles:
    """Above the list: the bodies that hold the dialogue, what it is and its day."""
    return _titled(LIST_TITLE, dialogue)


def follow_up_titles(dialogue: Dialogue) -> Titles:
    """Above the list of what is followed after the dialogue."""
    return _titled(FOLLOW_UP_TITLE, dialogue)


def _titled(heading: str, dialogue: Dialogue) -> Titles:
    day = day_text(local_day(dialogue.starts_at))
    return Titles(dialogue.host.name.upper(), f"{heading}\n{dialogue.title.upper()} NGÀY {day}")


def _in_order(items: QuerySet[Item]) -> list[Item]:
    found = items.select_related("submission__place", "case__matter", "case__handling_body")
    return numbered(found.order_by("number"))


def _rows(items: Sequence[Item]) -> list[RegisterRow]:
    standing = _standing(items)
    return [_row(item, standing) for item in items]


def _standing(items: Sequence[Item]) -> Standing:
    cases = [item.case_id for item in items]
    answers = Answer.objects.filter(case__in=cases).order_by("id")
    return Standing(
        answers={answer.case_id: answer for answer in answers},
        dates=promised(cases),
        fields={field.code: field.name["vi"] for field in Field.objects.all()},
        bodies=dict(
            Body.objects.filter(pk__in=_coordinating(items)).values_list("pk", "short_name")
        ),
        written=_meant(items),
    )


def _meant(items: Sequence[Item]) -> dict[str, UUID | None]:
    """Which body each coordinating body's name in an imported list meant."""
    names = {name for item in items for name in _named(item.row_values)}
    dialogue = items[0].dialogue if names else None
    if dialogue is None or dialogue.host.place is None:
        return {}
    bodies = named_here(dialogue.host.place, today=local_day(dialogue.starts_at))
    found = {name: match(name, bodies).id for name in names}
    return {name: UUID(body) if body else None for name, body in found.items()}


def _named(written: Mapping[str, str]) -> list[str]:
    return [name for name in written.get("coordinating", "").split("; ") if name]


def _coordinating(items: Sequence[Item]) -> set[UUID]:
    return {body for item in items for body in item.case.coordinating}


def promised(cases: Sequence[UUID]) -> dict[UUID, date]:
    """Case → the latest date set by a conclusion that holds or was kept."""
    rows = Obligation.objects.filter(matter__in=cases, source="conclusion", due_on__isnull=False)
    held = rows.exclude(state="void").order_by("due_on").values_list("matter", "due_on")
    return {matter: due for matter, due in held if due is not None}


def _row(item: Item, standing: Standing) -> RegisterRow:
    written: Mapping[str, str] = item.row_values
    answer = standing.answers.get(item.case_id)
    return RegisterRow(
        number=str(item.number),
        text=item.submission.text,
        speaker=speaker(item),
        field=_field(item, written, standing),
        lead=_lead(item, written),
        coordinating=_others(item, written, standing),
        due=_due(item, written, standing),
        answer=_answer(answer, written),
        result=_result(item.case.outcome, written),
        document=_document(answer, written),
        note=written.get("note", ""),
        code=item.case.matter.code,
        group=item.row_group,
    )


def speaker(item: Item) -> str:
    """Who spoke and where from, as a clerk writes it in one cell."""
    said = item.submission
    place = said.place.name if said.place else said.place_text
    if not said.speaker or not place or place.casefold() in said.speaker.casefold():
        return said.speaker or place
    return f"{said.speaker}, {place}"


def _field(item: Item, written: Mapping[str, str], standing: Standing) -> str:
    """The clerk's own word as long as the case is still filed under what it was taken for."""
    word = written.get("field", "")
    now = standing.fields.get(item.case.matter.field, "")
    taken_for_other = item.case.matter.field == "other"
    return (
        word
        if word and (taken_for_other or not now or word.casefold() in now.casefold())
        else now or word
    )


def _lead(item: Item, written: Mapping[str, str]) -> str:
    if item.case.outcome == Outcome.NOT_COMPETENT:
        return written.get("lead") or OUTSIDE
    body = item.case.handling_body
    return body.short_name if body else written.get("lead", "") or item.lead_named


def _others(item: Item, written: Mapping[str, str], standing: Standing) -> str:
    """The clerk's own words as long as they name who coordinates now."""
    named = _named(written)
    meant = {body for name in named if (body := standing.written.get(name))}
    now = item.case.coordinating
    if named and meant == set(now):
        return written["coordinating"]
    return "; ".join(standing.bodies[body] for body in now if body in standing.bodies)


def _due(item: Item, written: Mapping[str, str], standing: Standing) -> str:
    """The date that holds; else the clerk's own words, which no calendar could read."""
    due = standing.dates.get(item.case_id) or item.due_on
    return day_text(due) if due else written.get("due", "")


def _answer(answer: Answer | None, written: Mapping[str, str]) -> str:
    return answer.text if answer else written.get("answer", "")


def _result(outcome: str, written: Mapping[str, str]) -> str:
    known_outcome = outcome in set(outcomes.Outcome)
    return outcomes.WORDS[outcomes.Outcome(outcome)] if known_outcome else written.get("result", "")


def _document(answer: Answer | None, written: Mapping[str, str]) -> str:
    row = written.get("document", "")
    if answer is None or not answer.number or answer.number in row:
        return row
    return (
        f"{answer.number} ngày {day_text(answer.signed_on)}" if answer.signed_on else answer.number
    )
