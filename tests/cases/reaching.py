"""A case brought to any state by the real commands, by people who may, one moment after another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from doithoai.accounts.actors import Actor, Citizen, Clock, Official
from doithoai.cases import policies, workflow
from doithoai.cases.commands import (
    answering,
    ending,
    hearing,
    history,
    informing,
    intake,
    letters,
    offering,
    placing,
    publishing,
)
from doithoai.cases.commands.answering import Extension, Reply
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.commands.letters import Letter
from doithoai.cases.commands.petitions import (
    deciding,
    passing,
    sorting,
    splitting,
    withdrawing,
)
from doithoai.cases.commands.placing import Kind
from doithoai.cases.commands.publishing import Public
from doithoai.cases.models import Case
from doithoai.cases.papers import transfer_letter
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import NotFound
from doithoai.docket.commands import escalate
from doithoai.docket.models import Obligation
from doithoai.units.models import Body
from tests.conftest import become
from tests.files import making

TEXT = "Kênh Đồng Lều bị bồi lắng, đề nghị nạo vét trước vụ mùa"
SETTLED = Reply("Đã nạo vét 400 m kênh", "settled", "12/UBND-KT", None)
BEFORE = timedelta(days=20)
A_WHILE = timedelta(minutes=7)
NAMES = ("minh", "hoa", "chi", "nong", "quang", "lien", "tinh", "kien", "van")


def body(short_name: str) -> Body:
    """A body of the real units."""
    return Body.objects.get(short_name=short_name)


def committee() -> Body:
    """The commune's People's Committee: receives."""
    return body("UBND xã Cẩm Lạc")


def office() -> Body:
    """The commune's economy office: handles, hoa works in it."""
    return body("Phòng Kinh tế xã Cẩm Lạc")


def department() -> Body:
    """A provincial department: asked to take things, nong works in it."""
    return Body.objects.get(pk=become("nong").body)


def culture() -> Body:
    """The commune's culture office: asked third, van works in it."""
    return body("Phòng Văn hóa - Xã hội xã Cẩm Lạc")


def without_account() -> Body:
    """A body for which nobody acts here."""
    return body("UBND xã Cẩm Bình")


@dataclass
class Story:
    """One case, its person, the moment it has come to. Each act comes a while after the last."""

    case_id: UUID
    submission: UUID
    lan: Citizen
    code: str
    secret: str
    at: datetime
    token: str = ""
    cast: dict[str, Actor] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """The case as the database has it now."""
        return Case.objects.select_related("matter").get(pk=self.case_id)

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.case.state

    def later(self, by: timedelta = A_WHILE) -> datetime:
        """The next moment."""
        self.at += by
        return self.at

    def who(self, name: str) -> Actor:
        """Somebody of the cast, or lan, the stranger and the clock."""
        return self.cast[name]

    def do(self, step: str, by: str) -> object:
        """One act, by somebody, a while later. Raises what the command raises."""
        self.later()
        return ACTS[step](self, self.who(by))


def begin(*, at: datetime | None = None, phone: str = "0900000001") -> Story:
    """Somebody without an account writes to the commune; a slip goes back."""
    moment = at or timezone.now() - BEFORE
    said = intake.Statement(text=TEXT, channel="web", occasion="web", phone=phone, speaker="Bà L.")
    taken = intake.submit(said, to=committee(), by=Citizen(), at=moment)
    assert taken.receipt is not None
    story = Story(
        taken.case.pk, taken.submission.pk, Citizen(taken.receipt.id), taken.receipt.code,
        taken.receipt.secret, moment,
    )  # fmt: skip
    story.cast = {
        "lan": story.lan,
        "stranger": Citizen(UUID("00000000-0000-4000-8000-000000000001")),
        "clock": Clock("lapse"),
        **{name: become(name) for name in NAMES},
    }
    return story


def reply(story: Story, outcome: str = "settled") -> Reply:
    """An answer with its document, dated the day it is given."""
    return Reply(
        "Đã nạo vét 400 m kênh", outcome, "12/UBND-KT", local_day(story.at),
        roadmap_year=2027 if outcome == "scheduled" else None,
    )  # fmt: skip


def _answer(story: Story, by: Actor) -> object:
    return answering.answer(story.case_id, reply(story), by=by, at=story.at)


def _partly(story: Story, by: Actor) -> object:
    return answering.answer(story.case_id, reply(story, "partly"), by=by, at=story.at)


def _schedule(story: Story, by: Actor) -> object:
    return answering.answer(story.case_id, reply(story, "scheduled"), by=by, at=story.at)


def _take_in(story: Story, by: Actor) -> object:
    return history.take_in_answer(
        story.case_id, reply(story), body=committee().pk, by=by, at=story.at
    )


