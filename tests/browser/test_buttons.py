"""A long text stays inside its button: an item sent by letter, on a telephone and a wide screen."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Site, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SENT = """
from tests.cases.reaching import begin
story = begin()
story.do("classify", by="minh")
story.do("forward", by="minh")
print(story.case.matter.code)
"""
SPILLS = """() => [...document.querySelectorAll(".btn")].filter(each => {
  const words = document.createRange(); words.selectNodeContents(each);
  const box = each.getBoundingClientRect(), text = words.getBoundingClientRect();
  return box.width > 0 && (text.left < box.left - 1 || text.right > box.right + 1);
}).map(each => each.textContent.trim())"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_words_of_a_button_stay_inside_it(
    chromium: Browser, site: Site, width: int, language: str
) -> None:
    code = site.run(SENT)
    context = chromium.new_context(
        base_url=site.address, viewport={"width": width, "height": 800}, locale="vi-VN"
    )
    page = sign_in(context.new_page(), "minh")
    context.add_cookies([{"name": "django_language", "value": language, "url": site.address}])
    page.goto(f"/desk/cases/{code}/")
    assert page.locator(".btn").count() > 3
    assert page.evaluate(SPILLS) == []
    assert page.locator("html").evaluate("e => e.scrollWidth") <= width
    context.close()
