"""Complaints and denunciations from receipt to their end: every state has its clock, by the right
text.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from doithoai.law.derivation import Owed, derive
from tests.law.story import HA_TINH, VIET_NAM, Step, timeline

LAW = "complaint.accept_within_ten_days_of_the_law"


def owed(steps: list[Step], procedure: str, received: date | None = None) -> dict[str, Owed]:
    day = received or date.fromisoformat(steps[0][0])
    found = derive(timeline(steps), HA_TINH, VIET_NAM, procedure=procedure, received=day)
    return {one.rule.removeprefix("vn."): one for one in found}


def clocks(steps: list[Step], procedure: str) -> set[str]:
    return {
        name
        for name, one in owed(steps, procedure).items()
        if one.state in {"open", "paused"}
        and one.kind in {"duty", "window", "effect"}
        and name.startswith(procedure)
    }


def received(day: str = "2026-07-13", **facts: str | bool) -> Step:
    return (day, "cases.received", {"occasion": "counter", "history": False, **facts})


FIRST: Step = ("2026-07-14", "cases.classified", {"instance": "first"})
SECOND: Step = ("2026-07-14", "cases.classified", {"instance": "second"})
TAKEN: Step = (
    "2026-07-15",
    "cases.admitted",
    {"accepted_on": "2026-07-15", "remote_area": False, "complexity": "normal"},
)
SUSPENDED: Step = ("2026-07-20", "cases.suspended", {"decided_on": "2026-07-20"})
RESUMED: Step = ("2026-08-03", "cases.resumed", {"decided_on": "2026-08-03"})
DECIDED: Step = ("2026-08-10", "cases.decided", {"decision_on": "2026-08-10"})
SENT: Step = ("2026-08-11", "cases.decision_sent", {})
EFFECTIVE: Step = ("2026-09-10", "cases.decision_effective", {})
CONCLUDED: Step = ("2026-08-10", "cases.concluded", {"concluded_on": "2026-08-10"})

COMPLAINT: list[tuple[list[Step], set[str]]] = [
    ([received(), FIRST], {"complaint.accept_first"}),
    ([received(instance="first")], {"complaint.accept_first"}),
    ([received(), SECOND], {"complaint.accept_second"}),
    ([received(), FIRST, TAKEN], {"complaint.settle_first"}),
    ([received(), SECOND, TAKEN], {"complaint.settle_second"}),
    (
        [received(), FIRST, TAKEN, SUSPENDED],
        {"complaint.settle_first", "complaint.send_suspension_or_termination_decision"},
    ),
    (
        [received(), FIRST, TAKEN, DECIDED],
        {"complaint.send_first_decision", "complaint.first_decision_takes_effect"},
    ),
    ([received(), FIRST, TAKEN, DECIDED, SENT], {"complaint.first_decision_takes_effect"}),
    ([received(), FIRST, TAKEN, DECIDED, SENT, EFFECTIVE], set()),
    (
        [received(), SECOND, TAKEN, DECIDED, SENT],
        {"complaint.publish_second_decision", "complaint.second_decision_takes_effect"},
    ),
    ([received(), FIRST, ("2026-07-15", "cases.declined", {})], set()),
    ([received(), FIRST, ("2026-07-15", "cases.handed_back", {})], set()),
    ([received(), FIRST, TAKEN, ("2026-07-20", "cases.withdrawn", {})], set()),
]


@pytest.mark.parametrize(("steps", "running"), COMPLAINT)
def test_each_state_of_a_complaint_has_its_clocks_running(
    steps: list[Step], running: set[str]
) -> None:
    assert clocks(steps, "complaint") == running


DENUNCIATION: list[tuple[list[Step], set[str]]] = [
    ([received()], {"denunciation.register_classify_verify_identity"}),
    (
        [received(), ("2026-07-14", "cases.classified", {"competence": "other"})],
        {
            "denunciation.register_classify_verify_identity",
            "denunciation.transfer_out_of_competence",
        },
    ),
    (
        [
            received(),
            ("2026-07-14", "cases.classified", {"competence": "other"}),
            ("2026-07-16", "cases.transferred", {}),
        ],
        set(),
    ),
    ([received(), TAKEN], {"denunciation.settle", "denunciation.notify_acceptance"}),
    (
        [received(), TAKEN, ("2026-07-16", "cases.acceptance_notified", {}), SUSPENDED],
        {"denunciation.settle", "denunciation.send_suspension_or_termination"},
    ),
    (
        [received(), TAKEN, ("2026-07-16", "cases.withdrawn", {})],
        {"denunciation.settle", "denunciation.notify_acceptance"},
    ),
    (
        [received(), TAKEN, ("2026-07-16", "cases.acceptance_notified", {}), CONCLUDED],
        {
            "denunciation.send_conclusion",
            "denunciation.act_on_conclusion",
            "denunciation.publish_conclusion_and_decision",
        },
    ),
]


@pytest.mark.parametrize(("steps", "running"), DENUNCIATION)
def test_each_state_of_a_denunciation_has_its_clocks_running(
    steps: list[Step], running: set[str]
) -> None:
    assert clocks(steps, "denunciation") == running


def test_a_recommendation_opens_no_clock_of_a_petition() -> None:
    found = owed([received(), FIRST, TAKEN, DECIDED, CONCLUDED], "recommendation")
    assert not [name for name in found if name.startswith(("complaint", "denunciation"))]


def test_a_complaint_owes_no_answer_to_a_recommendation() -> None:
    routed: Step = ("2026-07-15", "cases.routed", {})
    found = owed([received(), FIRST, routed, TAKEN], "complaint")
    assert "recommendation.answer" not in found
    assert "recommendation.route" not in found


# --------------------------------------------------------------------- which text, which version
@pytest.mark.parametrize(
    ("day", "due", "alarm"),
    [
        ("2026-06-30", date(2026, 7, 10), None),
        ("2026-07-01", date(2026, 7, 10), date(2026, 7, 11)),
        ("2026-07-03", date(2026, 7, 14), date(2026, 7, 13)),
        ("2026-11-20", date(2026, 12, 2), date(2026, 11, 30)),
    ],
)
def test_two_texts_in_conflict_are_both_counted_and_the_earlier_one_warns(
    day: str, due: date, alarm: date | None
) -> None:
    found = owed([received(day, instance="first")], "complaint")
    duty, law = found["complaint.accept_first"], found.get(LAW)
    assert duty.due_on == due
    assert (law.due_on if law else None) == alarm
    assert (duty.later_than == f"vn.{LAW}") == (alarm is not None and alarm < due)


def test_the_alarm_of_the_law_is_off_once_it_is_decided_on() -> None:
    found = owed([received(instance="first"), ("2026-07-15", "cases.declined", {})], "complaint")
    assert found[LAW].state == "discharged"
    assert found[LAW].role is None


def test_classified_late_is_counted_from_receipt_all_the_same() -> None:
    late: Step = ("2026-07-20", "cases.classified", {"instance": "first"})
    one = owed([received(), late], "complaint")["complaint.accept_first"]
    assert one.due_on == date(2026, 7, 22)
    assert one.derivation.start == date(2026, 7, 13)


def test_a_converted_petition_follows_the_clocks_of_its_new_procedure() -> None:
    converted: Step = ("2026-07-16", "cases.converted", {"instance": "first"})
    assert clocks([received(), converted], "complaint") == {"complaint.accept_first"}


def test_what_was_admitted_is_not_to_be_admitted_again() -> None:
    again: Step = ("2026-07-17", "cases.classified", {"instance": "first"})
    assert clocks([received(), FIRST, TAKEN, again], "complaint") == {"complaint.settle_first"}


@pytest.mark.parametrize(
    ("instance", "remote", "due"),
    [
        ("first", False, date(2026, 8, 14)),
        ("first", True, date(2026, 9, 3)),
        ("second", False, date(2026, 9, 3)),
        ("second", True, date(2026, 9, 14)),
        ("disciplinary", False, date(2026, 8, 14)),
    ],
)
def test_the_settlement_is_counted_from_acceptance(instance: str, remote: bool, due: date) -> None:
    taken: Step = (
        "2026-07-16",
        "cases.admitted",
        {"accepted_on": "2026-07-15", "remote_area": remote},
    )
    found = owed([received(instance=instance), taken], "complaint")
    assert found[f"complaint.settle_{instance}"].due_on == due


def test_a_suspension_of_a_complaint_admitted_before_the_new_law_stops_its_clock() -> None:
    taken: Step = (
        "2026-06-20",
        "cases.admitted",
        {"accepted_on": "2026-06-20", "remote_area": False},
    )
    steps = [received("2026-06-15", instance="first"), taken, SUSPENDED]
    paused = owed(steps, "complaint")["complaint.settle_first"]
    assert (paused.state, paused.review_on) == ("paused", date(2026, 8, 19))
    resumed = owed([*steps, RESUMED], "complaint")["complaint.settle_first"]
    assert resumed.due_on == date(2026, 8, 3)
    assert resumed.derivation.transition == "Nghị định 155/2026/NĐ-CP, Điều 22"


def test_a_denunciation_admitted_before_the_new_decree_goes_on_under_it() -> None:
    taken: Step = (
        "2026-06-20",
        "cases.admitted",
        {"accepted_on": "2026-06-20", "complexity": "special"},
    )
    longer: Step = ("2026-07-10", "cases.extended", {"reason": "complex", "days": 30})
    again: Step = ("2026-08-10", "cases.extended", {"reason": "complex", "days": 30})
    one = owed([received("2026-06-15"), taken, longer, again], "denunciation")[
        "denunciation.settle"
    ]
    assert one.due_on == date(2026, 9, 18)
    assert one.derivation.transition == "Nghị định 156/2026/NĐ-CP, Điều 10"


def test_checks_at_several_places_prolong_the_first_look_at_a_denunciation() -> None:
    longer: Step = ("2026-07-16", "cases.extended", {"reason": "several_places"})
    one = owed([received(), longer], "denunciation")
    assert one["denunciation.register_classify_verify_identity"].due_on == date(2026, 7, 27)


def test_who_forwarded_a_denunciation_is_answered() -> None:
    found = owed([received(forwarder="press")], "denunciation")
    assert found["denunciation.reply_to_press_or_forwarding_agency"].due_on == date(2026, 8, 3)
    own = owed([received(forwarder="none")], "denunciation")
    assert "denunciation.reply_to_press_or_forwarding_agency" not in own


def test_the_deputy_who_forwarded_it_is_told_the_result_and_tells_the_person() -> None:
    steps = [received(forwarder="deputy"), FIRST, TAKEN, DECIDED]
    told = owed(steps, "complaint")
    name = "citizen_reception.receiving_agency_reports_result_to_forwarder"
    assert told[name].due_on == date(2026, 8, 19)
    found = owed([*steps, ("2026-08-12", "cases.forwarder_informed", {})], "complaint")
    assert found[name].state == "discharged"
    assert found["citizen_reception.forwarder_informs_citizen"].role == "forwarding_body"


@pytest.mark.parametrize(("outcome", "told"), [("settled", True), ("in_progress", False)])
def test_a_forwarded_recommendation_is_told_of_once_it_is_settled(outcome: str, told: bool) -> None:
    answered: Step = ("2026-07-20", "cases.answered", {"outcome": outcome})
    found = owed([received(forwarder="council"), answered], "recommendation")
    name = "citizen_reception.receiving_agency_reports_result_to_forwarder"
    assert (name in found) == told


@pytest.mark.parametrize("event", ["admitted", "declined", "transferred", "handed_back"])
def test_forty_five_days_without_a_decision_on_the_petition_raise_the_alarm(event: str) -> None:
    name = "citizen_reception.petition_unprocessed_dismissal_threshold"
    alarm = owed([received()], "denunciation")[name]
    assert (alarm.kind, alarm.state, alarm.due_on) == ("alarm", "open", date(2026, 8, 27))
    decided: Step = ("2026-07-20", f"cases.{event}", {})
    assert owed([received(), decided], "denunciation")[name].state == "discharged"


# ------------------------------------------------------------------------------------ reception
def test_a_schedule_is_posted_five_working_days_before_and_again_when_it_moves() -> None:
    planned: Step = ("2026-11-01", "reception.planned", {"reception_day": "2026-11-25"})
    name = "citizen_reception.post_reception_schedule"
    assert owed([planned], "reception")[name].due_on == date(2026, 11, 17)
    posted: Step = ("2026-11-10", "reception.schedule_posted", {})
    moved: Step = ("2026-11-12", "reception.rescheduled", {"reception_day": "2026-12-10"})
    one = owed([planned, posted, moved], "reception")[name]
    assert (one.state, one.due_on) == ("open", date(2026, 12, 3))


def test_an_unscheduled_reception_was_on_no_schedule_to_be_posted() -> None:
    day: dict[str, str | bool] = {"reception_day": "2026-09-15", "unscheduled": True}
    found = owed([("2026-09-14", "reception.planned", day)], "reception")
    assert "citizen_reception.post_reception_schedule" not in found
    assert found["citizen_reception.hold"].due_on == date(2026, 9, 15)


def test_notice_and_test_of_an_online_reception_follow_its_new_day() -> None:
    steps: list[Step] = [
        ("2026-08-01", "reception.online_planned", {"session_day": "2026-09-15"}),
        ("2026-08-10", "reception.rescheduled", {"reception_day": "2026-10-15"}),
        ("2026-08-10", "reception.online_planned", {"session_day": "2026-10-15"}),
    ]
    found = owed(steps, "reception")
    due = {name: one.due_on for name, one in found.items() if name.startswith("online")}
    assert due == {
        "online_citizen_reception.notify_participants": date(2026, 10, 8),
        "online_citizen_reception.successful_connection_test": date(2026, 10, 14),
        "online_citizen_reception.connect_all_points": date(2026, 10, 15),
    }


@pytest.mark.parametrize("event", ["admitted", "transferred"])
def test_who_admits_or_transfers_owes_the_party_heads_visitor_no_further_notice(event: str) -> None:
    came = received(occasion="reception", party_head=True)
    found = owed([came, ("2026-07-20", f"cases.{event}", {})], "complaint")
    name = "party_secretary_reception.written_acceptance_or_transfer_notice"
    assert found[name].state == "discharged"


def test_a_head_of_the_state_owes_an_answer_and_a_party_head_a_written_notice() -> None:
    state = owed([received(occasion="reception")], "recommendation")
    party = owed([received(occasion="reception", party_head=True)], "recommendation")
    assert "citizen_reception.notify_receipt_outcome" in state
    assert "party_secretary_reception.written_acceptance_or_transfer_notice" not in state
    assert "party_secretary_reception.written_acceptance_or_transfer_notice" in party
    assert "citizen_reception.notify_receipt_outcome" not in party


def test_a_conclusion_is_owed_after_a_reception_and_not_on_the_matter_of_a_duty() -> None:
    held: Step = ("2026-11-25", "reception.held", {"held_on": "2026-11-25", "party_head": True})
    name = "party_secretary_reception.advise_and_issue_conclusion_notice"
    assert name in owed([held], "reception")
    assert name not in owed([held], "duty")


def test_each_request_for_evidence_is_owed_by_itself() -> None:
    steps: list[Step] = [
        ("2026-07-15", "cases.evidence_requested", {"request": str(UUID(int=7))}),
        ("2026-07-16", "cases.evidence_requested", {"request": str(UUID(int=8))}),
        ("2026-07-17", "cases.evidence_provided", {"request": str(UUID(int=7))}),
    ]
    one = owed(steps, "complaint")["complaint.provide_evidence_on_request"]
    assert (one.correlation, one.state) == (str(UUID(int=8)), "open")
