"""The head's page with forty things that wait: one telephone screen, one sheet of A4, by hand or by
keyboard, without a script.
"""

import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Site, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WIDTH, HEIGHT = 360, 740  # a common telephone
WAITING = 40
# In the neighbouring commune, so that other tests of this site find Cẩm Lạc as it was told.
FORTY = f"""
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5
from django.utils import timezone
from doithoai.cases.commands import answering
from doithoai.cases.commands.answering import Reply
from doithoai.cases.models import Case
from doithoai.core.days import local_day
from doithoai.dialogues.commands import concluding, hall, planning
from doithoai.units.models import Body
from tests.conftest import become
due, lien, now = become("due"), become("lien"), timezone.now()
host = Body.objects.get(short_name="UBND xã Cẩm Duệ")
start = now - timedelta(days=40)
made = planning.plan(
    planning.Plan(host=host.pk, title="Hội nghị đối thoại xã Cẩm Duệ", kind="conference",
        starts_at=start, venue="Hội trường xã", chairs=(due.post,), commune_conference=True),
    by=lien, at=start - timedelta(days=14))
planning.announce(made.pk, by=lien, at=start - timedelta(days=10))
concluding.hold(made.pk, concluding.Held(120), by=lien, at=start + timedelta(hours=4))
for number in range({WAITING}):
    hall.take_down(made.pk, hall.Line(
        sent_as=uuid5(NAMESPACE_URL, f"forty {{number}}"), speaker=f"Hộ ông Nguyễn Văn {{number}}",
        text=f"Đề nghị nạo vét tuyến mương số {{number}} dài hơn một ki-lô-mét qua ba xóm, vì mỗi "
             "trận mưa nước ngập vào nhà dân, học sinh không đến trường được.",
        field="land", lead=host.pk, due_on=local_day(now) - timedelta(days=10 - number % 8)),
        by=lien, at=now - timedelta(days=30))
open_ones = Case.objects.filter(occasion_matter=made.pk, handling_body=host).order_by("pk")[:6]
for case in open_ones:
    answering.draft(case.pk, Reply("Đang nạo vét.", "in_progress"), seen=None, by=lien, at=now)
print(open_ones.count())
"""


@pytest.fixture(scope="module")
def forty(site: Site) -> str:
    """Forty promises past their date and six answers to sign."""
    return site.run(FORTY)


@pytest.fixture
def telephone(chromium: Browser, site: Site, forty: str) -> Iterator[Page]:
    """The chair of Cẩm Duệ with a telephone that runs no script."""
    assert forty == "6"
    context = chromium.new_context(
        base_url=site.address,
        viewport={"width": WIDTH, "height": HEIGHT},
        java_script_enabled=False,
        locale="vi-VN",
    )
    context.set_default_timeout(20_000)
    page = sign_in(context.new_page(), "due")
    page.goto("/desk/direct/")
    yield page
    context.close()


def bottom(page: Page, selector: str) -> float:
    """Where the lowest of these ends, in pixels from the top of the document."""
    boxes = [each.bounding_box() for each in page.locator(selector).all()]
    assert boxes
    return max(box["y"] + box["height"] for box in boxes if box)


def test_forty_things_are_one_telephone_screen(telephone: Page) -> None:
    rows = telephone.locator(".tally .row-of")
    expect(rows).to_have_count(4)
    assert int(rows.nth(1).locator(".count").inner_text()) >= WAITING
    assert bottom(telephone, ".tally .count") <= HEIGHT
    assert bottom(telephone, "main") <= HEIGHT * 1.5  # what is below are links, no lines


def test_a_touch_on_a_figure_shows_its_three_most_urgent_and_the_way_to_all(
    telephone: Page,
) -> None:
    row = telephone.locator(".tally .row-of").nth(1)
    number = int(row.locator(".count").inner_text())
    expect(telephone.locator("#dated")).to_be_hidden()
    row.click()
    expect(telephone.locator("#dated [data-row]")).to_have_count(3)
    expect(telephone.locator("#decide")).to_be_hidden()
    telephone.locator("#dated .more a").click()
    expect(telephone.locator("[data-row]")).to_have_count(number)


def test_every_entry_of_the_navigation_is_on_the_screen(telephone: Page) -> None:
    links = telephone.locator("nav .nav-link")
    assert links.count() >= 5
    for link in links.all():
        box = link.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= WIDTH
        assert box["height"] >= 24  # WCAG 2.2, 2.5.8
    links.last.focus()
    telephone.keyboard.press("Enter")
    telephone.wait_for_url("**/desk/reports/")


def test_paper_is_one_sheet(chromium: Browser, site: Site, forty: str) -> None:
    context = chromium.new_context(base_url=site.address, locale="vi-VN")
    page = sign_in(context.new_page(), "due")
    for address in ("/desk/direct/print", "/desk/direct/"):
        page.goto(address)
        sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
        assert len(sheets.pages) == 1, address
        assert "40" in sheets.pages[0].extract_text()
    context.close()
