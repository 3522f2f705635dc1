"""Danger: the head is told at once, and the first measure comes before everything else."""

import pytest

from doithoai.accounts.actors import Official
from doithoai.accounts.models import User
from doithoai.cases.acts import table
from doithoai.cases.commands import placing
from doithoai.cases.commands.placing import Kind
from doithoai.cases.workflow import State
from doithoai.notices.models import Outbox
from doithoai.notices.rendering import words
from tests.cases.reaching import Story, begin, reach
from tests.conftest import become

pytestmark = pytest.mark.django_db
DANGER = Kind("works", urgent=True)
TOLD = "cases/notices/urgent"


def mail_of(*names: str) -> None:
    """Real addresses of officials, in two languages."""
    for turn, name in enumerate(names):
        language = "en" if turn else "vi"
        User.objects.filter(username=name).update(email=f"{name}@xa.example", language=language)


def classified(kind: Kind = DANGER) -> Story:
    story = begin()
    placing.classify(story.case_id, kind, by=story.who("minh"), at=story.later())
    return story


def test_the_head_and_whoever_owes_the_first_measure_are_told_at_once() -> None:
    mail_of("chi", "minh")
    story = classified()
    told = {row.address: row for row in Outbox.objects.filter(template=TOLD)}
    assert {"chi@xa.example", "minh@xa.example"} <= set(told)
    assert not any(row.digest for row in told.values()), "danger does not wait for the day's mail"
    code = story.case.matter.code
    head, clerk = words(told["chi@xa.example"]), words(told["minh@xa.example"])
    assert "KHẨN CẤP" in head.subject
    assert "URGENT" in clerk.subject
    assert f"/desk/cases/{code}/" in head.text
    assert "Bà L." not in head.text, "a mail names nobody"


def test_they_are_told_once_and_only_of_danger() -> None:
    mail_of("chi")
    story = classified(Kind("works"))
    assert not Outbox.objects.filter(template=TOLD).exists()
    for _turn in range(2):
        placing.classify(story.case_id, DANGER, by=story.who("minh"), at=story.later())
    assert Outbox.objects.filter(template=TOLD, address="chi@xa.example").count() == 1


def test_danger_that_belongs_to_another_procedure_is_told_to_nobody() -> None:
    mail_of("chi")
    classified(Kind("works", urgent=True, other_procedure="conduct"))
    assert not Outbox.objects.filter(template=TOLD).exists()


def first(story: Story, actor: Official) -> str:
    return table.buttons(actor, story.case).main[0].act.name


def test_an_urgent_item_offers_the_first_measure_before_all_else_until_it_is_taken() -> None:
    story = classified()
    assert first(story, become("minh")) == "act"
    story.do("route", "minh")
    assert first(story, become("hoa")) == "act"
    story.do("act", "hoa")
    assert first(story, become("hoa")) == "answer"
    assert first(reach(State.CLASSIFIED), become("minh")) == "route"
