from __future__ import annotations

from datetime import date

import pytest

from doithoai.law.derivation import Owed
from tests.law import story
from tests.law.story import Step, clocks


def owed(steps: list[Step]) -> dict[str, Owed]:
    return story.owed(steps, "dialogue")


def planned(*, party_head: bool = False, commune: bool = False, other: bool = False) -> Step:
    facts = {
        "dialogue_day": "2026-07-15",
        "party_head": party_head,
        "commune_conference": commune,
        "other_regime": other,
    }
    return ("2026-06-20", "dialogues.planned", facts)


ANNOUNCED: Step = ("2026-07-06", "dialogues.announced", {})
POSTPONED: Step = ("2026-07-10", "dialogues.postponed", {})
RESCHEDULED: Step = ("2026-07-13", "dialogues.rescheduled", {"dialogue_day": "2026-08-20"})
HELD: Step = ("2026-07-15", "dialogues.held", {"dialogue_day": "2026-07-15"})
SIGNED: Step = ("2026-07-22", "dialogues.conclusion_signed", {"signed_on": "2026-07-22"})
PUBLISHED: Step = ("2026-07-24", "dialogues.published", {"published_on": "2026-07-24"})

ANNOUNCE = "commune_dialogue_conference.announce_time_place_content"
RESULTS = "commune_dialogue_conference.publish_results"
AGENDA = "party_dialogue_local_default.publish_agenda"
NOTICE = "party_dialogue_local_default.issue_conclusion_notice"

BOTH = planned(party_head=True, commune=True)
STATES: list[tuple[list[Step], set[str]]] = [
    ([planned(commune=True)], {ANNOUNCE, "dialogue.hold"}),
    ([planned(party_head=True)], {AGENDA, "dialogue.hold"}),
    ([BOTH], {ANNOUNCE, AGENDA, "dialogue.hold"}),
    ([planned(other=True)], {"dialogue.hold"}),
    ([BOTH, ANNOUNCED], {"dialogue.hold"}),
    ([BOTH, ANNOUNCED, POSTPONED], {"dialogue.set_new_date"}),
    ([BOTH, ANNOUNCED, POSTPONED, RESCHEDULED], {ANNOUNCE, AGENDA, "dialogue.hold"}),
    ([BOTH, ANNOUNCED, HELD], {RESULTS, NOTICE}),
    ([planned(commune=True), HELD], {RESULTS, "dialogue.issue_conclusion"}),
    ([planned(party_head=True), HELD], {NOTICE}),
    ([planned(party_head=True, other=True), HELD], {"dialogue.issue_conclusion"}),
    ([BOTH, HELD, SIGNED], {RESULTS, "dialogue.publish_conclusion"}),
    ([planned(party_head=True), HELD, SIGNED], {"dialogue.publish_conclusion"}),
    ([BOTH, HELD, SIGNED, PUBLISHED], set()),
    ([BOTH, ("2026-07-10", "dialogues.cancelled", {})], set()),
    ([BOTH, POSTPONED, ("2026-07-13", "dialogues.cancelled", {})], set()),
]


@pytest.mark.parametrize(("steps", "open_clocks"), STATES)
def test_each_state_of_a_dialogue_has_its_clocks_running(
    steps: list[Step], open_clocks: set[str]
) -> None:
    assert clocks(steps, "dialogue") == open_clocks


def test_a_conference_is_announced_seven_days_before_and_never_rolls() -> None:
    one = owed([planned(commune=True)])[ANNOUNCE]
    assert (one.due_on, one.role, one.certainty) == (date(2026, 7, 8), "host_body", "B")
    sunday = (
        "2026-06-20",
        "dialogues.planned",
        {"dialogue_day": "2026-07-19", "commune_conference": True},
    )
    assert owed([sunday])[ANNOUNCE].due_on == date(2026, 7, 12)


def test_an_announcement_after_the_seventh_day_before_is_late() -> None:
    late = ("2026-07-09", "dialogues.announced", {})
    assert owed([planned(commune=True), late])[ANNOUNCE].late
    assert not owed([planned(commune=True), ANNOUNCED])[ANNOUNCE].late


