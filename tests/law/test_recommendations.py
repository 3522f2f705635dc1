"""The life of a recommendation: what is owed in each state; no state is without a clock."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from tests.law.story import Step, clocks, owed

ONE, TWO = str(UUID(int=101)), str(UUID(int=102))

RECEIVED: Step = ("2026-07-15", "cases.received", {"occasion": "dialogue", "history": False})
BY_LETTER: Step = ("2026-07-15", "cases.received", {"occasion": "letter"})
CLASSIFIED: Step = (
    "2026-07-16",
    "cases.classified",
    {"kind": "recommendation", "urgent": False, "other_procedure": "none"},
)
URGENT: Step = (
    "2026-07-18",
    "cases.classified",
    {"kind": "reflection", "urgent": True, "other_procedure": "none"},
)
ROUTED: Step = ("2026-07-17", "cases.routed", {"body": TWO})
OFFERED: Step = ("2026-07-17", "cases.offered", {"body": TWO, "request": ONE})
ACCEPTED: Step = ("2026-07-20", "cases.accepted", {"body": TWO, "request": ONE})
RETURNED: Step = ("2026-07-20", "cases.returned", {"body": TWO, "request": ONE, "times": 1})
REFERRED: Step = ("2026-07-21", "cases.referred", {"request": ONE})
DECIDED: Step = ("2026-07-22", "cases.decided_lead", {"body": TWO})
FORWARDED: Step = ("2026-07-17", "cases.forwarded", {"body": TWO, "request": ONE})
CONCLUDED: Step = ("2026-07-24", "cases.conclusion_published", {"conclusion_on": "2026-07-22"})
PROMISED: Step = ("2026-07-24", "cases.promised", {"due_on": "2026-08-30", "document": "12-TB/ĐU"})
ASKED: Step = ("2026-07-27", "cases.asked", {"request": ONE})
REPLIED: Step = ("2026-07-30", "cases.person_replied", {"request": ONE})
DISPUTED: Step = ("2026-08-20", "cases.disputed", {"by_self": True})
ESCALATED: Step = ("2026-08-21", "cases.escalated", {"body": ONE})
CONFIRMED: Step = ("2026-08-20", "cases.confirmed", {"by_self": True})
UNCONFIRMED: Step = ("2026-09-15", "cases.unconfirmed", {})
WITHDRAWN: Step = ("2027-01-04", "cases.withdrawn", {"by_self": True})
ARCHIVED: Step = ("2027-01-04", "cases.archived", {})
MERGED: Step = ("2027-01-04", "docket.merged", {})


def answered(outcome: str, on: str = "2026-08-05") -> Step:
    return (on, "cases.answered", {"answer": TWO, "outcome": outcome})


ROUTE = [RECEIVED, CLASSIFIED, ROUTED]
INFORMED: Step = ("2026-08-05", "cases.informed", {})
STATES: list[tuple[list[Step], set[str]]] = [
    ([RECEIVED], {"recommendation.classify"}),
    ([BY_LETTER], {"petition_handling.classify_and_propose"}),
    ([RECEIVED, CLASSIFIED], {"recommendation.route"}),
    ([RECEIVED, URGENT], {"recommendation.route", "recommendation.first_act_urgent"}),
    (ROUTE, {"recommendation.answer"}),
    ([RECEIVED, CLASSIFIED, OFFERED], {"recommendation.accept_or_return"}),
    ([RECEIVED, CLASSIFIED, OFFERED, ACCEPTED], {"recommendation.answer"}),
    ([RECEIVED, CLASSIFIED, OFFERED, RETURNED], {"recommendation.route_returned"}),
    ([RECEIVED, CLASSIFIED, OFFERED, RETURNED, REFERRED], {"recommendation.decide_lead"}),
    ([RECEIVED, CLASSIFIED, OFFERED, RETURNED, REFERRED, DECIDED], {"recommendation.answer"}),
    ([RECEIVED, CLASSIFIED, FORWARDED], {"recommendation.follow_up_letter"}),
    (
        [RECEIVED, CLASSIFIED, FORWARDED, ("2026-07-28", "cases.body_replied", {"request": ONE})],
        {"recommendation.pass_on_reply"},
    ),
    ([*ROUTE, CONCLUDED], {"party_dialogue_local_default.answer_recommendation"}),
    ([*ROUTE, CONCLUDED, PROMISED], {"recommendation.answer_by_conclusion"}),
    ([*ROUTE, PROMISED, CONCLUDED], {"recommendation.answer_by_conclusion"}),
    (
        [RECEIVED, CONCLUDED, PROMISED, CLASSIFIED, ROUTED],
        {"recommendation.answer_by_conclusion"},
    ),
    ([*ROUTE, ASKED], {"recommendation.answer", "recommendation.review_question"}),
    ([*ROUTE, ASKED, REPLIED], {"recommendation.answer"}),
    ([*ROUTE, answered("settled")], {"recommendation.hear_the_person"}),
    ([*ROUTE, answered("explained")], {"recommendation.hear_the_person"}),
    (
        [*ROUTE, answered("partly")],
        {"recommendation.hear_the_person", "recommendation.finish"},
    ),
    (
        [*ROUTE, PROMISED, answered("partly")],
        {"recommendation.hear_the_person", "recommendation.carry_out"},
    ),
    (
        [
            *ROUTE,
            answered("partly"),
            ("2026-08-06", "cases.promised", {"due_on": "2026-12-31"}),
        ],
        {"recommendation.hear_the_person", "recommendation.carry_out"},
    ),
    ([*ROUTE, INFORMED], {"recommendation.answer"}),
    (
        [*ROUTE, answered("in_progress")],
        {"recommendation.hear_the_person", "recommendation.answer"},
    ),
    (
        [*ROUTE, PROMISED, answered("in_progress")],
        {"recommendation.hear_the_person", "recommendation.answer_by_conclusion"},
    ),
    (
        [*ROUTE, answered("partly"), answered("settled", "2026-08-20")],
        {"recommendation.hear_the_person"},
    ),
    (
        [*ROUTE, answered("scheduled")],
        {"recommendation.hear_the_person", "recommendation.review_roadmap"},
    ),
    (
        [*ROUTE, answered("scheduled"), ("2026-08-05", "cases.scheduled", {"year": 2028})],
        {"recommendation.hear_the_person", "recommendation.review_roadmap"},
    ),
    ([*ROUTE, answered("settled"), CONFIRMED], {"recommendation.close"}),
    ([*ROUTE, answered("settled"), UNCONFIRMED], {"recommendation.close"}),
    ([*ROUTE, answered("partly"), UNCONFIRMED], {"recommendation.finish"}),
    ([*ROUTE, answered("in_progress"), UNCONFIRMED], {"recommendation.answer"}),
    ([*ROUTE, answered("scheduled"), CONFIRMED], {"recommendation.review_roadmap"}),
    ([*ROUTE, answered("settled"), DISPUTED], {"recommendation.consider_dispute"}),
    (
        [*ROUTE, answered("settled"), ("2026-08-20", "cases.partly_confirmed", {"by_self": True})],
        {"recommendation.consider_dispute"},
    ),
    ([*ROUTE, answered("settled"), DISPUTED, ESCALATED], {"recommendation.answer_dispute"}),
    (
        [*ROUTE, answered("settled"), DISPUTED, ESCALATED, answered("explained", "2026-09-01")],
        {"recommendation.hear_the_person"},
    ),
    (
        [*ROUTE, answered("settled"), CONFIRMED, ("2026-09-01", "cases.reopened", {})],
        {"recommendation.answer_again"},
    ),
    (
        [RECEIVED, ("2026-07-16", "cases.classified", {"other_procedure": "complaint"})],
        {"recommendation.guide_other_procedure"},
    ),
]


@pytest.mark.parametrize(("steps", "open_clocks"), STATES)
def test_each_state_that_is_not_final_has_its_clocks_running(
    steps: list[Step], open_clocks: set[str]
) -> None:
    assert clocks(steps) == open_clocks


@pytest.mark.parametrize("steps", [steps for steps, _ in STATES])
@pytest.mark.parametrize("end", [WITHDRAWN, ARCHIVED, MERGED])
def test_a_final_state_leaves_nothing_owed(steps: list[Step], end: Step) -> None:
    assert clocks([*steps, end]) == set()


def test_a_withdrawal_somebody_else_wrote_down_may_be_denied_for_thirty_days() -> None:
    on_paper: Step = ("2027-01-04", "cases.withdrawn", {"by_self": False})
    assert clocks([*ROUTE, on_paper]) == {"recommendation.deny_withdrawal"}


def test_a_closed_case_and_a_guided_one_owe_nothing() -> None:
    closed = [*ROUTE, answered("settled"), CONFIRMED, ("2026-08-21", "cases.closed", {})]
    guided = [
        RECEIVED,
        ("2026-07-16", "cases.classified", {"other_procedure": "denunciation"}),
        ("2026-07-20", "cases.guided", {}),
    ]
    assert clocks(closed) == clocks(guided) == set()
    assert owed(guided)["recommendation.guide_other_procedure"].state == "discharged"


def test_the_answer_is_due_fifteen_working_days_after_the_conclusion() -> None:
    one = owed([*ROUTE, CONCLUDED])["party_dialogue_local_default.answer_recommendation"]
    assert one.due_on == date(2026, 8, 12)
    assert (one.certainty, one.source, one.role) == ("D", "regulation", "handling_body")
    assert one.derivation.start == date(2026, 7, 22)


def test_without_a_conclusion_the_answer_is_due_after_routing() -> None:
    one = owed(ROUTE)["recommendation.answer"]
    assert (one.due_on, one.certainty) == (date(2026, 8, 7), "D")
    assert one.remind_on == (date(2026, 7, 31), date(2026, 8, 5))


def test_a_conclusion_asks_nothing_of_what_did_not_come_from_a_dialogue() -> None:
    web: Step = ("2026-07-15", "cases.received", {"occasion": "web"})
    assert clocks([web, CLASSIFIED, ROUTED, CONCLUDED]) == {"recommendation.answer"}


def test_a_date_set_in_the_conclusion_moves_only_by_an_extension_with_a_reason() -> None:
    moved = ("2026-08-10", "cases.extended", {"until": "2026-09-30", "reason": "resources"})
    unreasoned = ("2026-08-10", "cases.extended", {"until": "2026-09-30"})
    for step, day in ((moved, date(2026, 9, 30)), (unreasoned, date(2026, 8, 30))):
        one = owed([*ROUTE, PROMISED, step])["recommendation.answer_by_conclusion"]
        assert (one.due_on, one.source) == (day, "conclusion")


def test_a_promise_that_was_moved_is_carried_out_by_the_new_date() -> None:
    moved = ("2026-08-01", "cases.extended", {"until": "2026-09-30", "reason": "resources"})
    steps = [*ROUTE, PROMISED, moved, answered("partly")]
    assert owed(steps)["recommendation.carry_out"].due_on == date(2026, 9, 30)


def test_what_is_being_settled_is_not_answered_and_its_date_stays() -> None:
    before = owed(ROUTE)["recommendation.answer"].due_on
    one = owed([*ROUTE, answered("in_progress")])["recommendation.answer"]
    assert (one.state, one.due_on) == ("open", before)


def test_asking_the_person_pauses_the_answer_until_the_reply() -> None:
    paused = owed([*ROUTE, ASKED])["recommendation.answer"]
    assert (paused.state, paused.due_on, paused.review_on) == ("paused", None, date(2026, 8, 10))
    again = owed([*ROUTE, ASKED, REPLIED])["recommendation.answer"]
    assert (again.state, again.due_on) == ("open", date(2026, 8, 12))


def test_an_urgent_case_asks_for_a_first_act_on_the_same_day_even_a_saturday() -> None:
    one = owed([RECEIVED, URGENT])["recommendation.first_act_urgent"]
    assert one.due_on == date(2026, 7, 18)
    acted = owed([RECEIVED, URGENT, ("2026-07-18T22:00", "cases.acted", {})])
    assert not acted["recommendation.first_act_urgent"].late


def test_urging_a_body_is_owed_again_until_it_replies() -> None:
    urged: Step = ("2026-08-07", "cases.urged", {"body": TWO, "request": ONE})
    one = owed([RECEIVED, CLASSIFIED, FORWARDED, urged])["recommendation.follow_up_letter"]
    assert (one.state, one.opened_by, one.role) == ("open", UUID(int=4), "sending_body")
    assert one.due_on == date(2026, 8, 27)


def test_urging_a_body_that_got_no_letter_opens_nothing() -> None:
    urged: Step = ("2026-07-20", "cases.urged", {"body": TWO, "request": ONE})
    assert clocks([*ROUTE, urged]) == {"recommendation.answer"}


def test_a_roadmap_is_reviewed_every_six_months_until_it_is_settled() -> None:
    steps = [*ROUTE, answered("scheduled"), ("2027-02-04", "cases.reviewed", {})]
    one = owed(steps)["recommendation.review_roadmap"]
    assert (one.state, one.opened_by, one.due_on) == ("open", UUID(int=5), date(2027, 8, 4))
    settled = [*steps, answered("settled", "2027-05-03")]
    assert "recommendation.review_roadmap" not in clocks(settled)


def test_the_person_has_a_window_and_silence_is_entered_by_the_clock() -> None:
    one = owed([*ROUTE, answered("settled")])["recommendation.hear_the_person"]
    assert (one.kind, one.role, one.on_lapse) == ("window", "person", "cases.unconfirmed")
    assert one.due_on == date(2026, 9, 4)
    assert not owed([*ROUTE, answered("settled"), UNCONFIRMED])[
        "recommendation.hear_the_person"
    ].late


def test_a_second_answer_gives_the_person_a_window_anew() -> None:
    steps = [*ROUTE, answered("partly"), answered("settled", "2026-08-20")]
    assert owed(steps)["recommendation.hear_the_person"].due_on == date(2026, 9, 21)


def test_an_imported_row_that_was_answered_opens_only_the_window() -> None:
    imported: Step = ("2026-07-15", "cases.received", {"occasion": "dialogue", "history": True})
    for outcome in ("settled", "in_progress", "scheduled", "partly"):
        steps = [imported, CLASSIFIED, ROUTED, CONCLUDED, PROMISED, answered(outcome)]
        assert set(owed(steps)) == {"recommendation.hear_the_person"}


def test_what_was_answered_on_the_spot_owes_no_answer_after_the_conclusion() -> None:
    steps = [*ROUTE, answered("settled", "2026-07-17"), CONCLUDED]
    assert clocks(steps) == {"recommendation.hear_the_person"}


def test_a_petition_unprocessed_for_45_days_raises_an_alarm_that_nobody_owes() -> None:
    name = "citizen_reception.petition_unprocessed_dismissal_threshold"
    alarm = owed([RECEIVED])[name]
    assert (alarm.kind, alarm.role, alarm.state) == ("alarm", None, "open")
    assert alarm.due_on == date(2026, 8, 29)
    assert owed(ROUTE)[name].state == "discharged"


def test_a_party_head_owes_written_notice_to_who_came_to_the_reception() -> None:
    came: Step = ("2026-07-15", "cases.received", {"occasion": "reception", "party_head": True})
    one = owed([came])["party_secretary_reception.written_acceptance_or_transfer_notice"]
    assert (one.due_on, one.certainty, one.source) == (date(2026, 7, 29), "B", "law")


def test_two_offers_are_two_debts() -> None:
    second: Step = ("2026-07-17", "cases.offered", {"body": ONE, "request": TWO})
    steps = [RECEIVED, CLASSIFIED, OFFERED, second, ACCEPTED]
    assert owed(steps)["recommendation.accept_or_return"].correlation == TWO
    assert "recommendation.accept_or_return" in clocks(steps)


IMPORTED: Step = ("2026-07-15", "cases.received", {"occasion": "dialogue", "history": True})


@pytest.mark.parametrize("outcome", ["settled", "in_progress", "scheduled", "partly"])
def test_an_imported_answer_older_than_its_receipt_opens_only_the_window(outcome: str) -> None:
    scheduled: Step = ("2026-06-20", "cases.scheduled", {"year": 2028})
    found = owed([answered(outcome, "2026-06-20"), scheduled, IMPORTED])
    assert set(found) == {"recommendation.hear_the_person"}
    assert found["recommendation.hear_the_person"].due_on == date(2026, 8, 14)


@pytest.mark.parametrize("word", ["cases.unconfirmed", "cases.confirmed", "cases.partly_confirmed"])
@pytest.mark.parametrize(
    ("outcome", "clock"),
    [
        ("in_progress", "recommendation.finish"),
        ("partly", "recommendation.finish"),
        ("scheduled", "recommendation.review_roadmap"),
    ],
)
def test_an_imported_row_that_is_not_done_is_owed_once_the_person_was_heard(
    word: str, outcome: str, clock: str
) -> None:
    heard: Step = ("2026-08-17", word, {})
    assert clock in clocks([IMPORTED, answered(outcome), heard])


@pytest.mark.parametrize(
    "steps",
    [
        [RECEIVED, CLASSIFIED],
        ROUTE,
        [*ROUTE, CONCLUDED],
        [*ROUTE, PROMISED],
        [RECEIVED, CLASSIFIED, OFFERED, RETURNED],
    ],
)
def test_a_case_redirected_to_another_procedure_owes_the_guidance_only(steps: list[Step]) -> None:
    redirected: Step = ("2026-07-27", "cases.classified", {"other_procedure": "complaint"})
    assert clocks([*steps, redirected]) == {"recommendation.guide_other_procedure"}
    promised: Step = ("2026-07-28", "cases.promised", {"due_on": "2026-09-30"})
    assert clocks([*steps, redirected, promised]) == {"recommendation.guide_other_procedure"}


def test_a_case_parted_from_another_is_routed_again() -> None:
    joined: Step = ("2026-07-20", "docket.merged", {"into": ONE})
    parted: Step = ("2026-07-23", "docket.split", {})
    assert clocks([*ROUTE, joined, parted]) == {"recommendation.route_parted"}
    routed: Step = ("2026-07-24", "cases.routed", {"body": TWO})
    assert clocks([*ROUTE, joined, parted, routed]) == {"recommendation.answer"}


def test_a_reply_that_is_awaited_pauses_the_body_one_level_up_too() -> None:
    asked: Step = ("2026-08-24", "cases.asked", {"request": ONE})
    steps = [*ROUTE, answered("settled"), DISPUTED, ESCALATED, asked]
    assert owed(steps)["recommendation.answer_dispute"].state == "paused"