def _take_in_scheduled(story: Story, by: Actor) -> object:
    answer = reply(story, "scheduled")
    return history.take_in_answer(story.case_id, answer, body=committee().pk, by=by, at=story.at)


def _draft(story: Story, by: Actor) -> object:
    return answering.draft(story.case_id, reply(story), seen=None, by=by, at=story.at)


def _forward(story: Story, by: Actor) -> object:
    letter = Letter("45/UBND-VP", local_day(story.at), "Thuộc địa bàn xã Cẩm Bình")
    story.token = letters.forward(
        story.case_id, to=without_account().pk, letter=letter, by=by, at=story.at
    )
    return story.token


def _draft_letter(story: Story, by: Actor) -> object:
    to, why = without_account().pk, "Thuộc địa bàn xã Cẩm Bình"
    docx = transfer_letter(story.case, to=to, why=why, today=local_day(story.at))
    return letters.draft_letter(story.case_id, to=to, why=why, docx=docx, by=by, at=story.at)


def _join(story: Story, by: Actor) -> object:
    other = begin(at=story.at, phone="0900000002")
    return ending.join(story.case_id, into=other.case_id, by=by, at=story.later())


def _assign(story: Story, by: Actor) -> object:
    hoa = story.cast["hoa"]
    assert isinstance(hoa, Official)
    return answering.assign(story.case_id, post=hoa.post, by=by, at=story.at)


def _publish(story: Story, by: Actor) -> object:
    public = Public("Nạo vét kênh", "Kênh bị bồi lắng", "Đã nạo vét", "Bà L. đồng ý ngày 12/7")
    return publishing.publish(story.case_id, public, by=by, at=story.at)


def _extend(story: Story, by: Actor) -> object:
    more = Extension("vn.recommendation.answer", "Phải khảo sát lại", days=5,
                     document="3/TB-KT", signed_on=local_day(story.at))  # fmt: skip
    return answering.extend(story.case_id, more, by=by, at=story.at)


def signed_paper(at: datetime) -> ending.SignedPaper:
    """The paper on which somebody signed that they withdraw."""
    return ending.SignedPaper(local_day(at), SimpleUploadedFile("giay-rut.pdf", making.pdf()))


def _unanswered(story: Story, by: Actor) -> object:
    """The body asked lets its days pass, and the clock notices."""
    story.at += timedelta(days=8)
    row = Obligation.objects.get(matter=story.case_id, role="offered_body", state="open")
    return escalate(row.pk, by=by, at=story.at)


LAND = sorting.Nature("complaint", "land", instance="first")
ELSEWHERE = sorting.Nature("complaint", "land", instance="first", competence="other")
WISH = sorting.Nature("recommendation", "land")
# On which ground of the law each kind is transferred.
GROUNDS = {
    "complaint": "complaint_competence",
    "denunciation": "denunciation_competence",
    "denunciation_info": "information_competence",
    "party_matter": "party_competence",
}


def _admit(story: Story, by: Actor) -> object:
    taken = deciding.Acceptance(local_day(story.at))
    return deciding.admit(story.case_id, taken, by=by, at=story.at)


def _transfer(story: Story, by: Actor) -> object:
    ground = GROUNDS.get(story.case.matter.procedure, "complaint_competence")
    paper = passing.TransferPaper("12/PC-UBND", local_day(story.at), "Thuộc nơi khác", ground)
    return passing.transfer(story.case_id, to=without_account().pk, paper=paper, by=by, at=story.at)


def _split(story: Story, by: Actor) -> object:
    parts = [splitting.Part(LAND, "Khiếu nại mức bồi thường"), splitting.Part(WISH, "Nạo vét kênh")]
    return splitting.split(story.case_id, parts, guidance="Viết riêng", by=by, at=story.at)


def _ask_to_withdraw(story: Story, by: Actor) -> object:
    """The command is ``withdraw``; of a petition it is this step."""
    seen = Case.objects.visible_to(by).select_related("matter").filter(pk=story.case_id)
    if not seen:
        raise NotFound("")
    require(policies.RIGHTS[workflow.ASK_TO_WITHDRAW](by, seen[0]))
    paper = signed_paper(story.at)
    return ending.withdraw(story.case_id, reason="Đã hiểu", paper=paper, by=by, at=story.at)


