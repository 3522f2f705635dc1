"""The main pages over a slow line, on an old telephone: light to fetch, soon to be read."""

import time

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Site, sign_in
from tests.browser.test_weight import FIRST, NEXT, ONE_MEGABIT, weigh

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PATIENCE = 5.0  # seconds until the heading can be read, the first time
CITIZENS = ("/", "/submit", "/follow", "/cases/", "/dialogues/", "/deadlines", "/who-sees-what")
OFFICIALS = {
    "minh": ("/desk/", "/desk/cases/", "/desk/dialogues/", "/desk/reports/"),
    "chi": ("/desk/direct/", "/desk/", "/desk/supervision/"),
    "quang": ("/desk/supervision/", "/desk/supervision/words/", "/desk/reports/"),
    "admin": ("/desk/units/", "/desk/rules"),
}


def telephone(chromium: Browser, site: Site) -> BrowserContext:
    return chromium.new_context(
        base_url=site.address, viewport={"width": 360, "height": 740}, locale="vi-VN"
    )


def slow(page: Page) -> None:
    """1 Mbit/s with 150 ms, a processor four times slower."""
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 150,
            "downloadThroughput": ONE_MEGABIT,
            "uploadThroughput": ONE_MEGABIT,
        },
    )
    client.send("Emulation.setCPUThrottlingRate", {"rate": 4})


@pytest.mark.parametrize("first", CITIZENS)
def test_every_page_of_citizens_is_light_as_the_first_one(
    first: str, chromium: Browser, site: Site
) -> None:
    context = telephone(chromium, site)
    assert weigh(context.new_page(), first) <= FIRST
    context.close()


@pytest.mark.parametrize("username", ["", *OFFICIALS])
def test_every_further_main_page_is_light(username: str, chromium: Browser, site: Site) -> None:
    context = telephone(chromium, site)
    page = context.new_page()
    weigh(page, "/")  # the look is kept from the first view
    if username:
        sign_in(page, username)
    heavy = {
        address: weight
        for address in OFFICIALS.get(username, CITIZENS)
        if (weight := weigh(page, address)) > NEXT
    }
    context.close()
    assert heavy == {}


@pytest.mark.parametrize("username", ["", *OFFICIALS])
def test_every_main_page_can_soon_be_read_on_a_slow_line(
    username: str, chromium: Browser, site: Site
) -> None:
    context = telephone(chromium, site)
    page = context.new_page()
    if username:
        sign_in(page, username)
    slow(page)
    waited: dict[str, float] = {}
    for address in OFFICIALS.get(username, CITIZENS):
        began = time.monotonic()
        page.goto(address, wait_until="commit")
        page.locator("h1").wait_for()
        waited[address] = time.monotonic() - began
    context.close()
    assert {a: s for a, s in waited.items() if s > PATIENCE} == {}
