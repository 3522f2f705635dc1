"""A real SMTP server and a real HTTP gateway on the loopback, and words to send."""

import http.server
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import ClassVar

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import translation
from pytest_django.fixtures import Settings

WORDS = str(Path(__file__).parent / "words")


@pytest.fixture
def now() -> datetime:
    """The moment of every test that needs one."""
    return datetime(2026, 8, 12, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _words(settings: Settings) -> None:
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [WORDS]}]
    settings.DEFAULT_FROM_EMAIL = "Đối Thoại <doithoai@xa.example>"
    settings.EMAIL_HOST = settings.GATEWAY_URL = ""


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@dataclass
class Mailbox:
    """What the SMTP server took, and what it answers; an address may be refused."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    answer: str = "250 OK"
    recipient_answer: str = "250 OK"

    async def handle_RCPT(  # noqa: N802 - the server's own name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        """Take or refuse an address."""
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a mail."""
        assert isinstance(envelope.content, bytes)
        if self.answer.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
        return self.answer


def free_port() -> int:
    """A port of the loopback nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """A real SMTP server."""
    box = Mailbox(port=free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = False
    yield box
    controller.stop()


@dataclass
class Gateway:
    """What the HTTP gateway got, and what it answers: a status, or nothing at all."""

    messages: list[dict[str, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    status: int = 200
    silent: bool = False
    refuses: frozenset[str] = frozenset()  # channels by which it reaches nobody


class _Post(http.server.BaseHTTPRequestHandler):
    gateway: ClassVar[Gateway]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        message = json.loads(body)
        self.gateway.messages.append(message)
        self.gateway.keys.append(self.headers["Idempotency-Key"])
        self.gateway.tokens.append(self.headers["Authorization"])
        if self.gateway.silent:
            self.close_connection = True
            return
        refused = message["channel"] in self.gateway.refuses
        self.send_response(404 if refused else self.gateway.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        """Nothing: the tests read the gateway's list."""


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    """A real HTTP server in the place of the SMS gateway."""
    found = Gateway()
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), type("Post", (_Post,), {"gateway": found})
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.GATEWAY_URL = f"http://127.0.0.1:{server.server_port}/send?from=xa"
    settings.GATEWAY_TOKEN = "token"
    yield found
    server.shutdown()
    server.server_close()
    thread.join()
