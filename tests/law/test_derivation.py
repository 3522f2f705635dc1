from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from doithoai.law.derivation import derive
from doithoai.law.timeline import Happening
from tests.law.city import city
from tests.law.story import book, derived, duty, timeline

PAUSABLE = {
    "paused_by": '"stopped"',
    "resumed_by": '"resumed"',
    "review": "{ days = 10, count = 'working' }",
}
EXTENDABLE = "{ days = 5, times = 1, events = ['longer'], when = ['complex'] }"


def test_an_obligation_opens_with_the_event_that_causes_it(tmp_path: Path) -> None:
    (one,) = derived(book(tmp_path, duty(remind="[5, 2]")), [("2026-07-15", "asked", {})])
    assert one.key == f"t.answer:{UUID(int=1)}"
    assert (one.state, one.due_on) == ("open", date(2026, 7, 29))
    assert (one.role, one.each, one.kind, one.source) == ("body", False, "duty", "law")
    assert one.remind_on == (date(2026, 7, 22), date(2026, 7, 27))
    assert (one.duty.of("vi"), one.late) == ("Trả lời", False)


def test_no_reminder_is_set_before_the_obligation_opened(tmp_path: Path) -> None:
    (one,) = derived(book(tmp_path, duty(remind="[20, 2]")), [("2026-07-15", "asked", {})])
    assert one.remind_on == (date(2026, 7, 27),)


def test_a_duty_discharged_on_its_last_day_is_on_time(tmp_path: Path) -> None:
    steps = [("2026-07-15", "asked", {}), ("2026-07-29T23:50", "answered", {})]
    (one,) = derived(book(tmp_path, duty()), steps)
    assert (one.state, one.late, one.ended_by) == ("discharged", False, UUID(int=2))
    assert one.remind_on == ()


def test_a_duty_discharged_a_local_day_later_is_late(tmp_path: Path) -> None:
    steps = [("2026-07-15", "asked", {}), ("2026-07-30T00:10", "answered", {})]
    (one,) = derived(book(tmp_path, duty()), steps)
    assert one.late


def test_what_was_closed_is_never_late(tmp_path: Path) -> None:
    steps = [("2026-07-15", "asked", {}), ("2026-09-15", "dropped", {})]
    (one,) = derived(book(tmp_path, duty()), steps)
    assert (one.state, one.late) == ("closed", False)


def test_only_a_duty_can_be_late(tmp_path: Path) -> None:
    steps = [("2026-07-15", "asked", {}), ("2026-09-15", "answered", {})]
    (one,) = derived(book(tmp_path, duty(kind='"window"', on_lapse='"lapsed"')), steps)
    assert (one.state, one.late) == ("discharged", False)


def test_a_window_ends_when_the_clock_enters_its_lapse(tmp_path: Path) -> None:
    steps = [("2026-07-15", "asked", {}), ("2026-07-30", "lapsed", {})]
    (one,) = derived(book(tmp_path, duty(kind='"window"', on_lapse='"lapsed"')), steps)
    assert (one.state, one.on_lapse, one.ended_by) == ("closed", "lapsed", UUID(int=2))


def test_an_event_that_happens_again_gives_no_new_time(tmp_path: Path) -> None:
    steps = [("2026-07-15", "asked", {}), ("2026-07-20", "asked", {})]
    (one,) = derived(book(tmp_path, duty()), steps)
    assert one.opened_by == UUID(int=1)


def test_an_event_that_closes_and_opens_starts_anew(tmp_path: Path) -> None:
    steps = [("2026-07-15", "asked", {}), ("2026-07-20", "asked", {})]
    first, second = derived(book(tmp_path, duty(closed_by='"asked"')), steps)
    assert (first.state, second.state) == ("closed", "open")
    assert second.due_on == date(2026, 8, 3)


