"""What a head owes once more in each period: how often, which days count, and when it is missed."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doithoai.law import calendars, periods, rulebooks
from doithoai.law.calendars import Calendar
from doithoai.law.derivation import Owed, derive
from doithoai.law.periods import KeptDay, Span
from doithoai.law.rulebooks import Rulebook, RulebookError
from tests.law.city import city
from tests.law.story import HA_TINH, VIET_NAM, Step, book, duty, timeline
from tests.law.words import VOCABULARY

COUNTRIES = Path(rulebooks.__file__).parents[1] / "config" / "countries"
COMMUNE = {"post_kind": "committee", "level": "commune"}
CHAIR = "vn.citizen_reception.receive.commune_chair"
NOVEMBER = Span(date(2026, 11, 1), date(2026, 11, 30))


def opened(day: date, holder: dict[str, str], rulebook: Rulebook = HA_TINH) -> dict[str, Span]:
    found = periods.opened_on(rulebook.recurring, day, holder, VIET_NAM)
    return {one.rule.id: one.span for one in found}


def begun(rule: str, day: date, holder: dict[str, str], rulebook: Rulebook = HA_TINH) -> Step:
    found = periods.opened_on(rulebook.recurring, day, holder, VIET_NAM)
    one = next(one for one in found if one.rule.id == rule)
    return (one.span.first.isoformat(), "duties.period_opened", one.facts)


def held(day: date, *, in_person: bool = True) -> Step:
    return (day.isoformat(), "reception.held", {"held_on": day.isoformat(), "in_person": in_person})


def owed(steps: list[Step], rulebook: Rulebook = HA_TINH) -> Owed:
    received = date.fromisoformat(steps[0][0])
    (one,) = derive(timeline(steps), rulebook, VIET_NAM, procedure="duty", received=received)
    return one


# ------------------------------------------------------------------------------ which periods
def test_each_post_owes_what_its_kind_and_level_owe() -> None:
    day = date(2026, 11, 22)
    assert opened(day, COMMUNE) == {
        CHAIR: NOVEMBER,
        "vn.commune_dialogue_conference.hold": Span(date(2026, 1, 1), date(2026, 12, 31)),
        "vn.front_hearing.hear": Span(date(2026, 1, 1), date(2026, 12, 31)),
    }
    assert set(opened(day, {"post_kind": "committee", "level": "province"})) == {
        "vn.citizen_reception.receive.provincial_chair",
        "vn.front_hearing.hear",
    }
    assert set(opened(day, {"post_kind": "department", "level": "province"})) == {
        "vn.citizen_reception.receive.agency_head"
    }
    assert opened(day, {"post_kind": "economy", "level": "commune"}) == {}


def test_a_commune_chair_received_once_a_week_and_now_twice_a_month() -> None:
    assert opened(date(2026, 6, 30), COMMUNE)[CHAIR] == Span(date(2026, 6, 29), date(2026, 7, 5))
    assert opened(date(2026, 7, 1), COMMUNE)[CHAIR] == Span(date(2026, 7, 1), date(2026, 7, 31))


def test_the_week_that_began_under_the_old_law_stays_under_it() -> None:
    found = periods.opened_on(HA_TINH.recurring, date(2026, 7, 3), COMMUNE, VIET_NAM)
    spans = [one.span for one in found if one.rule.id == CHAIR]
    assert spans == [
        Span(date(2026, 6, 29), date(2026, 7, 5)),
        Span(date(2026, 7, 1), date(2026, 7, 31)),
    ]


def test_a_district_owes_nothing_after_its_end() -> None:
    chair = {"post_kind": "committee", "level": "district"}
    name = "vn.citizen_reception.receive.district_chair"
    assert name in opened(date(2025, 6, 30), chair)
    assert name not in opened(date(2025, 7, 1), chair)


def test_reports_are_owed_for_the_periods_their_text_names() -> None:
    secretary = {"post_kind": "party_committee", "level": "commune"}
    reports = {
        name.rpartition(".")[2]: span.last
        for name, span in opened(date(2026, 2, 10), secretary).items()
        if ".report." in name
    }
    assert reports == {
        "month": date(2026, 2, 28),
        "first_quarter": date(2026, 3, 31),
        "first_half": date(2026, 6, 30),
        "nine_months": date(2026, 9, 30),
        "year": date(2026, 12, 31),
    }
    later = opened(date(2026, 11, 22), secretary)
    assert "vn.party_secretary_reception.report.nine_months" not in later


@pytest.mark.parametrize(
    ("every", "first", "last"),
    [
        ("week", date(2026, 11, 16), date(2026, 11, 22)),
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
        ("quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("half_year", date(2026, 7, 1), date(2026, 12, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
        ("first_quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("first_half", date(2026, 1, 1), date(2026, 6, 30)),
        ("nine_months", date(2026, 1, 1), date(2026, 9, 30)),
    ],
)
def test_a_period_follows_the_calendar(every: str, first: date, last: date) -> None:
    assert periods.span(every, date(2026, 11, 22), VIET_NAM) == Span(first, last)


def test_a_year_may_begin_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "calendar.toml"
    path.write_text(
        '[counting]\nweekend = [6, 7]\ntime_zone = "UTC"\n'
        "week_begins = 7\nyear_begins = [12, 15]\n",
        encoding="utf-8",
    )
    there = calendars.load(path)
    day = date(2026, 11, 22)
    assert periods.span("year", day, there) == Span(date(2025, 12, 15), date(2026, 12, 14))
    assert periods.span("quarter", day, there) == Span(date(2026, 9, 15), date(2026, 12, 14))
    assert periods.span("week", day, there) == Span(day, date(2026, 11, 28))


def test_a_term_is_opened_by_who_knows_its_days() -> None:
    board = {"post_kind": "peoples_inspection_board", "level": "commune"}
    assert "vn.peoples_inspection_board.report.term" not in opened(date(2026, 11, 22), board)
    facts = {**board, "duty": "report", "every": "term", "last_day": "2028-12-31"}
    one = owed([("2026-01-05", "duties.period_opened", facts)])
    assert (one.rule, one.due_on) == (
        "vn.peoples_inspection_board.report.term",
        date(2028, 12, 31),
    )


def test_a_term_is_not_counted_by_a_calendar_and_a_fortnight_is_no_period() -> None:
    assert periods.span("term", date(2026, 11, 22), VIET_NAM) is None
    with pytest.raises(ValueError, match="fortnight is not a period"):
        periods.span("fortnight", date(2026, 11, 22), VIET_NAM)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    st.sampled_from(["week", *periods.MONTHS]),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from([VIET_NAM, city()]),
)
def test_periods_follow_each_other_without_gap_or_overlap(
    every: str, day: date, calendar: Calendar
) -> None:
    here = periods.span(every, day, calendar)
    assert here is not None
    assert day in here
    assert periods.span(every, here.first, calendar) == here
    after = periods.span(every, here.last + timedelta(days=1), calendar)
    assert after is not None
    assert after.first == here.last + timedelta(days=1)


# ----------------------------------------------------------------------------- what meets them
@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.sets(st.dates(NOVEMBER.first, NOVEMBER.last), max_size=4),
    st.sets(st.dates(date(2026, 9, 1), date(2026, 10, 31)), max_size=2),
    st.integers(1, 3),
)
def test_two_different_days_inside_the_period_meet_it_and_fewer_do_not(
    days: set[date], outside: set[date], times: int
) -> None:
    begin = begun(CHAIR, date(2026, 11, 5), COMMUNE)
    receptions = [held(day) for day in sorted(days) for _ in range(times)]
    before = [("2026-11-01", "reception.held", {"held_on": day.isoformat()}) for day in outside]
    one = owed([begin, *before, *receptions])
    assert (one.state == "discharged") == (len(days) >= 2)
    assert not one.late
    if len(days) >= 2:
        assert one.ended_at is not None
        assert VIET_NAM.local_day(one.ended_at) == sorted(days)[1]


def test_one_day_of_two_is_missed_when_the_month_is_over() -> None:
    begin = begun(CHAIR, date(2026, 11, 5), COMMUNE)
    month = [begin, held(date(2026, 11, 10))]
    assert (owed(month).state, owed(month).due_on) == ("open", date(2026, 11, 30))
    missed = owed([*month, ("2026-12-01", "duties.missed", {})])
    assert (missed.state, missed.late) == ("closed", True)


def test_an_excused_period_is_closed_and_not_late() -> None:
    begin = begun(CHAIR, date(2026, 11, 5), COMMUNE)
    excused = owed([begin, ("2026-11-25", "duties.excused", {})])
    assert (excused.state, excused.late) == ("closed", False)


def test_what_a_deputy_received_no_longer_counts() -> None:
    days = [date(2026, 11, 10), date(2026, 11, 25)]
    begin = begun(CHAIR, date(2026, 11, 5), COMMUNE)
    assert owed([begin, *(held(day) for day in days)]).state == "discharged"
    assert owed([begin, held(days[0]), held(days[1], in_person=False)]).state == "open"
    province = {"post_kind": "committee", "level": "province"}
    name = "vn.citizen_reception.receive.provincial_chair"
    old = begun(name, date(2026, 6, 5), province)
    assert owed([old, held(date(2026, 6, 15), in_person=False)]).state == "discharged"
    new = begun(name, date(2026, 7, 5), province)
    assert owed([new, held(date(2026, 7, 15), in_person=False)]).state == "open"


def test_a_dialogue_meets_the_yearly_conference() -> None:
    begin = begun("vn.commune_dialogue_conference.hold", date(2026, 11, 5), COMMUNE)
    one = owed([begin, ("2026-07-15", "dialogues.held", {"dialogue_day": "2026-07-15"})])
    assert (one.state, one.role, one.due_on) == ("discharged", "head", date(2026, 12, 31))


def test_a_report_made_after_its_period_is_late_and_still_counts() -> None:
    secretary = {"post_kind": "party_committee", "level": "commune"}
    begin = begun("vn.party_secretary_reception.report.month", date(2026, 11, 5), secretary)
    one = owed([begin, ("2026-12-03", "duties.met", {})])
    assert (one.state, one.late) == ("discharged", True)


def test_a_province_may_write_other_numbers(tmp_path: Path) -> None:
    national = (rulebooks.NATIONAL / "recurring_duties.toml").read_text(encoding="utf-8")
    found = [text for text in national.split("[[rule]]") if f'"{CHAIR}"' in text]
    local = found[-1].replace("count = 2", "count = 3").replace('"A-"', '"B"')
    (tmp_path / "local.toml").write_text(
        f'procedures = ["duty"]\n[[rule]]{local}', encoding="utf-8"
    )
    there = rulebooks.load([rulebooks.NATIONAL, tmp_path], VOCABULARY)
    begin = begun(CHAIR, date(2026, 11, 5), COMMUNE, there)
    days = [held(date(2026, 11, number)) for number in (10, 18)]
    one = owed([begin, *days], there)
    assert (one.state, one.source) == ("open", "regulation")
    assert owed([begin, *days, held(date(2026, 11, 25))], there).state == "discharged"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"every": '"fortnight"'}, "every must be one of week, month"),
        ({"every": '"month"'}, "a recurring duty is due on a day its period states"),
        ({"count_by": '"day"'}, "count_by counts the days of a period: every is missing"),
        ({"count_by": '"remote"'}, "the fact remote is not a date"),
    ],
)
def test_an_unsound_recurring_duty_is_refused(
    tmp_path: Path, changes: dict[str, str], reason: str
) -> None:
    with pytest.raises(RulebookError, match=reason):
        book(tmp_path, duty(**changes))


# ------------------------------------------------------------------------------- days kept
def test_a_reception_day_on_a_day_off_moves_to_the_next_working_day() -> None:
    moved = periods.kept_day(date(2026, 11, 24), VIET_NAM)
    assert (moved.day, moved.moved_from) == (date(2026, 11, 25), date(2026, 11, 24))
    assert moved.because is not None
    assert moved.because.vi == "Ngày Văn hóa Việt Nam"
    assert periods.kept_day(date(2026, 11, 25), VIET_NAM) == KeptDay(date(2026, 11, 25))
    assert periods.kept_day(date(2026, 8, 22), VIET_NAM) == KeptDay(date(2026, 8, 22))


def test_a_day_never_moves_into_another_month() -> None:
    assert periods.kept_day(date(2026, 10, 31), VIET_NAM).day == date(2026, 10, 30)


def test_a_schedule_of_days_is_kept_in_each_month() -> None:
    kept = periods.kept_days([24, 10], 2026, 11, VIET_NAM)
    assert [one.day for one in kept] == [date(2026, 11, 10), date(2026, 11, 25)]
    assert [one.day for one in periods.kept_days([31], 2026, 2, VIET_NAM)] == [date(2026, 2, 27)]


def test_two_days_that_meet_are_kept_once() -> None:
    (one,) = periods.kept_days([24, 25], 2026, 11, VIET_NAM)
    assert one == KeptDay(date(2026, 11, 25))


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.sampled_from([VIET_NAM, city()]))
def test_a_kept_day_is_worked_and_lies_in_its_month(day: date, calendar: Calendar) -> None:
    kept = periods.kept_day(day, calendar)
    assert calendar.is_working(kept.day)
    assert kept.day.month == day.month
    assert (kept.moved_from is None) == calendar.is_working(day)


def test_the_posts_that_owe_are_heads_of_bodies_the_country_knows() -> None:
    pack = tomllib.loads((COUNTRIES / "vn.toml").read_text(encoding="utf-8"))
    known = {body["code"] for body in (*pack["body_kind"], *pack["office"])}
    named = {
        value
        for rule in HA_TINH.rules
        for name, allowed in rule.opening.only_when
        if name == "post_kind"
        for value in allowed
    }
    assert named - known == {"peoples_inspection_board"}
