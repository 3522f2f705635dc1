"""Lifetimes of real processes: nothing outlives its parent, nothing starts beside another."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from doithoai.config.postgres import ensure_for_tests
from doithoai.config.processes import only_one, refuse_if_taken
from doithoai.config.trouble import Trouble

DOITHOAI = [sys.executable, "-m", "doithoai.config.cli"]
# A supervisor of two programs that only wait; it says their numbers on its own output.
SUPERVISOR = r"""
import os, sys
from doithoai.config.processes import Child, Supervisor
program = [sys.executable, "-c", "import os, threading;"
           "from doithoai.config.processes import end_with_supervisor;"
           "end_with_supervisor(); os.write(1, b'%d\\n' % os.getpid());"
           "threading.Event().wait()"]
children = [Child("first", program), Child("second", program)]
sys.exit(Supervisor(children, os.environ).run(host="127.0.0.1", port=1, greeting=""))
"""
HOLDER = """
import sys, threading
from pathlib import Path
from doithoai.config.processes import only_one
with only_one(Path(sys.argv[1]), ""):
    print("held", flush=True)
    threading.Event().wait()
"""


def eventually(holds: Callable[[], bool], within: float = 30) -> bool:
    """Look until it holds, for at most so many seconds."""
    ends = time.monotonic() + within
    pause = threading.Event()
    while time.monotonic() < ends:
        if holds():
            return True
        pause.wait(0.05)
    return holds()


def lives(process: int) -> bool:
    """A process that has ended and waits to be counted does not live."""
    try:
        return f"{process} (" in (stat := Path(f"/proc/{process}/stat").read_text()) and (
            stat.rsplit(")", 1)[1].split()[0] != "Z"
        )
    except (FileNotFoundError, ProcessLookupError):
        return False


def children_of(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(number) for number in found]


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/alive", timeout=5) as page:
            return bool(page.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture
def port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    own = {"DOITHOAI_VAR": str(tmp_path), "DOITHOAI_LANGUAGE": "en"}
    return {**os.environ, **ensure_for_tests().environment(), **own}


@pytest.fixture
def server(port: int, environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        [*DOITHOAI, "serve", "--port", str(port)], env=environment, stderr=subprocess.DEVNULL
    )
    assert eventually(lambda: answers(port))
    yield process
    process.kill()
    process.wait()


def test_kill_9_of_the_server_leaves_nobody_on_the_port(
    server: "subprocess.Popen[bytes]", port: int
) -> None:
    workers = children_of(server.pid)
    assert len(workers) >= 2

    server.kill()
    server.wait()

    assert eventually(lambda: not any(lives(worker) for worker in workers), within=5)
    assert not answers(port)
    refuse_if_taken("127.0.0.1", port)


def test_a_killed_web_worker_comes_back(server: "subprocess.Popen[bytes]", port: int) -> None:
    before = children_of(server.pid)

    os.kill(before[0], signal.SIGKILL)

    assert eventually(lambda: len(set(children_of(server.pid)) - set(before)) == 1)
    assert eventually(lambda: answers(port))
    assert server.poll() is None


def test_a_second_start_refuses_while_the_first_serves(
    server: "subprocess.Popen[bytes]", port: int, environment: dict[str, str]
) -> None:
    again = subprocess.run(
        [*DOITHOAI, "serve", "--port", str(port)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert again.returncode == 2
    assert "already serves" in again.stderr
    assert again.stderr.count("\n") == 1
    assert server.poll() is None


def test_a_start_from_another_folder_refuses_the_same_port(
    server: "subprocess.Popen[bytes]", port: int, environment: dict[str, str], tmp_path: Path
) -> None:
    elsewhere = environment | {"DOITHOAI_VAR": str(tmp_path / "elsewhere")}

    again = subprocess.run(
        [*DOITHOAI, "serve", "--port", str(port)],
        env=elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )

    assert again.returncode == 2
    assert f"Port {port}" in again.stderr
    assert answers(port)


def test_sigterm_ends_the_server_and_its_workers(
    server: "subprocess.Popen[bytes]", port: int
) -> None:
    workers = children_of(server.pid)

    server.terminate()

    assert server.wait(30) == 0
    assert not any(lives(worker) for worker in workers)
    assert not answers(port)


@pytest.fixture
def supervisor() -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield process
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def said(supervisor: "subprocess.Popen[str]") -> int:
    """The next number a child says."""
    assert supervisor.stdout is not None
    return int(supervisor.stdout.readline())


def test_kill_9_of_the_supervisor_ends_its_children(supervisor: "subprocess.Popen[str]") -> None:
    children = [said(supervisor), said(supervisor)]

    supervisor.kill()

    assert eventually(lambda: not any(lives(child) for child in children), within=10)


def test_a_killed_child_is_started_again(supervisor: "subprocess.Popen[str]") -> None:
    first, second = said(supervisor), said(supervisor)

    os.kill(first, signal.SIGKILL)

    assert said(supervisor) not in {first, second}
    assert lives(second)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_told_supervisor_ends_its_children(
    number: signal.Signals, supervisor: "subprocess.Popen[str]"
) -> None:
    children = [said(supervisor), said(supervisor)]

    supervisor.send_signal(number)

    assert supervisor.wait(30) == 0
    assert not any(lives(child) for child in children)


def test_a_lock_ends_with_whoever_held_it(tmp_path: Path) -> None:
    lock = tmp_path / "x.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    with pytest.raises(Trouble, match="Somebody"), only_one(lock, "Somebody has it."):
        pass

    holder.kill()
    holder.wait()
    holder.stdout.close()

    with only_one(lock, "Somebody has it."):
        assert lock.exists()
