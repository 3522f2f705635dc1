"""Lifetimes: a child ends with its parent, a second start refuses, a killed child comes back."""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path

from doithoai.config.trouble import Trouble

PARENT = "DOITHOAI_PARENT"  # the process whose end is also ours
REFUSED = 2  # the exit code of a command that cannot work and says why
PATIENCE = 20  # seconds a child has to end on its own
_PR_SET_PDEATHSIG = 1  # prctl(2)


def end_with_parent(parent: int, by: signal.Signals = signal.SIGTERM) -> None:
    """End this process by that signal once the parent is gone, however it died.

    Linux tells us; elsewhere a thread looks twice a second.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(by), 0, 0, 0)
    else:
        threading.Thread(target=_watch, args=(parent, by), daemon=True).start()
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), by)


def _watch(parent: int, by: signal.Signals) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), by)


def end_with_supervisor() -> None:
    """What every command does first: if a supervisor started it, end with that supervisor."""
    parent = os.environ.pop(PARENT, "")
    if parent:
        end_with_parent(int(parent))


@contextmanager
def only_one(lock: Path, refusal: str) -> Iterator[None]:
    """Hold the lock file for the length of the block; raises Trouble(refusal) if another holds it.

    The kernel lets go of it when the holder dies, so that a stale file never blocks a start.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(refusal) from None
        yield


def refuse_if_taken(host: str, port: int) -> None:
    """Raise Trouble when a server has the port.

    Granian shares its port between processes (SO_REUSEPORT), so a second server would bind beside
    an older one and both would answer; a plain bind is refused.
    """
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise Trouble(
            _("%(host)s is not an address of this machine: %(reason)s.")
            % {"host": host, "reason": error.strerror}
        ) from None
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise Trouble(
                _(
                    "Port %(port)s of %(host)s cannot be used: %(reason)s."
                    " Stop the older server or choose another port with --port."
                )
                % {"port": port, "host": host, "reason": error.strerror}
            ) from None


def reachable(host: str, port: int) -> bool:
    """Whether somebody accepts connections there."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


@dataclass
class Child:
    """One program under a supervisor; `starts` counts how often it was started."""

    name: str
    command: Sequence[str]
    starts: int = 0
    since: float = 0.0
    not_before: float = 0.0
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    def start(self, environment: Mapping[str, str], now: float) -> None:
        """Start it in a session of its own, so that the terminal's Ctrl-C reaches only us."""
        self.process = subprocess.Popen(  # noqa: S603 - our own programs
            self.command,
            env={**environment, PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.starts += 1
        self.since = now

    def wait_before_restart(self, now: float) -> float:
        """Seconds: at once after a quiet minute, else a second, doubling up to half a minute."""
        if now - self.since > 60:
            self.starts = 0
        return min(2.0 ** max(self.starts - 1, 0), 30.0)

    def tell(self) -> None:
        """Ask it to stop, if it lives."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self) -> None:
        """Ask it to stop, and after twenty seconds make it."""
        self.tell()
        if self.process is None:
            return
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Supervisor:
    """Keeps children alive until SIGINT, SIGTERM, or a child that refuses to work."""

    def __init__(self, children: Sequence[Child], environment: Mapping[str, str]) -> None:
        self._children = children
        self._environment = environment
        self._told_to_stop = threading.Event()

    def run(self, *, host: str, port: int, greeting: str) -> int:
        """Run until the end; print the greeting once the port answers. Gives the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self._told_to_stop.set())
        greeted = False
        try:
            while not self._told_to_stop.wait(0.2):
                if REFUSED in [self._look_after(child) for child in self._children]:
                    return REFUSED
                if not greeted and reachable(host, port):
                    print(greeting, flush=True)
                    greeted = True
        finally:
            self._end_all()
        return 0

    def _end_all(self) -> None:
        """All at once, but the first child last: the others may still need what it guards."""
        first, *others = self._children
        for child in others:
            child.tell()
        for child in [*others, first]:
            child.end()

    def _look_after(self, child: Child) -> int | None:
        """Start the child if it is due; its exit code when it has just ended."""
        now = time.monotonic()
        if child.process is None:
            if now >= child.not_before:
                child.start(self._environment, now)
            return None
        code = child.process.poll()
        if code is None:
            return None
        child.process = None
        child.not_before = now + child.wait_before_restart(now)
        if code != REFUSED:
            said = _("%(name)s ended (%(code)s) and is started again.")
            print(said % {"name": child.name, "code": code}, file=sys.stderr, flush=True)
        return code
