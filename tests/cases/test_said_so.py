"""What pages say of an item: why it is where it is, what happened, by when, in exact words."""

from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from doithoai.accounts.models import User
from doithoai.cases import portal_queries
from doithoai.cases.acts import table
from doithoai.cases.commands import ending, intake
from doithoai.cases.commands.hearing import DISPUTED
from doithoai.cases.commands.intake import Statement
from doithoai.cases.models import Carried, Case
from doithoai.cases.queries import listing, page, timeline
from doithoai.cases.queries.selection import Selection
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.docket import queries as docket
from tests.cases.reaching import Story, reach
from tests.conftest import become

pytestmark = pytest.mark.django_db
NAMED = "Named as lead body in the list"


def shown(story: Story, who: str, language: str) -> str:
    client = Client(headers={"accept-language": language})
    client.force_login(User.objects.get(username=who))
    found = client.get(f"/desk/cases/{story.case.matter.code}/").content.decode()
    return unescape(found)


def told(story: Story) -> str:
    return " ".join(h.text for h in timeline.happenings(page.pieces(story.case_id)))


def test_after_a_dispute_the_page_says_why_the_upper_body_has_it() -> None:
    story = reach(State.ANSWERED)
    assert story.case.why_here == "Phụ trách thủy lợi"
    story.do("dispute", "lan")
    assert story.case.why_here == DISPUTED
    assert DISPUTED in shown(story, "chi", "en")
    assert "Người dân chưa đồng ý với kết quả: cơ quan này xem xét" in shown(story, "chi", "vi")


def test_a_reason_the_system_gave_is_read_in_the_readers_language() -> None:
    story = reach(State.ROUTED)
    Case.objects.filter(pk=story.case_id).update(why_here=NAMED)
    assert NAMED in shown(story, "hoa", "en")
    assert "Được nêu là cơ quan chủ trì trong bảng tổng hợp" in shown(story, "hoa", "vi")


def test_a_statement_that_came_and_one_that_left_are_two_sentences() -> None:
    story = reach(State.ROUTED)
    more = Statement(text="Tôi cũng đề nghị", channel="counter", occasion="counter")
    intake.add_submission(story.case_id, more, by=story.who("minh"), at=story.later())
    assert "Gộp thêm một ý kiến vào nội dung này" in told(story)
    assert "Tách một ý kiến" not in told(story)
    assert Carried.objects.filter(case=story.case_id, until=None).count() == 2
    ending.withdraw(story.case_id, reason="Đã xong", by=story.lan, at=story.later())
    assert "Tách một ý kiến ra khỏi nội dung này" in told(story)


def test_lists_and_pages_count_the_days_left_alike() -> None:
    story = reach(State.ROUTED)
    today = local_day(story.at)
    minh = become("minh")
    (row,) = listing.listed(minh, Selection(), today=today, page="").rows
    (line, *_more) = page.page(story.case.matter.code, minh, today=today).owed
    (due, *_rest) = portal_queries.dues(story.case, today=today)
    assert line.obligation.due_on == row.due_on == due.due_on
    assert (
        line.working == row.working == due.working == docket.working_left(row.due_on, today=today)
    )
    assert line.working is not None
    assert (row.due_on - today).days > line.working, "calendar days are more"
    client = Client(headers={"accept-language": "vi"})
    client.force_login(User.objects.get(username="minh"))
    for where in ("/desk/cases/", f"/desk/search?q={story.case.matter.code}"):
        assert "ngày làm việc" in unescape(client.get(where).content.decode()), where


def test_the_words_people_expect_are_on_the_buttons_and_in_the_record() -> None:
    story = reach(State.ESCALATED)
    with translation.override("vi"):
        assert str(table.BY_NAME["offer"].label) == "Chuyển xử lý"
        assert "Báo cáo cấp trên: UBND xã Cẩm Lạc" in told(story)
        assert "Người quyết định cơ quan chủ trì" in str(table.BY_NAME["return"].lead)