# Acts on what is settled by law as a complaint or a denunciation.
ON_PETITIONS: Mapping[str, Callable[[Story, Actor], object]] = {
    "sort": lambda s, by: sorting.sort(s.case_id, LAND, by=by, at=s.at),
    "sort_elsewhere": lambda s, by: sorting.sort(s.case_id, ELSEWHERE, by=by, at=s.at),
    "split": _split,
    "convert": lambda s, by: sorting.convert(s.case_id, WISH, why="Kiến nghị", by=by, at=s.at),
    "examine": lambda s, by: deciding.examine(s.case_id, by=by, at=s.at),
    "admit": _admit,
    "decline": lambda s, by: deciding.decline(
        s.case_id, ground="time_barred", text="Hết thời hiệu", by=by, at=s.at
    ),
    "advise": lambda s, by: deciding.advise(
        s.case_id, ground="court_matter", text="Gửi Tòa án", by=by, at=s.at
    ),
    "transfer": _transfer,
    "hand_back": lambda s, by: deciding.hand_back(
        s.case_id,
        ground="not_eligible_originals",
        text="Không đủ điều kiện",
        papers=[],
        by=by,
        at=s.at,
    ),
    "urge_transferred": lambda s, by: passing.urge(
        s.case_id, text="Đề nghị trả lời", by=by, at=s.at
    ),
    "record_settled": lambda s, by: passing.record_settled(
        s.case_id, text="Đã có quyết định", by=by, at=s.at
    ),
    "tell_forwarder": lambda s, by: passing.tell_forwarder(s.case_id, by=by, at=s.at),
    "notify_acceptance": lambda s, by: deciding.notify_acceptance(s.case_id, by=by, at=s.at),
    "citizen_told": lambda s, by: passing.citizen_told(s.case_id, by=by, at=s.at),
    "ask_to_withdraw": _ask_to_withdraw,
    "go_on": lambda s, by: withdrawing.go_on(
        s.case_id, ground="not_own_will", text="Đơn rút không có chữ ký", by=by, at=s.at
    ),
    "stop": lambda s, by: withdrawing.stop(s.case_id, text="Đình chỉ theo đề nghị", by=by, at=s.at),
    "send_stop": lambda s, by: withdrawing.send_stop(s.case_id, by=by, at=s.at),
}
ON_A_SLIP = Heard("slip", "Đã xong thật")
NOT_DONE = Heard("slip", "Mới làm một nửa")

ACTS: Mapping[str, Callable[[Story, Actor], object]] = {
    "classify": lambda s, by: placing.classify(s.case_id, Kind("irrigation"), by=by, at=s.at),
    "redirect": lambda s, by: placing.classify(
        s.case_id, Kind("irrigation", other_procedure="complaint"), by=by, at=s.at
    ),
    "guide": lambda s, by: placing.guide(s.case_id, letter="Gửi đơn khiếu nại", by=by, at=s.at),
    "route": lambda s, by: placing.route(
        s.case_id, to=office().pk, why="Phụ trách thủy lợi", by=by, at=s.at
    ),
    "offer": lambda s, by: placing.offer(
        s.case_id, to=department().pk, why="Kênh cấp tỉnh", by=by, at=s.at
    ),
    "offer_to_culture": lambda s, by: placing.offer(
        s.case_id, to=culture().pk, why="Di tích bên kênh", by=by, at=s.at
    ),
    "accept": lambda s, by: placing.accept(s.case_id, by=by, at=s.at),
    "return": lambda s, by: placing.give_back(
        s.case_id, reason="Kênh do xã quản lý", by=by, at=s.at
    ),
    "refer": lambda s, by: placing.give_back(
        s.case_id, reason="Kênh do xã quản lý", by=by, at=s.at
    ),
    "decide_lead": lambda s, by: placing.decide_lead(
        s.case_id, to=office().pk, why="Kênh nội đồng", by=by, at=s.at
    ),
    "draft_letter": _draft_letter,
    "forward": _forward,
    "urge": lambda s, by: letters.urge(s.case_id, text="Đề nghị trả lời", by=by, at=s.at),
    "record_reply": lambda s, by: letters.record_reply(
        s.case_id, text="Đã nhận, sẽ làm", by=by, at=s.at
    ),
    "assign": _assign,
    "act": lambda s, by: answering.act(s.case_id, what="Đã căng dây cảnh báo", by=by, at=s.at),
    "ask": lambda s, by: answering.ask(s.case_id, text="Đoạn kênh nào?", by=by, at=s.at),
    "hear_reply": lambda s, by: answering.hear_reply(
        s.case_id, text="Đoạn sau trường học", by=by, at=s.at
    ),
    "draft": _draft,
    "approve": lambda s, by: answering.approve(s.case_id, seen=None, by=by, at=s.at),
    "answer": _answer,
    "partly": _partly,
    "inform": lambda s, by: informing.inform(
        s.case_id, text="Máy đã về, làm trong tuần", by=by, at=s.at
    ),
    "take_in": _take_in,
    "take_in_scheduled": _take_in_scheduled,
    "schedule": _schedule,
    "review": lambda s, by: informing.review(s.case_id, text="Chưa bố trí được", by=by, at=s.at),
    "publish": _publish,
    "confirm": lambda s, by: hearing.confirm(s.case_id, ON_A_SLIP, by=by, at=s.at),
    "confirm_part": lambda s, by: hearing.confirm_part(s.case_id, NOT_DONE, by=by, at=s.at),
    "dispute": lambda s, by: hearing.dispute(s.case_id, NOT_DONE, by=by, at=s.at),
    "lapse": lambda s, by: hearing.lapse(s.case_id, by=by, at=s.at),
    "reopen": lambda s, by: ending.reopen(s.case_id, reason="Lại bồi lắng", by=by, at=s.at),
    "close": lambda s, by: ending.close(s.case_id, by=by, at=s.at),
    "extend": _extend,
    "withdraw": lambda s, by: ending.withdraw(
        s.case_id, reason="Đã tự làm", paper=signed_paper(s.at), by=by, at=s.at
    ),
    **dict.fromkeys(
        ("take_back", "take_back_in_hand"),
        lambda s, by: offering.take_back(s.case_id, reason="Chưa có hồi âm", by=by, at=s.at),
    ),
    "refer_unanswered": lambda s, by: offering.refer(
        s.case_id, reason="Quá hạn chưa trả lời", by=by, at=s.at
    ),
    "urge_offered": lambda s, by: offering.urge_offered(
        s.case_id, text="Đề nghị cho ý kiến", by=by, at=s.at
    ),
    "route_above": lambda s, by: placing.route(
        s.case_id, to=culture().pk, why="Cấp trên giao", by=by, at=s.at
    ),
    "unanswered": _unanswered,
    "hear_reply_above": lambda s, by: answering.hear_reply(
        s.case_id, text="Đoạn sau trường học", by=by, at=s.at
    ),
    "archive": lambda s, by: ending.archive(s.case_id, ground="duplicate", by=by, at=s.at),
    "join": _join,
    "part": lambda s, by: ending.part(s.case_id, reason="Hai đoạn khác nhau", by=by, at=s.at),
    **ON_PETITIONS,
}

