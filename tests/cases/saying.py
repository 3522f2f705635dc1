"""Every command that takes words about an item, each with words of its own: said of an item whose
contents are in the vault, they stand nowhere in clear.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile

from doithoai.accounts.actors import Official
from doithoai.cases.commands import (
    answering,
    ending,
    hearing,
    history,
    informing,
    intake,
    letters,
    lodging,
    messaging,
    offering,
    placing,
    together,
)
from doithoai.cases.commands.answering import Extension, Reply
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.commands.letters import Letter, ReplyPaper
from doithoai.cases.commands.petitions import deciding, passing, sorting, withdrawing
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.placing import Kind
from doithoai.cases.workflow import State
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.docket.commands import correct
from doithoai.docket.models import Matter
from doithoai.ledger.models import Entry
from doithoai.notices.commands import Arrived
from doithoai.notices.models import Incoming
from doithoai.vault.reading import holds
from tests.cases.reaching import (
    GROUNDS,
    PATHS,
    ROUTED,
    Story,
    begin,
    culture,
    office,
    signed_paper,
    without_account,
)
from tests.conftest import become
from tests.files import making

Steps = tuple[tuple[str, str], ...]
Words = Callable[[Story, Actor, str], object]
PHONE = "0900000777"
RULE = "vn.recommendation.answer"


@dataclass(frozen=True)
class Saying:
    """A command, by whom, on an item that came so far before it was sealed (``before``) and so far
    after (``then``); ``of``: the denunciation itself, not the item that shares its statement.
    """

    command: str
    by: str
    act: Words
    before: Steps = ROUTED
    then: Steps = ()
    of: bool = False
    several: bool = False


def beside(before: Steps = ROUTED, *, several: bool = False, phone: str = "0900000001") -> Story:
    """An ordinary item that shares its statement with a denunciation, and was sealed with it."""
    story = begin(phone=phone)
    first, minh = story.case_id, story.who("minh")
    (made,) = intake.fan_out(first, texts=["Đường vào thôn hỏng"], by=minh, at=story.later())
    story.case_id = made.pk
    if several:
        more = intake.Statement(text="Tôi cũng thấy", channel="counter", occasion="counter")
        intake.add_submission(made.pk, more, by=minh, at=story.later())
    for step, by in before:
        story.do(step, by)
    denounced = Kind("irrigation", other_procedure="denunciation")
    placing.classify(first, denounced, by=minh, at=story.later())
    assert holds(made.pk)
    return story


def denounced(competence: str = "own") -> Story:
    """A denunciation about the culture office, with the commune's committee."""
    story = begin()
    Matter.objects.filter(pk=story.case_id).update(channel="letter")
    nature = Nature("denunciation", "other", competence=competence, respondents=(culture().pk,))
    sorting.sort(story.case_id, nature, by=story.who("minh"), at=story.later())
    assert holds(story.case_id)
    return story


def told(saying: Saying, words: str) -> Story:
    """The item after these words were said of it by this command."""
    elsewhere = saying.command.startswith(("petitions.passing", "placing"))
    if saying.of:
        story = denounced("other" if elsewhere else "own")
    else:
        own = {"phone": PHONE} if saying.act is _by_sms else {}
        story = beside(saying.before, several=saying.several, **own)
    for step, by in saying.then:
        story.do(step, by)
    story.later()
    saying.act(story, story.who(saying.by), words)
    return story


def paper(words: str) -> SimpleUploadedFile:
    """A file handed over, with words in its name and in it."""
    return SimpleUploadedFile(f"{words[:60]}.txt", words.encode())


def reply(story: Story, words: str, outcome: str = "settled") -> Reply:
    """An answer with its document."""
    return Reply(words, outcome, "12/UBND-KT", local_day(story.at))


