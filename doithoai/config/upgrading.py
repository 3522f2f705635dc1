"""`doithoai upgrade`: back up, migrate, check; the way back if either fails."""

import argparse
import sys
from datetime import UTC, datetime
from gettext import gettext as _
from pathlib import Path
from typing import NoReturn

from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError
from django.db import DatabaseError, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from doithoai.config import backups, static_files
from doithoai.config.environment import VAR
from doithoai.config.trouble import Trouble


def main(argv: list[str]) -> int:
    """Run after installing a version, first or new, with the web and the worker stopped."""
    parser = argparse.ArgumentParser(
        prog="doithoai upgrade",
        description=_(
            "Run after installing a version, first or new, with the web and the worker stopped."
        ),
    )
    parser.add_argument("--archive", type=Path, help=_("where the backup goes"))
    chosen = parser.parse_args(argv)
    archive = chosen.archive or VAR / "backups" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-upgrade.tar"
    first = not connections["owner"].introspection.table_names()
    if not first:
        backups.take(archive)
        backups.check(archive)
        print(_("Backed up and checked: %(archive)s") % {"archive": archive}, flush=True)
    try:
        call_command("migrate", database="owner", interactive=False, verbosity=1)
        call_command("check", databases=["default"])
        static_files.gather()
    except (CommandError, SystemCheckError, DatabaseError) as error:
        print(_("The upgrade failed: %(error)s") % {"error": error}, file=sys.stderr, flush=True)
        if first:
            raise
        _go_back(archive)
    print(_("Upgraded. Start the web and the worker, then run `doithoai doctor`."))
    return 0


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
