"""Every state against every step; and what routes, offers and letters do to a case."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from doithoai.accounts.actors import Representative
from doithoai.cases import workflow
from doithoai.cases.commands import letters, placing
from doithoai.cases.commands.letters import Letter, transfer_by_token
from doithoai.cases.models import Reason, Transfer
from doithoai.cases.workflow import FINAL, State
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid, NotFound, WrongState
from doithoai.docket.models import Obligation
from tests.cases.reaching import department, office, reach, without_account

# fmt: off
ANSWER = "answer take_in take_in_scheduled schedule"
STARTS = {
    "received":      "classify redirect act take_in take_in_scheduled extend withdraw archive"
                     " join",
    "classified":    f"classify redirect route offer draft_letter forward act {ANSWER}"
                     " extend withdraw archive join",
    "routed":        f"inform redirect route offer draft_letter forward assign act ask draft"
                     f" {ANSWER} extend withdraw archive join",
    "offered":       "accept return refer take_back take_back_in_hand refer_unanswered urge_offered"
                     " act extend withdraw",
    "returned":      f"classify redirect route offer draft_letter forward act {ANSWER}"
                     " extend withdraw archive join",
    "disputed_lead": "decide_lead act extend withdraw",
    "forwarded":     f"inform urge record_reply assign act {ANSWER} extend withdraw",
    "asked":         "hear_reply hear_reply_above answer schedule act extend withdraw",
    "drafted":       f"inform draft approve assign act ask {ANSWER} extend withdraw",
    "approved":      f"inform draft assign act {ANSWER} extend withdraw",
    "answered":      f"inform assign act {ANSWER} publish confirm confirm_part dispute lapse"
                     " close extend withdraw",
    "escalated":     f"inform route_above assign act ask draft {ANSWER} extend withdraw",
    "scheduled":     f"inform assign act {ANSWER} review publish confirm confirm_part dispute"
                     " lapse extend withdraw",
    "redirected":    "guide act extend withdraw",
    "confirmed":     "publish reopen",
    "closed":        "publish dispute reopen",
    "guided":        "",
    "withdrawn":     "reopen",
    "archived":      "reopen",
    "joined":        "part",
    "terminated":    "reopen send_stop",
}
DECIDED = "examine admit decline advise transfer hand_back"
# Steps of complaints, denunciations and Party matters; whoever passed it on is told at any time.
PETITIONS = {
    "received":    "sort split",
    "redirected":  "sort split",
    "classified":  f"sort split convert {DECIDED}",
    "returned":    f"sort split convert {DECIDED}",
    "routed":      f"split convert {DECIDED}",
    "admitted":    "convert notify_acceptance act assign extend withdraw",
    "transferred": "urge_transferred record_settled act extend withdraw",
}
# fmt: on


@pytest.mark.parametrize("state", State)
def test_from_each_state_exactly_these_steps_start(state: State) -> None:
    thing = SimpleNamespace(state=state)
    fitting = {step.name for step in workflow.STEPS if step.fits(thing)}
    wanted = f"{STARTS.get(state, '')} {PETITIONS.get(state, '')} tell_forwarder citizen_told"
    if state not in FINAL:  # a withdrawal is asked and decided on while it is settled
        wanted += " ask_to_withdraw go_on stop"
    assert fitting == set(wanted.split())


@pytest.mark.parametrize("step", workflow.STEPS, ids=lambda s: s.name)
def test_a_step_from_elsewhere_says_that_the_item_has_moved_on(step) -> None:  # type: ignore[no-untyped-def]
    for state in set(State) - set(step.sources):
        thing = SimpleNamespace(state=state)
        with pytest.raises(WrongState):
            step.take(thing)
        assert thing.state == state


def test_every_state_is_reached_and_every_state_that_is_not_final_can_be_left() -> None:
    reached = {step.target for step in workflow.STEPS} | {State.RECEIVED}
    assert reached - {None} == set(State)
    leaving = {s for step in workflow.STEPS if step.target for s in step.sources}
    assert set(State) - leaving <= FINAL


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
def test_each_state_is_reached_by_commands_and_shown_on_the_matter(state: State) -> None:
    case = reach(state).case
    assert case.state == state
    assert (case.matter.state, case.matter.final) == (state, state in FINAL)
    with override("en"):
        assert case.matter.state_label == str(State(state).label)


@pytest.mark.django_db
def test_until_the_body_asked_accepts_the_debt_stays_with_the_sender() -> None:
    story = reach(State.OFFERED)
    debt = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.answer")
    due = debt.due_on
    assert debt.body == office()
    story.do("accept", "nong")
    debt.refresh_from_db()
    assert (debt.body, debt.due_on) == (department(), due)
    assert debt.debtors.get().body == office()
    assert story.case.handling_body == department()


@pytest.mark.django_db
def test_the_third_return_goes_to_who_decides_the_lead_body() -> None:
    story = reach(State.DISPUTED_LEAD)
    case = story.case
    assert case.times_returned == 3
    debt = Obligation.objects.get(
        matter=case.pk, rule="vn.recommendation.decide_lead", state="open"
    )
    chi = story.who("chi")
    assert (debt.post_id, debt.body_id, debt.unassigned) == (chi.post, chi.body, False)
    story.do("decide_lead", "chi")
    assert story.case.handling_body == office()
    with pytest.raises(Denied):
        story.do("return", "hoa")


@pytest.mark.django_db
def test_a_body_that_returned_it_twice_round_is_not_asked_a_third_time() -> None:
    story = reach(State.RETURNED, ("offer", "minh"), ("return", "nong"))
    with pytest.raises(Invalid):
        story.do("offer", "minh")


@pytest.mark.django_db
def test_a_return_needs_a_reason_and_the_reason_is_kept() -> None:
    story = reach(State.OFFERED)
    with pytest.raises(Invalid):
        placing.give_back(story.case_id, reason=" ", by=story.who("nong"), at=story.later())
    story.do("return", "nong")
    assert Reason.objects.get(case=story.case_id).text == "Kênh do xã quản lý"
    assert story.case.transfers.get(how="offer").reason == "Kênh do xã quản lý"


@pytest.mark.django_db
def test_a_letter_needs_its_number_and_a_date_that_has_passed() -> None:
    story = reach(State.ROUTED)
    tomorrow = local_day(story.at) + timedelta(days=1)
    for number, day in ((" ", local_day(story.at)), ("45/UBND", tomorrow)):
        with pytest.raises(Invalid):
            letters.forward(
                story.case_id, to=without_account().pk, letter=Letter(number, day, "Nơi khác"),
                by=story.who("minh"), at=story.later(),
            )  # fmt: skip
    assert story.state == State.ROUTED


@pytest.mark.django_db
def test_a_body_nobody_acts_for_gets_a_letter_and_not_an_offer() -> None:
    story = reach(State.CLASSIFIED)
    for place in (placing.route, placing.offer):
        with pytest.raises(Invalid):
            place(
                story.case_id, to=without_account().pk, why="x", by=story.who("minh"),
                at=story.later(),
            )  # fmt: skip


@pytest.mark.django_db
def test_a_reply_link_opens_once_and_only_for_its_own_letter() -> None:
    story = reach(State.FORWARDED)
    first = transfer_by_token(story.token, at=story.at)
    token = story.token
    by = Representative(first.pk)
    letters.record_reply(story.case_id, text="Đã nhận", by=by, at=story.later())
    with pytest.raises(NotFound):
        transfer_by_token(token, at=story.at)
    story.do("forward", "minh")
    with pytest.raises(NotFound):
        letters.record_reply(story.case_id, text="Lần nữa", by=by, at=story.later())
    assert story.state == State.FORWARDED


@pytest.mark.django_db
def test_a_token_is_kept_only_as_a_digest() -> None:
    story = reach(State.FORWARDED)
    row = Transfer.objects.filter(case=story.case_id).values().latest("at")
    assert all(story.token not in str(value) for value in row.values())


@pytest.mark.django_db
def test_the_sender_by_letter_still_owes_and_urging_opens_the_next_follow_up() -> None:
    story = reach(State.FORWARDED)
    rule = "vn.recommendation.follow_up_letter"
    first = Obligation.objects.get(matter=story.case_id, rule=rule)
    assert first.body == office()
    story.do("urge", "minh")
    first.refresh_from_db()
    assert first.state == "discharged"
    assert Obligation.objects.filter(matter=story.case_id, rule=rule, state="open").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.FORWARDED, State.OFFERED])
def test_what_ended_while_a_body_was_asked_can_be_offered_again_later(state: State) -> None:
    story = reach(state, ("withdraw", "lan"), ("reopen", "chi"), ("offer", "minh"))
    assert story.state == State.OFFERED


@pytest.mark.django_db
def test_a_new_route_moves_what_is_owed_with_its_own_date() -> None:
    story = reach(State.ROUTED)
    debt = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.answer")
    placing.route(
        story.case_id, to=story.who("van").body, why="Nhầm", by=story.who("minh"),
        at=story.later(timedelta(days=3)),
    )  # fmt: skip
    now = Obligation.objects.get(pk=debt.pk)
    assert (now.body_id, now.due_on) == (story.who("van").body, debt.due_on)


@pytest.mark.django_db
def test_what_was_put_on_file_before_anybody_had_it_can_be_taken_up_by_the_receiving_head() -> None:
    story = reach(State.ARCHIVED, ("reopen", "chi"))
    debt = Obligation.objects.get(matter=story.case_id, state="open", kind="duty")
    assert (debt.rule, debt.unassigned) == ("vn.recommendation.answer_again", False)
    assert debt.body_id == story.case.receiving_body_id