def _extend(story: Story, by: Actor, words: str) -> object:
    signed = local_day(story.at)
    more = Extension(RULE, words, days=5, document="3/TB-KT", signed_on=signed)
    return answering.extend(story.case_id, more, by=by, at=story.at)


def _correct(story: Story, by: Actor, words: str) -> object:
    kinds = ("cases.noted", "cases.informed")
    wrong = Entry.objects.filter(matter=story.case_id, kind__in=kinds).latest("at")
    return correct(story.case_id, entry=wrong.pk, reason=words, by=by, at=story.at)


def _offer(story: Story, by: Actor, words: str) -> object:
    to = become("tinh").body
    assert to is not None
    return placing.offer(story.case_id, to=to, why=words, by=by, at=story.at)


def _offered(story: Story) -> Story:
    _offer(story, story.who("minh"), "Thẩm quyền")
    story.later()
    return story


def _return(story: Story, by: Actor, words: str) -> object:
    return placing.give_back(_offered(story).case_id, reason=words, by=by, at=story.at)


def _take_back(story: Story, by: Actor, words: str) -> object:
    pk = _offered(story).case_id
    offering.take_back(pk, reason=words, by=by, at=story.at)
    return _offered(story)  # asked once more: what is said then does not meet what was said before


def _forward(story: Story, by: Actor, words: str) -> object:
    signed = SimpleUploadedFile("cv.pdf", making.pdf(), "application/pdf")
    letter = Letter("45/UBND-VP", local_day(story.at), words, signed)
    to = without_account().pk
    return letters.forward(story.case_id, to=to, letter=letter, by=by, at=story.at)


def _on_the_spot(story: Story, by: Actor, words: str) -> object:
    return history.answer_on_the_spot(
        story.case_id, text=words, body=office().pk, by=by, at=story.at
    )


def _take_in(story: Story, by: Actor, words: str) -> object:
    answer = reply(story, words)
    return history.take_in_answer(story.case_id, answer, body=office().pk, by=by, at=story.at)


def _by_sms(story: Story, by: Actor, words: str) -> object:
    return messaging.hear_message(Arrived("m1", f"+84{PHONE[1:]}", words), by=by, at=story.at)


def _with_evidence(story: Story, by: Actor, words: str) -> object:
    return together.answer_with_evidence(
        story.case_id, reply(story, words), uploads=[paper(words)], seen=None, by=by, at=story.at
    )


def _many_with_evidence(story: Story, by: Actor, words: str) -> object:
    return together.answer_many_with_evidence(
        [story.case_id], reply(story, words), uploads=[paper(words)], by=by, at=story.at
    )


def _withdraw(story: Story, by: Actor, words: str) -> object:
    signed = None if by.kind == "citizen" else signed_paper(story.at)
    return ending.withdraw(story.case_id, reason=words, paper=signed, by=by, at=story.at)


def _transfer(story: Story, by: Actor, words: str) -> object:
    to, letter = (
        without_account().pk,
        passing.TransferPaper(
            "1/PC", local_day(story.at), words, GROUNDS[story.case.matter.procedure]
        ),
    )
    return passing.transfer(story.case_id, to=to, paper=letter, by=by, at=story.at)


def _convert(story: Story, by: Actor, words: str) -> object:
    nature = Nature("denunciation_info", "other", respondents=(culture().pk,), people=words)
    return sorting.convert(story.case_id, nature, why=words, by=by, at=story.at)


def _message_read(story: Story, by: Actor, words: str) -> object:
    """A message that waited for a clerk when the item was sealed is marked as read."""
    waiting = Incoming.objects.create(
        gateway_id=f"m-{story.case_id}", about=story.case_id, body_id=story.case.receiving_body_id,
        came_at=story.at,
    )  # fmt: skip
    return messaging.look_at_message(waiting.pk, done=words, by=by, at=story.at)


def _told_by_sms(story: Story, by: Actor, words: str) -> object:
    heard = Heard("sms", words, story.submission)
    return hearing.confirm_part(story.case_id, heard, by=by, at=story.at)


