"""The person has the last word; silence is unconfirmed and never satisfied."""

from datetime import timedelta

import pytest

from doithoai.accounts.actors import Citizen, Clock
from doithoai.cases import tasks
from doithoai.cases.commands import ending, hearing, history, intake
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.models import PersonsWord
from doithoai.cases.workflow import State
from doithoai.core.errors import Denied, Invalid, WrongState
from doithoai.docket.models import Matter, Obligation
from doithoai.ledger.models import Entry
from tests.cases.reaching import body, committee, reach, reply, without_account

pytestmark = pytest.mark.django_db


def test_the_person_confirms_and_the_case_is_at_its_end() -> None:
    story = reach(State.CONFIRMED)
    case = story.case
    assert (case.word, case.word_by_self, case.confirmed_at) == ("agreed", True, story.at)
    word = PersonsWord.objects.get(case=case)
    assert (word.by_self, word.recorded_by, word.submission_id) == (True, None, story.submission)
    assert not Obligation.objects.filter(matter=case.pk, state__in=["open", "paused"]).exists()
    kinds = list(
        Entry.objects.filter(matter=case.pk).order_by("at", "id").values_list("kind", flat=True)
    )
    assert kinds[-2:] == ["cases.confirmed", "cases.closed"]


def test_a_word_on_a_slip_is_written_down_by_the_front_and_says_so() -> None:
    story = reach(State.ANSWERED, ("confirm", "quang"))
    word = PersonsWord.objects.get(case=story.case_id)
    assert (word.by_self, word.recorded_by_id, word.how) == (False, story.who("quang").post, "slip")
    assert not story.case.word_by_self
    assert Entry.objects.get(matter=story.case_id, kind="cases.confirmed").data == {
        "by_self": False
    }


@pytest.mark.parametrize("who", ["hoa", "kien", "chi", "minh"])
def test_nobody_of_the_body_that_answered_writes_the_persons_word_down(who: str) -> None:
    story = reach(State.ANSWERED)
    with pytest.raises(Denied):
        story.do("confirm", who)


def test_a_case_is_not_confirmed_twice() -> None:
    story = reach(State.CONFIRMED)
    with pytest.raises(WrongState):
        story.do("confirm", "lan")
    assert PersonsWord.objects.count() == 1


def test_a_dispute_says_what_is_not_done() -> None:
    story = reach(State.ANSWERED)
    with pytest.raises(Invalid):
        hearing.dispute(story.case_id, Heard("web", " "), by=story.lan, at=story.later())
    assert story.state == State.ANSWERED


def test_a_dispute_goes_one_level_up_and_then_another() -> None:
    story = reach(State.ESCALATED)
    assert story.case.handling_body == committee()
    owed = Obligation.objects.get(matter=story.case_id, state="open", kind="duty")
    assert (owed.rule, owed.body, owed.role) == (
        "vn.recommendation.answer_dispute", committee(), "upper_body",
    )  # fmt: skip
    with pytest.raises(Denied):
        story.do("answer", "hoa")
    story.do("answer", "chi")
    story.do("dispute", "lan")
    province = body("UBND tỉnh Hà Tĩnh")
    assert story.case.handling_body == province
    assert Matter.objects.visible_to(story.who("tinh")).filter(pk=story.case_id).exists()


def test_a_closed_case_is_disputed_and_open_again() -> None:
    story = reach(State.CLOSED, ("dispute", "lan"))
    assert story.state == State.ESCALATED
    assert story.case.closed_at is None
    assert not story.case.matter.final


def test_agreeing_in_part_leaves_the_rest_owed() -> None:
    story = reach(State.ANSWERED, ("confirm_part", "lan"))
    assert (story.state, story.case.word) == (State.ANSWERED, "partly")
    owed = Obligation.objects.get(matter=story.case_id, state="open", kind="duty")
    assert owed.rule == "vn.recommendation.consider_dispute"


def test_silence_is_unconfirmed_and_the_clock_says_it_once() -> None:
    story = reach(State.ANSWERED)
    window = Obligation.objects.get(matter=story.case_id, kind="window", state="open")
    assert window.due_on is not None
    assert tasks.lapse(story.at) == 0
    with pytest.raises(Denied):
        story.do("lapse", "chi")
    # the window's last day is moved into the past instead of the clock into the future
    Obligation.objects.filter(pk=window.pk).update(due_on=story.at.date() - timedelta(days=1))
    assert tasks.lapse(story.later()) == 1
    assert story.case.word == "unconfirmed"
    assert tasks.lapse(story.later()) == 0
    assert Entry.objects.filter(matter=story.case_id, kind="cases.unconfirmed").count() == 1


