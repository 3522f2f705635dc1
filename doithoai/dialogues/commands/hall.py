"""What people say at a dialogue: taken down in the hall line by line, or collected before it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from doithoai.accounts.queries import bodies_with_accounts
from doithoai.cases import secrecy, suspicions
from doithoai.cases.commands import placing
from doithoai.cases.commands.coordinating import coordinate
from doithoai.cases.commands.history import answer_on_the_spot, promise
from doithoai.cases.commands.intake import Statement, Taken, submit
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.dialogues import events, policies, workflow
from doithoai.dialogues.models import Dialogue, Item
from doithoai.dialogues.rows import left, looks_like
from doithoai.docket.commands import enter
from doithoai.units.models import Body, Place
from doithoai.units.queries import match_field

OTHER = "other"
# Why the lead body has it: kept in English and said in the reader's language.
NAMED = gettext_noop("Named as lead body at the dialogue")


@dataclass(frozen=True)
class Line:
    """One line of the hall desk. ``sent_as`` is made in the browser: the same line sent twice is
    one.
    """

    sent_as: UUID
    text: str
    speaker: str = ""
    who: str = "person"
    people: int | None = None
    place: UUID | None = None
    field: str = ""
    phone: str = ""
    on_the_spot: bool = False
    leader_words: str = ""
    due_on: date | None = None
    lead: UUID | None = None
    coordinating: tuple[UUID, ...] = ()
    procedure: str = ""  # decided: none, or another procedure; undecided when empty
    urgent: bool | None = None
    may_publish: bool = False
    not_secret: bool = False  # somebody looked at a mark in it


@dataclass(frozen=True)
class Kept:
    """An item of the dialogue, and the receipt to hand over when it was made just now."""

    item: Item
    taken: Taken | None


@transaction.atomic
def take_down(dialogue_id: UUID, line: Line, *, by: Actor, at: datetime) -> Kept:
    """Keep one line: a submission, its case, and what the leader said to it. Sent again: nothing
    new.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_take_down(by, dialogue))
    workflow.TAKE_DOWN.take(dialogue)
    before = dialogue.items.filter(sent_as=line.sent_as).first()
    if before is not None:
        return Kept(before, None)
    _check(line, by)
    taken = submit(_statement(dialogue, line, at), to=dialogue.host, by=by, at=at)
    before_hand = local_day(at) < local_day(dialogue.starts_at)
    item = _item(dialogue, line, taken, before_hand=before_hand)
    _place(dialogue, line, taken, by, at)
    enter(events.TakenDown(taken.submission.pk), about=dialogue.matter, by=by, at=at)
    return Kept(item, taken)


def _check(line: Line, by: Actor) -> None:
    secrecy.keep_out(line.text, line.leader_words, looked=line.not_secret, by=by)
    if line.on_the_spot and not line.leader_words.strip():
        raise Invalid(_("Answered on the spot: write down what the leader answered."))


def _statement(dialogue: Dialogue, line: Line, at: datetime) -> Statement:
    village = Place.objects.filter(pk=line.place).first() if line.place else None
    return Statement(
        text=line.text,
        channel="hall",
        occasion="dialogue",
        who=line.who,
        speaker=line.speaker,
        people=line.people,
        place=line.place,
        place_text=village.name if village else "",
        phone=line.phone,
        field=line.field,
        may_publish=line.may_publish,
        occasion_matter=dialogue.matter,
        dialogue_day=min(local_day(dialogue.starts_at), local_day(at)),
        not_secret=line.not_secret,
    )


def _item(dialogue: Dialogue, line: Line, taken: Taken, *, before_hand: bool) -> Item:
    return Item.objects.create(
        dialogue=dialogue,
        submission=taken.submission,
        case=taken.case,
        number=next_number(dialogue),
        before_hand=before_hand,
        on_the_spot=line.on_the_spot,
        leader_words=line.leader_words.strip(),
        due_on=line.due_on,
        sent_as=line.sent_as,
    )