def test_two_discharges_are_needed_where_the_rule_says_two(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(count="2"))
    steps = [("2026-07-15", "asked", {}), ("2026-07-16", "answered", {})]
    assert derived(rules, steps)[0].state == "open"
    (one,) = derived(rules, [*steps, ("2026-07-17", "answered", {})])
    assert (one.state, one.ended_by) == ("discharged", UUID(int=3))


def test_each_request_has_an_obligation_of_its_own(tmp_path: Path) -> None:
    one_id, other_id = str(UUID(int=101)), str(UUID(int=102))
    steps = [
        ("2026-07-15", "asked", {"request": one_id}),
        ("2026-07-15", "asked", {"request": other_id}),
        ("2026-07-16", "answered", {"request": one_id}),
    ]
    first, second = derived(book(tmp_path, duty(per='"request"')), steps)
    assert (first.state, second.state) == ("discharged", "open")
    assert second.correlation == other_id
    assert second.key == f"t.answer:{UUID(int=2)}:{other_id}"


def test_an_event_without_a_request_ends_them_all(tmp_path: Path) -> None:
    steps = [
        ("2026-07-15", "asked", {"request": str(UUID(int=101))}),
        ("2026-07-15", "asked", {"request": str(UUID(int=102))}),
        ("2026-07-16", "dropped", {}),
    ]
    rules = book(tmp_path, duty(per='"request"'))
    assert {one.state for one in derived(rules, steps)} == {"closed"}


def test_a_pause_stops_the_clock_and_sets_a_review(tmp_path: Path) -> None:
    steps = [("2026-07-15", "asked", {}), ("2026-07-20", "stopped", {})]
    (one,) = derived(book(tmp_path, duty(**PAUSABLE)), steps)
    assert (one.state, one.due_on) == ("paused", None)
    assert (one.paused_since, one.review_on) == (date(2026, 7, 20), date(2026, 8, 3))


def test_the_day_of_resumption_is_counted_again(tmp_path: Path) -> None:
    steps = [
        ("2026-07-15", "asked", {}),
        ("2026-07-20", "stopped", {}),
        ("2026-07-27", "resumed", {}),
    ]
    (one,) = derived(book(tmp_path, duty(**PAUSABLE)), steps)
    assert (one.state, one.due_on) == ("open", date(2026, 8, 5))


def test_a_paused_duty_may_be_discharged_and_is_not_late(tmp_path: Path) -> None:
    steps = [
        ("2026-07-15", "asked", {}),
        ("2026-07-20", "stopped", {}),
        ("2026-12-01", "answered", {}),
    ]
    (one,) = derived(book(tmp_path, duty(**PAUSABLE)), steps)
    assert (one.state, one.late, one.paused_since) == ("discharged", False, None)


def test_a_second_stop_and_a_stray_resumption_change_nothing(tmp_path: Path) -> None:
    steps = [
        ("2026-07-15", "asked", {}),
        ("2026-07-16", "resumed", {}),
        ("2026-07-20", "stopped", {}),
        ("2026-07-22", "stopped", {}),
    ]
    (one,) = derived(book(tmp_path, duty(**PAUSABLE)), steps)
    assert one.paused_since == date(2026, 7, 20)


def test_an_extension_moves_the_date_as_far_as_the_text_allows(tmp_path: Path) -> None:
    steps = [
        ("2026-07-15", "asked", {}),
        ("2026-07-20", "longer", {"days": 30, "reason": "complex"}),
    ]
    (one,) = derived(book(tmp_path, duty(extend=EXTENDABLE)), steps)
    assert one.due_on == date(2026, 8, 5)


def test_an_extension_is_honoured_once_for_its_reason_and_its_rule_only(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(extend=EXTENDABLE))
    opening = ("2026-07-15", "asked", {})
    for facts in ({"days": 5, "reason": "other"}, {"days": 5, "reason": "complex", "rule": "t.x"}):
        assert derived(rules, [opening, ("2026-07-20", "longer", facts)])[0].due_on == date(
            2026, 7, 29
        )
    twice = [("2026-07-20", "longer", {"reason": "complex"})] * 2
    assert derived(rules, [opening, *twice])[0].due_on == date(2026, 8, 5)


