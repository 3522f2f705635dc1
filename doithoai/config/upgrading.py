"""`doithoai upgrade`: back up, migrate, check; the way back if either fails."""

import argparse
import json
import sys
from contextlib import nullcontext, redirect_stdout
from datetime import UTC, datetime
from gettext import gettext as _
from pathlib import Path
from typing import NoReturn

from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError
from django.db import DatabaseError, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from doithoai.config import backups, static_files
from doithoai.config.environment import VAR
from doithoai.config.trouble import Trouble
from doithoai.core.progress import during


def main(argv: list[str]) -> int:
    """Run after installing a version, first or new, with the web and the worker stopped."""
    chosen = _parser().parse_args(argv)
    archive = chosen.archive or VAR / "backups" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-upgrade.tar"
    first = not connections["owner"].introspection.table_names()
    if not first:
        _back_up(archive, quiet=chosen.json)
    try:
        applied = _migrate(quiet=chosen.json)
    except (CommandError, SystemCheckError, DatabaseError) as error:
        print(_("The upgrade failed: %(error)s") % {"error": error}, file=sys.stderr, flush=True)
        if first:
            raise
        _go_back(archive)
    if chosen.json:
        kept = None if first else str(archive)
        print(json.dumps({"archive": kept, "applied": applied}, ensure_ascii=False))
        return 0
    print(_("Upgraded. Start the web and the worker, then run `doithoai doctor`."))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="doithoai upgrade",
        description=_(
            "Run after installing a version, first or new, with the web and the worker stopped."
        ),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON, for machines"))
    parser.add_argument("--archive", type=Path, help=_("where the backup goes"))
    return parser


def _back_up(archive: Path, *, quiet: bool) -> None:
    backups.take(archive)
    backups.check(archive)
    if not quiet:
        print(_("Backed up and checked: %(archive)s") % {"archive": archive}, flush=True)


def _migrate(*, quiet: bool) -> list[str]:
    """Apply what is missing, check the settings, gather static files; the names applied."""
    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    with during(_("Migrating")) if quiet else nullcontext():
        call_command("migrate", database="owner", interactive=False, verbosity=0 if quiet else 1)
        with redirect_stdout(sys.stderr) if quiet else nullcontext():
            call_command("check", databases=["default"])
    with during(_("Gathering static files")):
        static_files.gather()
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def _go_back(archive: Path) -> NoReturn:
    """Put the backup in the failed database's place, and say so by raising Trouble."""
    for connection in connections.all():
        connection.close()
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()
    done = backups.put_back(archive)
    raise Trouble(
        _(
            "The database is again as it was before; the failed one is kept as %(name)s."
            " Install the older version and start it."
        )
        % {"name": done.kept}
    )
