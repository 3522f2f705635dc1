"""One of several takes back what they said: where their page leads, what officials read."""

import pytest
from django.test import Client

from doithoai.cases.commands import intake
from doithoai.cases.commands.intake import Statement, Taken
from doithoai.cases.workflow import State
from tests.cases.reaching import Story, reach
from tests.cases.test_desk import address, page, signed_in

pytestmark = pytest.mark.django_db
WHY = "Tôi đã tự khơi mương"


@pytest.fixture
def story() -> Story:
    """A case in the economy office's hands."""
    return reach(State.ROUTED)


def _one_more(story: Story) -> Taken:
    said = Statement(
        text="Mương Cồn Tùng cũng tắc", channel="counter", occasion="counter", speaker="Ông T."
    )
    return intake.add_submission(story.case_id, said, by=story.who("minh"), at=story.later())


def _withdraws(code: str, secret: str, story: Story) -> Client:
    client = Client(headers={"accept-language": "vi"})
    assert client.post("/follow", {"code": code, "secret": secret}).status_code == 302
    where = f"/follow/case/{story.case_id}/withdraw"
    assert client.post(where, {"reason": " "}).status_code == 200
    response = client.post(where, {"reason": WHY}, follow=True)
    assert response.status_code == 200, response.redirect_chain
    assert len(response.redirect_chain) >= 1
    return client


def test_who_withdraws_is_led_to_a_page_that_opens_and_the_item_goes_on(story: Story) -> None:
    more = _one_more(story).receipt
    assert more is not None
    client = _withdraws(more.code, more.secret, story)
    assert client.get(f"/follow/case/{story.case_id}").status_code == 404
    assert story.state == State.ROUTED


def test_the_last_one_who_withdraws_ends_the_item_and_still_reads_it(story: Story) -> None:
    client = _withdraws(story.code, story.secret, story)
    assert story.state == State.WITHDRAWN
    assert client.get(f"/follow/case/{story.case_id}").status_code == 200


def test_officials_read_why_one_of_several_left_and_the_others_never_do(story: Story) -> None:
    more = _one_more(story).receipt
    assert more is not None
    _withdraws(more.code, more.secret, story)
    shown = page(signed_in("hoa"), address(story.case))
    assert "Một trong số người kiến nghị đã rút" in shown
    assert WHY in shown
    lan = Client(headers={"accept-language": "vi"})
    lan.post("/follow", {"code": story.code, "secret": story.secret})
    assert WHY not in page(lan, f"/follow/case/{story.case_id}")
