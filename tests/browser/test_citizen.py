"""What a citizen meets on a small telephone, without JavaScript, in both languages."""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
WIDTH = 360
PICTURES = os.environ.get("DOITHOAI_PICTURES", "")
TEXT = "Đề nghị sửa đoạn đường trước cổng trường Tiểu học: mưa xuống nước ngập, các cháu khó đi."
ANSWERED = """
from datetime import timedelta
from django.utils import timezone
from doithoai.accounts.actors import Citizen
from doithoai.cases.commands import answering, intake, placing
from doithoai.units.models import Body
from tests.conftest import become
at = timezone.now() - timedelta(days=6)
said = intake.Statement(text={text!r}, channel="web", occasion="web", phone="0900000777")
to = Body.objects.get(short_name="UBND xã Cẩm Lạc")
taken = intake.submit(said, to=to, by=Citizen(), at=at)
minh, hoa = become("minh"), become("hoa")
placing.classify(taken.case.pk, placing.Kind("transport"), by=minh, at=at + timedelta(hours=1))
office = Body.objects.get(short_name="Phòng Kinh tế xã Cẩm Lạc")
placing.route(taken.case.pk, to=office.pk, why="Đường xã", by=minh, at=at + timedelta(hours=2))
then = at + timedelta(days=2)
reply = answering.Reply("Đã đổ bê tông 120 m.", "settled", "161/UBND-KT", then.date())
answering.answer(taken.case.pk, reply, by=hoa, at=then)
print(taken.receipt.code, taken.receipt.secret)
"""


@pytest.fixture(params=["vi", "en"])
def telephone(request: pytest.FixtureRequest, chromium: Browser, site: Site) -> Iterator[Page]:
    """A small telephone whose browser runs no script."""
    context = chromium.new_context(
        base_url=site.address,
        viewport={"width": WIDTH, "height": 740},
        locale={"vi": "vi-VN", "en": "en-GB"}[request.param],
        java_script_enabled=False,
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def fits(page: Page, name: str) -> None:
    """Nothing is wider than the telephone; the page has one heading and says something."""
    if PICTURES:  # to be looked at by somebody
        language = page.locator("html").get_attribute("lang")
        page.screenshot(path=f"{PICTURES}/{language}-{name}.png", full_page=True)
    wide = page.locator("html").evaluate("e => e.scrollWidth")
    assert wide <= WIDTH, f"{name} is {wide} px wide"
    assert page.locator("h1").count() == 1, name
    assert page.locator("main").inner_text().strip(), name


def send(page: Page) -> None:
    """Press the main button of the page's own form."""
    page.locator("main form button[type=submit].btn-primary").last.click()
    page.wait_for_load_state()


def follow(page: Page, code: str, secret: str) -> None:
    """Open the page of a slip."""
    page.goto("/follow")
    page.fill("input[name=code]", code)
    page.fill("input[name=secret]", secret)
    send(page)


def test_to_say_something_and_take_the_slip_home(telephone: Page) -> None:
    telephone.goto("/")
    fits(telephone, "home")
    telephone.goto("/submit")
    fits(telephone, "submit")
    telephone.goto("/submit?q=cẩm+lạc")
    fits(telephone, "submit_found")
    telephone.locator("main a[href^='/submit/']").first.click()
    fits(telephone, "about_whom")
    telephone.locator("main a[href*='about=no']").click()
    fits(telephone, "submit_to")
    telephone.fill("textarea[name=text]", TEXT)
    send(telephone)
    fits(telephone, "receipt")
    shown = re.sub(r"\s", "", telephone.locator("main").inner_text())
    assert re.search(r"(?<!\d)\d{12}(?!\d)", shown)


def test_to_follow_it_and_have_the_last_word(telephone: Page, site: Site) -> None:
    code, secret = site.run(ANSWERED.format(text=TEXT)).split()
    follow(telephone, code, "000000" if secret != "000000" else "000001")
    fits(telephone, "follow_wrong")
    follow(telephone, code, secret)
    fits(telephone, "case")
    telephone.locator("a[href$='/word']").first.click()
    fits(telephone, "word")
    telephone.check("input[name=word][value=disagreed]")
    send(telephone)
    fits(telephone, "word_refused")
    telephone.context.clear_cookies(name="sessionid")  # the page was open for too long
    telephone.fill("textarea[name=text]", "Mưa xong vẫn ngập.")
    send(telephone)
    fits(telephone, "asked_again")
    telephone.fill("input[name=code]", code)
    telephone.fill("input[name=secret]", secret)
    send(telephone)
    expect(telephone.locator("textarea[name=text]")).to_have_value("Mưa xong vẫn ngập.")
    expect(telephone.locator("input[name=word][value=disagreed]")).to_be_checked()
    fits(telephone, "word_again")
    send(telephone)
    fits(telephone, "case_disputed")
    expect(telephone.locator("main")).to_contain_text("161/UBND-KT")
    telephone.goto(telephone.url.rstrip("/") + "/why")
    fits(telephone, "why")


def test_to_read_what_is_public(telephone: Page) -> None:
    for name, address in (
        ("public", "/cases/"), ("dialogues", "/dialogues/"), ("deadlines", "/deadlines"),
        ("visibility", "/who-sees-what"),
    ):  # fmt: skip
        answer = telephone.goto(address)
        assert answer is not None
        assert answer.ok, address
        fits(telephone, name)
    telephone.goto("/cases/")
    telephone.locator("main a[href^='/cases/KN']").first.click()
    fits(telephone, "public_case")
    telephone.goto("/dialogues/")
    for number in range(telephone.locator("main a[href^='/dialogues/DT']").count()):
        telephone.goto("/dialogues/")
        telephone.locator("main a[href^='/dialogues/DT']").nth(number).click()
        fits(telephone, f"dialogue{number}")
        question = telephone.locator("main a[href$='/question']")
        if question.count():
            question.first.click()
            fits(telephone, "question")
