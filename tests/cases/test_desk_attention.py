"""What is left for a person to look at leaves the list when one has looked."""

from html import unescape

import pytest
from django.test import Client

from doithoai.accounts.models import User
from doithoai.cases.acts import table
from doithoai.cases.commands import intake
from doithoai.cases.models import Case
from doithoai.cases.workflow import State
from doithoai.core.errors import Denied
from doithoai.ledger.models import Entry
from tests.cases.reaching import Story, reach

pytestmark = pytest.mark.django_db


@pytest.fixture
def odd() -> Story:
    """An item about which an import had a doubt."""
    story = reach(State.ROUTED)
    Case.objects.filter(pk=story.case_id).update(attention=["Ngày trả lời trước ngày đối thoại"])
    return story


def _signed_in(username: str) -> Client:
    client = Client(headers={"accept-language": "vi"})
    user = User.objects.get(username=username)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_clerk_says_that_it_was_looked_at(odd: Story) -> None:
    client, address = _signed_in("minh"), f"/desk/cases/{odd.case.matter.code}/"
    shown = unescape(client.get(address).content.decode())
    assert "Ngày trả lời trước ngày đối thoại" in shown
    assert f"{address}look-over" in shown
    client.post(f"{address}look-over")
    assert odd.case.attention == []
    assert "Đã xem nội dung cần người xem lại" in unescape(client.get(address).content.decode())
    assert Entry.objects.filter(matter=odd.case_id, kind="cases.looked_over").count() == 1


def test_what_needs_no_look_is_not_looked_at() -> None:
    story = reach(State.ROUTED)
    with pytest.raises(Denied):
        intake.look_over(story.case_id, by=story.who("minh"), at=story.later())


def test_who_does_not_route_does_not_settle_a_doubt(odd: Story) -> None:
    with pytest.raises(Denied):
        intake.look_over(odd.case_id, by=odd.who("quang"), at=odd.later())


def test_a_refusal_names_the_act_it_refuses() -> None:
    story = reach(State.CLOSED)
    refused = {
        name: str(table.decide(table.BY_NAME[name], story.who("minh"), story.case).reason)
        for name in ("extend", "reopen")
    }
    assert "extend" in refused["extend"] or "gia hạn" in refused["extend"]
    assert "again" in refused["reopen"] or "mở lại" in refused["reopen"]


def test_the_page_of_an_act_one_may_not_do_gives_the_reason_and_no_form() -> None:
    story = reach(State.ROUTED)
    page = _signed_in("minh").get(f"/desk/cases/{story.case.matter.code}/extend")
    said = unescape(page.content.decode())
    assert "Chỉ người đứng đầu cơ quan đang giữ kiến nghị mới được gia hạn." in said
    assert '<form class="card"' not in said


def test_a_paused_time_is_said_to_be_paused() -> None:
    story = reach(State.ASKED)
    said = unescape(
        _signed_in("minh").get(f"/desk/cases/{story.case.matter.code}/").content.decode()
    )
    assert "Tạm dừng thời hạn" in said
    assert "sang —" not in said