ROUTED = (("classify", "minh"), ("route", "minh"))
OFFERED = (*ROUTED, ("offer", "minh"))
ANSWERED = (*ROUTED, ("answer", "hoa"))
ONE_RETURN = (("offer", "minh"), ("return", "nong"))
PATHS: Mapping[State, tuple[tuple[str, str], ...]] = {
    State.RECEIVED: (),
    State.CLASSIFIED: (("classify", "minh"),),
    State.ROUTED: ROUTED,
    State.OFFERED: OFFERED,
    State.RETURNED: (*OFFERED, ("return", "nong")),
    State.DISPUTED_LEAD: (
        *ROUTED,
        *ONE_RETURN,
        *ONE_RETURN,
        ("offer_to_culture", "minh"),
        ("refer", "van"),
    ),
    State.FORWARDED: (*ROUTED, ("forward", "minh")),
    State.ASKED: (*ROUTED, ("ask", "hoa")),
    State.DRAFTED: (*ROUTED, ("draft", "hoa")),
    State.APPROVED: (*ROUTED, ("draft", "hoa"), ("approve", "kien")),
    State.ANSWERED: ANSWERED,
    State.ESCALATED: (*ANSWERED, ("dispute", "lan")),
    State.SCHEDULED: (*ROUTED, ("schedule", "hoa")),
    State.REDIRECTED: (("redirect", "minh"),),
    State.CONFIRMED: (*ANSWERED, ("confirm", "lan")),
    State.CLOSED: (*ANSWERED, ("lapse", "clock"), ("close", "hoa")),
    State.GUIDED: (("redirect", "minh"), ("guide", "minh")),
    State.WITHDRAWN: (("classify", "minh"), ("withdraw", "lan")),
    State.ARCHIVED: (("classify", "minh"), ("archive", "minh")),
    State.JOINED: (("classify", "minh"), ("join", "minh")),
    State.ADMITTED: (("sort", "minh"), ("examine", "minh"), ("admit", "minh")),
    State.DECLINED: (("sort", "minh"), ("decline", "minh")),
    State.TRANSFERRED: (("sort_elsewhere", "minh"), ("transfer", "minh")),
    State.HANDED_BACK: (("sort", "minh"), ("hand_back", "minh")),
    State.SETTLED: (
        ("sort_elsewhere", "minh"),
        ("transfer", "minh"),
        ("record_settled", "minh"),
    ),
    State.TERMINATED: (("sort", "minh"), ("ask_to_withdraw", "lan"), ("stop", "chi")),
}


def reach(state: State, *more: tuple[str, str]) -> Story:
    """A case in this state, made by the steps that lead there, then ``more`` steps."""
    story = begin()
    for step, by in (*PATHS[state], *more):
        story.do(step, by)
    return story
