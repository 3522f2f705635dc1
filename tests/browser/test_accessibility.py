"""WCAG 2.2 AA on every kind of page, in both languages, on a telephone and on a desk."""

from pathlib import Path

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import ROOT, Site, sign_in
from tests.browser.walking import kinds

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Who walks in which role; readers of one role share their pages.
READERS = {
    "anyone": ("",),
    "reception_clerk": ("minh",),
    "head": ("chi", "tinh"),
    "front_supervisor": ("quang",),
    "administrator": ("admin",),
    "case_officer": ("hoa",),
    "village_front": ("tho",),
    "read_only": ("doc",),
    "inspector": ("thanh",),
}
LOOKS = (("vi", 360), ("en", 1280))
ALL_LOOKS = (*LOOKS, ("en", 360), ("vi", 1280))
SAMPLE = 5  # every so many pages in both languages at both widths


def faults(page: Page, axe: str, width: int) -> list[str]:
    """What axe finds on the page as it stands, and whether it is wider than its screen."""
    found = []
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append(f"wider than {width}px")
    page.evaluate(axe)
    result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    for rule in result["violations"]:
        where = [node["target"] for node in rule["nodes"]][:3]
        found.append(f"{rule['id']}: {where}")
    return found


def look(
    context: BrowserContext, page: Page, address: str, axe: str, looks: tuple[tuple[str, int], ...]
) -> dict[str, list[str]]:
    """What is wrong with the page at an address, in these languages at these widths."""
    wrong: dict[str, list[str]] = {}
    for language, width in looks:
        page.set_viewport_size({"width": width, "height": 800})
        site = page.url.split("/", 3)[:3]
        context.add_cookies([{"name": "django_language", "value": language, "url": "/".join(site)}])
        page.goto(address)
        if found := faults(page, axe, width):
            wrong[f"{language} {width} {address}"] = found
    return wrong


def anew(addresses: list[str], walked: set[str]) -> list[str]:
    """One address of each name that has not been looked at yet."""
    left = []
    for address in addresses:
        name = resolve(address.partition("?")[0]).view_name
        if name not in walked:
            walked.add(name)
            left.append(address)
    return left


@pytest.mark.parametrize("role", list(READERS))
def test_every_kind_of_page_is_accessible(role: str, chromium: Browser, site: Site) -> None:
    axe = Path(AXE).read_text()
    walked: set[str] = set()
    wrong: dict[str, list[str]] = {}
    for username in READERS[role]:
        context = chromium.new_context(base_url=site.address, bypass_csp=True, locale="vi-VN")
        context.set_default_timeout(20_000)
        page = context.new_page()
        if username:
            sign_in(page, username)
        start = "/desk/start" if username else "/"
        page.goto(start)
        for number, address in enumerate(anew(kinds(page, start), walked)):
            wrong |= look(context, page, address, axe, LOOKS if number % SAMPLE else ALL_LOOKS)
        context.close()
    assert walked
    assert wrong == {}
