"""What a year of a commune's reception leaves: its register, its duties, its reports, and what is
sealed in none of them.
"""

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from doithoai.cases.models import Petition
from doithoai.docket.models import Obligation
from doithoai.duties import commands as duties
from doithoai.duties.models import Duty
from doithoai.reception import exporting
from doithoai.reception.commands import ending, visits
from doithoai.reception.commands.visits import Arrival
from doithoai.reception.models import Refusal, Session, Visit
from doithoai.reception.queries import register
from doithoai.reception.queries import visits as desk
from doithoai.reception.queries.register import Wanted
from doithoai.reports import periods
from doithoai.reports.queries import heads
from tests.cases.reaching import committee
from tests.conftest import become, own_database
from tests.dialogues.grounds import signed_in
from tests.duties.grounds import RECEIVE, moment
from tests.journeys.receiving_year import (
    CULTURE_DAY,
    GROUNDS,
    SECRET,
    SECRET_NAME,
    TET,
    YEAR,
    Story,
    live,
    somebody,
)
from tests.journeys.test_every_race import together

DECREE_154 = date(YEAR, 7, 1)  # asks for the notice from this day on


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[Story]:
    """The year, lived once for all that is asked of it, in a database of its own."""
    del django_db_setup
    with own_database(worker_id, django_db_blocker), django_db_blocker.unblock():
        yield live(become("minh"), become("chi"))


# --------------------------------------------------------------------------------- the register
def lines() -> list[register.Line]:
    """Every line of the year."""
    _body, found = register.whole(become("minh"), Wanted(year=YEAR), today=date(YEAR, 11, 21))
    return list(found)


def total(year: Story, figure: str) -> int:
    """How often in the whole year."""
    return sum(month[figure] for month in year.done.values())


def test_the_register_of_the_year_has_no_gap_and_no_double(year: Story) -> None:
    numbers = [line.number for line in lines()]
    assert numbers == list(range(1, total(year, "visits") + 1))
    assert 170 <= len(numbers) <= 220
    left = Visit.objects.filter(state="left")
    assert left.exists()
    assert not left.filter(number__isnull=False).exists()


def test_numbers_follow_the_order_in_which_people_were_received(year: Story) -> None:
    moments = [line.visit.received_at for line in lines()]
    assert moments == sorted(m for m in moments if m)


def test_each_petition_of_the_year_has_its_number_once(year: Story) -> None:
    numbers = sorted(Petition.objects.filter(year=YEAR).values_list("number", flat=True))
    assert numbers == list(range(1, total(year, "petitions") + 1))
    kinds = Petition.objects.values_list("submission__carried__case__matter__procedure", flat=True)
    assert set(kinds) == {"complaint", "recommendation"}  # a mixed one until it is split


def test_four_desks_at_once_leave_no_gap_and_give_no_number_twice(year: Story) -> None:
    minh, body, before = become("minh"), committee(), len(lines())
    now = timezone.now()
    this_year = Visit.objects.filter(body=body, year=now.year, number__isnull=False)
    first = this_year.count()

    def a_desk() -> None:
        for n in range(5):
            visit = visits.arrive(body.pk, Arrival(who=somebody(n)), by=minh, at=now)
            if n == 1:
                visits.leave(visit.pk, by=minh, at=now)
            elif n == 2:
                ending.refuse(visit.pk, ground="c", explained="x", by=minh, at=now)
            else:
                visits.call(visit.pk, by=minh, at=now)

    assert together(*[a_desk] * 4) == ["kept"] * 4
    try:
        numbers = sorted(this_year.values_list("number", flat=True))
        assert numbers == list(range(1, first + 17))
    finally:  # the other tests read the year as it was lived
        later = Visit.objects.filter(arrived_at=now)
        later.update(body=become("lien").body)
    assert len(lines()) == before


def test_a_day_given_by_the_chair_is_a_date_by_conclusion_of_what_was_raised(year: Story) -> None:
    given = Visit.objects.filter(year=YEAR, due_on__isnull=False)
    assert given.count() == total(year, "groups")
    for visit in given:
        assert visit.contact
        promised = Obligation.objects.filter(
            matter__raised_in__visit=visit, source="conclusion", kind="duty"
        )
        assert [each.due_on for each in promised] == [visit.due_on]


def test_a_written_notice_is_owed_for_the_refusals_the_law_names(year: Story) -> None:
    refused = Refusal.objects.filter(visit__year=YEAR)
    assert set(refused.values_list("ground", flat=True)) == set(GROUNDS)
    owed = Obligation.objects.filter(rule="vn.citizen_reception.issue_refusal_notice")
    wanted = refused.filter(ground__in=["art9_3", "h"], matter__received_on__gte=DECREE_154)
    assert wanted.exists()
    assert set(owed.values_list("matter", flat=True)) == set(
        wanted.values_list("matter", flat=True)
    )


