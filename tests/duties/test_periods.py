"""The Clock opens what each head owes, once for each period; and says what was missed."""

from datetime import date

import pytest
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Post
from doithoai.core.errors import Denied, WrongState
from doithoai.docket import tasks as docket_tasks
from doithoai.docket.models import Obligation
from doithoai.duties import commands, tasks
from doithoai.duties.commands import CLOCK
from doithoai.duties.models import Duty
from doithoai.duties.workflow import State
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from tests.conftest import become
from tests.duties.grounds import DIALOGUE, HEARING, RECEIVE, head, hold, moment, opened, owed, state

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 5)


def rules_of(username: str) -> set[str]:
    return set(Duty.objects.filter(post=become(username).post).values_list("rule", flat=True))


def test_each_head_owes_what_the_rules_say_of_its_kind_and_level() -> None:
    tasks.open_periods(moment(DAY))
    assert rules_of("chi") == {RECEIVE, DIALOGUE, HEARING}
    assert rules_of("tinh") == {"vn.citizen_reception.receive.provincial_chair", HEARING}
    assert "vn.party_secretary_reception.receive.commune_secretary" in rules_of("bac")
    assert rules_of("kien") == set()


def test_only_heads_owe() -> None:
    tasks.open_periods(moment(DAY))
    assert not Duty.objects.filter(post__is_head=False).exists()
    assert rules_of("minh") == rules_of("quang") == rules_of("nong") == set()


def test_a_period_opened_twice_is_one() -> None:
    assert tasks.open_periods(moment(DAY)) > 0
    before = Duty.objects.count()
    assert tasks.open_periods(moment(DAY)) == 0
    assert commands.open_periods(head().pk, day=DAY, by=CLOCK, at=moment(DAY)) == ()
    assert tasks.open_periods(moment(date(2026, 10, 30))) == 0
    assert Duty.objects.count() == before


def test_the_next_month_is_a_duty_of_its_own() -> None:
    first, second = opened(DAY), opened(date(2026, 11, 2))
    assert first.pk != second.pk
    assert (second.first_day, second.last_day) == (date(2026, 11, 1), date(2026, 11, 30))
    assert Duty.objects.filter(rule=DIALOGUE, post=first.post).count() == 1


def test_the_matter_says_who_owes_and_by_when() -> None:
    duty = opened(DAY)
    row = owed(duty)
    assert (duty.matter.kind, duty.matter.procedure) == ("duty", "duty")
    assert duty.matter.received_on == date(2026, 10, 1)
    assert (row.role, row.post_id, row.due_on) == ("head", duty.post_id, date(2026, 10, 31))
    assert row.state == Obligation.State.OPEN
    entry = Entry.objects.get(matter=duty.pk, kind="duties.period_opened")
    assert (entry.actor_kind, entry.data["duty"]) == ("clock", "reception")


def test_a_post_begun_within_a_period_owes_it() -> None:
    post = head()
    Post.objects.filter(pk=post.pk).update(valid=(date(2026, 10, 20), None))
    tasks.open_periods(moment(DAY))
    assert not Duty.objects.filter(post=post).exists()
    duty = opened(date(2026, 10, 21))
    assert owed(duty).opened_at == moment(date(2026, 10, 20), 0)


def test_a_body_that_ceased_owes_nothing_more_and_is_released(chi: Official) -> None:
    duty = opened(DAY)
    Post.objects.filter(pk=duty.post_id).update(valid=(date(2025, 7, 1), date(2026, 10, 15)))
    assert tasks.release(moment(date(2026, 10, 10))) == 0
    tasks.keep(moment(date(2026, 11, 1), 2))
    assert state(duty) == State.EXCUSED
    assert (owed(duty).state, owed(duty).late) == ("closed", False)
    assert not Duty.objects.filter(post=duty.post_id, first_day=date(2026, 11, 1)).exists()


def test_a_post_that_ended_after_its_period_is_not_released(chi: Official) -> None:
    duty = opened(DAY)
    Post.objects.filter(pk=duty.post_id).update(valid=(date(2025, 7, 1), date(2026, 11, 1)))
    tasks.keep(moment(date(2026, 11, 1), 2))
    assert state(duty) == State.MISSED


def test_one_day_of_two_is_missed_when_the_month_is_over(minh: Official, chi: Official) -> None:
    duty = opened(DAY)
    hold(chi.post, date(2026, 10, 12), minh)
    assert tasks.miss(moment(date(2026, 10, 31), 23)) == 0
    tasks.keep(moment(date(2026, 11, 1), 2))
    assert state(duty) == State.MISSED
    assert (owed(duty).state, owed(duty).late) == ("closed", True)
    tasks.keep(moment(date(2026, 11, 2), 2))
    assert Entry.objects.filter(matter=duty.pk, kind="duties.missed").count() == 1


def test_the_head_is_reminded_by_the_rules_ladder(chi: Official) -> None:
    duty = opened(DAY)
    docket_tasks.remind(moment(date(2026, 10, 16)))
    assert owed(duty).reminders == 0
    docket_tasks.remind(moment(date(2026, 10, 19)))
    assert owed(duty).reminders == 1
    told = Outbox.objects.filter(about=duty.pk, template="docket/notices/reminded")
    assert [each.address for each in told] == ["chi@example.vn"]


def test_those_above_and_the_supervisor_are_told_of_what_was_missed(chi: Official) -> None:
    duty = opened(DAY)
    tasks.miss(moment(date(2026, 11, 1), 2))
    told = Outbox.objects.filter(about=duty.pk, template="docket/notices/escalated")
    assert {"quang@example.vn", "tinh@example.vn"} <= {each.address for each in told}


def test_a_report_is_not_missed_it_is_late_until_it_is_made(thu: Official) -> None:
    rule = "vn.party_secretary_reception.report.month"
    duty = opened(DAY, "bac", rule)
    tasks.keep(moment(date(2026, 11, 3), 2))
    assert state(duty) == State.OPEN
    commands.note(
        duty.pk, held_on=date(2026, 11, 5), in_person=True, document="Báo cáo số 9-BC/ĐU",
        by=thu, at=moment(date(2026, 11, 5)),
    )  # fmt: skip
    assert (state(duty), owed(duty).late) == (State.MET, True)


def test_only_time_begins_and_ends_a_period(chi: Official) -> None:
    duty = opened(DAY)
    now = timezone.now()
    with pytest.raises(Denied):
        commands.open_periods(duty.post_id, day=DAY, by=chi, at=now)
    with pytest.raises(Denied):
        commands.miss(duty.pk, by=chi, at=now)
    with pytest.raises(Denied):
        commands.release(duty.pk, by=chi, at=now)
    assert commands.miss(duty.pk, by=CLOCK, at=moment(DAY)) is False
    commands.miss(duty.pk, by=CLOCK, at=moment(date(2026, 11, 1)))
    with pytest.raises(WrongState):
        commands.miss(duty.pk, by=CLOCK, at=now)


@pytest.fixture
def thu(db: None) -> Official:
    """The clerk of the Party committee's office."""
    return become("thu")
