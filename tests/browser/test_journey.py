"""The product's main job in a real browser, through its pages only, by the people who do it."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
SHEET = Path(__file__).resolve().parent.parent / "data" / "cam-lac-2026-07-15.xlsx"
ROW = re.compile(r"<tr[^>]* data-row")
NUMBER = re.compile(r"^\s*([\d.]+)")


def photo() -> bytes:
    """A small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (320, 240), (80, 120, 90)).save(buffer, "JPEG")
    return buffer.getvalue()


def send(page: Page) -> None:
    """Press the main button of the page's own form."""
    page.locator("main form button.btn-primary[type=submit]:visible").last.click()
    page.wait_for_load_state()


def desk(chromium: Browser, site: Site, username: str) -> Page:
    """A window of somebody's own, signed in."""
    context = chromium.new_context(
        base_url=site.address, viewport={"width": 1280, "height": 900}, locale="vi-VN"
    )
    context.set_default_timeout(15_000)
    return sign_in(context.new_page(), username)


def import_sheet(page: Page, code: str) -> None:
    """Upload the sample, look at what it will become, take it in."""
    page.goto(f"/desk/dialogues/{code}/import")
    page.set_input_files("input[type=file]", SHEET)
    send(page)
    expect(page.locator("main")).to_contain_text("Nội dung kiến nghị")
    page.check("input[name=before_held]")  # it is yet to be held: the page asks
    send(page)
    expect(page.locator("main")).to_contain_text("28")


def code_of(site: Site, dialogue: str, number: int) -> str:
    """The case of a row of the sheet."""
    return site.run(
        "from doithoai.dialogues.models import Item\n"
        f"item = Item.objects.get(dialogue__matter__code='{dialogue}', number={number})\n"
        "print(item.case.matter.code)"
    )


def new_slip(page: Page, case: str) -> tuple[str, str]:
    """Hand out a receipt for a case that came from a list: code and secret, shown once."""
    page.goto(f"/desk/cases/{case}/reissue")
    send(page)
    digits = re.sub(r"\s", "", page.locator("main").inner_text())
    found = re.search(r"(?<!\d)(\d{12}).*?(?<!\d)(\d{6})(?!\d)", digits)
    assert found, digits
    return found[1], found[2]


def answer(page: Page, case: str, text: str) -> None:
    """Answer as settled, with a document's number and date and a photo."""
    page.goto(f"/desk/cases/{case}/answer")
    page.check("input[name=outcome][value=settled]")
    page.fill("textarea[name=text]", text)
    page.fill("input[name=number]", "161/UBND-KT")
    page.fill("input[name=signed_on]", "2026-11-18")
    page.set_input_files(
        "input[name=evidence]", {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    send(page)
    expect(page.locator("main")).to_contain_text(text)


def say(page: Page, slip: tuple[str, str], word: str, text: str) -> None:
    """Follow with code and secret, then say one's own word."""
    page.goto("/follow")
    page.fill("input[name=code]", slip[0])
    page.fill("input[name=secret]", slip[1])
    send(page)
    assert slip[0] not in page.url
    assert slip[1] not in page.url
    page.get_by_role("link", name="Cho biết", exact=False).or_(
        page.locator("a[href$='/word']")
    ).first.click()
    page.check(f"input[name=word][value={word}]")
    page.fill("textarea[name=text]", text)
    send(page)


def test_from_the_clerks_sheet_to_the_persons_word_and_the_report(
    chromium: Browser, site: Site
) -> None:
    minh = desk(chromium, site, "minh")
    dialogue = site.run(
        "from doithoai.dialogues.models import Dialogue\n"
        "told = Dialogue.objects.filter(state='announced').order_by('pk')\n"
        "print(told.first().matter.code)"  # the story's; other tests of this site announce more
    )
    import_sheet(minh, dialogue)
    canal, school = code_of(site, dialogue, 2), code_of(site, dialogue, 3)

    # One case: routed, answered with a photo, disputed, answered again one level up, confirmed.
    minh.goto(f"/desk/cases/{canal}/route")
    minh.select_option("select[name=to]", label="Phòng Kinh tế xã Cẩm Lạc")
    minh.fill("textarea[name=why]", "Lĩnh vực thủy lợi do phòng phụ trách.")
    send(minh)
    slip = new_slip(minh, canal)
    answer(desk(chromium, site, "hoa"), canal, "Đã nạo vét 300 m đầu kênh.")
    citizen = chromium.new_context(
        base_url=site.address, viewport={"width": 360, "height": 740}, locale="vi-VN",
        java_script_enabled=False,
    ).new_page()  # fmt: skip
    say(citizen, slip, "disagreed", "Cuối kênh vẫn chưa có nước.")
    chi = desk(chromium, site, "chi")
    chi.goto("/desk/direct/disputed/")  # the head's own page shows only the first of them
    expect(chi.locator("main")).to_contain_text(canal)
    answer(chi, canal, "Đã nạo vét hết tuyến, nước tới cuối kênh.")
    say(citizen, slip, "agreed", "")
    state = site.run(
        "from doithoai.cases.models import Case\n"
        f"c = Case.objects.get(matter__code='{canal}'); print(c.state, c.word, c.word_by_self)"
    )
    assert state == "confirmed agreed True"

    # Another: answered by the chair, the person's word on a signed slip recorded by the Front.
    answer(chi, school, "Đã di dời bãi rác, thu gom 3 lần một tuần.")
    quang = desk(chromium, site, "quang")
    quang.goto(f"/desk/cases/{school}/confirm")
    quang.check("input[name=how][value=slip]")
    send(quang)
    state = site.run(
        "from doithoai.cases.models import Case\n"
        f"c = Case.objects.get(matter__code='{school}'); print(c.state, c.word, c.word_by_self)"
    )
    assert state == "confirmed agreed False"
    figures_open_their_rows(minh, dialogue)


def figures_open_their_rows(page: Page, dialogue: str) -> None:
    """Every number of the report opens exactly as many rows as it says."""
    page.goto(f"/desk/reports/dialogues/{dialogue}/")
    links = page.locator("main a[href*='/desk/cases/?']").evaluate_all(
        "all => all.map(a => [a.getAttribute('href'), a.innerText.trim()])"
    )
    numbers = {href: NUMBER.match(text) for href, text in links}
    counted = {h: int(m[1].replace(".", "")) for h, m in numbers.items() if m}
    assert len(counted) >= 20
    assert max(counted.values()) == 28
    for href, count in counted.items():
        answer = page.request.get(href)
        assert answer.ok, href
        assert len(ROW.findall(answer.text())) == count, href