# -------------------------------------------------------------------------------- reception days
def test_a_day_on_a_holiday_is_held_on_the_next_working_day(year: Story) -> None:
    moved = {s.fixed_day: s for s in Session.objects.filter(fixed_day__isnull=False)}
    assert moved[CULTURE_DAY].day == date(YEAR, 11, 25)
    assert "24/11/2026" in moved[CULTURE_DAY].why_moved
    assert moved[TET].day == date(YEAR, 2, 23)
    assert moved[date(YEAR, 10, 10)].day == date(YEAR, 10, 12)  # a Saturday
    assert {s.day.weekday() for s in Session.objects.all()} <= set(range(5))


# ---------------------------------------------------------------------------------------- duties
def test_each_period_of_the_chair_is_met_missed_or_excused_as_it_was_held(year: Story) -> None:
    chi, quang = become("chi"), become("quang")
    rows = Duty.objects.filter(post=chi.post, rule=RECEIVE).order_by("first_day")
    by_first = {duty.first_day: duty for duty in rows}
    for first, why in ((date(YEAR, 2, 16), "Nghỉ Tết Nguyên đán"), (date(YEAR, 9, 1), "Bão số 5")):
        assert by_first[first].state == "missed"
        duties.excuse(
            by_first[first].pk, reason=why, document="Công văn số 45/UBND-NC", by=quang,
            at=moment(date(YEAR, 11, 20)),
        )  # fmt: skip
    states = dict(rows.values_list("first_day", "state"))
    missed = {date(YEAR, 6, 8), date(YEAR, 8, 1)}  # called off; one of two days by a deputy
    excused = {date(YEAR, 2, 16), date(YEAR, 9, 1)}
    assert {first for first, state in states.items() if state == "missed"} == missed
    assert {first for first, state in states.items() if state == "excused"} == excused
    assert {first for first, state in states.items() if state == "open"} == {date(YEAR, 11, 1)}
    assert states[date(YEAR, 4, 13)] == "met"  # a deputy's week counted then
    assert states[date(YEAR, 5, 11)] == "met"  # put off within its week
    assert set(states.values()) == {"met", "missed", "excused", "open"}
    assert len(states) == 26 + 5  # weeks until 30/6/2026, months after


# --------------------------------------------------------------------------------------- reports
def report(month: int, name: str = "chi") -> heads.HeadReport:
    """The head's report of a month."""
    day = date(YEAR, month, 15)
    monthly = periods.named("month")
    return heads.report(become(name), committee(), monthly, day, at=moment(date(YEAR, 11, 21)))


@pytest.mark.parametrize("month", range(1, 12))
def test_the_monthly_report_says_what_was_done(year: Story, month: int) -> None:
    found, done = report(month), year.done[month]
    for figure in ("sessions", "sessions_deputy", "visits", "visits_repeated", "groups"):
        assert found.count(figure) == done[figure], figure
    assert found.count("persons") == len(year.people[month])


def test_each_number_of_a_report_opens_as_many_rows(year: Story) -> None:
    for name, month in (("chi", 6), ("minh", 8)):
        client = signed_in(name)
        asked = f"?body={committee().pk}&period=month&day={date(YEAR, month, 15)}"
        for figure in report(month, name).figures:
            address = reverse("head_report_rows", args=[figure.measure.key])
            page = client.get(address + asked).content.decode()
            rows = page.count("<tr data-row>")
            if figure.measure.of_people:  # a row is a visit, and says how many came
                people = [int(n) for n in re.findall(r'data-people="(\d+)"', page)]
                assert (len(people), sum(people)) == (rows, figure.count), figure.measure.key
            else:
                assert rows == figure.count, (month, figure.measure.key)


def test_the_months_add_up_to_the_register(year: Story) -> None:
    assert sum(report(month).count("visits") for month in range(1, 12)) == len(lines())


# ---------------------------------------------------------------------------------- what is sealed
def test_what_was_sealed_is_nowhere_in_the_open_register(year: Story) -> None:
    assert total(year, "sealed") > 10
    silent = [line for line in lines() if not any(line.texts[1:-1])]
    assert len(silent) == total(year, "sealed")
    book = openpyxl.load_workbook(
        io.BytesIO(exporting.register(lines(), office="x", period="x", at=timezone.now()))
    )
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row]
    client = signed_in("minh")
    pages = [
        client.get(f"{reverse('reception_register')}?year={YEAR}&page={n}").content.decode()
        for n in range(1, -(-len(lines()) // register.PAGE) + 1)
    ]
    assert sum(len(re.findall(r"Not shown to your post", page)) for page in pages) == len(silent)
    for planted in (SECRET_NAME, SECRET, "0421999"):
        assert not any(planted in text for text in (*cells, *pages))
    for words in (SECRET_NAME, "vu thi nguyet que", "042199900005"):
        assert desk.people(become("minh"), committee(), words) == ()
