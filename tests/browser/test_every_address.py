"""WCAG 2.2 AA on every address that needs no code, taken from the table of addresses itself.

What stands behind a code (a case, a dialogue, a village) is found by following links, in
``test_accessibility``.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Site, sign_in
from tests.browser.test_accessibility import AXE, faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
READERS = ("", "minh", "chi", "quang", "admin", "thanh", "hoa", "tinh")


def _plain(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Every address of ours without a converter in it."""
    for each in resolver.url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _plain(each, address)
        elif _ours(each) and not {"<", "^", "("} & set(address):
            yield address


def _ours(pattern: URLPattern) -> bool:
    return getattr(pattern.callback, "__module__", "").startswith("doithoai")


ADDRESSES = tuple(dict.fromkeys(_plain(get_resolver())))


def opens(page: Page, address: str) -> bool:
    """Whether this reader gets a page there: neither a form's target, nor a file, nor a refusal."""
    answer = page.request.get(address, max_redirects=0)
    html = answer.headers.get("content-type", "").startswith("text/html")
    return answer.status == 200 and html


def look(context: BrowserContext, page: Page, address: str, site: Site) -> dict[str, list[str]]:
    """What is wrong with a page in both languages, narrow and wide."""
    wrong: dict[str, list[str]] = {}
    for language, width in (("vi", 360), ("en", 1280)):
        page.set_viewport_size({"width": width, "height": 800})
        context.add_cookies([{"name": "django_language", "value": language, "url": site.address}])
        page.goto(address)
        if found := faults(page, Path(AXE).read_text(), width):
            wrong[f"{language} {width} {address}"] = found
    return wrong


def test_every_address_of_the_table_is_accessible(chromium: Browser, site: Site) -> None:
    wrong: dict[str, list[str]] = {}
    left = set(ADDRESSES)
    for username in READERS:
        context = chromium.new_context(base_url=site.address, bypass_csp=True, locale="vi-VN")
        context.set_default_timeout(20_000)
        page = context.new_page()
        if username:
            sign_in(page, username)
        for address in [each for each in sorted(left) if opens(page, each)]:
            wrong |= look(context, page, address, site)
            left.discard(address)
        context.close()
    assert len(ADDRESSES) - len(left) >= 25
    assert wrong == {}