def test_results_are_published_within_ten_days_rolled_to_monday() -> None:
    one = owed([planned(commune=True), HELD])[RESULTS]
    assert (one.due_on, one.source) == (date(2026, 7, 27), "law")


def test_the_conclusion_is_due_seven_working_days_after_the_dialogue() -> None:
    one = owed([planned(party_head=True), HELD])[NOTICE]
    assert (one.due_on, one.certainty) == (date(2026, 7, 24), "D")
    assert "657-QĐ/TU" in one.basis


def test_a_new_day_moves_what_is_owed_before_it() -> None:
    found = owed([BOTH, ANNOUNCED, POSTPONED, RESCHEDULED])
    assert found["dialogue.hold"].due_on == date(2026, 8, 20)
    assert found[ANNOUNCE].due_on == date(2026, 8, 13)
    assert found["dialogue.set_new_date"].state == "discharged"


def test_a_dialogue_planned_before_the_law_owes_no_announcement_under_it() -> None:
    early = (
        "2025-02-10",
        "dialogues.planned",
        {"dialogue_day": "2025-02-27", "commune_conference": True},
    )
    assert ANNOUNCE not in owed([early])


def changed(*, party_head: bool = False, commune: bool = False, other: bool = False) -> Step:
    facts = {
        "dialogue_day": "2026-07-15",
        "party_head": party_head,
        "commune_conference": commune,
        "other_regime": other,
    }
    return ("2026-06-25", "dialogues.changed", facts)


COUNTED_ANEW: Step = ("2026-06-25", "dialogues.counted_anew", {})


def test_what_it_counts_for_may_change_before_it_is_announced() -> None:
    to_party = [planned(commune=True), changed(party_head=True), COUNTED_ANEW]
    assert clocks(to_party, "dialogue") == {AGENDA, "dialogue.hold"}
    announced = [*to_party, ANNOUNCED]
    assert clocks(announced, "dialogue") == {"dialogue.hold"}


def test_the_conclusion_is_owed_by_what_it_counts_for_when_it_is_held() -> None:
    party = [planned(commune=True), ANNOUNCED, changed(party_head=True), HELD]
    assert clocks(party, "dialogue") == {NOTICE}
    neither = [planned(party_head=True), ANNOUNCED, changed(), HELD]
    assert clocks(neither, "dialogue") == {"dialogue.issue_conclusion"}


ASK, OTHER = "018f0000-0000-7000-8000-000000000001", "018f0000-0000-7000-8000-000000000002"


def asked(ask: str, day: str = "2026-07-01") -> Step:
    return (day, "dialogues.draft_asked", {"ask": ask, "asked_body": ASK})


def test_each_draft_asked_for_is_owed_by_the_day_before_until_it_is_sent() -> None:
    one = owed([planned(), asked(ASK)])["dialogue.send_draft"]
    assert (one.due_on, one.role, one.certainty) == (date(2026, 7, 14), "asked_body", "D")
    sent: Step = ("2026-07-02", "dialogues.draft_sent", {"ask": ASK})
    assert "dialogue.send_draft" in clocks([planned(), asked(ASK), asked(OTHER), sent], "dialogue")
    assert "dialogue.send_draft" not in clocks([planned(), asked(ASK), sent], "dialogue")


@pytest.mark.parametrize("end", [POSTPONED, HELD, ("2026-07-10", "dialogues.cancelled", {})])
def test_a_draft_is_owed_no_longer_than_the_dialogue_is_ahead(end: Step) -> None:
    assert "dialogue.send_draft" not in clocks([planned(), asked(ASK), end], "dialogue")


def test_a_draft_asked_anew_is_owed_by_the_new_day() -> None:
    steps = [planned(), asked(ASK), POSTPONED, RESCHEDULED, asked(ASK, "2026-07-13")]
    assert owed(steps)["dialogue.send_draft"].due_on == date(2026, 8, 19)