def test_an_extension_up_to_a_date_is_capped_too(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(extend=EXTENDABLE))
    opening = ("2026-07-15", "asked", {})
    asked = {"2026-07-31": date(2026, 7, 31), "2026-12-31": date(2026, 8, 5)}
    for until, end in asked.items():
        step = ("2026-07-20", "longer", {"until": until, "reason": "complex"})
        assert derived(rules, [opening, step])[0].due_on == end


def test_an_extension_after_the_date_does_not_undo_lateness(tmp_path: Path) -> None:
    steps = [
        ("2026-07-15", "asked", {}),
        ("2026-07-30", "longer", {"reason": "complex"}),
        ("2026-07-31", "answered", {}),
    ]
    (one,) = derived(book(tmp_path, duty(extend=EXTENDABLE)), steps)
    assert (one.due_on, one.late) == (date(2026, 7, 29), True)
    assert "không được tính" in " ".join(one.derivation.sentences("vi"))


def test_conditions_are_judged_on_the_facts_known_when_it_opens(tmp_path: Path) -> None:
    near = duty(opens_on='"again"', when="{ remote = false }")
    far = duty(
        opens_on='"again"', when="{ remote = true }", within="{ days = 20, count = 'working' }"
    )
    rules = book(tmp_path, near, far)
    told = [("2026-07-14", "asked", {"remote": True}), ("2026-07-15", "again", {})]
    untold = [("2026-07-15", "again", {})]
    assert derived(rules, told)[0].due_on == date(2026, 8, 12)
    assert derived(rules, untold)[0].due_on == date(2026, 7, 29)


def test_only_when_is_silent_elsewhere(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(only_when="{ level = 'high' }"))
    assert derived(rules, [("2026-07-15", "asked", {"level": "low"})]) == ()
    assert derived(rules, [("2026-07-15", "asked", {})]) == ()
    assert len(derived(rules, [("2026-07-15", "asked", {"level": "high"})])) == 1


def test_a_rule_is_limited_to_its_procedures(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(procedures='["complaint"]'))
    steps = [("2026-07-15", "asked", {})]
    assert derived(rules, steps, procedure="complaint")
    assert not derived(rules, steps, procedure="recommendation")


def test_a_period_is_counted_from_a_date_fact(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(counted_from='"day"'))
    (one,) = derived(rules, [("2026-07-15", "asked", {"day": "2026-07-01"})])
    assert (one.due_on, one.derivation.start) == (date(2026, 7, 15), date(2026, 7, 1))
    (unsaid,) = derived(rules, [("2026-07-15", "asked", {})])
    assert unsaid.derivation.start == date(2026, 7, 15)


def test_nothing_is_counted_back_from_a_day_nobody_knows(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(counted_from='"day"', within="{ days = -5, count = 'working' }"))
    (one,) = derived(rules, [("2026-07-01", "asked", {"day": "2026-07-15"})])
    assert one.due_on == date(2026, 7, 8)
    assert derived(rules, [("2026-07-01", "asked", {})]) == ()


def test_hours_run_by_the_clock(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(within="{ hours = 72 }", **PAUSABLE))
    steps = [("2026-07-15T08:30", "asked", {}), ("2026-07-18T08:31", "answered", {})]
    (one,) = derived(rules, steps)
    assert one.due_at == datetime(2026, 7, 18, 1, 30, tzinfo=UTC)
    assert (one.due_on, one.late) == (date(2026, 7, 18), True)
    (stopped,) = derived(rules, [steps[0], ("2026-07-16T08:30", "stopped", {})])
    assert (stopped.state, stopped.due_at, stopped.due_on) == ("paused", None, None)


