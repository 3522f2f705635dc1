"""The minutes of a head's session have room for what the members say; those of a clerk do not."""

import io

import docx
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.core.days import local_day
from doithoai.files.form_queries import Made
from doithoai.reception.models import Visit
from doithoai.reception.visit_papers import minutes
from tests.reception.receiving import LAN, received, today

MEMBERS = "IV. Ý kiến của các thành viên tham gia"


def _said(made: Made) -> list[str]:
    return [each.text for each in docx.Document(io.BytesIO(made.data)).paragraphs]


def _made(visit: Visit) -> Made:
    return minutes(visit, today=local_day(timezone.now()))


def test_minutes_of_the_head_s_session_leave_room_for_the_members(
    minh: Official, chi: Official
) -> None:
    session = today(minh, chi)
    visit = received(minh, LAN, session=session.pk)
    assert MEMBERS in _said(_made(visit))


def test_minutes_of_a_clerk_are_the_shorter_ones(minh: Official) -> None:
    said = _said(_made(received(minh, LAN)))
    assert MEMBERS not in said
    assert "IV. Kết luận của người chủ trì" in said