def test_a_word_given_late_still_counts_over_silence() -> None:
    story = reach(State.ANSWERED, ("lapse", "clock"), ("confirm", "lan"))
    assert (story.state, story.case.word) == (State.CONFIRMED, "agreed")


def test_the_lapse_does_not_take_back_a_word() -> None:
    story = reach(State.ANSWERED, ("confirm_part", "lan"))
    hearing.lapse(story.case_id, by=Clock("lapse"), at=story.later())
    assert story.case.word == "partly"


def test_a_new_answer_asks_the_person_anew() -> None:
    story = reach(State.ESCALATED, ("answer", "chi"))
    assert story.case.word == "none"
    assert Obligation.objects.filter(matter=story.case_id, kind="window", state="open").count() == 1


def test_a_person_speaks_for_their_own_statement_only() -> None:
    story = reach(State.JOINED)
    target = Matter.objects.get(linked__source=story.case_id)
    own = story.submission
    others = intake.Carried.objects.filter(case=target.pk, until=None).exclude(submission=own).get()
    story.case_id = target.pk
    for step, by in (("classify", "minh"), ("route", "minh"), ("answer", "hoa")):
        story.do(step, by)
    named = Heard("web", "Được", submission=others.submission_id)
    hearing.confirm(story.case_id, named, by=story.lan, at=story.later())
    assert PersonsWord.objects.get(case=story.case_id).submission_id == own


def test_joined_people_follow_the_common_case_and_after_parting_no_longer() -> None:
    story = reach(State.JOINED)
    target = Matter.objects.get(linked__source=story.case_id)
    seen = Matter.objects.visible_to(story.lan)
    assert set(seen.values_list("pk", flat=True)) == {story.case_id, target.pk}
    story.do("part", "minh")
    assert list(seen.values_list("pk", flat=True)) == [story.case_id]
    assert story.state == State.CLASSIFIED
    assert story.case.carried.filter(until=None).get().submission_id == story.submission
    owed = Obligation.objects.get(matter=story.case_id, state="open", kind="duty")
    assert owed.rule == "vn.recommendation.route_parted"


def test_a_case_is_joined_neither_to_itself_nor_to_one_that_has_ended() -> None:
    story, ended = reach(State.CLASSIFIED), reach(State.WITHDRAWN)
    for into in (story.case_id, ended.case_id):
        with pytest.raises(Invalid):
            ending.join(story.case_id, into=into, by=story.who("minh"), at=ended.later())


def test_one_statement_that_asks_for_two_things_is_two_cases_on_one_slip() -> None:
    story = reach(State.CLASSIFIED)
    made = intake.fan_out(
        story.case_id,
        texts=["Đèn đường thôn Lạc Thọ bị hỏng"],
        by=story.who("minh"),
        at=story.later(),
    )
    assert Matter.objects.visible_to(story.lan).count() == 2
    assert made[0].carried.get().submission_id == story.submission
    owed = Obligation.objects.get(matter=made[0].pk, state="open", kind="duty")
    assert owed.rule == "vn.recommendation.classify"


def test_a_new_slip_opens_all_the_old_one_opened_and_the_old_one_nothing() -> None:
    story = reach(State.CLASSIFIED)
    intake.fan_out(story.case_id, texts=["Đèn đường hỏng"], by=story.who("minh"), at=story.later())
    issued = intake.reissue_slip(
        story.case_id, submission_id=story.submission, by=story.who("minh"), at=story.later()
    )
    assert Matter.objects.visible_to(Citizen(issued.id)).count() == 2
    assert Matter.objects.visible_to(story.lan).count() == 0
    assert Entry.objects.filter(matter=story.case_id, kind="cases.slip_reissued").count() == 1


def test_one_more_who_says_the_same_gets_a_slip_of_their_own() -> None:
    story = reach(State.ROUTED)
    said = intake.Statement(text="Kênh ở thôn tôi cũng vậy", channel="counter", occasion="counter")
    minh = story.who("minh")
    more = intake.add_submission(story.case_id, said, by=minh, at=story.later())
    assert more.receipt is not None
    assert Matter.objects.visible_to(Citizen(more.receipt.id)).get().pk == story.case_id
    assert Matter.objects.visible_to(story.lan).get().pk == story.case_id


def test_a_dispute_never_goes_to_a_body_nobody_acts_for() -> None:
    story = reach(State.CLASSIFIED)
    history.take_in_answer(
        story.case_id,
        reply(story),
        body=without_account().pk,
        by=story.who("minh"),
        at=story.later(),
    )
    story.do("dispute", "lan")
    assert story.case.handling_body == committee()
    owed = Obligation.objects.get(matter=story.case_id, state="open", kind="duty")
    assert (owed.body, owed.unassigned) == (committee(), False)
    story.do("answer", "chi")
    assert story.state == State.ANSWERED
