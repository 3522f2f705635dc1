"""What two hands do at one moment: for every locking command, from which state, by whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from doithoai.accounts.actors import Citizen
from doithoai.cases.commands import (
    answering,
    coordinating,
    history,
    intake,
    placing,
    publishing,
    together,
)
from doithoai.cases.commands.placing import Kind
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.dialogues.commands import (
    concluding,
    hall,
    importing,
    minutes,
    planning,
    sheets,
    slips,
)
from doithoai.dialogues.models import Dialogue, Item
from doithoai.dialogues.reading_sheets import read_list
from tests.cases.reaching import ACTS, Story, committee, culture, office, reach, reply
from tests.conftest import become
from tests.dialogues.grounds import SAMPLE, announced, held, plan, signed, signed_file, worded


@dataclass(frozen=True)
class Ready:
    """A thing brought to where the race begins. ``act`` is done by all at one moment."""

    matter: UUID
    act: Callable[[], object]


@dataclass(frozen=True)
class Race:
    """``entry``: what it leaves in the record. ``once``: only one of them is kept; else each is,
    with an entry of its own.
    """

    entry: str
    ready: Callable[[], Ready]
    once: bool = True


def step(
    state: State, name: str, by: str, entry: str, *more: tuple[str, str], once: bool = True
) -> Race:
    """A step of ``tests.cases.reaching`` from this state."""

    def ready() -> Ready:
        story = reach(state, *more)
        story.later()
        return Ready(story.case_id, lambda: ACTS[name](story, story.who(by)))

    return Race(entry, ready, once)


def case(state: State, act: Callable[[Story], object], entry: str, *, once: bool = True) -> Race:
    """Any other command on a case in this state."""

    def ready() -> Ready:
        story = reach(state)
        story.later()
        return Ready(story.case_id, lambda: act(story))

    return Race(entry, ready, once)


def dialogue(
    begin: Callable[[], Dialogue], act: Callable[[Dialogue], object], entry: str, *,
    once: bool = True,
) -> Race:  # fmt: skip
    """A command on a dialogue."""

    def ready() -> Ready:
        found = begin()
        return Ready(found.pk, lambda: act(found))

    return Race(entry, ready, once)


# ------------------------------------------------------------------------------------- cases
def seen(state: State, act: Callable[[Story, int], object], entry: str) -> Race:
    """A command that says which version of the page it was sent from: the second one is stale."""

    def ready() -> Ready:
        story = reach(state)
        story.later()
        version = story.case.matter.version
        return Ready(story.case_id, lambda: act(story, version))

    return Race(entry, ready)


PUBLIC = publishing.Public("Nạo vét kênh", "Kênh bị bồi lắng", "Đã nạo vét", "Bà L. đồng ý")
SAID = intake.Statement(text="Tôi cũng đề nghị", channel="counter", occasion="counter")
CASES: Mapping[str, Race] = {
    "answering.assign": step(State.ROUTED, "assign", "kien", "cases.assigned", once=False),
    "answering.act": step(State.ROUTED, "act", "hoa", "cases.acted", once=False),
    "answering.ask": step(State.ROUTED, "ask", "hoa", "cases.asked_person"),
    "answering.hear_reply": step(State.ASKED, "hear_reply", "lan", "cases.person_replied"),
    "answering.draft": seen(
        State.ROUTED,
        lambda s, v: answering.draft(s.case_id, reply(s), seen=v, by=s.who("hoa"), at=s.at),
        "cases.drafted",
    ),
    "answering.approve": step(State.DRAFTED, "approve", "kien", "cases.approved"),
    "answering.answer": seen(
        State.ROUTED,
        lambda s, v: answering.answer(s.case_id, reply(s), seen=v, by=s.who("hoa"), at=s.at),
        "cases.answered",
    ),
    "answering.answer_many": case(
        State.ROUTED,
        lambda s: answering.answer_many([s.case_id], reply(s), by=s.who("hoa"), at=s.at),
        "cases.answered", once=False,
    ),
    "answering.inform": step(State.ROUTED, "inform", "hoa", "cases.informed", once=False),
    "answering.review": step(State.SCHEDULED, "review", "hoa", "cases.reviewed", once=False),
    "answering.extend": step(State.ROUTED, "extend", "hoa", "cases.extended"),
    "answering.note": case(
        State.ROUTED,
        lambda s: answering.note(s.case_id, text="Đã gọi", by=s.who("hoa"), at=s.at),
        "cases.noted", once=False,
    ),
    "coordinating.coordinate": case(
        State.ROUTED,
        lambda s: coordinating.coordinate(
            s.case_id, bodies=[culture().pk], by=s.who("minh"), at=s.at
        ),
        "cases.coordinated", once=False,
    ),
    "ending.close": step(State.ANSWERED, "close", "hoa", "cases.closed", ("lapse", "clock")),
    "ending.withdraw": step(State.ROUTED, "withdraw", "lan", "cases.withdrawn"),
    "ending.archive": step(State.CLASSIFIED, "archive", "minh", "cases.archived"),
    "ending.reopen": step(State.CONFIRMED, "reopen", "chi", "cases.reopened"),
    "ending.join": step(State.CLASSIFIED, "join", "minh", "docket.merged"),
    "ending.part": step(State.JOINED, "part", "minh", "docket.split"),
    "hearing.confirm": step(State.ANSWERED, "confirm", "lan", "cases.confirmed"),
    "hearing.confirm_part": step(
        State.ANSWERED, "confirm_part", "lan", "cases.partly_confirmed"
    ),
    "hearing.dispute": step(State.ANSWERED, "dispute", "lan", "cases.disputed"),
    "hearing.lapse": step(State.ANSWERED, "lapse", "clock", "cases.unconfirmed"),
    "history.answer_on_the_spot": case(
        State.CLASSIFIED,
        lambda s: history.answer_on_the_spot(
            s.case_id, text="Đã rõ", body=committee().pk, by=s.who("minh"), at=s.at
        ),
        "cases.answered",
    ),
    "history.take_in_answer": step(State.CLASSIFIED, "take_in", "minh", "cases.answered"),
    "history.promise": case(
        State.ROUTED,
        lambda s: history.promise(
            s.case_id, due_on=local_day(s.at) + timedelta(days=60), document="45/TB",
            by=s.who("minh"), at=s.at,
        ),
        "cases.promised", once=False,
    ),
    "history.conclusion_came_out": case(
        State.ROUTED,
        lambda s: history.conclusion_came_out(
            s.case_id, conclusion_on=local_day(s.at), by=s.who("minh"), at=s.at
        ),
        "cases.conclusion_published", once=False,
    ),
    "intake.look_over": case(
        State.ROUTED,
        lambda s: intake.look_over(s.case_id, by=s.who("minh"), at=s.at),
        "cases.looked_over", once=False,
    ),
    "intake.reissue_slip": case(
        State.ROUTED,
        lambda s: intake.reissue_slip(
            s.case_id, submission_id=s.submission, by=s.who("minh"), at=s.at
        ),
        "cases.slip_reissued", once=False,
    ),
    "intake.add_submission": case(
        State.ROUTED,
        lambda s: intake.add_submission(s.case_id, SAID, by=s.who("minh"), at=s.at),
        "cases.carried", once=False,
    ),
    "intake.fan_out": case(
        State.CLASSIFIED,
        lambda s: intake.fan_out(s.case_id, texts=["Đèn đường"], by=s.who("minh"), at=s.at),
        "", once=False,
    ),
    "letters.draft_letter": step(
        State.ROUTED, "draft_letter", "minh", "cases.letter_drafted", once=False
    ),
    "placing.classify": seen(
        State.RECEIVED,
        lambda s, v: placing.classify(
            s.case_id, Kind("irrigation"), seen=v, by=s.who("minh"), at=s.at
        ),
        "cases.classified",
    ),
    "placing.guide": step(State.REDIRECTED, "guide", "minh", "cases.guided"),
    "placing.route": seen(
        State.CLASSIFIED,
        lambda s, v: placing.route(
            s.case_id, to=office().pk, why="Thủy lợi", seen=v, by=s.who("minh"), at=s.at
        ),
        "cases.routed",
    ),
    "placing.offer": step(State.CLASSIFIED, "offer", "minh", "cases.offered"),
    "placing.accept": step(State.OFFERED, "accept", "nong", "cases.accepted"),
    "placing.give_back": step(State.OFFERED, "return", "nong", "cases.returned"),
    "placing.decide_lead": step(
        State.DISPUTED_LEAD, "decide_lead", "chi", "cases.decided_lead"
    ),
    "placing.forward": step(State.ROUTED, "forward", "minh", "cases.forwarded"),
    "placing.urge": step(State.FORWARDED, "urge", "minh", "cases.urged", once=False),
    "placing.record_reply": step(
        State.FORWARDED, "record_reply", "minh", "cases.body_replied", once=False
    ),
    "publishing.publish": seen(
        State.CONFIRMED,
        lambda s, v: publishing.publish(
            s.case_id, PUBLIC, seen=v, by=s.who("minh"), at=s.at
        ),
        "cases.published",
    ),
    "publishing.withhold": case(
        State.CONFIRMED,
        lambda s: publishing.withhold(s.case_id, reason="private", by=s.who("minh"), at=s.at),
        "cases.withheld", once=False,
    ),
    "together.answer_with_evidence": seen(
        State.ROUTED,
        lambda s, v: together.answer_with_evidence(
            s.case_id, reply(s), uploads=(), seen=v, by=s.who("hoa"), at=s.at
        ),
        "cases.answered",
    ),
    "together.answer_many_with_evidence": case(
        State.ROUTED,
        lambda s: together.answer_many_with_evidence(
            [s.case_id], reply(s), uploads=(), by=s.who("hoa"), at=s.at
        ),
        "cases.answered", once=False,
    ),
}  # fmt: skip


# --------------------------------------------------------------------------------- dialogues
def _planned() -> Dialogue:
    return plan(become("minh"), become("chi"), start=timezone.now() + timedelta(days=20))


def _announced() -> Dialogue:
    return announced(become("minh"), become("chi"), start=timezone.now() + timedelta(days=20))


def _held() -> Dialogue:
    return held(become("minh"), become("chi"))


def _approved() -> Dialogue:
    found = _held()
    paper = worded(found, become("minh"), at=timezone.now())
    return concluding.approve_conclusion(
        found.pk, document=paper.pk, by=become("chi"), at=timezone.now()
    )


def _signed() -> Dialogue:
    return signed(_held(), become("minh"), become("chi"), at=timezone.now())


def _published_dialogue() -> Dialogue:
    return concluding.publish(_signed().pk, by=become("minh"), at=timezone.now())


def _minutes() -> Dialogue:
    return minutes.record_minutes(
        _held().pk, text="Diễn biến", by=become("minh"), at=timezone.now()
    )


def _spoken() -> Dialogue:
    found = _announced()
    line = hall.Line(sent_as=uuid4(), text="Đề nghị sửa đường.", speaker="Ông A")
    hall.take_down(found.pk, line, by=become("minh"), at=timezone.now())
    return found


def _change(found: Dialogue) -> object:
    changed = planning.Plan(
        host=found.host_id, title="Đối thoại", kind="conference", venue="Nhà văn hóa",
        starts_at=found.starts_at + timedelta(days=1), chairs=(become("chi").post,),
    )  # fmt: skip
    return planning.change(found.pk, changed, by=become("minh"), at=timezone.now())


def _approve(found: Dialogue) -> object:
    paper = PAPERS[found.pk]
    return concluding.approve_conclusion(
        found.pk, document=paper, by=become("chi"), at=timezone.now()
    )


PAPERS: Final = dict[UUID, UUID]()


def _worded() -> Dialogue:
    found = _held()
    PAPERS[found.pk] = worded(found, become("minh"), at=timezone.now()).pk
    return found


MARK = UUID("00000000-0000-4000-8000-0000000000ab")


def _take_down(found: Dialogue) -> object:
    line = hall.Line(sent_as=MARK, text="Đề nghị sửa đường.", speaker="Ông A")
    return hall.take_down(found.pk, line, by=become("minh"), at=timezone.now())


def _question(found: Dialogue) -> object:
    said = intake.Statement(text="Bao giờ có nước sạch?", channel="web", occasion="dialogue")
    mark = UUID(int=found.pk.int ^ 1)
    return hall.collect_question(found.pk, said, sent_as=mark, by=Citizen(), at=timezone.now())


def _sheet() -> SimpleUploadedFile:
    return SimpleUploadedFile(SAMPLE.name, SAMPLE.read_bytes())


SHEETS: Final = dict[UUID, UUID]()


def _kept_sheet() -> Dialogue:
    found = _held()
    SHEETS[found.pk] = sheets.keep_sheet(
        found.pk, _sheet(), by=become("minh"), at=timezone.now()
    ).pk
    return found


def _sign(found: Dialogue) -> object:
    return concluding.sign(
        found.pk, number="45/TB-UBND", signed_on=local_day(timezone.now()), upload=signed_file(),
        by=become("minh"), at=timezone.now(),
    )  # fmt: skip


def _sign_minutes(found: Dialogue) -> object:
    return minutes.sign_minutes(
        found.pk, number="12/BB-UBND", signed_on=local_day(timezone.now()), upload=signed_file(),
        by=become("minh"), at=timezone.now(),
    )  # fmt: skip


def _now(
    command: Callable[..., object], by: str = "minh", **words: object
) -> Callable[[Dialogue], object]:
    return lambda found: command(found.pk, by=become(by), at=timezone.now(), **words)


DIALOGUES: Mapping[str, Race] = {
    "concluding.hold": dialogue(
        lambda: announced(become("minh"), become("chi")),
        lambda d: concluding.hold(
            d.pk, concluding.Held(120, (d.chairs.get().pk,)), by=become("minh"), at=timezone.now()
        ),
        "dialogues.held",
    ),
    "concluding.draft_conclusion": dialogue(
        _held, _now(concluding.draft_conclusion, text="Giao Văn phòng", docx=b""),
        "dialogues.conclusion_drafted", once=False,
    ),
    "concluding.approve_conclusion": dialogue(
        _worded, _approve, "dialogues.conclusion_approved", once=False
    ),
    "concluding.sign": dialogue(_approved, _sign, "dialogues.conclusion_signed"),
    "concluding.publish": dialogue(_signed, _now(concluding.publish), "dialogues.published"),
    "concluding.post_results": dialogue(
        _published_dialogue, _now(concluding.post_results), "dialogues.results_posted", once=False
    ),
    "hall.take_down": dialogue(_announced, _take_down, "dialogues.taken_down"),
    "hall.collect_question": dialogue(_announced, _question, "dialogues.taken_down"),
    "importing.take_in": dialogue(
        _held,
        lambda d: importing.take_in(
            d.pk, read_list(SAMPLE.name, SAMPLE.read_bytes()), by=become("minh"),
            at=timezone.now(),
        ),
        "dialogues.imported",
    ),
    "minutes.record_minutes": dialogue(
        _held, _now(minutes.record_minutes, text="Diễn biến"), "dialogues.minutes_recorded",
        once=False,
    ),
    "minutes.sign_minutes": dialogue(_minutes, _sign_minutes, "dialogues.minutes_signed"),
    "planning.change": dialogue(_planned, _change, "dialogues.rescheduled", once=False),
    "planning.announce": dialogue(_planned, _now(planning.announce), "dialogues.announced"),
    "planning.postpone": dialogue(
        _announced, _now(planning.postpone, reason="Bão"), "dialogues.postponed"
    ),
    "planning.reschedule": dialogue(
        _announced,
        lambda d: planning.reschedule(
            d.pk, starts_at=d.starts_at + timedelta(days=2), by=become("minh"), at=timezone.now()
        ),
        "dialogues.rescheduled", once=False,
    ),
    "planning.cancel": dialogue(
        _announced, _now(planning.cancel, reason="Bão"), "dialogues.cancelled"
    ),
    "planning.prepare": dialogue(
        _spoken,
        lambda d: planning.prepare(
            d.pk, item_id=Item.objects.get(dialogue=d).pk, draft_reply="Sẽ làm",
            by=become("minh"), at=timezone.now(),
        ),
        "dialogues.prepared", once=False,
    ),
    "sheets.import_sheet": dialogue(
        _kept_sheet,
        lambda d: sheets.import_sheet(
            SHEETS[d.pk], accepted=(), sure=True, by=become("minh"), at=timezone.now()
        ),
        "dialogues.imported",
    ),
    "slips.reissue_slips": dialogue(
        _spoken,
        lambda d: slips.reissue_slips(
            d.pk, list(Item.objects.filter(dialogue=d)), by=become("minh"), at=timezone.now()
        ),
        "", once=False,
    ),
}  # fmt: skip
