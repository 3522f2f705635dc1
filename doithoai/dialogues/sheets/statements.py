"""From a table to statements: no line of the table is lost."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from doithoai.dialogues.sheets import bodies, dates, documents, messages, outcomes, speakers
from doithoai.dialogues.sheets.content import Attention, Statement, key_of
from doithoai.dialogues.sheets.dates import Problem
from doithoai.dialogues.sheets.folding import fold
from doithoai.dialogues.sheets.header import Column, Mapping
from doithoai.dialogues.sheets.lines import Skipped, Why, has_number, why_skipped
from doithoai.dialogues.sheets.messages import Params
from doithoai.dialogues.sheets.tables import Row, Table, day_text

_LONG_RESULT = 60


@dataclass(frozen=True)
class Refusal:
    """A line that has data but no statement text."""

    line: int
    message: str
    params: Params


@dataclass(frozen=True)
class Group:
    """A heading between the rows, as written."""

    line: int
    title: str


@dataclass(frozen=True)
class Parsed:
    """A whole table. `held_on` is the day of the dialogue, given or found in the title."""

    statements: tuple[Statement, ...]
    refused: tuple[Refusal, ...]
    skipped: tuple[Skipped, ...]
    groups: tuple[Group, ...]
    held_on: date | None


@dataclass
class _Reading:
    """What has been read so far, line by line."""

    mapping: Mapping
    held_on: date | None
    keys: set[str]
    statements: list[Statement] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    texts: dict[str, int] = field(default_factory=dict)
    after_total: bool = False


def parse(
    table: Table,
    mapping: Mapping,
    *,
    held_on: date | None = None,
    taken: Collection[str] = (),
) -> Parsed:
    """Read every line of a table. Raises nothing: what is wrong stands in the result.

    `held_on` completes dates without a year; without it the day in the title is used. `taken` are
    keys already given to statements of other tables of the same file.
    """
    reading = _Reading(mapping, held_on or _day_in_title(table, mapping), set(taken))
    for row in table.rows:
        _read_row(row, reading)
    return Parsed(
        tuple(reading.statements),
        tuple(reading.refused),
        tuple(reading.skipped),
        tuple(reading.groups),
        reading.held_on,
    )


def _day_in_title(table: Table, mapping: Mapping) -> date | None:
    above = [row for row in table.rows if row.line < mapping.header_lines[0]]
    titles = [table.title, *(row.text(index) for row in above for index in row.filled())]
    return next((day for title in titles for day in dates.days_in(title)), None)


def _read_row(row: Row, reading: _Reading) -> None:
    why = why_skipped(row, reading.mapping, after_total=reading.after_total)
    if why:
        _skip(row, why, reading)
    elif not row.text(reading.mapping.at(Column.TEXT)):
        filled = ", ".join(row.text(index) for index in row.filled())[:200]
        params: Params = {"line": row.line, "filled": filled}
        reading.refused.append(Refusal(row.line, messages.NO_TEXT, params))
    else:
        reading.statements.append(_statement(row, reading))


def _skip(row: Row, why: Why, reading: _Reading) -> None:
    text = " ".join(row.text(index) for index in row.filled())
    reading.skipped.append(Skipped(row.line, why, text))
    reading.after_total = reading.after_total or why == Why.TOTAL
    if why == Why.GROUP:
        reading.groups.append(Group(row.line, text))


def _statement(row: Row, reading: _Reading) -> Statement:
    """Who said what; who settles it by when; what was answered; what is odd about it."""
    given = _given(_said(row, reading), row, reading)
    answered = _answered(given, row, reading.mapping)
    return replace(answered, attention=(*answered.attention, *_about_place(row, reading)))


def _said(row: Row, reading: _Reading) -> Statement:
    mapping = reading.mapping
    text = row.text(mapping.at(Column.TEXT))
    key = key_of(text, reading.keys)
    reading.keys.add(key)
    return Statement(
        line=row.line,
        key=key,
        text=text,
        number=row.text(mapping.at(Column.NUMBER)).strip("(). "),
        code=row.text(mapping.at(Column.CODE)),
        group=reading.groups[-1].title if reading.groups else "",
        speaker=speakers.guess(
            row.text(mapping.at(Column.SPEAKER)), row.text(mapping.at(Column.PLACE))
        ),
        field=row.text(mapping.at(Column.FIELD)),
        note=row.text(mapping.at(Column.NOTE)),
        extra=_extra(row, mapping),
    )


def _given(said: Statement, row: Row, reading: _Reading) -> Statement:
    """To whom it was given at the dialogue, and by when it is to be done."""
    mapping = reading.mapping
    named = bodies.assigned(
        row.lines(mapping.at(Column.LEAD)), row.lines(mapping.at(Column.COORDINATING))
    )
    words = row.text(mapping.at(Column.DUE))
    due = dates.read(row.cell(mapping.at(Column.DUE)), after=reading.held_on)
    return replace(
        said,
        lead=named.lead,
        coordinating=named.coordinating,
        out_of_competence=named.out_of_competence,
        due=words,
        due_on=None if _too_early(due, reading.held_on) else due.on,
        attention=_about_due(words, due, reading.held_on),
    )


def _answered(given: Statement, row: Row, mapping: Mapping) -> Statement:
    """The answer a row brings along, by which document."""
    written = row.text(mapping.at(Column.DOCUMENT))
    papers = documents.read(written, row.cell(mapping.at(Column.DOCUMENT_DATE)))
    answer, result = _answer_and_result(row, mapping)
    odd = _about_result(row.text(mapping.at(Column.RESULT)))
    return replace(
        given,
        answer=answer,
        result=result,
        outcome=outcomes.read(result),
        documents=papers.documents,
        attention=(*given.attention, *odd, *_about_documents(written, papers)),
    )


def _answer_and_result(row: Row, mapping: Mapping) -> tuple[str, str]:
    """A sheet with one column for both holds the answer there as soon as it is a sentence."""
    answer = row.text(mapping.at(Column.ANSWER))
    result = row.text(mapping.at(Column.RESULT))
    said_in_result = len(result) > _LONG_RESULT or (
        outcomes.read(result) is None and not outcomes.still_open(result)
    )
    return (result, result) if not answer and said_in_result else (answer, result)


def _extra(row: Row, mapping: Mapping) -> tuple[tuple[str, str], ...]:
    known = set(mapping.columns.values())
    return tuple(
        (mapping.headings[index] if index < len(mapping.headings) else "", row.text(index))
        for index in row.filled()
        if index not in known
    )


def _too_early(due: dates.DateRead, held_on: date | None) -> bool:
    """No conclusion sets a date that was past when the dialogue was held."""
    return due.on is not None and held_on is not None and due.on < held_on


def _about_due(text: str, due: dates.DateRead, held_on: date | None) -> tuple[Attention, ...]:
    sentences = {
        Problem.IMPOSSIBLE: messages.IMPOSSIBLE_DUE,
        Problem.UNREADABLE: messages.UNREADABLE_DUE,
        Problem.SEVERAL: messages.SEVERAL_DUE,
    }
    if due.problem:
        return (Attention(f"{due.problem}_due", sentences[due.problem], {"text": text}),)
    if due.on and held_on and _too_early(due, held_on):
        params: Params = {"due": day_text(due.on), "held": day_text(held_on)}
        return (Attention("due_before_dialogue", messages.DUE_BEFORE_DIALOGUE, params),)
    return ()


def _about_result(result: str) -> tuple[Attention, ...]:
    if outcomes.read(result) or outcomes.still_open(result):
        return ()
    return (Attention("unknown_result", messages.UNKNOWN_RESULT, {"text": result}),)


def _about_documents(text: str, papers: documents.DocumentsRead) -> tuple[Attention, ...]:
    found = []
    if papers.unclear:
        found.append(Attention("unreadable_document", messages.UNREADABLE_DOCUMENT, {"text": text}))
    if papers.impossible:
        sentence = messages.IMPOSSIBLE_DOCUMENT_DATE
        found.append(Attention("impossible_document_date", sentence, {"text": text}))
    return tuple(found)


def _about_place(row: Row, reading: _Reading) -> tuple[Attention, ...]:
    """What is odd about a row beside the others: the same text twice, a text that goes on."""
    text_at = reading.mapping.at(Column.TEXT)
    words = fold(row.text(text_at))
    earlier = reading.texts.setdefault(words, row.line)
    if earlier != row.line:
        return (Attention("same_text", messages.SAME_TEXT, {"line": earlier}),)
    before = reading.statements[-1] if reading.statements else None
    goes_on = row.filled() == (text_at,) and not has_number(row, reading.mapping)
    if before and before.number and before.line == row.line - 1 and goes_on:
        return (Attention("continuation", messages.CONTINUATION, {"line": before.line}),)
    return ()