def next_number(dialogue: Dialogue) -> int:
    """The next running number of the dialogue's list. The dialogue must be locked."""
    last: int | None = dialogue.items.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _place(dialogue: Dialogue, line: Line, taken: Taken, by: Actor, at: datetime) -> None:
    """What is for another procedure is kept private at once; what only looks so waits for somebody
    to decide; the rest is classified when its field is known, and answered or given to its lead.
    """
    case = taken.case.pk
    if line.procedure not in {"", "none"}:
        apart = placing.Kind(line.field or OTHER, other_procedure=line.procedure)
        placing.classify(case, apart, by=by, at=at)
        return
    if undecided(line):
        taken.case.attention = [left(looks_like(suspicions.other_procedure(line.text)))]
        taken.case.save(update_fields=["attention"])
        return
    urgent = suspicions.urgent(line.text) if line.urgent is None else line.urgent
    if not line.field and not urgent:
        return
    placing.classify(case, placing.Kind(line.field or OTHER, urgent=urgent), by=by, at=at)
    if line.on_the_spot:
        answer_on_the_spot(case, text=line.leader_words, body=dialogue.host_id, by=by, at=at)
        return
    _give(line, case, by, at)


def undecided(line: Line) -> bool:
    """Whether it reads like a matter of another procedure and nobody has said that it is none."""
    return not line.procedure and suspicions.other_procedure(line.text) != "none"


def _give(line: Line, case: UUID, by: Actor, at: datetime) -> None:
    if line.coordinating:
        coordinate(case, bodies=line.coordinating, by=by, at=at)
    if line.lead is not None:
        give(case, line.lead, NAMED, by=by, at=at)
    if line.due_on is not None:
        promise(case, due_on=line.due_on, document="", by=by, at=at)


def give(case_id: UUID, body_id: UUID, why: str, *, by: Actor, at: datetime) -> bool:
    """Route within the authority, offer to another one; a body without an account waits for a
    letter (False).
    """
    body = Body.objects.get(pk=body_id)
    if not _acts(body, at):
        return False
    own = by.body is not None and Body.objects.filter(pk=by.body, place=body.place_id).exists()
    place = placing.route if own else placing.offer
    place(case_id, to=body_id, why=why, by=by, at=at)
    return True


def _acts(body: Body, at: datetime) -> bool:
    return body.pk in acting([body.pk], today=local_day(at))


def acting(bodies: Collection[UUID], *, today: date) -> set[UUID]:
    """Those of the bodies for which somebody acts here: in them, or in an office of theirs."""
    same = Body.objects.filter(parent__in=bodies, parent__place=F("place"))
    parents = {pk: parent for pk, parent in same.values_list("pk", "parent") if parent}
    holding = bodies_with_accounts([*bodies, *parents], today=today)
    return (holding | {parents[office] for office in holding if office in parents}) & set(bodies)


@transaction.atomic
def collect_question(
    dialogue_id: UUID, statement: Statement, *, sent_as: UUID, by: Actor, at: datetime
) -> Kept:
    """A question sent in before an announced dialogue, by anybody. Sent again: nothing new."""
    dialogue = Dialogue.objects.lock_announced(dialogue_id)
    if dialogue.state != workflow.State.ANNOUNCED:
        raise Invalid(_("Questions for this dialogue are no longer collected."))
    before = dialogue.items.filter(sent_as=sent_as).first()
    if before is not None:
        return Kept(before, None)
    taken = submit(statement, to=dialogue.host, by=by, at=at)
    line = Line(sent_as=sent_as, text=statement.text)
    item = _item(dialogue, line, taken, before_hand=True)
    enter(events.TakenDown(taken.submission.pk), about=dialogue.matter, by=by, at=at)
    return Kept(item, taken)


def field_code(words: str) -> str:
    """The field a clerk's words mean, or nothing."""
    field = match_field(words) if words else None
    return field.code if field else ""
