"""The whole product as a visitor meets it: Granian, the demo's data, Chromium."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from doithoai.config import databases
from doithoai.config.postgres import ensure_for_tests
from tests.conftest import _addresses, template

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs in this thread
ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "doi-thoai-2026"
PATIENCE = 120  # seconds until a server on a busy machine answers
STORY = """
import django; django.setup()
from django.utils import timezone
from doithoai.config import demo_story
demo_story.tell(timezone.now())
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(var: Path, name: str, port: int) -> dict[str, str]:
    admin, owner, app = _addresses()
    del admin
    return {
        **os.environ,
        "DATABASE_URL": databases.within(app, name),
        "DATABASE_OWNER_URL": databases.within(owner, name),
        "DATABASE_UNSEAL_URL": databases.within(_unsealing(), name),
        "DOITHOAI_VAR": str(var),
        "DOITHOAI_SITE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "doithoai.config.settings",
    }


def _unsealing() -> str:
    """The address of the role that alone reads what is sealed."""
    return os.environ.get("DATABASE_UNSEAL_URL") or ensure_for_tests().addresses.unseal


class Site:
    """A running installation with the demo's story in a database of its own."""

    def __init__(self, address: str, database: str, environment: dict[str, str]) -> None:
        self.address = address
        self.database = database
        self.environment = environment

    def run(self, code: str) -> str:
        """Run Python inside the installation, as an operator would, and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-c", "import django; django.setup()\n" + code],
            env=self.environment, check=True, capture_output=True, text=True, cwd=ROOT,
        )  # fmt: skip
        return done.stdout.strip()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Site]:
    """Serve the demo from a clone of the template until the session ends."""
    admin, _owner, app = _addresses()
    name, port = f"site_{worker_id}_{os.getpid()}", _free_port()
    var = tmp_path_factory.mktemp("var")
    databases.clone(admin, template(), name)
    environment = _environment(var, name, port)
    run = [sys.executable, "-m", "doithoai.config.cli"]
    subprocess.run(
        [*run, "manage", "collectstatic", "--noinput", "-v0"], env=environment, check=True, cwd=ROOT
    )
    subprocess.run([sys.executable, "-c", STORY], env=environment, check=True, cwd=ROOT)
    server = subprocess.Popen([*run, "serve", "--port", str(port)], env=environment, cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    _wait(address)
    yield Site(address, databases.within(app, name), environment)
    server.terminate()
    server.wait(timeout=20)
    databases.drop(admin, name)


def _wait(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(f"{address}/health/ready", timeout=2).read()
        except OSError:
            assert time.monotonic() < until, f"the server did not answer within {PATIENCE} seconds"
            time.sleep(0.1)
        else:
            return


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    """A fresh telephone-sized window on the site, in Vietnamese."""
    context = chromium.new_context(
        base_url=site.address, viewport={"width": 1280, "height": 900}, locale="vi-VN"
    )  # fmt: skip
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def sign_in(page: Page, username: str) -> Page:
    """Sign in as somebody of the demo."""
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/desk/**")
    return page
