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
from doithoai.cases.models import Case, Publication
from doithoai.config import demo_story
from doithoai.dialogues.models import Dialogue
from tests.browser.walking import shape
from tests.conftest import own_database
from tests.journeys.opening import DOCX, PDF, XLSX, words_in

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


class Pages(dict[str, tuple[int, str]]):
    """Address → status and words, of pages and of the files they offer; ``shown_on``: address → the
    first page that links to it; ``files``: the content type of what was downloaded.
    """

    def __init__(self) -> None:
        super().__init__()
        self.shown_on: dict[str, str] = {}
        self.files: dict[str, str] = {}

    @property
    def refused(self) -> dict[str, str]:
        """Links a page shows to a reader who may not follow them: address → the page."""
        return {a: self.shown_on.get(a, "") for a, (s, _words) in self.items() if s == 403}


def crawl(client: Client, *starts: str) -> Pages:
    """Follow every link from the starts, files included."""
    seen = Pages()
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
        status, words, kind = _read(client, address)
        seen[address] = (status, words)
        if not kind.startswith("text/html"):
            seen.files[address] = kind.partition(";")[0]
            continue
        for link in LINK.findall(words):
            to = unescape(link) if link.startswith("/") else _joined(address, unescape(link))
            seen.shown_on.setdefault(to, address)
            waiting.append(to)
    return seen


def _joined(address: str, link: str) -> str:
    return address.partition("?")[0] + link if link.startswith("?") else link


def _read(client: Client, address: str) -> tuple[int, str, str]:
    answer = client.get(address)
    kind = answer.headers.get("Content-Type", "")
    if answer.status_code in {301, 302}:
        return answer.status_code, f'href="{answer.headers["Location"]}"', "text/html"
    streamed = getattr(answer, "streaming_content", None)
    data = b"".join(streamed) if streamed is not None else answer.content
    return answer.status_code, words_in(data, kind), kind


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
    dead = {a: pages.shown_on.get(a) for a, (s, _text) in pages.items() if s == 404}
    assert not broken
    assert not dead, "a page links to what this reader may not see"
    assert not pages.refused, "a page shows a link that this reader may not follow"
    if username not in {"minh", "chi"}:
        assert [a for a, (_s, text) in pages.items() if SEALED in text] == []


def test_a_clerk_of_another_commune_gets_not_found_for_every_case(story: Dialogue) -> None:
    lien = reader("lien")
    codes = list(Case.objects.values_list("matter__code", flat=True))
    assert len(codes) == 39  # 28 said at the dialogue, 4 on the web, 7 at reception
    for code in codes:
        assert lien.get(f"/desk/cases/{code}/").status_code == 404
    found = crawl(lien, "/desk/")
    public = Publication.objects.filter(current=True, case__matter__code__in=codes)
    private = set(codes) - set(public.values_list("case__matter__code", flat=True))
    assert len(private) > len(codes) // 2
    shown = [(c, a) for c in private for a, (_s, text) in found.items() if c in text]
    assert shown == []


def test_search_finds_only_what_the_reader_may_see(story: Dialogue) -> None:
    assert "KN" in reader("minh").get("/desk/search?q=kenh dong leu").content.decode()
    sealed = Case.objects.get(other_procedure="conduct")
    for username in ("quang", "hoa", "thanh", "lien", "doc"):
        text = reader(username).get("/desk/search?q=thai do tiep dan").content.decode()
        assert SEALED not in text, username
        assert sealed.matter.code not in text, username


def test_the_crawl_opens_every_sort_of_file_a_clerk_may_download(story: Dialogue) -> None:
    pages = crawl(reader("minh"), "/desk/start", "/")
    assert {XLSX, DOCX, PDF} <= set(pages.files.values())
    read = [a for a, kind in pages.files.items() if kind in {XLSX, DOCX, PDF} and pages[a][1]]
    assert len(read) >= 5