ASKED: Final[Steps] = (("ask", "kien"),)
ANSWERED: Final = PATHS[State.ANSWERED]
CONFIRMED: Final = PATHS[State.CONFIRMED]
SENT: Final[Steps] = (("transfer", "minh"),)
SAYINGS: Final = (
    Saying("answering.act", "minh", lambda s, by, words: answering.act(
        s.case_id, what=words, by=by, at=s.at)),
    Saying("answering.ask", "kien", lambda s, by, words: answering.ask(
        s.case_id, text=words, by=by, at=s.at)),
    Saying("answering.hear_reply", "minh", lambda s, by, words: answering.hear_reply(
        s.case_id, text=words, by=by, at=s.at), then=ASKED),
    Saying("lodging.reply", "lan", lambda s, by, words: lodging.reply(
        s.case_id, text=words, uploads=[paper(words)], by=by, at=s.at), then=ASKED),
    Saying("answering.answer", "kien", lambda s, by, words: answering.answer(
        s.case_id, reply(s, words), by=by, at=s.at)),
    Saying("answering.answer_many", "kien", lambda s, by, words: answering.answer_many(
        [s.case_id], reply(s, words), by=by, at=s.at)),
    Saying("answering.answer of what was drafted", "kien",
           lambda s, by, words: answering.answer(s.case_id, reply(s, words), by=by, at=s.at),
           before=PATHS[State.APPROVED]),
    Saying("together.answer_with_evidence", "kien", _with_evidence),
    Saying("together.answer_many_with_evidence", "kien", _many_with_evidence),
    Saying("answering.extend", "kien", _extend),
    Saying("answering.note", "kien", lambda s, by, words: answering.note(
        s.case_id, text=words, by=by, at=s.at)),
    Saying("informing.inform", "kien", lambda s, by, words: informing.inform(
        s.case_id, text=words, by=by, at=s.at)),
    Saying("informing.review", "kien", lambda s, by, words: informing.review(
        s.case_id, text=words, by=by, at=s.at), before=PATHS[State.SCHEDULED]),
    Saying("hearing.confirm", "lan", lambda s, by, words: hearing.confirm(
        s.case_id, Heard("web", words), by=by, at=s.at), before=ANSWERED),
    Saying("hearing.confirm of one of several", "lan", lambda s, by, words: hearing.confirm(
        s.case_id, Heard("web", words), by=by, at=s.at), before=ANSWERED, several=True),
    Saying("hearing.confirm_part", "lan", lambda s, by, words: hearing.confirm_part(
        s.case_id, Heard("web", words), by=by, at=s.at), before=ANSWERED),
    Saying("hearing.confirm_part by message", "lan", _told_by_sms, before=ANSWERED),
    Saying("hearing.dispute", "lan", lambda s, by, words: hearing.dispute(
        s.case_id, Heard("web", words), by=by, at=s.at), before=ANSWERED),
    Saying("lodging.say", "lan", lambda s, by, words: lodging.say(
        s.case_id, "partly", Heard("web", words), [paper(words)], by=by, at=s.at),
        before=ANSWERED),
    Saying("history.answer_on_the_spot", "minh", _on_the_spot),
    Saying("history.take_in_answer", "minh", _take_in),
    Saying("ending.withdraw", "lan", _withdraw),
    Saying("ending.withdraw of one of several", "lan", _withdraw, several=True),
    Saying("ending.archive", "minh", lambda s, by, words: ending.archive(
        s.case_id, ground="duplicate", why=words, by=by, at=s.at)),
    Saying("ending.reopen", "kien", lambda s, by, words: ending.reopen(
        s.case_id, reason=words, by=by, at=s.at), before=CONFIRMED),
    Saying("ending.part", "minh", lambda s, by, words: ending.part(
        s.case_id, reason=words, by=by, at=s.at), before=PATHS[State.JOINED]),
    Saying("placing.route", "minh", lambda s, by, words: placing.route(
        s.case_id, to=office().pk, why=words, by=by, at=s.at)),
    Saying("placing.offer", "minh", _offer),
    Saying("placing.give_back", "tinh", _return, of=True),
    Saying("placing.decide_lead", "chi", lambda s, by, words: placing.decide_lead(
        s.case_id, to=office().pk, why=words, by=by, at=s.at),
        before=PATHS[State.DISPUTED_LEAD]),
    Saying("offering.take_back", "minh", _take_back),
    Saying("offering.urge_offered", "minh", lambda s, by, words: offering.urge_offered(
        _offered(s).case_id, text=words, by=by, at=s.at)),
    Saying("offering.refer", "minh", lambda s, by, words: offering.refer(
        s.case_id, reason=words, by=by, at=s.at),
        before=(*PATHS[State.OFFERED], ("unanswered", "clock"))),
    Saying("letters.forward", "minh", _forward),
    Saying("letters.urge", "minh", lambda s, by, words: letters.urge(
        s.case_id, text=words, by=by, at=s.at), before=PATHS[State.FORWARDED]),
    Saying("letters.record_reply", "minh", lambda s, by, words: letters.record_reply(
        s.case_id, text=words, paper=ReplyPaper("7/CV", local_day(s.at), [paper(words)]),
        by=by, at=s.at), before=PATHS[State.FORWARDED]),
    Saying("docket.correct", "chi", _correct, then=(("inform", "kien"),)),
    Saying("messaging.hear_message", "clock", _by_sms, before=ANSWERED),
    Saying("messaging.look_at_message", "minh", _message_read),
    Saying("placing.guide", "minh", lambda s, by, words: placing.guide(
        s.case_id, letter=words, by=by, at=s.at), before=PATHS[State.REDIRECTED]),
    Saying("petitions.deciding.decline", "minh", lambda s, by, words: deciding.decline(
        s.case_id, ground="no_grounds_of_violation", text=words, by=by, at=s.at), of=True),
    Saying("petitions.deciding.advise", "minh", lambda s, by, words: deciding.advise(
        s.case_id, ground="court_matter", text=words, by=by, at=s.at), of=True),
    Saying("petitions.deciding.hand_back", "minh", lambda s, by, words: deciding.hand_back(
        s.case_id, ground="not_eligible_originals", text=words, papers=[], by=by, at=s.at),
        of=True),
    Saying("petitions.passing.transfer", "minh", _transfer, of=True),
    Saying("petitions.passing.urge", "minh", lambda s, by, words: passing.urge(
        s.case_id, text=words, by=by, at=s.at), then=SENT, of=True),
    Saying("petitions.passing.record_settled", "minh", lambda s, by, words: passing.record_settled(
        s.case_id, text=words, by=by, at=s.at), then=SENT, of=True),
    Saying("petitions.sorting.convert", "minh", _convert, of=True),
    Saying("petitions.withdrawing.ask", "lan", _withdraw, of=True),
    Saying("petitions.withdrawing.go_on", "chi", lambda s, by, words: withdrawing.go_on(
        s.case_id, ground="signs_of_breach", text=words, by=by, at=s.at),
        then=(("ask_to_withdraw", "lan"),), of=True),
    Saying("petitions.withdrawing.stop", "chi", lambda s, by, words: withdrawing.stop(
        s.case_id, text=words, by=by, at=s.at), then=(("ask_to_withdraw", "lan"),), of=True),
)  # fmt: skip


def readers(story: Story) -> list[Official]:
    """Whoever of the cast may open what is sealed and sees this item."""
    seen = []
    for name in ("chi", "tinh", "thanh"):
        by = become(name)
        if by.may("docket.unseal") and Matter.objects.visible_to(by).filter(pk=story.case_id):
            seen.append(by)
    return seen
