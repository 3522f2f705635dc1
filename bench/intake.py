"""Intake over HTTP through the whole stack, beside pgbench running the same statements.

The statements are those of one real request, as the database got them; pgbench changes only what
must differ from one run to the next: ids, numbers and hashes. Both run in turns in one database, so
that whatever else the machine does weighs on both.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from socket import AF_INET, SOCK_STREAM, socket
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from psycopg.conninfo import conninfo_to_dict

from bench.figures import Figure, middle
from bench.loading import Load, Page, post_for
from doithoai.cases.models import Case
from doithoai.config.demo import commune
from doithoai.config.postgres_home import programs
from doithoai.config.processes import PARENT, reachable

CONNECTIONS = 8
ROUNDS, SECONDS, WARMING = 3, 8, 3
HOST = "127.0.0.1"
TEXT = "Đề nghị nạo vét kênh tiêu thôn Hưng Trung: mùa mưa nước tràn vào ruộng và sân của nhiều hộ."
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def run() -> list[Figure]:
    """Figures of the intake."""
    load = os.getloadavg()[0]  # others at work slow two web workers more than pgbench's ten
    statements = captured()
    spent = _where_it_goes()
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "intake.sql"
        script.write_text(as_pgbench(statements, _places_and_bodies()), encoding="utf-8")
        with serving() as (page, server):
            before = _processor_time(server)
            ours, theirs, kept = _in_turns(page, script)
            busy = (_processor_time(server) - before) / (sum(ours) * (SECONDS + WARMING / ROUNDS))
            memory = _largest_worker(server)
    said = [s for s in statements if not s.startswith(CONTROL)]
    ratio = middle([o / t for o, t in zip(ours, theirs, strict=True)])
    return [
        Figure("intake", "statements of one intake", len(said), at_most=12),
        Figure("intake", "with BEGIN, COMMIT and savepoints", len(statements)),
        Figure("intake", "over HTTP, 8 connections", middle(ours), "/s"),
        Figure("intake", "pgbench, the same statements, 8 connections", middle(theirs), "/s"),
        Figure("intake", "ratio", ratio, at_least=0.15),
        Figure("intake", "load of the machine before it began", load),
        Figure("intake", "processor time of the web workers for one", busy * 1000, "ms"),
        Figure("intake", "receipts handed out of which no case is there", kept, at_most=0),
        *spent,
        Figure("memory", "largest web worker after the run", memory, "MB", at_most=180),
    ]


def page_address() -> str:
    """The page of the demo's commune on which people say something."""
    return reverse("submit_to", args=[commune().pk])


def captured() -> list[str]:
    """What the database is asked when one person submits, from BEGIN to COMMIT and after."""
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "vi"})
    address = page_address()
    for _ in range(
        3
    ):  # the first requests fill what a process keeps: law, templates, content types
        shown = client.get(address, {"about": "no"})
        with CaptureQueriesContext(connection) as context:
            answer = client.post(address, _form(shown.content.decode()))
        assert answer.status_code == 200, answer.status_code
    return [str(query["sql"]).strip() for query in context.captured_queries]


def _form(html: str) -> dict[str, str]:
    found = re.search(r'name="drawn" value="([^"]+)"', html)
    assert found is not None, "the form draws a number"
    return {"drawn": found[1], "text": TEXT, "kind": "recommendation"}


_BYTES = re.compile(r"(\\x[0-9a-f]{8,})[0-9a-f]{12}'")
_ID = re.compile(r"\b([0-9a-f]{20})[0-9a-f]{12}\b")
_CODE = re.compile(r"'(KN\d\d)-\d+'")


def as_pgbench(statements: Sequence[str], kept: Collection[str]) -> str:
    """A pgbench script of the statements; what each run must make anew ends in its own counter.

    The counter has twelve digits, which are hexadecimal digits too, so it can stand for the end of
    an id or of a hash, and pgbench puts it there itself: no statement does more work than before.
    ``kept``: ids, without dashes, that were there before and stay.
    """
    lines = [r"\set run :run + 1", r"\set one 100000000000 + :client_id * 1000000000 + :run"]
    for statement in statements:
        text = _BYTES.sub(r"\1:one'", " ".join(statement.split()))
        text = _ID.sub(lambda m: m[0] if m[0] in kept else f"{m[1]}:one", text)
        lines.append(_CODE.sub(r"'\1-:one'", text) + ";")
    return "\n".join(lines) + "\n"


