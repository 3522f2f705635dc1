"""Many hands at once: a line sent eight times is one line, and a dialogue is announced once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connections
from django.utils import timezone

from doithoai.accounts.actors import Citizen
from doithoai.cases.commands.intake import Statement
from doithoai.cases.models import Case
from doithoai.core.errors import WrongState
from doithoai.dialogues.commands import hall, planning
from doithoai.dialogues.models import Item
from doithoai.ledger.models import Entry
from tests.conftest import become
from tests.dialogues.grounds import announced, plan

MARK = UUID("00000000-0000-4000-8000-0000000000aa")
MANY = 8


def at_once(call: Callable[[], object]) -> list[object]:
    """Run the same call in eight threads that start together; results and refusals."""
    barrier = Barrier(MANY)

    def one() -> object:
        barrier.wait(timeout=20)
        try:
            return call()
        except WrongState as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as pool:
        return [each.result() for each in [pool.submit(one) for _ in range(MANY)]]


@pytest.mark.usefixtures("committed_db")
def test_a_line_sent_by_eight_at_once_is_one_line() -> None:
    minh, chi, now = become("minh"), become("chi"), timezone.now()
    dialogue = plan(minh, chi)
    line = hall.Line(sent_as=MARK, text="Đề nghị nạo vét kênh Đồng Lều.", speaker="Ông A")
    made = at_once(lambda: hall.take_down(dialogue.pk, line, by=minh, at=now))
    assert Item.objects.count() == Case.objects.count() == 1
    assert sum(isinstance(kept, hall.Kept) and kept.taken is not None for kept in made) == 1


@pytest.mark.usefixtures("committed_db")
def test_lines_taken_down_at_once_get_numbers_of_their_own() -> None:
    minh, chi, now = become("minh"), become("chi"), timezone.now()
    dialogue = plan(minh, chi)
    marks = iter([UUID(int=MARK.int + n) for n in range(MANY)])
    at_once(
        lambda: hall.take_down(
            dialogue.pk, hall.Line(sent_as=next(marks), text="Đề nghị sửa đường."), by=minh, at=now
        )
    )
    assert sorted(Item.objects.values_list("number", flat=True)) == list(range(1, MANY + 1))


@pytest.mark.usefixtures("committed_db")
def test_a_dialogue_announced_by_eight_at_once_is_announced_once() -> None:
    minh, chi, now = become("minh"), become("chi"), timezone.now()
    dialogue = plan(minh, chi, start=now + timedelta(days=20))
    answers = at_once(lambda: planning.announce(dialogue.pk, by=minh, at=timezone.now()))
    assert sum(isinstance(answer, WrongState) for answer in answers) == MANY - 1
    assert Entry.objects.filter(matter=dialogue.pk, kind="dialogues.announced").count() == 1


@pytest.mark.usefixtures("committed_db")
def test_questions_and_acts_on_one_dialogue_never_wait_for_each_other() -> None:
    minh, chi, now = become("minh"), become("chi"), timezone.now()
    dialogue = announced(minh, chi, start=now + timedelta(days=20))
    turns = iter(range(MANY))

    def act() -> object:
        turn = next(turns)
        mark = UUID(int=MARK.int + turn)
        if turn % 2:
            line = hall.Line(sent_as=mark, text="Đề nghị sửa đường.")
            return hall.take_down(dialogue.pk, line, by=minh, at=now)
        said = Statement(text="Bao giờ có nước sạch?", channel="web", occasion="dialogue")
        return hall.collect_question(dialogue.pk, said, sent_as=mark, by=Citizen(), at=now)

    assert all(isinstance(each, hall.Kept) for each in at_once(act))
    assert Item.objects.count() == MANY
