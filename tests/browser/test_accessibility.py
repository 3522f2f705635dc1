"""WCAG 2.2 AA on every kind of page, in both languages, on a telephone and on a desk."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import ROOT, Site, sign_in
from tests.browser.walking import kinds

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
STARTS = {
    "": ("/",),
    "minh": ("/desk/",),
    "chi": ("/desk/",),
    "quang": ("/desk/",),
    "admin": ("/desk/start",),
}


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


@pytest.mark.parametrize("username", list(STARTS))
def test_every_kind_of_page_is_accessible(username: str, chromium: Browser, site: Site) -> None:
    axe = Path(AXE).read_text()
    context = chromium.new_context(base_url=site.address, bypass_csp=True, locale="vi-VN")
    context.set_default_timeout(20_000)
    page = context.new_page()
    if username:
        sign_in(page, username)
    addresses = kinds(page, *STARTS[username])
    assert len(addresses) >= 4
    wrong: dict[str, list[str]] = {}
    for language, width in (("vi", 360), ("en", 1280)):
        page.set_viewport_size({"width": width, "height": 800})
        context.add_cookies([{"name": "django_language", "value": language, "url": site.address}])
        for address in addresses:
            page.goto(address)
            if found := faults(page, axe, width):
                wrong[f"{language} {width} {address}"] = found
    context.close()
    assert wrong == {}
