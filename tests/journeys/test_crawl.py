"""Every address, by every role: nothing breaks, and nobody reads what is not theirs."""

import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from doithoai.accounts.models import User
from doithoai.cases.models import Case
from doithoai.config import demo_story
from doithoai.dialogues.models import Dialogue
from tests.browser.walking import shape
from tests.conftest import own_database

LINK = re.compile(r'href="([^"#]+)')
SEALED = "thái độ tiếp dân của một công chức"
PRIVATE = ("Nguyễn Văn T.", "Trần Thị L.", "Hoàng Thị M.")
DEAD_ENDS = (
    "/account/logout",
    "/static/",
    "/i18n/",
    "/account/password",
    "/account/2fa",
    "/account/reauth",
)
ROLES = (
    "minh",
    "thu",
    "hoa",
    "chi",
    "quang",
    "tho",
    "nong",
    "thanh",
    "admin",
    "doc",
    "lien",
    "tinh",
)
MOST = 400
EACH = 3  # pages of one kind; of a list's filters and pages one


@pytest.fixture(scope="module", autouse=True)
def _told(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """The demo's story is told once, in a database of its own; each test only reads in it."""
    del django_db_setup
    with own_database(worker_id, django_db_blocker):
        with django_db_blocker.unblock():
            demo_story.tell(timezone.now())
        yield


@pytest.fixture
def story(db: None) -> Dialogue:
    """The demo's commune, with one dialogue followed and one coming."""
    return Dialogue.objects.get(state="published")


def crawl(client: Client, *starts: str) -> dict[str, tuple[int, str]]:
    """Follow every link from the starts: address → status and text."""
    seen: dict[str, tuple[int, str]] = {}
    waiting = deque(starts)
    met: dict[str, int] = {}
    while waiting and len(seen) < MOST:
        address = waiting.popleft()
        if address in seen or address.startswith(DEAD_ENDS) or not address.startswith("/"):
            continue
        kind = shape(address)
        met[kind] = met.get(kind, 0) + 1
        if met[kind] > (1 if "?" in kind else EACH):
            continue
        seen[address] = _read(client, address)
        for link in LINK.findall(seen[address][1]):
            waiting.append(
                unescape(link) if link.startswith("/") else _joined(address, unescape(link))
            )
    return seen


def _joined(address: str, link: str) -> str:
    return address.partition("?")[0] + link if link.startswith("?") else link


def _read(client: Client, address: str) -> tuple[int, str]:
    answer = client.get(address)
    kind = answer.headers.get("Content-Type", "")
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[arg-type]  # WSGI answers are not async
    text = answer.content.decode() if kind.startswith("text/") and not answer.streaming else ""
    if answer.status_code in {301, 302}:
        text = f'href="{answer.headers["Location"]}"'
    return answer.status_code, text


def reader(username: str) -> Client:
    """A browser in which this official is signed in."""
    client = Client()
    client.force_login(
        User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_the_public_reads_nothing_that_is_private(story: Dialogue) -> None:
    pages = crawl(Client(), "/")
    assert len(pages) >= 8
    broken = {a: s for a, (s, _text) in pages.items() if s >= 400 and s != 429}
    assert not broken
    for address, (_status, text) in pages.items():
        assert SEALED not in text, address
        for name in PRIVATE:
            assert name not in text, address


@pytest.mark.parametrize("username", ROLES)
def test_no_address_breaks_and_no_sealed_word_is_shown(username: str, story: Dialogue) -> None:
    pages = crawl(reader(username), "/desk/start", "/")
    broken = {a: s for a, (s, _text) in pages.items() if s >= 400 and s not in {403, 404}}
    dead = {a: s for a, (s, _text) in pages.items() if s == 404}
    assert not broken
    assert not dead, "a page links to what this reader may not see"
    if username not in {"minh", "chi"}:
        assert [a for a, (_s, text) in pages.items() if SEALED in text] == []


def test_a_clerk_of_another_commune_gets_not_found_for_every_case(story: Dialogue) -> None:
    lien = reader("lien")
    codes = list(Case.objects.values_list("matter__code", flat=True))
    assert len(codes) == 32
    for code in codes:
        assert lien.get(f"/desk/cases/{code}/").status_code == 404
    found = crawl(lien, "/desk/")
    shown = [c for c in codes for _a, (_s, text) in found.items() if c in text]
    assert shown == []


def test_search_finds_only_what_the_reader_may_see(story: Dialogue) -> None:
    assert "KN" in reader("minh").get("/desk/search?q=kenh dong leu").content.decode()
    sealed = Case.objects.get(other_procedure="conduct")
    for username in ("quang", "hoa", "thanh", "lien", "doc"):
        text = reader(username).get("/desk/search?q=thai do tiep dan").content.decode()
        assert SEALED not in text, username
        assert sealed.matter.code not in text, username
