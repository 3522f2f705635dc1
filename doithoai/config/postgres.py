"""The embedded PostgreSQL of the demo and of development; DATABASE_URL replaces it.

Drives the programs of the wheel itself: its own `get_server()` trusts every local user, opens
folders and takes any living process for a server. Alive here means that a connection succeeded.

    python -m doithoai.config.postgres start|stop|url|guard [--tests]
"""

import argparse
import fcntl
import json
import os
import secrets
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from gettext import gettext as _
from pathlib import Path

import psycopg

from doithoai.config import databases
from doithoai.config.databases import Addresses, Passwords
from doithoai.config.environment import VAR
from doithoai.config.postgres_home import Home, find_home
from doithoai.config.processes import PARENT
from doithoai.config.trouble import Trouble

DATABASE = "doithoai"
PATIENCE = 600  # seconds: recovery from many gigabytes of WAL is slow, and not an error
NO_PROCESS = 2**31 - 2  # beyond every kernel's largest process number
QUIET = (
    # What people wrote must not reach a log, not even by way of a refused statement.
    "-c log_min_error_statement=panic -c log_error_verbosity=terse"
    " -c log_parameter_max_length_on_error=0 -c log_timezone=UTC -c timezone=UTC"
)
UNSAFE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@dataclass(frozen=True)
class Server:
    """A server that answered; its addresses lead into the product's database."""

    home: Home
    addresses: Addresses

    def environment(self) -> dict[str, str]:
        """DATABASE_URL, DATABASE_OWNER_URL and DATABASE_UNSEAL_URL."""
        return self.addresses.environment()


def ensure(data: Path | None = None, *, durable: bool = True) -> Server:
    """Find the server of this data folder alive, or start it, making it first if need be.

    `data` is ./var/postgres unless told. `durable=False` turns fsync off: for tests only.
    Raises Trouble when the server cannot be started within ten minutes.
    """
    home = find_home(data or VAR / "postgres")
    with _alone(home):
        passwords = _passwords(home)
        found = databases.addresses(passwords, host=str(home.sockets), database=DATABASE)
        _initialise(home, passwords)
        _raise_up(home, found.of("postgres").admin, durable=durable)
        if not _prepared(found.app):
            databases.create_roles(found.of("postgres").admin, passwords)
            databases.create_database(found.of("postgres").admin, DATABASE)
    return Server(home=home, addresses=found)


def ensure_for_tests() -> Server:
    """A second server in ./var/postgres-test without fsync: fast, and lost in a power cut."""
    return ensure(VAR / "postgres-test", durable=False)


def stop(data: Path | None = None) -> bool:
    """Stop the server of this data folder; False when there was none."""
    home = find_home(data or VAR / "postgres")
    if not home.data.is_dir():
        return False
    with _alone(home):
        if _process(home) is None:
            return False
        done = home.run("pg_ctl", "stop", "-D", ".", "-m", "fast", "-w", "-t", str(PATIENCE))
        if done.returncode != 0:
            said = _("PostgreSQL in %(folder)s did not stop: %(reason)s")
            raise Trouble(said % {"folder": home.data, "reason": done.stderr.strip()})
    return True


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """One process at a time starts or stops a server; the lock ends with its holder."""
    with home.lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _passwords(home: Home) -> Passwords:
    if home.secrets.exists():
        return Passwords(**json.loads(home.secrets.read_text()))
    if (home.data / "PG_VERSION").exists():
        said = _("The passwords of %(folder)s are missing: %(file)s is not there.")
        raise Trouble(said % {"folder": home.data, "file": home.secrets})
    made = Passwords(*(secrets.token_urlsafe(24) for _role in range(4)))
    descriptor = os.open(home.secrets, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(made), file)
    return made


