"""Whoever spoke in the hall and is erased is named in no line of the dialogue any more."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.cases.commands.erasing import Ground, erase
from doithoai.dialogues.commands import hall
from doithoai.dialogues.models import Dialogue
from tests.cases.tracing import traces_of
from tests.dialogues.grounds import START, held

pytestmark = pytest.mark.django_db
GROUND = Ground("Yêu cầu xóa", "Luật 91/2025/QH15", "1/ĐN", date(2026, 11, 20), despite_duty=True)
NAME = "Trịnh Thị Diệu Quế"
TRACES = (NAME, "trinh thi dieu que", "912345678")


def test_the_items_line_and_the_minutes_name_nobody_any_more(minh: Official, chi: Official) -> None:
    dialogue = held(minh, chi)
    line = hall.Line(
        text=f"Tôi là {NAME}, kênh bị bồi lắng", speaker=NAME, phone="0912345678",
        leader_words=f"Chủ tọa cảm ơn bà {NAME}", sent_as=uuid4(),
    )  # fmt: skip
    kept = hall.take_down(dialogue.pk, line, by=minh, at=START + timedelta(hours=1))
    Dialogue.objects.filter(pk=dialogue.pk).update(minutes=f"1. Bà {NAME} nêu kênh bị bồi lắng")
    assert {"dialogues_item", "dialogues_dialogue"} <= traces_of(*TRACES)
    erase(kept.item.submission_id, GROUND, by=chi, at=timezone.now())
    assert traces_of(*TRACES) == set()
    kept.item.refresh_from_db()
    assert "Chủ tọa cảm ơn bà" in kept.item.leader_words
