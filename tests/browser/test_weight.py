"""A first view weighs at most 250 kB, the next at most 40 kB; a slow line and an old telephone
are enough.
"""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
FIRST, NEXT = 250_000, 40_000
ONE_MEGABIT = 1_000_000 / 8


def weigh(page: Page, address: str) -> int:
    """Bytes over the wire of one visit, headers included."""
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    total: list[int] = []
    client.on(
        "Network.loadingFinished", lambda event: total.append(int(event["encodedDataLength"]))
    )
    page.goto(address)
    page.wait_for_load_state("networkidle")
    client.detach()
    return sum(total)


@pytest.mark.parametrize(("first", "after"), [("/", "/submit"), ("/follow", "/cases/")])
def test_a_citizens_first_and_next_view_are_light(
    chromium: Browser, site: Site, first: str, after: str
) -> None:
    context = chromium.new_context(
        base_url=site.address, viewport={"width": 360, "height": 740}, locale="vi-VN"
    )
    page = context.new_page()
    assert 5_000 < weigh(page, first) <= FIRST
    assert weigh(page, after) <= NEXT
    context.close()


def test_an_officials_first_and_next_view_are_light(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.address)
    page = sign_in(context.new_page(), "hoa")
    assert weigh(page, "/desk/") <= FIRST
    assert weigh(page, "/desk/cases/") <= NEXT
    context.close()


def test_a_recommendation_is_sent_over_a_slow_line_from_an_old_telephone(
    chromium: Browser, site: Site
) -> None:
    context = chromium.new_context(
        base_url=site.address, viewport={"width": 360, "height": 740}, locale="vi-VN"
    )
    page = context.new_page()
    client = context.new_cdp_session(page)
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
    page.goto("/submit")
    page.get_by_role("link", name="Xã Cẩm Lạc").click()
    page.locator("main a[href*='about=no']").click()
    page.fill("textarea[name=text]", "Đề nghị sửa đoạn đường trước cổng trường.")
    page.locator("main form button[type=submit]").last.click()
    page.get_by_text("Mã bí mật").first.wait_for()
    assert re.search(r"\d{4} \d{4} \d{4}", page.locator("main").inner_text())
    context.close()
