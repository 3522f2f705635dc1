"""A slip's page that closed meanwhile loses nothing that was typed on it."""

import logging
import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from doithoai.cases import portal
from doithoai.cases.models import PersonsWord
from doithoai.cases.workflow import State
from doithoai.core.limits import Bucket
from tests.cases.reaching import Story, begin, reach

pytestmark = pytest.mark.django_db
WROTE = 'Kênh "Đồng Lều" vẫn cạn <b>& bẩn</b>'


@pytest.fixture(autouse=True)
def fresh_bucket(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries of another test are not this one's."""
    monkeypatch.setattr(portal, "GUESSING", Bucket(15, timedelta(minutes=1)))


def opened(story: Story) -> Client:
    """Somebody reading English, with the slip open."""
    client = Client(headers={"accept-language": "en"})
    digits = {"code": story.code, "secret": story.secret}
    assert client.post("/follow", digits).status_code == 302
    return client


def closed(client: Client, now: datetime) -> Client:
    """Half an hour later."""
    session = client.session
    session["receipt_until"] = now.timestamp() - 1
    session.save()
    return client


def hidden(page: str) -> dict[str, str]:
    """The hidden fields a browser sends along."""
    found = re.findall(r'<input type="hidden" name="(kept_\w+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


PAGES = [
    ("word", State.ANSWERED, {"word": "disagreed", "text": WROTE}),
    ("reply", State.ASKED, {"text": WROTE}),
    ("withdraw", State.ROUTED, {"reason": WROTE}),
]


@pytest.mark.parametrize(("page", "state", "typed"), PAGES)
def test_what_was_typed_is_there_again_after_the_digits(
    page: str, state: State, typed: dict[str, str], now: datetime
) -> None:
    story = reach(state)
    address = f"/follow/case/{story.case_id}/{page}"
    client = closed(opened(story), now)
    asked = client.post(address, typed)
    assert asked.status_code == 403
    assert "what you wrote is kept" in asked.content.decode()
    assert "no-store" in asked["Cache-Control"]
    along = hidden(asked.content.decode())
    wrong = client.post("/follow", {"code": story.code, "secret": "000000", **along})
    assert wrong.status_code == 404
    assert hidden(wrong.content.decode()) == along
    again = client.post("/follow", {"code": story.code, "secret": story.secret, **along})
    shown = again.content.decode()
    assert again.status_code == 200
    assert "Nothing is lost" in shown
    assert WROTE in unescape(shown)
    assert f'action="{address}"' in shown
    assert story.state == state, "it is shown again, not sent by itself"
    assert client.post(address, typed).status_code == 302
    assert story.state != state or PersonsWord.objects.exists()


def test_the_choice_is_ticked_again(now: datetime) -> None:
    story = reach(State.ANSWERED)
    client = closed(opened(story), now)
    asked = client.post(f"/follow/case/{story.case_id}/word", {"word": "partly", "text": WROTE})
    along = hidden(asked.content.decode())
    again = client.post("/follow", {"code": story.code, "secret": story.secret, **along})
    assert re.search(r'value="partly"[^>]*checked', again.content.decode())


def test_another_slip_does_not_open_the_page_that_was_written_on(now: datetime) -> None:
    story, other = reach(State.ANSWERED), begin(phone="0900000002")
    client = closed(opened(story), now)
    asked = client.post(f"/follow/case/{story.case_id}/word", {"word": "partly", "text": WROTE})
    along = hidden(asked.content.decode())
    refused = client.post("/follow", {"code": other.code, "secret": other.secret, **along})
    assert refused.status_code == 404
    assert "not the one of the page" in refused.content.decode()
    assert hidden(refused.content.decode()) == along
    assert "receipt" not in client.session or client.session["receipt"] != str(other.lan.receipt)


@pytest.mark.parametrize(
    "odd", [{"kept_on": "follow_word"}, {"kept_on": "public", "kept_case": "x"}, {"kept_case": "x"}]
)
def test_odd_fields_along_with_the_digits_are_nothing_kept(odd: dict[str, str]) -> None:
    story = begin()
    client = Client()
    answer = client.post("/follow", {"code": story.code, "secret": story.secret, **odd})
    assert answer["Location"] == "/follow/case"


def test_nothing_typed_stands_in_an_address_a_session_or_a_log(
    now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    story = reach(State.ANSWERED)
    client = closed(opened(story), now)
    asked = client.post(f"/follow/case/{story.case_id}/word", {"word": "partly", "text": WROTE})
    assert "Location" not in asked
    assert WROTE not in str(dict(client.session))
    assert WROTE not in caplog.text
