"""Find one address of each kind a reader can reach, by following links."""

import re
from collections import Counter, deque
from html import unescape

from playwright.sync_api import Page

LINK = re.compile(r'href="(/[^"#]*)"')
QUERY = re.compile(r'href="(\?[^"#]*)"')
CODE = re.compile(r"[A-Z]{2}\d{2}-\d{6}|[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
DEAD_ENDS = ("/account/logout", "/static/", "/i18n/", "/account/social", "/health")
PAGES = 400
FILTERED = 3  # of a page with a query: the same page, other rows


def shape(address: str) -> str:
    """An address with codes and numbers left out, so that a hundred cases are one kind of page."""
    path, _, query = address.partition("?")
    names = "&".join(sorted(part.split("=")[0] for part in query.split("&") if part))
    return CODE.sub("*", path) + (f"?{names}" if names else "")


def kinds(page: Page, *starts: str) -> list[str]:
    """The first address met of each kind of page (HTML only)."""
    found: dict[str, str] = {}
    waiting = deque(starts)
    asked: set[str] = set()
    filtered: Counter[str] = Counter()
    while waiting and len(asked) < PAGES:
        address = waiting.popleft()
        if shape(address) in found or address in asked or address.startswith(DEAD_ENDS):
            continue
        plain, _, query = shape(address).partition("?")
        if query and filtered[plain] == FILTERED:
            continue
        filtered[plain] += bool(query)
        asked.add(address)
        answer = page.request.get(address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        assert answer.status < 400, f"{address}: {answer.status}"
        found[shape(address)] = address
        text = answer.text()
        waiting += [unescape(link) for link in LINK.findall(text)]
        waiting += [address.split("?")[0] + unescape(link) for link in QUERY.findall(text)]
    return list(found.values())
