"""`make screenshots`: the main pages of the demo, on a telephone and on a desk, into docs/img.

    python -m doithoai.config.screenshots [--site http://127.0.0.1:8000]

Without a site it starts a demo of its own in ./var/screenshots and stops it again. Needs Chromium,
whose path is in CHROMIUM.
"""

import argparse
import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from doithoai.config.environment import ROOT, VAR
from doithoai.config.processes import PARENT
from doithoai.config.trouble import Trouble

FOLDER = ROOT / "docs" / "img"
SHEET = ROOT / "doithoai/config/demo_data/cam-lac-2026-07-15.xlsx"
PASSWORD = "doi-thoai-2026"  # noqa: S105 - the demo's, shown on its first screen
WIDTHS = {360: 740, 1280: 900}  # pixels: a small telephone, a desk
TALLEST = 2400  # pixels: what comes further down is left out of the picture
HEAVIEST = 200_000  # bytes
PORT = 8197
PATIENCE = 300  # seconds for the first start of a demo
TEXT = "Đề nghị sửa đoạn đường trước cổng trường Tiểu học: mưa xuống nước ngập, các cháu khó đi."

DIALOGUE = r"/dialogues/DT\d\d-\d+/?$"
HELD = "Hội nghị đối thoại trực tiếp"  # the dialogue the demo's story is about

Go = Callable[[Page], None]


@dataclass(frozen=True)
class Shot:
    """One page: the picture's name, who looks (nobody is a citizen), and how to get there."""

    name: str
    who: str
    go: Go


def at(path: str) -> Go:
    """Straight to an address."""
    return lambda page: _goto(page, path)


def _goto(page: Page, path: str) -> None:
    answer = page.goto(path)
    if answer is None or not answer.ok:
        raise Trouble(f"{path} answered {answer.status if answer else 'nothing'}.")


def _through(path: str, link: str, words: str = "") -> Go:
    """To an address, then through its first link that says these words and leads to such a page."""

    def go(page: Page) -> None:
        _goto(page, path)
        links = page.locator("main a[href]", has_text=words).all()
        addresses = [a.get_attribute("href") or "" for a in links]
        found = next((a for a in addresses if re.search(link, a)), None)
        if found is None:
            raise Trouble(f"{path} has no link like {link}.")
        _goto(page, found)

    return go


def _form(page: Page) -> None:
    """The form to say something to the demo's commune, filled in."""
    _through("/submit", r"/submit/[0-9a-f-]{36}$", "Cẩm Lạc")(page)
    page.locator("main a[href*='about=no']").click()
    page.fill("textarea[name=text]", TEXT)


def _followed(page: Page) -> None:
    """The page a person sees with the slip: said a moment ago, opened with its digits."""
    _form(page)
    _send(page)
    digits = re.sub(r"\D", "", "".join(page.locator(".code-value").all_inner_texts()))
    _goto(page, "/follow")
    page.fill("input[name=code]", digits[:12])
    page.fill("input[name=secret]", digits[12:18])
    _send(page)


def _preview(page: Page) -> None:
    """A clerk's list about to be imported into the dialogue that is to come."""
    _through("/desk/dialogues/", DIALOGUE)(page)
    _goto(page, page.url.rstrip("/") + "/import")
    page.set_input_files("input[type=file]", SHEET)
    _send(page)


def _report(page: Page) -> None:
    """The report on the dialogue the demo's story is about."""
    _through("/desk/reports/", r"/reports/dialogues/[^/]+/$", HELD)(page)


def _dialogue(page: Page) -> None:
    _report(page)
    _goto(page, page.url.rstrip("/").replace("/desk/reports/", "/desk/"))


def _hall(page: Page) -> None:
    _through("/desk/dialogues/", DIALOGUE)(page)
    _goto(page, page.url.rstrip("/") + "/hall")


def _send(page: Page) -> None:
    page.locator("main form button.btn-primary[type=submit]:visible").last.click()
    page.wait_for_load_state()


SHOTS = (
    Shot("home", "", at("/")),
    Shot("submit", "", _form),
    Shot("follow", "", _followed),
    Shot("inbox", "minh", at("/desk/")),
    Shot("case", "minh", _through("/desk/", r"/desk/cases/[^/]+/$")),
    Shot("dialogue", "minh", _dialogue),
    Shot("hall", "minh", _hall),
    Shot("import", "minh", _preview),
    Shot("late", "quang", at("/desk/supervision/")),
    Shot("report", "minh", _report),
    Shot("direct", "chi", at("/desk/direct/")),
)


def main(argv: list[str]) -> int:
    """Take every picture; the exit code. Raises Trouble for a page that is not there."""
    parser = argparse.ArgumentParser(prog="screenshots", description="Pictures for the README.")
    parser.add_argument("--site", help="a demo that already runs, such as http://127.0.0.1:8000")
    parser.add_argument("--only", nargs="+", default=[shot.name for shot in SHOTS])
    chosen = parser.parse_args(argv)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _site(chosen.site) as site, _chromium() as browser:
        for shot in SHOTS:
            if shot.name in chosen.only:
                for width in WIDTHS:
                    print(_take(browser, site, shot, width))
    return 0


@contextmanager
def _site(running: str | None) -> Iterator[str]:
    """The address of a demo: the one that runs, or one started for the pictures."""
    if running:
        yield running.rstrip("/")
        return
    own = {**os.environ, PARENT: str(os.getpid()), "DOITHOAI_VAR": str(VAR / "screenshots")}
    own.pop("DATABASE_URL", None)
    demo = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "doithoai.config.cli", "demo", "--port", str(PORT)],
        env=own,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield _ready(f"http://127.0.0.1:{PORT}", demo)
    finally:
        demo.terminate()
        demo.wait()


def _ready(site: str, demo: "subprocess.Popen[bytes]") -> str:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and demo.poll() is None:
        try:
            urlopen(f"{site}/health/ready", timeout=2).close()  # noqa: S310 - our own address
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.3)
        else:
            return site
    raise Trouble("The demo for the pictures did not start.")


@contextmanager
def _chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM")
    if not path:
        raise Trouble("Set CHROMIUM to the path of a Chromium; `scripts/chromium` finds one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def _take(browser: Browser, site: str, shot: Shot, width: int) -> str:
    """One picture; the line that tells of it."""
    height = WIDTHS[width]
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": height}, locale="vi-VN"
    )
    page = context.new_page()
    if shot.who:
        _sign_in(page, shot.who)
    shot.go(page)
    page.wait_for_function("document.fonts.ready.then(() => true)")
    wide = page.evaluate("document.documentElement.scrollWidth")
    taken = page.screenshot(full_page=True)
    context.close()
    file = FOLDER / f"{shot.name}-{width}.png"
    size = _keep(taken, file)
    scrolls = f", scrolls sideways to {wide} px" if int(wide) > width else ""
    return f"{file.relative_to(ROOT)}: {size // 1000} kB{scrolls}"


def _sign_in(page: Page, username: str) -> None:
    _goto(page, "/account/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/desk/**")


def _keep(taken: bytes, file: Path) -> int:
    """As few colours as it takes to stay under the limit; the size in bytes."""
    whole = Image.open(io.BytesIO(taken)).convert("RGB")
    shown = whole.crop((0, 0, whole.width, min(whole.height, TALLEST)))
    for colours in (128, 64, 32):
        shown.quantize(colours, dither=Image.Dither.NONE).save(file, optimize=True)
        if file.stat().st_size < HEAVIEST:
            break
    return file.stat().st_size


def _told() -> int:
    try:
        return main(sys.argv[1:])
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(_told())
