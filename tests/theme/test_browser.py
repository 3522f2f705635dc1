"""The scripts and the look in a real Chromium, under the policy that forbids inline code."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import translation
from playwright.sync_api import Browser, FilePayload, Page

from doithoai import theme
from tests.theme import guide
from tests.theme.conftest import PLAIN

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
POLICY = "default-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
AXE = Path(theme.__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Guide(ThreadingHTTPServer):
    """Counts what is sent to it."""

    posts = 0


class Served(SimpleHTTPRequestHandler):
    """Serves the rendered guide with the policy, and swallows what is sent."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_POST(self) -> None:
        """No content: the page stays, so that a second press would be seen."""
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        assert isinstance(self.server, Guide)
        self.server.posts += 1
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guide]:
    """The guide in both layouts and languages, with the files it needs."""
    root = tmp_path_factory.mktemp("guide")
    shutil.copytree(Path(theme.__file__).parent / "static", root / "static")
    for language in ("vi", "en"):
        for layout in ("desk", "portal"):
            with (
                translation.override(language),
                override_settings(ROOT_URLCONF="tests.theme.urls", STORAGES={"staticfiles": PLAIN}),
            ):
                text = guide.render(f"theme/{layout}.html")
            (root / f"{layout}-{language}.html").write_text(text)
    served = Guide(("127.0.0.1", 0), partial(Served, directory=str(root)))
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield served
    served.shutdown()
    served.server_close()
    thread.join()


def visit(browser: Browser, server: Guide, name: str, width: int = 1280) -> Page:
    """A fresh reader on a page of the guide."""
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/{name}.html")
    return page


@pytest.mark.parametrize("name", ["desk-vi", "desk-en", "portal-vi", "portal-en"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_is_accessible_and_never_wider_than_its_screen(
    chromium: Browser, server: Guide, name: str, width: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/{name}.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE.read_text())
    result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    found = [
        (rule["id"], [node["target"] for node in rule["nodes"]]) for rule in result["violations"]
    ]
    context.close()
    assert found == []


@pytest.mark.parametrize("name", ["desk-vi", "portal-vi"])
def test_the_policy_stops_nothing_of_ours(chromium: Browser, server: Guide, name: str) -> None:
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/{name}.html")
    page.wait_for_load_state("networkidle")
    page.close()
    assert said == []


def test_keys_move_over_the_rows_open_and_search(chromium: Browser, server: Guide) -> None:
    page = visit(chromium, server, "desk-vi")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert "Xe tải" in page.locator("[data-row].is-here").inner_text()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    assert page.url.endswith("#row1")
    page.keyboard.press("/")
    page.keyboard.type("aj")
    assert page.locator("#search").input_value() == "aj"
    page.context.close()


def test_a_letter_does_its_act_unless_letters_are_off(chromium: Browser, server: Guide) -> None:
    page = visit(chromium, server, "desk-vi")
    page.locator("h1").click()
    page.keyboard.press("a")
    assert page.url.endswith("#answer")
    page.keyboard.press("?")
    assert "Trả lời, kèm tài liệu" in page.locator("#keys").inner_text()
    page.locator("#keys-off").check()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("q")
    assert page.url.endswith("#answer")
    page.context.close()


def test_characters_are_counted_and_heavy_files_refused_before_sending(
    chromium: Browser, server: Guide
) -> None:
    page = visit(chromium, server, "portal-vi")
    page.locator("#id_text").fill("Kênh bị bồi lắng")
    assert page.locator(".counter").inner_text() == "Đã viết 16 / 5000 ký tự"
    page.evaluate("document.getElementById('id_photo').dataset.maxBytes = '10'")
    heavy: FilePayload = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": b"x" * 11}
    page.locator("#id_photo").set_input_files([heavy])
    said = page.evaluate("document.getElementById('id_photo').validationMessage")
    assert "“anh.jpg”" in said
    page.context.close()


def test_a_form_is_sent_once_however_often_it_is_pressed(chromium: Browser, server: Guide) -> None:
    page = visit(chromium, server, "portal-vi")
    before = server.posts
    send = page.get_by_role("button", name="Gửi kiến nghị")
    with page.expect_response(lambda response: response.request.method == "POST"):
        send.dblclick()
    page.get_by_text("Đang gửi…").wait_for()
    assert server.posts == before + 1
    page.context.close()


def test_a_draft_comes_back_and_can_be_thrown_away(chromium: Browser, server: Guide) -> None:
    page = visit(chromium, server, "portal-vi")
    # A page that came back with mistakes keeps the server's values, so they are taken away first.
    page.route("**/portal-vi.html", lambda route: route.fulfill(body=clean(route.fetch().text())))
    page.reload()
    page.locator("#id_text").fill("Đường vào thôn bị sụt")
    page.reload()
    assert page.locator("#id_text").input_value() == "Đường vào thôn bị sụt"
    page.get_by_role("button", name="Viết lại từ đầu").click()
    assert page.locator("#id_text").input_value() == ""
    page.reload()
    assert page.locator("#id_text").input_value() == ""
    page.context.close()


def clean(text: str) -> str:
    """The page as it is before anything was sent."""
    return text.replace(' aria-invalid="true"', "")
