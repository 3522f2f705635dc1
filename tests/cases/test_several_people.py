"""One item, several people: each withdraws, agrees and is told for themselves."""

import pytest

from doithoai.accounts.actors import Citizen
from doithoai.cases.commands import ending, hearing, intake
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.commands.intake import Statement, Taken
from doithoai.cases.models import PersonsWord
from doithoai.cases.workflow import State
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.docket.models import Matter, Obligation, Words
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from doithoai.supervision.commands import Said, record_words
from tests.cases.reaching import Story, reach, signed_paper
from tests.conftest import become

pytestmark = pytest.mark.django_db


def _one_more(story: Story) -> Taken:
    said = Statement(
        text="Mương Cồn Tùng cũng tắc", channel="counter", occasion="counter", speaker="Ông T."
    )
    return intake.add_submission(story.case_id, said, by=story.who("minh"), at=story.later())


def _holder(taken: Taken) -> Citizen:
    assert taken.receipt is not None
    return Citizen(taken.receipt.id)


def test_one_more_person_gets_a_slip_and_is_found_by_their_words() -> None:
    story = reach(State.ROUTED)
    more = _one_more(story)
    assert Matter.objects.visible_to(_holder(more)).get().pk == story.case_id
    assert "con tung" in Words.objects.get(matter=story.case_id).text


def test_one_of_two_withdraws_and_the_item_goes_on_for_the_other() -> None:
    story = reach(State.ROUTED)
    more = _one_more(story)
    ending.withdraw(story.case_id, reason="Tôi đã tự làm", by=_holder(more), at=story.later())
    assert story.state == State.ROUTED
    assert not story.case.reasons.filter(text="Tôi đã tự làm").exists()
    assert not Matter.objects.visible_to(_holder(more)).exists()
    ended = story.case.carried.get(submission=more.submission)
    assert (ended.until, ended.why_ended) == (story.at, "Tôi đã tự làm")
    ending.withdraw(story.case_id, reason="Xong rồi", by=story.lan, at=story.later())
    assert story.state == State.WITHDRAWN


def test_a_clerk_says_who_of_several_withdraws() -> None:
    story = reach(State.ROUTED)
    more = _one_more(story)
    chi, at, whose = story.who("chi"), story.later(), more.submission.pk
    case, paper = story.case_id, signed_paper(at)
    with pytest.raises(Invalid):
        ending.withdraw(case, reason="Rút", paper=paper, by=chi, at=at)
    with pytest.raises(Invalid):
        ending.withdraw(case, reason=" ", submission=whose, paper=signed_paper(at), by=chi, at=at)
    with pytest.raises(Invalid):
        ending.withdraw(case, reason="Rút", submission=whose, by=chi, at=at)
    paper = signed_paper(at)
    ending.withdraw(case, reason="Rút", submission=whose, paper=paper, by=chi, at=at)
    assert story.state == State.ROUTED


def test_whoever_withdrew_speaks_for_nobody_else() -> None:
    story = reach(State.ROUTED)
    more = _one_more(story)
    ending.withdraw(story.case_id, reason="Rút", by=_holder(more), at=story.later())
    story.do("answer", "hoa")
    with pytest.raises(NotFound):
        hearing.confirm(story.case_id, Heard("web"), by=_holder(more), at=story.later())


def test_it_ends_only_when_the_last_of_several_agrees() -> None:
    story = reach(State.ROUTED)
    more = _one_more(story)
    story.do("answer", "hoa")
    hearing.confirm(story.case_id, Heard("web"), by=story.lan, at=story.later())
    assert (story.state, story.case.word) == (State.ANSWERED, "none")
    assert Entry.objects.filter(matter=story.case_id, kind="cases.one_agreed").count() == 1
    assert Obligation.objects.filter(matter=story.case_id, kind="window", state="open").exists()
    hearing.confirm(story.case_id, Heard("web"), by=_holder(more), at=story.later())
    assert (story.state, story.case.word) == (State.CONFIRMED, "agreed")


def test_a_slip_of_one_is_not_booked_as_the_word_of_another() -> None:
    story = reach(State.ROUTED)
    more = _one_more(story)
    story.do("answer", "hoa")
    quang = become("quang")
    told = record_words([Said(story.case_id, "partly", "Còn thiếu")], by=quang, at=story.later())
    assert (told.kept, len(told.refused)) == (0, 1)
    slip = Said(story.case_id, "partly", "Còn thiếu", more.submission.pk)
    assert record_words([slip], by=quang, at=story.later()).kept == 1
    assert PersonsWord.objects.get(case=story.case_id).submission == more.submission


def test_after_an_answer_the_answering_body_replaces_no_slip() -> None:
    story = reach(State.ROUTED)
    story.do("answer", "hoa")
    hoa = story.who("hoa")
    with pytest.raises(Denied):
        intake.reissue_slip(story.case_id, submission_id=story.submission, by=hoa, at=story.later())


def test_a_slip_replaced_after_the_answer_is_told_and_its_word_is_not_the_persons_own() -> None:
    story = reach(State.ANSWERED)
    minh = story.who("minh")
    slip = intake.reissue_slip(
        story.case_id, submission_id=story.submission, by=minh, at=story.later()
    )
    told = Outbox.objects.get(about=story.case_id, template="cases/notices/reissued")
    assert (told.channel, told.address) == ("sms", "0900000001")
    hearing.confirm(story.case_id, Heard("web"), by=Citizen(slip.id), at=story.later())
    word = PersonsWord.objects.get(case=story.case_id)
    assert (word.by_self, word.recorded_by_id) == (False, minh.post)
    assert not story.case.word_by_self
