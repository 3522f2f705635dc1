"""The hall desk in a browser: by keyboard, offline, through a reload; each line once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD, Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

PLAN = """
from datetime import timedelta
from django.utils import timezone
from tests.conftest import become
from tests.dialogues.grounds import announced
now = timezone.now()
print(announced(become("minh"), become("chi"), start=now + timedelta(hours=1)).matter.code)
"""
ITEMS = """
from doithoai.dialogues.models import Item
found = Item.objects.filter(dialogue__matter__code="{code}").order_by("number")
print("|".join(f"{{i.number}}={{i.submission.text}}" for i in found))
"""


@pytest.fixture
def code(site: Site) -> str:
    """A dialogue that begins in an hour."""
    return site.run(PLAN)


@pytest.fixture
def hall(page: Page, code: str) -> Iterator[Page]:
    """The clerk at the hall desk."""
    sign_in(page, "minh")
    page.goto(f"/desk/dialogues/{code}/hall")
    yield page
    page.context.set_offline(False)


def sign_in(page: Page, username: str) -> None:
    """Sign in by keyboard."""
    page.goto("/account/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/**")


def say(page: Page, words: str) -> None:
    """Type a line and send it by keyboard, without the mouse."""
    page.keyboard.type("Bà Hạnh")
    page.locator("#id_text").focus()
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")


def states(page: Page) -> list[str]:
    """The states of the lines, the latest first."""
    return page.locator("#waiting li").evaluate_all(
        "found => found.map((each) => each.dataset.state)"
    )


def items(site: Site, code: str) -> str:
    return site.run(ITEMS.format(code=code))


def test_a_line_is_saved_by_keyboard_and_the_next_can_be_typed_at_once(
    hall: Page, site: Site, code: str
) -> None:
    say(hall, "Đường thôn hỏng")
    expect(hall.locator("#waiting li[data-state=kept]")).to_have_count(1)
    expect(hall.locator("#id_text")).to_have_value("")
    expect(hall.locator("#id_speaker")).to_be_focused()
    expect(hall.locator("#waiting .receipt")).to_contain_text("mã bí mật")
    assert items(site, code) == "1=Đường thôn hỏng"


def test_lines_typed_without_a_connection_are_sent_in_order_when_it_is_back(
    hall: Page, site: Site, code: str
) -> None:
    hall.context.set_offline(True)
    for words in ("Một", "Hai", "Ba"):
        say(hall, words)
    expect(hall.locator("#waiting li[data-state=waiting]")).to_have_count(3)
    expect(hall.locator("#connection")).not_to_be_empty()
    assert items(site, code) == ""
    hall.context.set_offline(False)
    expect(hall.locator("#waiting li[data-state=kept]")).to_have_count(3)
    assert items(site, code) == "1=Một|2=Hai|3=Ba"
    assert states(hall) == ["kept"] * 3


def test_unsent_lines_and_what_is_being_typed_survive_a_reload(
    hall: Page, site: Site, code: str
) -> None:
    hall.route(
        "**/hall/line", lambda route: route.abort()
    )  # the server cannot be reached, the page can
    say(hall, "Chưa gửi được")
    hall.locator("#id_text").type("Đang gõ dở")
    hall.reload()
    expect(hall.locator("#waiting li[data-state=waiting]")).to_have_count(1)
    expect(hall.locator("#id_text")).to_have_value("Đang gõ dở")
    hall.unroute("**/hall/line")
    expect(hall.locator("#waiting li[data-state=kept]")).to_have_count(1)
    assert items(site, code) == "1=Chưa gửi được"
    expect(hall.locator("#id_text")).to_have_value("Đang gõ dở")


def test_a_line_whose_answer_was_lost_is_not_kept_twice(hall: Page, site: Site, code: str) -> None:
    sent: list[int] = []

    def lose_the_first_answer(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]  # playwright's route
        sent.append(answer.status)
        route.abort() if len(sent) == 1 else route.fulfill(response=answer)  # type: ignore[attr-defined]

    hall.route("**/hall/line", lose_the_first_answer)
    say(hall, "Một lần thôi")
    expect(hall.locator("#waiting li[data-state=kept]")).to_have_count(1)
    assert sent == [200, 200]
    assert items(site, code) == "1=Một lần thôi"


def test_a_refused_line_stays_with_its_reason_and_can_be_mended(
    hall: Page, site: Site, code: str
) -> None:
    hall.locator("#id_lead").fill("Cục Hàng hải Bắc Cực")
    hall.locator("#id_speaker").focus()
    say(hall, "Gửi nhầm cơ quan")
    refused = hall.locator("#waiting li[data-state=refused]")
    expect(refused).to_contain_text("Cục Hàng hải Bắc Cực")
    hall.locator("#id_speaker").focus()
    say(hall, "Dòng sau vẫn gửi")
    expect(hall.locator("#waiting li[data-state=kept]")).to_have_count(1)
    hall.reload()
    refused.get_by_role("button").click()
    expect(hall.locator("#id_text")).to_have_value("Gửi nhầm cơ quan")
    hall.locator("#id_lead").fill("")
    hall.locator("#id_text").focus()
    hall.keyboard.press("Control+Enter")
    expect(refused).to_have_count(0)
    expect(hall.locator("#waiting li[data-state=kept]")).to_have_count(1)
    assert items(site, code) == "1=Dòng sau vẫn gửi|2=Gửi nhầm cơ quan"


def test_a_warning_is_said_while_the_words_are_typed(hall: Page, site: Site, code: str) -> None:
    hall.locator("#id_text").focus()
    hall.keyboard.type("Thái độ của cán bộ tiếp dân hách sách")
    expect(hall.locator("#warnings")).to_contain_text("thái độ của cán bộ")
    assert items(site, code) == ""
    hall.keyboard.press("Control+Enter")
    kept = hall.locator("#waiting li[data-state=kept]")
    expect(kept).to_contain_text("xác định thủ tục")
    expect(hall.locator("#warnings")).to_be_hidden()


def test_the_desk_works_without_javascript(chromium: Browser, site: Site, code: str) -> None:
    context = chromium.new_context(base_url=site.address, java_script_enabled=False, locale="vi-VN")
    bare = context.new_page()
    sign_in(bare, "minh")
    bare.goto(f"/desk/dialogues/{code}/hall")
    bare.fill("#id_text", "Không có JavaScript")
    bare.click("#line button[type=submit]")
    expect(bare.locator(".code-value")).to_have_count(2)
    assert items(site, code) == "1=Không có JavaScript"
    context.close()
