"""`doithoai backup` and `doithoai restore`.

A backup is taken by the owner's role in one snapshot, so that the rows it says it has are exactly
the rows it has. A restore never writes over the database in use: it fills a new one beside it,
counts, and only then changes the names; the old one stays until the operator drops it.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from gettext import gettext as _
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from doithoai.config import archives, databases, postgres
from doithoai.config.archives import Manifest
from doithoai.config.environment import VAR
from doithoai.config.postgres_home import programs
from doithoai.config.trouble import Trouble
from doithoai.core.progress import during, followed

FILES = VAR / "files"


@dataclass(frozen=True)
class Restored:
    """What a restore did; `kept` is the name of the database that was in use before."""

    rows: dict[str, int]
    files: int
    kept: str


def backup(argv: list[str]) -> int:
    """Write one archive of database and files; with --check, restore it once and count."""
    parser = argparse.ArgumentParser(
        prog="doithoai backup",
        description=_(
            "Write one archive of database and files; with --check, restore it once and count."
        ),
    )
    parser.add_argument("archive", nargs="?", type=Path, help=_("default: var/backups/TIME.tar"))
    parser.add_argument(
        "--check", action="store_true", help=_("restore it into a scratch database")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON, for machines"))
    chosen = parser.parse_args(argv)
    archive = chosen.archive or VAR / "backups" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar"
    manifest = take(archive)
    if chosen.check:
        check(archive)
    _tell(
        {"archive": str(archive), "rows": sum(manifest.rows.values()), "checked": chosen.check},
        as_json=chosen.json,
    )
    return 0


def restore(argv: list[str]) -> int:
    """Put an archive back into place, or with --check only prove that it could be."""
    parser = argparse.ArgumentParser(
        prog="doithoai restore",
        description=_(
            "Put an archive back into place, or with --check only prove that it could be."
        ),
    )
    parser.add_argument("archive", type=Path, help=_("the archive a backup wrote"))
    parser.add_argument(
        "--check", action="store_true", help=_("restore into a scratch database only")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON, for machines"))
    chosen = parser.parse_args(argv)
    if chosen.check:
        manifest = check(chosen.archive)
        _tell({"rows": sum(manifest.rows.values()), "checked": True}, as_json=chosen.json)
        return 0
    done = put_back(chosen.archive)
    _tell(
        {"rows": sum(done.rows.values()), "files": done.files, "kept": done.kept},
        as_json=chosen.json,
    )
    return 0


def _tell(facts: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
        return
    for name, value in facts.items():
        print(f"{name}: {value}")


def take(archive: Path) -> Manifest:
    """Write the archive. Raises Trouble when pg_dump fails."""
    owner = _owner()
    archive.parent.mkdir(parents=True, exist_ok=True)
    with _private_folder(archive.parent) as folder, psycopg.connect(owner) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        snapshot = _one(connection, "SELECT pg_export_snapshot()")
        rows = count_rows(connection)
        major = connection.info.server_version // 10000
        dump = folder / archives.DUMP
        with during(_("Saving the database")):
            _run(
                "pg_dump", major, owner,
                "--format=custom", "--no-comments", f"--snapshot={snapshot}", f"--file={dump}",
            )  # fmt: skip
        return archives.write(
            archive,
            dump=dump,
            files=FILES,
            describe=lambda sums: Manifest(
                version=version("doithoai"),
                created_at=datetime.now(UTC).isoformat(timespec="seconds"),
                server_major=major,
                rows=rows,
                sha256=sums,
            ),
        )


def check(archive: Path) -> Manifest:
    """Restore into a scratch database, compare every count, and drop it again."""
    admin, scratch = _admin(), f"{_database_name()}_restoring"
    with _private_folder(archive.resolve().parent) as folder:
        manifest = archives.unpack(archive, folder)
        try:
            _fill(admin, scratch, folder, manifest)
        finally:
            databases.drop(admin, scratch)
    return manifest


def put_back(archive: Path) -> Restored:
    """Restore beside the database in use, then take its name.

    Raises Trouble while the web or the worker is connected, or when anything differs from the
    manifest; the database in use is then untouched.
    """
    admin, name = _admin(), _database_name()
    scratch = f"{name}_restoring"
    _refuse_while_in_use(admin, name)
    with _private_folder(archive.resolve().parent) as folder:
        manifest = archives.unpack(archive, folder)
        _fill(admin, scratch, folder, manifest)
        kept = f"{name}_until_{datetime.now(UTC):%Y%m%dt%H%M%S}"
        if databases.exists(admin, name):
            databases.rename(admin, name, kept)
        databases.rename(admin, scratch, name)
        copied = archives.put_files_back(folder, FILES)
    return Restored(rows=manifest.rows, files=copied, kept=kept)


def _fill(admin: str, name: str, folder: Path, manifest: Manifest) -> None:
    databases.drop(admin, name)  # of a restore that was cut short
    databases.create_database(admin, name)
    target = databases.within(admin, name)
    with psycopg.connect(target) as connection:
        major = connection.info.server_version // 10000
    with during(_("Restoring the database")):
        _run(
            "pg_restore", major, target,
            "--exit-on-error", "--no-comments", f"--dbname={name}", str(folder / archives.DUMP),
        )  # fmt: skip
    with psycopg.connect(target) as connection:
        found = count_rows(connection)
    if found != manifest.rows:
        table = min(dict(set(found.items()) ^ set(manifest.rows.items())))
        raise Trouble(
            _(
                "The restored table %(table)s has %(found)s rows instead of %(wanted)s;"
                " the database in use is untouched."
            )
            % {
                "table": table,
                "found": found.get(table, 0),
                "wanted": manifest.rows.get(table, 0),
            }
        )


def count_rows(connection: psycopg.Connection[tuple[object, ...]]) -> dict[str, int]:
    """Rows of every table of schema public, by its name."""
    tables = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    counted = {}
    for (table,) in followed(tables, _("Counting rows")):
        name = str(table)
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", name))
        counted[name] = int(_one(connection, query))
    return counted


def _one(connection: psycopg.Connection[tuple[object, ...]], query: "str | sql.Composed") -> str:
    row = connection.execute(query).fetchone()
    assert row is not None
    return str(row[0])


def _refuse_while_in_use(admin: str, name: str) -> None:
    with psycopg.connect(databases.within(admin, "postgres")) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND usename = %s",
            [name, databases.APP],
        ).fetchone()
    if row is not None and row[0]:
        raise Trouble(_("The web or the worker is connected to the database; stop both first."))


def _owner() -> str:
    url = os.environ.get("DATABASE_OWNER_URL", "")
    if not url:
        raise Trouble(_("Set DATABASE_OWNER_URL: a backup is taken with the owner's role."))
    return url


def _database_name() -> str:
    return str(conninfo_to_dict(_owner())["dbname"])


def _admin() -> str:
    """The superuser's address: from the environment, or of the embedded server."""
    url = os.environ.get("DATABASE_ADMIN_URL") or postgres.admin_beside(_owner())
    if not url:
        raise Trouble(
            _(
                "Set DATABASE_ADMIN_URL: a restore makes a database of its own, which only the"
                " server's superuser may."
            )
        )
    return url


