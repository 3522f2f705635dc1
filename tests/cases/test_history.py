"""What was settled before or outside the desk: it keeps its own dates and makes no new debts."""

from datetime import timedelta

import pytest

from doithoai.cases.commands import history
from doithoai.cases.commands.answering import Reply
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.docket.models import Obligation
from doithoai.ledger.models import Entry
from tests.cases.reaching import committee, office, reach, reply

pytestmark = pytest.mark.django_db


def test_an_answer_that_comes_with_a_list_keeps_its_own_date() -> None:
    story = reach(State.CLASSIFIED)
    earlier = story.later(timedelta(days=1))
    story.later(timedelta(days=2))
    old = Reply("Đã trả lời", "settled", "7/UBND", local_day(earlier), happened_at=earlier)
    history.take_in_answer(
        story.case_id, old, body=office().pk, by=story.who("minh"), at=story.later()
    )
    case = story.case
    assert (case.state, case.answered_at, case.entered_late) == (State.ANSWERED, earlier, True)
    assert case.handling_body == case.answering_body == office()
    assert Entry.objects.get(matter=case.pk, kind="cases.answered").at == earlier
    window = Obligation.objects.get(matter=case.pk, state="open", kind="window")
    assert window.on_lapse == "cases.unconfirmed"


def test_a_list_with_an_earlier_day_undoes_no_date_that_has_passed() -> None:
    story = reach(State.ROUTED)
    due_on, minh = local_day(story.at) + timedelta(days=2), story.who("minh")
    history.promise(story.case_id, due_on=due_on, document="45/TB", by=minh, at=story.later())
    story.later(timedelta(days=12))
    before = story.at - timedelta(days=60)
    old = Reply("Xong", "settled", "9/UBND", local_day(before), happened_at=before)
    debt = Obligation.objects.get(matter=story.case_id, kind="duty", state="open")
    history.take_in_answer(story.case_id, old, body=office().pk, by=minh, at=story.at)
    debt.refresh_from_db()
    assert (debt.due_on, debt.state, debt.late) == (due_on, "discharged", True)
    answer = story.case.answers.get()
    assert (answer.at, answer.signed_on, answer.entered_late) == (story.at, local_day(before), True)


def test_a_day_without_a_document_does_not_make_a_late_answer_timely() -> None:
    story = reach(State.ROUTED)
    due_on, minh = local_day(story.at) + timedelta(days=5), story.who("minh")
    history.promise(story.case_id, due_on=due_on, document="45/TB", by=minh, at=story.later())
    said = story.later(timedelta(days=1))
    story.later(timedelta(days=12))
    bare = Reply("Đã làm", "explained", happened_at=said)
    history.take_in_answer(story.case_id, bare, body=office().pk, by=minh, at=story.at)
    debt = Obligation.objects.get(matter=story.case_id, kind="duty", due_on=due_on)
    assert (debt.late, story.case.answered_at) == (True, story.at)


def test_what_was_answered_in_part_before_is_owed_by_the_body_that_answered() -> None:
    story = reach(State.CLASSIFIED)
    history.take_in_answer(
        story.case_id, reply(story, "partly"), body=office().pk, by=story.who("minh"),
        at=story.later(),
    )  # fmt: skip
    debt = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.finish")
    assert (debt.body, debt.unassigned) == (office(), False)


def test_a_second_answer_is_not_taken_in() -> None:
    story = reach(State.ANSWERED)
    with pytest.raises(Invalid):
        story.do("take_in", "minh")


def test_words_of_the_leader_in_the_hall_are_an_answer_and_the_person_is_still_asked() -> None:
    story = reach(State.CLASSIFIED)
    history.answer_on_the_spot(
        story.case_id, text="Chủ tịch trả lời: làm trong tháng", body=committee().pk,
        by=story.who("minh"), at=story.later(),
    )  # fmt: skip
    assert (story.state, story.case.outcome) == (State.ANSWERED, "explained")
    assert Obligation.objects.filter(matter=story.case_id, kind="window", state="open").exists()


def test_a_date_set_by_a_conclusion_takes_the_place_of_the_usual_one() -> None:
    story = reach(State.ROUTED)
    day = local_day(story.at) + timedelta(days=30)
    history.promise(
        story.case_id, due_on=day, document="9/TB", by=story.who("minh"), at=story.later()
    )
    debt = Obligation.objects.get(matter=story.case_id, state="open", kind="duty")
    assert (debt.rule, debt.due_on, debt.source) == (
        "vn.recommendation.answer_by_conclusion", day, "conclusion",
    )  # fmt: skip


def test_a_date_is_not_set_for_what_has_ended() -> None:
    story = reach(State.CONFIRMED)
    with pytest.raises(Invalid):
        history.promise(
            story.case_id, due_on=local_day(story.at), document="", by=story.who("minh"),
            at=story.later(),
        )  # fmt: skip


@pytest.mark.parametrize(("who", "refusal"), [("lan", Denied), ("hoa", Denied), ("lien", NotFound)])
def test_neither_the_person_nor_an_officer_nor_a_stranger_enters_answers_and_dates(
    who: str, refusal: type[Exception]
) -> None:
    story = reach(State.ROUTED)
    by, at, day = story.who(who), story.later(), local_day(story.at)
    with pytest.raises(refusal):
        story.do("take_in", who)
    with pytest.raises(refusal):
        history.answer_on_the_spot(story.case_id, text="x", body=office().pk, by=by, at=at)
    with pytest.raises(refusal):
        history.promise(story.case_id, due_on=day, document="", by=by, at=at)
    if refusal is Denied:  # whoever publishes a conclusion need not see each of its items
        with pytest.raises(refusal):
            history.conclusion_came_out(story.case_id, conclusion_on=day, by=by, at=at)
