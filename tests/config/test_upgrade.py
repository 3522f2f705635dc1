"""An upgrade backs up, migrates and checks; when it fails the installation is as it was."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from doithoai.config import databases
from doithoai.config.databases import Addresses
from doithoai.config.postgres import ensure_for_tests
from tests.conftest import template

NAME = f"upgrade_{os.getpid()}"


@pytest.fixture
def installation() -> Iterator[Addresses]:
    """A database of this version, with the real units in it."""
    addresses = ensure_for_tests().addresses.of(NAME)
    databases.clone(addresses.admin, template(), NAME)
    yield addresses
    with psycopg.connect(addresses.of("postgres").admin) as connection:
        left = connection.execute("SELECT datname FROM pg_database").fetchall()
    for (name,) in left:
        if str(name).startswith(NAME):
            databases.drop(addresses.admin, str(name))


def upgrade(installation: Addresses, var: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        "DATABASE_ADMIN_URL": installation.admin,
        "DOITHOAI_VAR": str(var),
        "DOITHOAI_LANGUAGE": "en",
    }
    return subprocess.run(
        [sys.executable, "-m", "doithoai.config.cli", "upgrade", *more],
        env={**os.environ, **installation.environment(), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def forget_a_migration(installation: Addresses) -> None:
    """The next migrate will try to make tables that are there already, and fail."""
    with psycopg.connect(installation.owner) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'notices'")


def applied(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM django_migrations").fetchone()
    assert row is not None
    return int(row[0])


def test_an_upgrade_leaves_a_checked_backup(installation: Addresses, tmp_path: Path) -> None:
    done = upgrade(installation, tmp_path)

    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "backups").glob("*-upgrade.tar"))) == 1
    assert "Upgraded." in done.stdout


def test_machines_read_where_the_backup_is_and_what_was_applied(
    installation: Addresses, tmp_path: Path
) -> None:
    done = upgrade(installation, tmp_path, "--json")

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert Path(told["archive"]).is_file()
    assert told["applied"] == []


def test_a_failed_upgrade_puts_the_backup_back(installation: Addresses, tmp_path: Path) -> None:
    forget_a_migration(installation)
    before = applied(installation.owner)

    done = upgrade(installation, tmp_path)

    assert done.returncode == 2
    assert "as it was before" in done.stderr
    assert "Traceback" not in done.stderr
    assert applied(installation.owner) == before
