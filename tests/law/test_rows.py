"""Rows of the tables read again by somebody who trusts nothing: from which day, by which version,
who owes, what stops the time, and what happens when a day is set anew.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from doithoai.law.derivation import Owed, derive
from tests.law.story import HA_TINH, VIET_NAM, Step, timeline

ASKED_BODY = str(UUID(int=21))
REQUEST = {"request": str(UUID(int=7))}


def owed(steps: list[Step], procedure: str, received: str) -> dict[str, Owed]:
    day = date.fromisoformat(received)
    found = derive(timeline(steps), HA_TINH, VIET_NAM, procedure=procedure, received=day)
    return {one.rule.removeprefix("vn."): one for one in found}


def came(day: str, **facts: str | bool) -> Step:
    return (day, "cases.received", {"history": False, "occasion": "letter", **facts})


# ---------------------------------------------------------------------- from the day it came in
def test_a_letter_registered_days_after_it_came_is_classified_in_time_from_its_coming() -> None:
    found = owed([came("2026-08-06")], "recommendation", "2026-08-03")
    one = found["petition_handling.classify_and_propose"]
    assert (one.derivation.start, one.due_on) == (date(2026, 8, 3), date(2026, 8, 13))


def test_the_45_days_are_counted_from_the_coming_of_the_petition() -> None:
    found = owed([came("2026-08-06")], "recommendation", "2026-08-03")
    one = found["citizen_reception.petition_unprocessed_dismissal_threshold"]
    assert (one.kind, one.due_on) == ("alarm", date(2026, 9, 17))


# ----------------------------------------------------------- by which version, over 1 July 2026
SORTED = {"kind": "complaint", "competence": "own"}


@pytest.mark.parametrize(
    ("instance", "rule"),
    [
        ("first", "accept_first"),
        ("second", "accept_second"),
        ("disciplinary", "accept_disciplinary"),
    ],
)
@pytest.mark.parametrize("sorted_on", ["2026-06-30", "2026-07-02"])
def test_a_complaint_of_30_june_keeps_its_ten_days_whenever_it_is_classified(
    instance: str, rule: str, sorted_on: str
) -> None:
    steps: list[Step] = [
        came("2026-06-30"),
        (sorted_on, "cases.classified", {**SORTED, "instance": instance}),
    ]
    found = owed(steps, "complaint", "2026-06-30")
    one = found[f"complaint.{rule}"]
    assert (one.due_on, one.in_force_from) == (date(2026, 7, 10), date(2012, 7, 1))
    assert "complaint.accept_within_ten_days_of_the_law" not in found


def test_a_complaint_of_1_july_has_seven_working_days_and_the_laws_ten_beside_them() -> None:
    first: Step = ("2026-07-02", "cases.classified", {**SORTED, "instance": "first"})
    found = owed([came("2026-07-01"), first], "complaint", "2026-07-01")
    assert found["complaint.accept_first"].in_force_from == date(2026, 7, 1)
    assert found["complaint.accept_within_ten_days_of_the_law"].due_on == date(2026, 7, 11)


# ------------------------------------------------------------------------------------ who owes
def test_whoever_holds_the_documents_owes_the_evidence_not_who_settles() -> None:
    asked: Step = ("2026-08-03", "cases.evidence_requested", {**REQUEST, "asked_body": ASKED_BODY})
    found = owed([came("2026-08-03"), asked], "complaint", "2026-08-03")
    one = found["complaint.provide_evidence_on_request"]
    assert (one.role, one.due_on) == ("asked_body", date(2026, 8, 10))


def test_the_body_that_was_asked_to_act_reports_to_the_settler() -> None:
    finished = {"handled_on": "2026-08-10", "asked_body": ASKED_BODY}
    steps: list[Step] = [came("2026-08-03"), ("2026-08-10", "cases.handling_finished", finished)]
    one = owed(steps, "denunciation", "2026-08-03")["denunciation.report_handling_result"]
    assert (one.role, one.due_on) == ("asked_body", date(2026, 8, 17))


def test_the_office_that_serves_a_deputy_owes_them_the_schedule() -> None:
    planned = {"reception_day": "2026-10-15", "deputy": True, "council_deputy": False}
    steps: list[Step] = [("2026-09-01", "reception.planned", planned)]
    found = owed(steps, "reception", "2026-09-01")
    told = found["citizen_reception.notify_NA_deputy_of_schedule"]
    excuse = found["citizen_reception.NA_deputy_excuse"]
    assert (told.role, told.due_on) == ("host_body", date(2026, 10, 1))
    assert (excuse.kind, excuse.due_on) == ("window", date(2026, 10, 8))
    council = {**planned, "deputy": False, "council_deputy": True}
    likewise = owed([("2026-09-01", "reception.planned", council)], "reception", "2026-09-01")
    one = likewise["citizen_reception.notify_council_deputy_of_schedule"]
    assert (one.certainty, one.due_on) == ("D", told.due_on)
    assert "citizen_reception.council_deputy_excuse" in likewise
    assert "citizen_reception.notify_NA_deputy_of_schedule" not in likewise


def test_another_deputy_is_told_in_their_turn() -> None:
    planned = {"reception_day": "2026-10-15", "deputy": True, "council_deputy": False}
    steps: list[Step] = [
        ("2026-09-01", "reception.planned", planned),
        ("2026-09-10", "reception.deputy_notified", {"signed_on": "2026-09-10"}),
        ("2026-09-14", "reception.deputy_excused", {"signed_on": "2026-09-14"}),
        ("2026-09-15", "reception.deputy_changed", planned),
    ]
    all_owed = derive(
        timeline(steps), HA_TINH, VIET_NAM, procedure="reception", received=date(2026, 9, 1)
    )
    states = [o.state for o in all_owed if o.rule.endswith("notify_NA_deputy_of_schedule")]
    assert states == ["discharged", "open"]


# ---------------------------------------------------------------------------- what stops the time
def test_the_time_of_an_expert_appraisal_is_not_counted_for_a_denunciation() -> None:
    steps: list[Step] = [
        came("2026-07-13"),
        ("2026-07-15", "cases.admitted", {"accepted_on": "2026-07-15", "complexity": "normal"}),
        ("2026-07-20", "cases.appraisal_asked", {}),
        ("2026-08-03", "cases.appraisal_received", {}),
    ]
    running = owed(steps[:3], "denunciation", "2026-07-13")["denunciation.settle"]
    assert (running.state, running.due_on) == ("paused", None)
    one = owed(steps, "denunciation", "2026-07-13")["denunciation.settle"]
    assert one.due_on == date(2026, 8, 28)  # 14 August, and 14 days


def test_a_board_may_prolong_the_reception_of_contributions() -> None:
    steps: list[Step] = [
        ("2026-08-03", "relief.launched", {"launched_on": "2026-08-03"}),
        ("2026-10-20", "relief.prolonged", {"days": 30, "reason": "other"}),
    ]
    one = owed(steps, "relief_campaign", "2026-08-03")["relief_campaign.reception_period_max"]
    assert one.due_on == date(2026, 12, 1)


# --------------------------------------------------------------------------------- which variant
@pytest.mark.parametrize(
    ("processors", "due"), [(False, date(2026, 8, 18)), (True, date(2026, 8, 24))]
)
def test_where_processors_are_involved_a_withdrawal_has_twenty_days(
    processors: bool, due: date
) -> None:
    facts = {**REQUEST, "asked": "withdraw", "processors": processors}
    found = owed([("2026-08-03", "privacy.requested", facts)], "personal_data", "2026-08-03")
    assert found["personal_data.fulfil_withdraw_restrict_object"].due_on == due


# --------------------------------------------------------------------------------- a day set anew
SET_ANEW = [
    ("complaint", "cases.dialogue_planned", "dialogue_day", "complaint.notify_dialogue", -5),
    (
        "grassroots_democracy", "grassroots.meeting_planned", "meeting_day",
        "grassroots_democracy.notify_village_meeting", -2,
    ),
    (
        "grassroots_democracy", "grassroots.election_planned", "election_day",
        "grassroots_democracy.village_head_election_plan", -20,
    ),
    (
        "social_supervision", "supervision.session_planned", "session_day",
        "social_supervision.supervised_body_sends_report", -7,
    ),
    (
        "social_criticism", "consultations.submission_planned", "submission_day",
        "social_criticism.drafter_sends_draft", -15,
    ),
    (
        "relief_campaign", "relief.reception_planned", "reception_start",
        "relief_campaign.announce_reception_place", -1,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("procedure", "event", "fact", "rule", "days"), SET_ANEW)
def test_what_is_counted_back_from_a_day_follows_the_day_when_it_is_set_anew(
    procedure: str, event: str, fact: str, rule: str, days: int
) -> None:
    steps: list[Step] = [
        ("2026-09-01", event, {fact: "2026-10-15"}),
        ("2026-09-02", event, {fact: "2026-11-19"}),
    ]
    one = owed(steps, procedure, "2026-09-01")[rule]
    assert one.state == "open"
    assert one.due_on is not None
    assert (one.due_on - date(2026, 11, 19)).days == days
