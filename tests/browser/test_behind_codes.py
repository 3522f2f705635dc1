"""WCAG 2.2 AA on what no link leads to: behind a code and its secret, refusals, every state."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Site, sign_in
from tests.browser.test_accessibility import ALL_LOOKS, AXE, LOOKS, faults, look
from tests.browser.test_citizen import follow, send

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
STORIES = """
import json
from doithoai.cases.workflow import State
from tests.cases.reaching import reach
told = {}
for state in State:
    story = reach(state)
    told[state.value] = {
        "case": str(story.case_id), "code": story.case.matter.code,
        "slip": story.code, "secret": story.secret, "token": story.token,
    }
print(json.dumps(told))
"""
Told = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def told(site: Site) -> Told:
    """One case in every state of the workflow, each with its slip."""
    found: Told = json.loads(site.run(STORIES).splitlines()[-1])
    return found


@pytest.fixture
def context(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    """A browser into which axe may be put."""
    made = chromium.new_context(base_url=site.address, bypass_csp=True, locale="vi-VN")
    made.set_default_timeout(20_000)
    yield made
    made.close()


def walk(context: BrowserContext, page: Page, *addresses: str) -> dict[str, list[str]]:
    """What is wrong with these pages, in both languages at both widths."""
    wrong: dict[str, list[str]] = {}
    for address in addresses:
        wrong |= look(context, page, address, AXE.read_text(), ALL_LOOKS)
    return wrong


def as_it_stands(page: Page, name: str) -> dict[str, list[str]]:
    """What is wrong with the page that is open, narrow and wide: it cannot be asked for again."""
    wrong: dict[str, list[str]] = {}
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        if found := faults(page, AXE.read_text(), width):
            wrong[f"{width} {name}"] = found
    return wrong


@pytest.mark.parametrize(
    ("state", "pages"),
    [
        ("answered", ("", "/why", "/word?word=confirm", "/word?word=dispute")),
        ("asked", ("", "/reply")),
        ("routed", ("/withdraw",)),
        ("confirmed", ("",)),
        ("withdrawn", ("",)),
    ],
)
def test_the_pages_behind_a_code_and_its_secret(
    state: str, pages: tuple[str, ...], told: Told, context: BrowserContext
) -> None:
    page, mine = context.new_page(), told[state]
    follow(page, mine["slip"], mine["secret"])
    assert "/follow/case" in page.url
    own = [f"/follow/case/{mine['case']}{each}" for each in pages]
    for address in own:
        assert page.request.get(address).status == 200, address
    assert walk(context, page, "/follow/case", *own) == {}


def test_the_form_and_the_slip_that_is_shown_once(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/submit?q=cẩm+lạc")
    page.locator("main a[href^='/submit/']").first.click()
    assert as_it_stands(page, "about_whom") == {}
    page.locator("main a[href*='about=no']").click()
    page.fill("textarea[name=text]", "Đề nghị sửa đèn đường ở ngõ sau trường học.")
    send(page)
    page.locator("main form textarea[name=text]").wait_for(state="detached")
    assert re.search(r"\d{4} \d{4} \d{4}", page.locator("main").inner_text())
    assert as_it_stands(page, "slip") == {}


def test_the_link_a_body_without_an_account_replies_by(told: Told, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/")
    address = f"/reply/{told['forwarded']['token']}"
    assert page.request.get(address).status == 200
    assert walk(context, page, address, "/reply/done") == {}


def test_what_is_not_there_and_what_was_refused(told: Told, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/")
    assert page.request.get("/cases/KN26-999999/").status == 404
    assert walk(context, page, "/cases/KN26-999999/", "/khong-co-trang-nay") == {}
    mine = told["classified"]
    wrong = {}
    for _attempt in range(6):
        follow(page, mine["slip"], "000000" if mine["secret"] != "000000" else "111111")
        wrong = as_it_stands(page, "wrong secret, then too many tries")
    assert wrong == {}


def test_a_step_that_came_too_late(told: Told, context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    follow(page, told["received"]["slip"], told["received"]["secret"])
    address = f"/follow/case/{told['received']['case']}/withdraw"
    page.goto(address)
    site.run(
        "from tests.cases.reaching import *\nfrom doithoai.accounts.actors import Citizen\n"
        "from doithoai.ledger.commands import open_receipt\nfrom django.utils import timezone\n"
        f"found = open_receipt({told['received']['slip']!r}, {told['received']['secret']!r}, "
        "at=timezone.now())\n"
        f"ending.withdraw(UUID({told['received']['case']!r}), reason='Đã tự làm', "
        "by=Citizen(found.pk), at=timezone.now())"
    )
    for box in page.locator("main form textarea").all():
        box.fill("Tôi tự làm rồi")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    assert as_it_stands(page, "409") == {}


def test_a_case_in_every_state_of_the_workflow(told: Told, context: BrowserContext) -> None:
    page = context.new_page()
    sign_in(page, "minh")
    wrong: dict[str, list[str]] = {}
    for state, each in told.items():
        address = f"/desk/cases/{each['code']}/"
        assert page.request.get(address).status == 200, state
        wrong |= look(context, page, address, AXE.read_text(), LOOKS)
    assert wrong == {}
