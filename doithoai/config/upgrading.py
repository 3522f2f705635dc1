"""`doithoai upgrade`: back up, migrate, check; the way back if either fails."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError
from django.db import DatabaseError, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from doithoai.config import backups
from doithoai.config.environment import VAR
from doithoai.config.trouble import Trouble


def main(argv: list[str]) -> int:
    """Run after installing a new version, with the web and the worker stopped."""
    parser = argparse.ArgumentParser(prog="doithoai upgrade", description=main.__doc__)
    parser.add_argument("--archive", type=Path, help="where the backup goes")
    chosen = parser.parse_args(argv)
    archive = chosen.archive or VAR / "backups" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-upgrade.tar"
    backups.take(archive)
    backups.check(archive)
    print(f"Backed up and checked: {archive}", flush=True)
    try:
        call_command("migrate", database="owner", interactive=False, verbosity=1)
        call_command("check", databases=["default"])
    except (CommandError, SystemCheckError, DatabaseError) as error:
        return _go_back(archive, error)
    print("Upgraded. Start the web and the worker, then run `doithoai doctor`.")
    return 0


def _go_back(archive: Path, error: Exception) -> int:
    print(f"The upgrade failed: {error}", file=sys.stderr, flush=True)
    for connection in connections.all():
        connection.close()
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()
    done = backups.put_back(archive)
    raise Trouble(
        f"The database is again as it was before; the failed one is kept as {done.kept}."
        " Install the older version and start it."
    )