def _places_and_bodies() -> frozenset[str]:
    """The ids that were there before and stay: where it was said, and who receives it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT replace(id::text, '-', '') FROM units_place"
            " UNION ALL SELECT replace(id::text, '-', '') FROM units_body"
        )
        return frozenset(str(row[0]) for row in cursor.fetchall())


def _where_it_goes() -> list[Figure]:
    """One intake in this process, without the server: how long in all, how long in the database."""
    client, address = (
        Client(SERVER_NAME="localhost", headers={"accept-language": "vi"}),
        page_address(),
    )
    forms = [_form(client.get(address, {"about": "no"}).content.decode()) for _ in range(60)]
    waited: list[float] = []
    whole: list[float] = []
    for number, form in enumerate(forms):
        began = perf_counter()
        with connection.execute_wrapper(_Watch(waited)):
            answer = client.post(address, form, REMOTE_ADDR=f"10.200.0.{number}")
        whole.append(perf_counter() - began)
        assert answer.status_code == 200, answer.status_code
    each, database = middle(whole) * 1000, sum(waited) / len(forms) * 1000
    return [
        Figure("intake", "one request in process, nobody else there", each, "ms"),
        Figure("intake", "of it waiting for the database", 100 * database / each, "%"),
    ]


class _Watch:
    """Adds up how long statements take."""

    def __init__(self, waited: list[float]) -> None:
        self.waited = waited

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # Django's own untyped protocol
        began = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.waited.append(perf_counter() - began)


@contextmanager
def serving() -> Iterator[tuple[Page, int]]:
    """`doithoai serve` as installed, 2 workers of 4 threads, behind a proxy that names who asks;
    its page, and the number of its process.
    """
    port = _free_port()
    environment = {**os.environ, PARENT: str(os.getpid()), "DOITHOAI_PROXIES": HOST}
    program = [sys.executable, "-m", "doithoai.config.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(program, env=environment)
    try:
        while not reachable(HOST, port):
            assert server.poll() is None, "the server ended"
        yield Page(HOST, port, page_address()), server.pid
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket(AF_INET, SOCK_STREAM) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _in_turns(page: Page, script: Path) -> tuple[list[float], list[float], int]:
    """Rates of ours and of pgbench, round by round, and how many receipts have no case."""
    load = Load(page, post_for(page, TEXT), CONNECTIONS)
    load.run(WARMING)
    pgbench(script, WARMING)
    ours, theirs, missing = [], [], 0
    for _ in range(ROUNDS):
        before = Case.objects.count()
        answered = load.run(SECONDS)
        missing += max(answered - (Case.objects.count() - before), 0)
        ours.append(answered / SECONDS)
        theirs.append(pgbench(script, SECONDS))
    return ours, theirs, missing


def pgbench(script: Path, seconds: int) -> float:
    """Transactions a second of the script, with as many connections as we serve."""
    at = conninfo_to_dict(os.environ["DATABASE_URL"])
    done = subprocess.run(
        [
            str(programs() / "bin" / "pgbench"), "-n", "-c", str(CONNECTIONS), "-j", "2",
            "-T", str(seconds), "-D", f"run={_first_run()}", "-f", str(script),
        ],
        env={
            "PGHOST": str(at["host"]), "PGPORT": str(at["port"]), "PGUSER": str(at["user"]),
            "PGPASSWORD": str(at["password"]), "PGDATABASE": str(at["dbname"]), "LC_ALL": "C",
        },
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    assert rate is not None, done.stderr
    assert "failed" not in done.stderr, done.stderr
    return float(rate[1])


_runs = count(1)


def _first_run() -> int:
    """Where the counters of the next pgbench begin: never where an earlier one was."""
    return next(_runs) * 1_000_000


def _workers(server: int) -> list[int]:
    """The web server's processes: itself, and its workers."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii")
    return [server, *map(int, children.split())]


def _largest_worker(server: int) -> float:
    """Resident memory, in MB, of the largest process of the web server."""
    pages = [
        int(Path(f"/proc/{process}/statm").read_text().split()[1]) for process in _workers(server)
    ]
    return max(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _processor_time(server: int) -> float:
    """Seconds of processor time the web server has used so far."""
    ticks = 0
    for process in _workers(server):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
