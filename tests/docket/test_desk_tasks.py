"""Reminders before the date and reports after it: once, in working hours, to those who may know."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from doithoai.accounts.actors import Citizen, Clock, Official
from doithoai.accounts.models import User
from doithoai.cases.commands import intake
from doithoai.cases.models import Case
from doithoai.core.errors import Denied
from doithoai.docket import commands, lawbook, tasks
from doithoai.docket.models import Excluded, Matter, Obligation
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from doithoai.notices.rendering import words
from doithoai.units.models import Body

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    """A local moment written ``2026-07-15 07:30``."""
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture
def canal(db: None) -> Case:
    """Received on Wednesday 1 July 2026: to be classified in five working days, by the 8th."""
    said = intake.Statement(text="Kênh Đồng Lều bị bồi lắng.", channel="web", occasion="web")
    committee = Body.objects.get(short_name="UBND xã Cẩm Lạc")
    return intake.submit(said, to=committee, by=Citizen(), at=at("2026-07-01 09:00")).case


def owed(case: Case) -> Obligation:
    """The duty to classify it."""
    return Obligation.objects.get(matter=case.matter, rule="vn.recommendation.classify")


def addresses(template: str) -> set[str]:
    """Who is told by this template."""
    return set(Outbox.objects.filter(template=template).values_list("address", flat=True))


def test_the_debtor_and_the_office_are_reminded_once_on_the_day(canal: Case) -> None:
    assert tasks.remind(at("2026-07-03 09:00")) == 0
    assert tasks.remind(at("2026-07-06 09:00")) == 1
    assert tasks.remind(at("2026-07-06 10:00")) == 0
    assert addresses("docket/notices/reminded") == {"chi@example.vn", "minh@example.vn"}
    assert Entry.objects.filter(matter=canal.pk, kind="docket.reminded").count() == 1
    assert owed(canal).reminders == 1


@pytest.mark.parametrize("moment", ["2026-07-05 09:00", "2026-07-06 06:00", "2026-07-06 17:00"])
def test_nobody_is_reminded_outside_working_hours(canal: Case, moment: str) -> None:
    assert lawbook.calendar().is_working(at("2026-07-06 09:00").date())
    assert tasks.remind(at(moment)) == 0
    assert tasks.escalate(at(moment)) == 0


def test_a_reminder_does_not_make_a_form_stale(canal: Case) -> None:
    before = Matter.objects.get(pk=canal.pk).version
    tasks.remind(at("2026-07-06 09:00"))
    assert Matter.objects.get(pk=canal.pk).version == before


def test_the_reminder_says_what_by_when_and_why(canal: Case) -> None:
    tasks.remind(at("2026-07-06 09:00"))
    row = Outbox.objects.get(address="minh@example.vn")
    said = words(row)
    assert (
        said.subject == f"Sắp đến hạn 08/07/2026: Phân loại ý kiến, kiến nghị ({canal.matter.code})"
    )
    assert "còn 2 ngày" in said.text
    assert f"/desk/why/{owed(canal).pk}" in said.text
    assert row.digest


def test_what_is_late_is_told_above_and_to_the_front_once(canal: Case) -> None:
    assert tasks.escalate(at("2026-07-08 16:00")) == 0
    assert tasks.escalate(at("2026-07-09 08:00")) == 1
    assert tasks.escalate(at("2026-07-10 08:00")) == 0
    assert addresses("docket/notices/escalated") == {
        "chi@example.vn",
        "quang@example.vn",
        "tinh@example.vn",
    }
    assert owed(canal).escalated_on == at("2026-07-09 08:00").date()


def test_what_was_told_survives_a_derivation_from_nothing(canal: Case) -> None:
    tasks.remind(at("2026-07-06 09:00"))
    tasks.escalate(at("2026-07-09 08:00"))
    before = owed(canal)
    commands.rederive(canal.pk, by=Clock("test"), at=at("2026-07-10 08:00"))
    after = owed(canal)
    assert (after.reminders, after.remind_on) == (before.reminders, before.remind_on)
    assert after.escalated_on == before.escalated_on


def test_an_address_of_blanks_stops_nobody(canal: Case) -> None:
    User.objects.filter(username="minh").update(email="   ")
    assert tasks.remind(at("2026-07-06 09:00")) == 1
    assert addresses("docket/notices/reminded") == {"chi@example.vn"}


def test_who_is_excluded_is_never_told(canal: Case, minh: Official) -> None:
    Excluded.objects.create(matter=canal.matter, user_id=minh.user, reason="test")
    tasks.remind(at("2026-07-06 09:00"))
    assert addresses("docket/notices/reminded") == {"chi@example.vn"}


def test_of_a_sealed_matter_only_its_audience_hears(canal: Case) -> None:
    Matter.objects.filter(pk=canal.pk).update(sealed=True)
    tasks.escalate(at("2026-07-09 08:00"))
    assert addresses("docket/notices/escalated") == set()


def test_only_the_clock_reminds(canal: Case, minh: Official) -> None:
    with pytest.raises(Denied):
        commands.remind(owed(canal).pk, by=minh, at=at("2026-07-06 09:00"))


def test_nothing_is_told_of_what_is_done(canal: Case, now: datetime) -> None:
    Obligation.objects.filter(pk=owed(canal).pk).update(
        state="discharged", ended_at=now - timedelta(days=1)
    )
    assert tasks.escalate(at("2026-07-09 08:00")) == 0
