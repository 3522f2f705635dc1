"""The web server and the worker: `doithoai serve`, `doithoai work`."""

import argparse
import gc
import json
import multiprocessing
import os
import signal
from collections.abc import Callable
from gettext import gettext as _
from wsgiref.types import WSGIApplication

from asgiref.sync import async_to_sync

from doithoai.config.environment import VAR
from doithoai.config.processes import end_with_parent, only_one, refuse_if_taken

WORKERS, THREADS = 2, 4
RUBBISH = 20_000  # objects made and not freed again before a look for cycles among them


def add_address(parser: argparse.ArgumentParser) -> None:
    """The options --host and --port, whose defaults come from the environment."""
    parser.add_argument(
        "--host",
        default=os.environ.get("DOITHOAI_HOST", "127.0.0.1"),
        help=_("address to listen on (DOITHOAI_HOST, %(default)s)"),
    )
    parser.add_argument(
        "--port",
        type=int,
        default=os.environ.get("DOITHOAI_PORT", "8000"),
        help=_("port to listen on (DOITHOAI_PORT, %(default)s)"),
    )


def serve(argv: list[str]) -> int:
    """Serve the pages until SIGINT or SIGTERM.

    Raises Trouble while an older server has the port.
    """
    parser = argparse.ArgumentParser(prog="doithoai serve", description=_("Serve the pages."))
    add_address(parser)
    parser.add_argument("--workers", type=int, default=WORKERS, help=_("processes (%(default)s)"))
    parser.add_argument(
        "--threads", type=int, default=THREADS, help=_("threads in each process (%(default)s)")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON, for machines"))
    chosen = parser.parse_args(argv)
    lock = VAR / f"serve-{chosen.port}.lock"
    refusal = _("A server already serves port %(port)s from this installation.")
    with only_one(lock, refusal % {"port": chosen.port}):
        refuse_if_taken(chosen.host, chosen.port)
        if chosen.json:
            print(json.dumps({"host": chosen.host, "port": chosen.port}), flush=True)
        _granian(chosen.host, chosen.port, workers=chosen.workers, threads=chosen.threads)
    return 0


def _granian(host: str, port: int, *, workers: int, threads: int) -> None:
    from granian.constants import Interfaces  # noqa: PLC0415 - other commands start without it
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    Server(
        "doithoai.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        backpressure=workers * threads * 8,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve(target_loader=load_in_worker)


def load_in_worker(target: str) -> Callable[..., object]:
    """Load the application in a Granian worker, which from now on dies with its server.

    SIGKILL, because nobody is left to wait for it; what it had acknowledged is committed.
    """
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        end_with_parent(parent.pid, by=signal.SIGKILL)
    from doithoai.config.wsgi import application  # noqa: PLC0415 - in the worker, not before

    # What was loaded stays as long as the worker: looking through it for rubbish every 700 objects
    # took one part in thirty of the time a page takes.
    gc.freeze()
    gc.set_threshold(RUBBISH)
    loaded: WSGIApplication = application
    return loaded


def work(argv: list[str]) -> int:
    """Do scheduled and heavy jobs, and send notices, until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(
        prog="doithoai work", description=_("Do scheduled and heavy jobs, and send notices.")
    )
    parser.add_argument(
        "--jobs", type=int, default=1, help=_("jobs at the same time (%(default)s)")
    )
    parser.add_argument(
        "--once",
        action="store_true",
        help=_("one round, then end"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON, for machines"))
    chosen = parser.parse_args(argv)
    if chosen.json:
        print(json.dumps({"jobs": chosen.jobs, "once": chosen.once}), flush=True)
    from django.core.management import call_command  # noqa: PLC0415 - needs Django set up

    from doithoai.config import jobs  # noqa: PLC0415 - needs Django set up

    async_to_sync(jobs.release_stalled)()
    if chosen.once:
        jobs.one_round()
    options = ["--concurrency", str(chosen.jobs)] + (["--one-shot"] if chosen.once else [])
    call_command("procrastinate", "worker", *options)
    return 0