def test_the_version_in_force_on_the_day_of_the_event_applies(tmp_path: Path) -> None:
    old = duty(in_force="{ to = 2026-06-30 }")
    new = duty(in_force="{ from = 2026-07-01 }", within="{ days = 7, count = 'working' }")
    rules = book(tmp_path, old, new)
    before = derived(rules, [("2026-06-30", "asked", {})])[0]
    after = derived(rules, [("2026-07-01", "asked", {})])[0]
    assert (before.in_force_from, after.in_force_from) == (None, date(2026, 7, 1))
    assert after.due_on == date(2026, 7, 10)


def test_a_rule_may_follow_the_day_the_matter_came_in(tmp_path: Path) -> None:
    old = duty(in_force="{ to = 2026-06-30 }", applies='"received"')
    new = duty(in_force="{ from = 2026-07-01 }", applies='"received"', certainty='"B"')
    rules = book(tmp_path, old, new)
    steps = [("2026-07-20", "asked", {})]
    assert derived(rules, steps, received=date(2026, 6, 1))[0].certainty == "A"
    assert derived(rules, steps, received=date(2026, 7, 2))[0].certainty == "B"


TAKEN_OVER = "[{ from = 2026-07-01, takes_over = 'asked', basis = 'Điều 22' }]"


def test_a_transition_gives_an_open_duty_the_new_pause_but_not_new_days(tmp_path: Path) -> None:
    old = duty(in_force="{ to = 2026-06-30 }")
    new = duty(
        in_force="{ from = 2026-07-01 }",
        within="{ days = 7, count = 'working' }",
        transition=TAKEN_OVER,
        **PAUSABLE,
    )
    steps = [("2026-06-29", "asked", {}), ("2026-07-02", "stopped", {})]
    (one,) = derived(book(tmp_path, old, new), steps)
    assert one.state == "paused"
    (resumed,) = derived(book(tmp_path, old, new), [*steps, ("2026-07-06", "resumed", {})])
    assert resumed.due_on == date(2026, 7, 15)
    assert resumed.derivation.transition == "Điều 22"


def test_a_transition_decides_between_versions_by_receipt(tmp_path: Path) -> None:
    old = duty(in_force="{ to = 2026-06-30 }", applies='"received"', opens_on='"again"')
    new = duty(
        in_force="{ from = 2026-07-01 }",
        applies='"received"',
        opens_on='"again"',
        certainty='"B"',
        transition=TAKEN_OVER,
    )
    rules = book(tmp_path, old, new)
    taken = [("2026-06-20", "asked", {}), ("2026-07-20", "again", {})]
    assert derived(rules, taken, received=date(2026, 6, 1))[0].certainty == "B"
    assert derived(rules, taken[1:], received=date(2026, 6, 1))[0].certainty == "A"


CONCLUSION = {
    "id": '"t.promise"',
    "opens_on": '"again"',
    "within": "",
    "due": '"day"',
    "not_later_than": '["t.answer"]',
    "extend": "{ times = 2, events = ['longer'] }",
}


def test_a_date_set_in_a_conclusion_warns_when_later_than_the_law(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(), duty(**CONCLUSION))
    opening = ("2026-07-15", "asked", {})
    for day, warning in (("2026-07-30", "t.answer"), ("2026-07-29", None)):
        promise = derived(rules, [opening, ("2026-07-16", "again", {"day": day})])[1]
        assert (promise.source, promise.due_on) == ("conclusion", date.fromisoformat(day))
        assert promise.later_than == warning


def test_a_promise_is_not_measured_by_a_default_nobody_adopted(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(certainty='"D"'), duty(**CONCLUSION))
    steps = [("2026-07-15", "asked", {}), ("2026-07-16", "again", {"day": "2026-12-31"})]
    legal, promise = derived(rules, steps)
    assert (legal.source, promise.later_than) == ("regulation", None)