def _initialise(home: Home, passwords: Passwords) -> None:
    """Make the cluster beside its place and move it in, so that a half-made one is never used."""
    if (home.data / "PG_VERSION").exists():
        return
    partial = home.data.with_name(f"{home.data.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    word = home.sockets / "initial"
    word.unlink(missing_ok=True)
    descriptor = os.open(word, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(passwords.admin)
    if home.account.drop:
        os.chown(partial, home.account.uid, home.account.gid)
        os.chown(word, home.account.uid, home.account.gid)
    made = Home(partial, home.sockets, home.programs, home.account).run(
        "initdb", "-D", ".", "-U", "postgres", "-A", "scram-sha-256", f"--pwfile={word}",
        "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "-E", "UTF8",
    )  # fmt: skip
    word.unlink()
    if made.returncode != 0:
        said = _("PostgreSQL could not make %(folder)s: %(reason)s")
        raise Trouble(said % {"folder": home.data, "reason": made.stderr.strip()})
    partial.rename(home.data)


def _raise_up(home: Home, admin: str, *, durable: bool) -> None:
    """Start until a connection succeeds.

    A server killed a moment ago leaves children that hold its memory for a second or so; until
    they are gone PostgreSQL rightly refuses, and we ask again.
    """
    options = f"-c listen_addresses='' -k {home.sockets} -c max_connections=200 {QUIET}"
    options = options if durable else f"{options} {UNSAFE}"
    ends = time.monotonic() + PATIENCE
    refusals = time.monotonic() + 30
    while not _connects(admin):
        if _process(home) is None:
            _forget_reused_process(home)
            started = home.run(
                "pg_ctl", "start", "-D", ".", "-l", "server.log",
                "-w", "-t", str(PATIENCE), "-o", options,
            )  # fmt: skip
            if started.returncode != 0 and time.monotonic() > refusals:
                said = _("PostgreSQL in %(folder)s does not start: %(reason)s")
                raise Trouble(said % _words(home))
        if time.monotonic() > ends:
            said = _("PostgreSQL in %(folder)s does not answer: %(reason)s")
            raise Trouble(said % _words(home))
        time.sleep(0.05)


def _connects(url: str) -> bool:
    """Whether a connection succeeds; raises Trouble when a living server will never let us in."""
    for _twice in range(2):  # it may come up between the refusal and the question whether it is up
        try:
            psycopg.connect(url, connect_timeout=10).close()
        except psycopg.OperationalError as error:
            refusal = str(error)
            if psycopg.pq.PGconn.ping(url.encode()) != psycopg.pq.Ping.OK:
                return False
        else:
            return True
    if "password" in refusal:
        said = _("PostgreSQL refuses the passwords kept beside its data: %(reason)s")
        raise Trouble(said % {"reason": refusal})
    return False


def _prepared(url: str) -> bool:
    """Whether the product's database stands with its last extension, so its making was not cut."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            last = [databases.EXTENSIONS[-1]]
            found = connection.execute("SELECT 1 FROM pg_extension WHERE extname = %s", last)
            return found.fetchone() is not None
    except psycopg.OperationalError:
        return False


def _claimed_process(home: Home) -> int | None:
    with suppress(FileNotFoundError, ValueError):
        first, *_ = (home.data / "postmaster.pid").read_text().split("\n", 1)
        return int(first)
    return None


def _process(home: Home) -> int | None:
    """The number of the living server process of this data folder, or None."""
    claimed = _claimed_process(home)
    if claimed is None or not _lives(claimed):
        return None
    return claimed if _serves(claimed, home) else None


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _serves(process: int, home: Home) -> bool:
    """A server works in its data folder; whoever else has this number got it after its death."""
    if Path("/proc/self").exists():
        with suppress(OSError):
            return Path(f"/proc/{process}/cwd").samefile(home.data)
        return False
    seen = home.run("/bin/ps", "-p", str(process), "-o", "comm=")
    return "postgres" in seen.stdout


def _forget_reused_process(home: Home) -> None:
    """Put a number nobody has into a dead server's lock file when a stranger now has its own.

    The file stays: its other lines let PostgreSQL see that orphaned children still use the data.
    """
    claimed = _claimed_process(home)
    if claimed is None or not _lives(claimed):
        return
    file = home.data / "postmaster.pid"
    _, rest = file.read_text().split("\n", 1)
    file.write_text(f"{NO_PROCESS}\n{rest}")


def _words(home: Home) -> dict[str, str]:
    """Which server, and the last line of its log."""
    return {"folder": str(home.data), "reason": _last_words(home)}


def _last_words(home: Home) -> str:
    with suppress(OSError):
        lines = (home.data / "server.log").read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else _("its log is empty")
    return _("it left no log")


def admin_beside(url: str) -> str | None:
    """The superuser's address if `url` leads to the embedded server, else None."""
    home = find_home(VAR / "postgres")
    if not home.secrets.exists():
        return None
    found = databases.addresses(_passwords(home), host=str(home.sockets), database="postgres")
    return found.admin if databases.within(url, "postgres") == found.owner else None


def guard(parent: int) -> None:
    """Keep the server of the demo alive while the parent lives, then stop it.

    The server is nobody's child, so that a killed supervisor never takes a database down with
    it in the middle of a write; this process sees the end of both.
    """
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: told.set())
    home = find_home(VAR / "postgres")
    while os.getppid() == parent and not told.wait(0.5):
        if _process(home) is None:
            ensure()
    stop()


def main(argv: list[str] | None = None) -> int:
    """Start, stop, guard or describe the embedded server; prints lines for the environment."""
    parser = argparse.ArgumentParser(prog="python -m doithoai.config.postgres")
    parser.add_argument("act", choices=["start", "stop", "url", "guard"])
    parser.add_argument("--tests", action="store_true", help="the server without fsync")
    chosen = parser.parse_args(argv)
    try:
        return _act(chosen.act, tests=chosen.tests)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2


def _act(act: str, *, tests: bool) -> int:
    if act == "stop":
        stop(VAR / "postgres-test" if tests else None)
        return 0
    if act == "guard":
        guard(int(os.environ.get(PARENT, os.getppid())))
        return 0
    server = ensure_for_tests() if tests else ensure()
    if server.home.data.parent != VAR:
        print(f"The data is in {server.home.data}.", file=sys.stderr)
    for name, value in server.environment().items():
        print(f"{name}={value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
