"""What two hands do at one moment: for every locking command, from which state, by whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from doithoai.accounts.models import Holding, Post, User
from doithoai.cases.commands import (
    answering,
    coordinating,
    history,
    intake,
    paper_making,
    placing,
    publishing,
    sealing,
    together,
)
from doithoai.cases.commands.erasing import Ground, erase
from doithoai.cases.commands.paper_making import Signed
from doithoai.cases.commands.petitions.sorting import Nature, sort
from doithoai.cases.commands.placing import Kind
from doithoai.cases.models import Case
from doithoai.cases.petition_papers import Asked
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.units.models import Body
from tests.cases.reaching import ACTS, Story, committee, culture, office, reach, reply
from tests.conftest import become


@dataclass(frozen=True)
class Ready:
    """A thing brought to where the race begins. ``act`` is done by all at one moment."""

    matter: UUID
    act: Callable[[], object]


@dataclass(frozen=True)
class Race:
    """``entry``: what it leaves in the record. ``once``: only one of them is kept; else each is,
    with an entry of its own. ``at_once``: how many hands.
    """

    entry: str
    ready: Callable[[], Ready]
    once: bool = True
    at_once: int = 3


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


ASKED_TO_ERASE = Ground(
    reason="Người gửi yêu cầu xóa dữ liệu của mình",
    basis="Luật 91/2025/QH15",
    document="15/ĐN-XDL",
    decided_on=date(2026, 11, 20),
    despite_duty=True,
)


# ------------------------------------------------------------------------------------- cases
def seen(state: State, act: Callable[[Story, int], object], entry: str) -> Race:
    """A command that says which version of the page it was sent from: the second one is stale."""

    def ready() -> Ready:
        story = reach(state)
        story.later()
        version = story.case.matter.version
        return Ready(story.case_id, lambda: act(story, version))

    return Race(entry, ready)


def _left_for_a_person() -> Ready:
    story = reach(State.CLASSIFIED)
    Case.objects.filter(pk=story.case_id).update(attention=["field"])
    at, minh = story.later(), story.who("minh")
    return Ready(story.case_id, lambda: intake.look_over(story.case_id, by=minh, at=at))


def _drafted() -> Ready:
    story = reach(State.CLASSIFIED)
    at, minh = story.later(), story.who("minh")
    made = paper_making.draft_paper(story.case_id, PAPER, Asked(to=office().pk), by=minh, at=at)
    signed = Signed("15/TB-UBND", local_day(at))
    return Ready(
        story.case_id,
        lambda: paper_making.record_paper(story.case_id, made.pk, signed, by=minh, at=at),
    )


def _sealed() -> Ready:
    """A sealed item, whose papers are signed elsewhere."""
    ready = somebody_took_a_seat("doc")
    at, chi = timezone.now(), become("chi")
    signed = Signed("15/TB-UBND", local_day(at))
    return Ready(
        ready.matter,
        lambda: paper_making.record_sealed_paper(
            ready.matter, "denunciation_minutes", signed, by=chi, at=at
        ),
    )


def somebody_took_a_seat(username: str = "son") -> Ready:
    """A sealed item about the culture office, where somebody else sits since this morning."""
    story = reach(State.RECEIVED)
    nature = Nature("denunciation_info", "other", respondents=(culture().pk,))
    sort(story.case_id, nature, by=story.who("minh"), at=story.later())
    take_a_seat(username, culture(), story)
    clock, at = story.who("clock"), story.later()
    return Ready(story.case_id, lambda: sealing.look_again(story.case_id, by=clock, at=at))


def take_a_seat(username: str, where: Body, story: Story) -> User:
    """Somebody holds another post from the day the story has come to."""
    post = Post.objects.create(body=where, title=f"Biệt phái {username}", valid=(LONG_AGO, None))
    user = User.objects.get(username=username)
    Holding.objects.create(post=post, user=user, valid=(local_day(story.at), None))
    return user


LONG_AGO = date(2025, 7, 1)
PAPER = "recommendation_transferred"
PUBLIC = publishing.Public("Nạo vét kênh", "Kênh bị bồi lắng", "Đã nạo vét", "Bà L. đồng ý")
SAID = intake.Statement(text="Tôi cũng đề nghị", channel="counter", occasion="counter")
CASES: Mapping[str, Race] = {
    "answering.assign": step(State.ROUTED, "assign", "kien", "cases.assigned", once=False),
    "answering.act": step(State.ROUTED, "act", "hoa", "cases.acted", once=False),
    "answering.ask": step(State.ROUTED, "ask", "hoa", "cases.asked"),
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
    "informing.inform": step(State.ROUTED, "inform", "hoa", "cases.informed", once=False),
    "informing.review": step(State.SCHEDULED, "review", "hoa", "cases.reviewed", once=False),
    "answering.extend": step(State.ROUTED, "extend", "chi", "cases.extended"),
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
    "erasing.erase": case(
        State.CONFIRMED,
        lambda s: erase(s.submission, ASKED_TO_ERASE, by=s.who("chi"), at=s.at),
        "docket.erased",
        once=False,
    ),
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
        "cases.answered", once=False,  # the line of the hall is kept once: hall.take_down
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
    "intake.look_over": Race("cases.looked_over", _left_for_a_person),
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
    "offering.take_back": step(State.OFFERED, "take_back", "minh", "cases.taken_back"),
    "offering.refer": step(
        State.OFFERED, "refer_unanswered", "minh", "cases.referred", ("unanswered", "clock")
    ),
    "offering.urge_offered": step(
        State.OFFERED, "urge_offered", "minh", "cases.offer_urged", once=False
    ),
    "paper_making.draft_paper": case(
        State.CLASSIFIED,
        lambda s: paper_making.draft_paper(
            s.case_id, PAPER, Asked(to=office().pk), by=s.who("minh"), at=s.at
        ),
        "files.drafted", once=False,
    ),
    "paper_making.record_paper": Race("files.signed_recorded", _drafted),
    "paper_making.record_sealed_paper": Race("files.signed_recorded", _sealed, once=False),
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
    "letters.forward": step(State.ROUTED, "forward", "minh", "cases.forwarded"),
    "letters.urge": step(State.FORWARDED, "urge", "minh", "cases.urged", once=False),
    "letters.record_reply": step(
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
    "sealing.look_again": Race("docket.shut_out", somebody_took_a_seat, once=False, at_once=8),
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