def test_a_date_set_in_a_conclusion_moves_by_extension_only(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(), duty(**CONCLUSION))
    steps = [
        ("2026-07-15", "again", {"day": "2026-08-30"}),
        ("2026-07-20", "again", {"day": "2026-12-31"}),
        ("2026-08-01", "longer", {"until": "2026-09-15"}),
    ]
    (promise,) = derived(rules, steps)
    assert promise.due_on == date(2026, 9, 15)
    (more,) = derived(rules, [steps[0], ("2026-08-01", "longer", {"days": 3})])
    assert more.due_on == date(2026, 9, 2)


def test_a_moved_date_stays_moved_for_a_rule_that_reads_it_later(tmp_path: Path) -> None:
    later = duty(**{**CONCLUSION, "id": '"t.finish"', "opens_on": '"answered"'})
    rules = book(tmp_path, duty(), duty(**CONCLUSION), later)
    steps = [
        ("2026-07-15", "again", {"day": "2026-08-30"}),
        ("2026-08-01", "longer", {"until": "2026-09-15"}),
        ("2026-08-02", "answered", {"outcome": "partly"}),
    ]
    assert derived(rules, steps)[-1].due_on == date(2026, 9, 15)


def test_a_promise_without_a_date_opens_nothing(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(), duty(**CONCLUSION))
    assert derived(rules, [("2026-07-15", "again", {})]) == ()


def test_a_discharge_may_depend_on_its_facts(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(discharged_when="{ outcome = 'done' }"))
    steps = [("2026-07-15", "asked", {}), ("2026-07-16", "answered", {"outcome": "partly"})]
    assert derived(rules, steps)[0].state == "open"
    done = [*steps, ("2026-07-17", "answered", {"outcome": "done"})]
    assert derived(rules, done)[0].state == "discharged"


def test_a_recurring_duty_opens_again_from_the_day_it_was_done(tmp_path: Path) -> None:
    steps = [
        ("2026-07-15", "asked", {}),
        ("2026-07-20", "answered", {}),
        ("2026-07-22", "dropped", {}),
    ]
    rules = book(tmp_path, duty(recurs_on='"answered"'))
    first, second = derived(rules, steps[:2])
    assert (first.state, second.state) == ("discharged", "open")
    assert second.due_on == date(2026, 8, 3)
    assert [one.state for one in derived(rules, steps)] == ["discharged", "closed"]


def test_one_rule_gives_way_to_another_whichever_comes_first(tmp_path: Path) -> None:
    default = duty(gives_way_to='"t.better"')
    rules = book(tmp_path, default, duty(id='"t.better"', opens_on='"again"'))
    asked, again = ("2026-07-15", "asked", {}), ("2026-07-16", "again", {})
    first = {one.rule: one.state for one in derived(rules, [asked, again])}
    second = {one.rule: one.state for one in derived(rules, [again, asked])}
    assert first == {"t.answer": "closed", "t.better": "open"}
    assert second == {"t.better": "open"}


def test_a_rule_may_wait_for_one_event_and_be_kept_off_by_another(tmp_path: Path) -> None:
    waiting = book(tmp_path, duty(only_after='"again"'))
    asked, again = ("2026-07-15", "asked", {}), ("2026-07-14", "again", {})
    assert not derived(waiting, [asked])
    assert derived(waiting, [again, asked])
    kept_off = book(tmp_path, duty(unless_after='"again"'))
    assert derived(kept_off, [asked])
    assert not derived(kept_off, [again, asked])


def test_the_invented_city_counts_its_own_way(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(within="{ days = 3, count = 'working' }"))
    steps = timeline([("2026-03-16", "asked", {})], city())
    (one,) = derive(steps, rules, city(), procedure="matter", received=date(2026, 3, 16))
    assert one.due_on == date(2026, 3, 19)
    assert one.derivation.counted.skipped[0].en == "River Feast"
    assert "tính cả ngày đầu" in one.derivation.sentences("vi")[0]


def test_a_happening_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Happening(UUID(int=1), "asked", datetime(2026, 7, 15, 9, 0), {})  # noqa: DTZ001
