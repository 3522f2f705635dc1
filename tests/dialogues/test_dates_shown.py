"""The dates on a dialogue's page: those of open duties, and what became of the others."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from doithoai.accounts.actors import Official
from doithoai.cases.commands import answering
from doithoai.cases.commands.answering import Reply
from doithoai.core.days import local_day
from doithoai.dialogues.commands import hall
from doithoai.dialogues.commands.hall import Kept
from doithoai.dialogues.models import Dialogue
from doithoai.docket import lawbook
from doithoai.docket.models import Obligation
from tests.conftest import become
from tests.dialogues.grounds import address, economy, held, signed_in, text

pytestmark = pytest.mark.django_db


def given(dialogue: Dialogue, minh: Official, days: int, now: datetime) -> Kept:
    """Given to the economy office, to be done by a day the conclusion sets."""
    line = hall.Line(
        sent_as=uuid4(), text="Đề nghị nạo vét kênh Đồng Lều.", field="irrigation",
        lead=economy().pk, due_on=local_day(now) + timedelta(days=days),
    )  # fmt: skip
    return hall.take_down(dialogue.pk, line, by=minh, at=now)


def answered(kept: Kept, outcome: str, now: datetime) -> None:
    reply = Reply("Đã làm một phần.", outcome, "12/KT", local_day(now))
    answering.answer(kept.item.case_id, reply, by=become("kien"), at=now)


def test_what_was_answered_in_part_is_late_once_its_open_duty_is(
    minh: Official, chi: Official, now: datetime
) -> None:
    before = now - timedelta(days=30)
    dialogue = held(minh, chi, start=now - timedelta(days=40))
    kept = given(dialogue, minh, 10, before)
    answered(kept, "partly", before)
    owed = Obligation.objects.get(matter=kept.item.case_id, kind="duty", state="open")
    assert owed.due_on is not None
    assert owed.due_on < local_day(now)
    page = signed_in("minh").get(address(dialogue))
    (row,) = page.context["page"].rows
    assert (row.due_on, row.running) == (owed.due_on, True)
    assert 'class="is-late"' in text(page)


def test_what_is_settled_is_not_late_whatever_day_was_set(
    minh: Official, chi: Official, now: datetime
) -> None:
    before = now - timedelta(days=30)
    dialogue = held(minh, chi, start=now - timedelta(days=40))
    answered(given(dialogue, minh, 10, before), "settled", before)
    page = signed_in("minh").get(address(dialogue))
    (row,) = page.context["page"].rows
    assert (row.running, row.working) == (False, None)
    assert 'class="is-late"' not in text(page)


def test_days_left_are_working_days_as_on_the_page_of_the_item(
    minh: Official, chi: Official, now: datetime
) -> None:
    dialogue = held(minh, chi, start=now - timedelta(days=3))
    given(dialogue, minh, 20, now)
    page = signed_in("minh").get(address(dialogue))
    (row,) = page.context["page"].rows
    working = lawbook.calendar().working_between(local_day(now), row.due_on)
    assert row.working == working
    assert f"{working} working days" in text(page)
