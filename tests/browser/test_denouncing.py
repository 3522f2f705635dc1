"""Denouncing as a visitor meets it: a real browser, first without JavaScript, on a small screen."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.mark.parametrize("script", [False, True], ids=["without JavaScript", "with it"])
def test_who_it_is_about_then_the_words_then_the_slip_then_the_messages(
    site: Site, chromium: Browser, script: bool
) -> None:
    context = chromium.new_context(
        base_url=site.address, locale="vi", java_script_enabled=script,
        viewport={"width": 360, "height": 640},
    )  # fmt: skip
    page = context.new_page()
    page.goto("/denounce")
    page.fill("#words", "Cẩm Lạc")
    page.locator("form:has(#words) button").click()
    page.locator("label", has_text="Ủy ban nhân dân xã Cẩm Lạc").first.click()
    page.locator("input[name=who][value=other]").check()
    page.fill("input[name=position]", "Chủ tịch UBND xã")
    page.locator("form:has(input[name=who]) button[type=submit]").click()
    assert "tỉnh Hà Tĩnh" in page.content()
    page.fill("textarea[name=text]", "Thu tiền không có biên lai ngày 12/7/2026.")
    page.locator("form:has(textarea[name=text]) button[type=submit]").click()
    code, secret = (each.inner_text() for each in page.locator(".code-value").all())
    page.goto("/denounce/messages")
    page.fill("input[name=code]", code)
    page.fill("input[name=secret]", secret)
    page.locator("form:has(input[name=code]) button[type=submit]").click()
    page.fill("textarea[name=text]", "Có hai người làm chứng.")
    page.locator("form:has(textarea[name=text]) button[type=submit]").click()
    assert "Có hai người làm chứng." in page.content()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360 if script else True
    context.close()
