"""`doithoai demo`: database, pages and worker on this machine, with invented data."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _

from doithoai.config import postgres
from doithoai.config.cli import provide_database, set_up_django
from doithoai.config.environment import VAR
from doithoai.config.processes import PARENT, Child, Supervisor, only_one, refuse_if_taken
from doithoai.config.serving import add_address

PROGRAM = (sys.executable, "-m", "doithoai.config.cli")


def main(argv: list[str]) -> int:
    """Run the demo until Ctrl-C; everything it started ends with it.

    Raises Trouble while an older demo or server has the port.
    """
    parser = argparse.ArgumentParser(
        prog="doithoai demo", description=_("Run everything on this machine, with invented data.")
    )
    add_address(parser)
    parser.add_argument(
        "--prepare", action="store_true", help=_("only make the database and its data, then end")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON, for machines"))
    chosen = parser.parse_args(argv)
    if chosen.prepare:
        return prepare()
    with only_one(VAR / "demo.lock", _("The demo already runs from this folder.")):
        refuse_if_taken(chosen.host, chosen.port)
        return _run(chosen.host, chosen.port, as_json=chosen.json)


def _run(host: str, port: int, *, as_json: bool = False) -> int:
    site = f"http://{host}:{port}"
    os.environ.setdefault("DOITHOAI_SITE_URL", site)
    print(
        _("Preparing the database and its invented data …"),
        file=sys.stderr if as_json else sys.stdout,
        flush=True,
    )
    with _database() as guard:
        prepared = subprocess.run(  # noqa: S603 - our own program
            [*PROGRAM, "demo", "--prepare"],
            env={**os.environ, PARENT: str(os.getpid())},
            check=False,
        )
        if prepared.returncode != 0:
            return prepared.returncode
        serve = (*PROGRAM, "serve", "--host", host, "--port", str(port))
        children = [
            *guard,
            Child(_("The web server"), serve),
            Child(_("The worker"), (*PROGRAM, "work")),
        ]
        return Supervisor(children, os.environ).run(
            host=host,
            port=port,
            greeting=_greeting(site, as_json=as_json),
        )


def _greeting(site: str, *, as_json: bool) -> str:
    if as_json:
        return json.dumps({"address": f"{site}/"})
    return _("Đối Thoại: %(site)s/  (Ctrl-C: stop)") % {"site": site}


@contextmanager
def _database() -> Iterator[list[Child]]:
    """The embedded database for as long as the block runs, and the child that keeps it alive.

    With DATABASE_URL set the database is somebody else's to start and stop.
    """
    if os.environ.get("DATABASE_URL"):
        yield []
        return
    provide_database()
    guard = (sys.executable, "-m", "doithoai.config.postgres", "guard")
    try:
        yield [Child(_("The database's guard"), guard)]
    finally:
        postgres.stop()


def prepare() -> int:
    """Migrate, gather static files and load the demo's data; a second time is quick."""
    set_up_django()
    from django.core.management import call_command  # noqa: PLC0415 - needs Django set up

    from doithoai.config import static_files  # noqa: PLC0415

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    static_files.gather()
    from doithoai.config import demo  # noqa: PLC0415

    demo.load()
    return 0
