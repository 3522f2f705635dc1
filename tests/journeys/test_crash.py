"""The database is killed while people send: every receipt handed out is there afterwards."""

import http.cookiejar
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from doithoai.config import postgres
from doithoai.config.postgres import Server
from tests.filling import fill

pytestmark = pytest.mark.timeout(300)
HERE = Path(__file__).resolve().parents[2]
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|drawn)" value="([^"]+)"')
CODE = re.compile(r"(\d{4}) (\d{4}) (\d{4})")
SECRET = re.compile(r"(?<![\d>-])(\d{6})(?![\d-])")
COMMUNE = (
    "from doithoai.config.demo import commune; print(commune().pk)",
    "from django.utils import timezone\n"
    "from doithoai.ledger.commands import open_receipt\n"
    "import sys\n"
    "for line in sys.stdin.read().split():\n"
    "    code, secret = line.split(':')\n"
    "    open_receipt(code, secret, at=timezone.now())\n"
    "print('all there')",
)
KILL_AFTER = 12


class People:
    """Several who send at once, each from a window of their own, until the line goes dead."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.slips: list[str] = []
        self.enough = threading.Event()

    def send_until_it_fails(self, name: int) -> None:
        """Send one after another; stop at the first failure."""
        browser = build_opener(HTTPCookieProcessor(http.cookiejar.CookieJar()))
        for turn in range(60):
            try:
                slip = self._send(browser, f"Đề nghị số {turn} của người thứ {name}.")
            except (URLError, ConnectionError, TimeoutError):
                return
            self.slips.append(slip)
            if len(self.slips) >= KILL_AFTER:
                self.enough.set()

    def _send(self, browser: OpenerDirector, text: str) -> str:
        page = browser.open(self.address, timeout=20).read().decode()
        fields = dict(HIDDEN.findall(page)) | {"text": text, "kind": "recommendation"}
        answer = browser.open(self.address, urlencode(fields).encode(), timeout=20).read().decode()
        main = re.sub(r"<[^>]+>", " ", answer.partition("<main")[2])
        code, secret = CODE.search(main), SECRET.search(main)
        assert code, main[:400]
        assert secret, main[:400]
        return "".join(code.groups()) + ":" + secret[1]


@pytest.fixture
def ground() -> Iterator[Path]:
    """A folder others may pass through, as a checkout usually is."""
    folder = Path(tempfile.mkdtemp(prefix="doithoai-crash-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def server(ground: Path) -> Iterator[Server]:
    """A durable server of the test's own, with the units and the cast."""
    made = postgres.ensure(ground / "postgres")
    fill(made.addresses.owner)
    yield made
    postgres.stop(ground / "postgres")


def environment(server: Server, var: Path) -> dict[str, str]:
    return {
        **os.environ,
        **server.environment(),
        "DOITHOAI_VAR": str(var),
        "DOITHOAI_SENDING_LIMIT": "100000",
        "DJANGO_SETTINGS_MODULE": "doithoai.config.settings",
    }


def run(code: str, env: dict[str, str], given: str = "") -> str:
    """Run Python in the installation."""
    program = [sys.executable, "-c", "import django; django.setup()\n" + code]
    done = subprocess.run(
        program, env=env, input=given, capture_output=True, text=True, check=True, cwd=HERE
    )
    return done.stdout.strip()


def postmaster(server: Server) -> int:
    """The process of the database server."""
    return int((server.home.data / "postmaster.pid").read_text().split()[0])


def test_every_receipt_handed_out_survives_kill_9_of_the_database(
    server: Server, ground: Path, free_port: int
) -> None:
    env = environment(server, ground / "var")
    cli = [sys.executable, "-m", "doithoai.config.cli"]
    subprocess.run([*cli, "manage", "collectstatic", "--noinput", "-v0"], env=env, check=True)
    web = subprocess.Popen([*cli, "serve", "--port", str(free_port)], env=env, cwd=HERE)
    site = f"http://127.0.0.1:{free_port}"
    people = People(f"{site}/submit/{run(COMMUNE[0], env)}?about=no")
    try:
        _answers(site)
        senders = [threading.Thread(target=people.send_until_it_fails, args=(n,)) for n in range(6)]
        for sender in senders:
            sender.start()
        assert people.enough.wait(120), "nobody could send"
        os.kill(postmaster(server), signal.SIGKILL)
        for sender in senders:
            sender.join(60)
        postgres.ensure(ground / "postgres")
        assert len(people.slips) >= KILL_AFTER
        assert run(COMMUNE[1], env, "\n".join(people.slips)) == "all there"
        _answers(site)
    finally:
        web.terminate()
        web.wait(20)


def _answers(site: str) -> None:
    until = time.monotonic() + 40
    while True:
        try:
            build_opener().open(f"{site}/health/ready", timeout=3).read()
        except (URLError, ConnectionError, TimeoutError):
            assert time.monotonic() < until, "the pages did not come back"
            time.sleep(0.2)
        else:
            return