@contextmanager
def _private_folder(parent: Path) -> Iterator[Path]:
    """A folder closed to others on the archive's own disk, where there is room for it."""
    folder = Path(tempfile.mkdtemp(prefix=".doithoai-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _run(program: str, major: int, url: str, *arguments: str) -> None:
    """Run it on the database; the password goes by the environment, where `ps` does not show it."""
    named = {"dbname": "database"}
    target = {
        f"PG{named.get(key, key).upper()}": str(value)
        for key, value in conninfo_to_dict(url).items()
    }
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        [_program(program, major), *arguments],
        env={**os.environ, **target},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = {"program": program, "reason": done.stderr.strip()[-400:]}
        raise Trouble(_("%(program)s failed: %(reason)s") % said)


def _program(name: str, major: int) -> str:
    """The program of the server's own version, else the wheel's if that is not older."""
    ours = str(programs() / "bin" / name)
    for candidate in [shutil.which(name), f"/usr/lib/postgresql/{major}/bin/{name}", ours]:
        if candidate and Path(candidate).exists() and _major(candidate) == major:
            return candidate
    if _major(ours) < major:
        raise Trouble(
            _("There is no %(name)s for PostgreSQL %(major)s; install its client programs.")
            % {"name": name, "major": major}
        )
    return ours


def _major(program: str) -> int:
    said = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        [program, "--version"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"(\d+)", said)
    return int(found.group(1)) if found else 0
