"""A PostgreSQL of the bench's own in ./var/postgres-bench; its databases are dropped again."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg

from doithoai.config import databases, postgres
from doithoai.config.databases import Addresses, within
from doithoai.config.environment import ROOT, VAR

DATA = VAR / "postgres-bench"
FILLED_BY = (
    "doithoai/*/migrations/*.py",
    "doithoai/*/commands/**/*.py",
    "doithoai/config/demo*.py",
    "doithoai/config/demo_data/*",
    "doithoai/units/**/*.py",
    "doithoai/law/rulebooks/**/*.toml",
    "bench/ground.py",
)


@contextmanager
def server() -> Iterator[Addresses]:
    """The bench's own server, durable as a province's would be; stopped at the end."""
    found = postgres.ensure(DATA)
    try:
        yield found.addresses
    finally:
        postgres.stop(DATA)


def template(server_at: Addresses) -> str:
    """The name of a database with the demo in it: units, people, a dialogue settled by commands."""
    files = {f for pattern in FILLED_BY for f in ROOT.glob(pattern) if f.is_file()}
    name = f"bench_{databases.fingerprint(files)}"
    if not databases.exists(server_at.admin, name):
        _forget_older(server_at)
    databases.make_template(server_at.admin, name, lambda url: _fill(server_at.of(_name_in(url))))
    return name


def _forget_older(server_at: Addresses) -> None:
    """Nobody asks for the template of an older version again."""
    with psycopg.connect(within(server_at.admin, "postgres")) as connection:
        found = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'bench%'")
        names = [str(row[0]) for row in found]
    for name in names:
        databases.drop(server_at.admin, name)


def _name_in(url: str) -> str:
    return url.rpartition("/")[2].partition("?")[0]


def _fill(into: Addresses) -> None:
    """As the owner, who writes past no trigger: the same commands the demo runs."""
    environment = {**environment_of(into), "DATABASE_URL": into.owner}
    program = [sys.executable, "-m", "doithoai.config.cli", "demo", "--prepare"]
    subprocess.run(program, env=environment, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def database(server_at: Addresses, name: str) -> Iterator[Addresses]:
    """A copy of the template for one part of the bench, dropped afterwards."""
    databases.clone(server_at.admin, template(server_at), name)
    try:
        yield server_at.of(name)
    finally:
        databases.drop(server_at.admin, name)


def environment_of(at: Addresses) -> Mapping[str, str]:
    """The environment of a process that works in this database, and knows its superuser."""
    return {**os.environ, **at.environment(), "DATABASE_ADMIN_URL": at.admin}
