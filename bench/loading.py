"""Eight people at once over HTTP, on so little processor time that the server has the machine."""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from selectors import EVENT_READ, DefaultSelector
from socket import create_connection, socket
from time import perf_counter

Answered = tuple[int, bytes]


@dataclass(frozen=True)
class Page:
    """A page with a form, on a server near by."""

    host: str
    port: int
    path: str


def ask(page: Page, request: bytes) -> Answered:
    """One request over a connection of its own: the status, and everything that came back."""
    with create_connection((page.host, page.port), timeout=30) as connection:
        connection.sendall(request)
        arriving = Arriving()
        while not arriving.complete:
            arriving.take(connection.recv(65536))
    return arriving.status, bytes(arriving.kept)


def head(page: Page, method: str, fields: Mapping[str, str]) -> bytes:
    """The head of a request."""
    lines = [f"{method} {page.path} HTTP/1.1", f"Host: {page.host}:{page.port}"]
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def post_for(page: Page, text: str) -> Callable[[int], bytes]:
    """What makes the n-th POST of the page's form: its CSRF cookie and token, a draw of its own.

    It is sent as a browser sends a form with a place for files, from one of many addresses behind
    the proxy.
    """
    _, shown = ask(page, head(page, "GET", {"Accept-Language": "vi", "Connection": "close"}))
    cookie = re.search(rb"csrftoken=([^;]+)", shown)
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', shown)
    assert cookie is not None, "the page sets a CSRF cookie"
    assert token is not None, "the form carries a CSRF token"
    edge = "bench-edge"
    fields = {
        "Cookie": f"csrftoken={cookie[1].decode()}",
        "Accept-Language": "vi",
        "Content-Type": f"multipart/form-data; boundary={edge}",
    }

    def one(number: int) -> bytes:
        values = {
            "csrfmiddlewaretoken": token[1].decode(),
            "drawn": secrets.token_urlsafe(24),
            "text": f"{text} ({number})",
            "kind": "recommendation",
            "place": "",
            "speaker": "",
            "phone": "",
            "email": "",
        }
        body = _multipart(edge, values)
        who = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        return (
            head(page, "POST", {**fields, "X-Forwarded-For": who, "Content-Length": str(len(body))})
            + body
        )

    return one


def _multipart(edge: str, values: Mapping[str, str]) -> bytes:
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in values.items()
    ]
    return ("".join(parts) + f"--{edge}--\r\n").encode()


@dataclass
class Arriving:
    """An answer as it comes in over a connection that stays open."""

    kept: bytearray = field(default_factory=bytearray)
    length: int = -1

    def take(self, piece: bytes) -> None:
        """One more piece. Raises ConnectionError when the server hung up in the middle."""
        if not piece:
            raise ConnectionError("the server hung up")
        self.kept += piece
        end = self.kept.find(b"\r\n\r\n")
        if self.length < 0 and end >= 0:
            said = re.search(rb"content-length: *(\d+)", bytes(self.kept[:end]), re.IGNORECASE)
            self.length = end + 4 + (int(said[1]) if said else 0)

    @property
    def complete(self) -> bool:
        """Whether all of it is there."""
        return 0 <= self.length <= len(self.kept)

    @property
    def status(self) -> int:
        """The status code."""
        return int(bytes(self.kept[9:12]))


class Load:
    """So many connections, each sending its next request as soon as it has its answer."""

    def __init__(self, page: Page, make: Callable[[int], bytes], connections: int) -> None:
        self.page, self.make, self.connections = page, make, connections
        self.sent = 0

    def run(self, seconds: float) -> int:
        """How many requests were answered with 200 within the time. Raises on any other answer."""
        opened = [
            create_connection((self.page.host, self.page.port)) for _ in range(self.connections)
        ]
        waiting = {connection: Arriving() for connection in opened}
        with DefaultSelector() as selector:
            for connection in opened:
                selector.register(connection, EVENT_READ)
                self._send(connection)
            good = self._until(perf_counter() + seconds, selector, waiting)
        for connection in opened:
            connection.close()
        return good

    def _until(self, end: float, selector: DefaultSelector, waiting: dict[socket, Arriving]) -> int:
        good = 0
        while (left := end - perf_counter()) > 0:
            for key, _ in selector.select(left):
                connection = key.fileobj
                assert isinstance(connection, socket)
                waiting[connection].take(connection.recv(65536))
                if waiting[connection].complete:
                    assert waiting[connection].status == 200, bytes(waiting[connection].kept[:300])
                    good += 1
                    waiting[connection] = Arriving()
                    self._send(connection)
        return good

    def _send(self, connection: socket) -> None:
        self.sent += 1
        connection.sendall(self.make(self.sent))
