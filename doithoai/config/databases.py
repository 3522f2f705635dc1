"""Roles, databases and templates inside a PostgreSQL server, ours or the province's."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

OWNER = "doithoai_owner"
APP = "doithoai_app"
UNSEAL = "doithoai_unseal"
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")


@dataclass(frozen=True)
class Passwords:
    """One password for each role; `admin` is the server's superuser."""

    admin: str
    owner: str
    app: str
    unseal: str


@dataclass(frozen=True)
class Addresses:
    """libpq URLs of one database, one for each role."""

    admin: str
    owner: str
    app: str
    unseal: str

    def of(self, database: str) -> "Addresses":
        """The same roles in another database of the same server."""
        return Addresses(
            admin=within(self.admin, database),
            owner=within(self.owner, database),
            app=within(self.app, database),
            unseal=within(self.unseal, database),
        )

    def environment(self) -> dict[str, str]:
        """The settings the product reads from its environment."""
        return {
            "DATABASE_URL": self.app,
            "DATABASE_OWNER_URL": self.owner,
            "DATABASE_UNSEAL_URL": self.unseal,
        }


def addresses(passwords: Passwords, *, host: str, database: str) -> Addresses:
    """URLs for a server whose socket is in the folder `host`."""
    return Addresses(
        admin=_address("postgres", passwords.admin, host, database),
        owner=_address(OWNER, passwords.owner, host, database),
        app=_address(APP, passwords.app, host, database),
        unseal=_address(UNSEAL, passwords.unseal, host, database),
    )


def _address(role: str, password: str, host: str, database: str) -> str:
    # The port is named, for PGPORT of the operator would otherwise stand in for it.
    where = f"host={quote(host, safe='')}&port=5432"
    return f"postgresql://{role}:{quote(password, safe='')}@/{database}?{where}"


def within(url: str, database: str) -> str:
    """The same URL for another database."""
    parts = urlsplit(url)
    if parts.netloc:
        return urlunsplit(parts._replace(path=f"/{database}"))
    return f"{parts.scheme}:///{database}?{parts.query}"


def create_roles(admin: str, passwords: Passwords) -> None:
    """Create the three roles, or give those that exist their passwords again."""
    wanted = {OWNER: passwords.owner, APP: passwords.app, UNSEAL: passwords.unseal}
    with psycopg.connect(admin, autocommit=True) as connection:
        for role, password in wanted.items():
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            verb = "ALTER" if known.fetchone() else "CREATE"
            connection.execute(
                sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
                    sql.SQL(verb), sql.Identifier(role), sql.Literal(password)
                )
            )


def create_database(admin: str, name: str) -> None:
    """Create an empty database of the owner with extensions and grants, if it is absent."""
    if not exists(admin, name):
        _run(admin, "CREATE DATABASE {} OWNER {}", name, OWNER)
    prepare(within(admin, name), name)


def prepare(admin: str, name: str) -> None:
    """Extensions, and for the web's role the right to rows but never to tables.

    What the owner creates later is readable and writable for the web; the ledger's own migrations
    take UPDATE, DELETE and TRUNCATE away again where nothing may ever change.
    """
    with psycopg.connect(admin) as connection:  # all of it or nothing
        for extension in EXTENSIONS:
            connection.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
            )
        for grant in _GRANTS:
            connection.execute(
                sql.SQL(grant).format(
                    database=sql.Identifier(name),
                    owner=sql.Identifier(OWNER),
                    app=sql.Identifier(APP),
                    unseal=sql.Identifier(UNSEAL),
                )
            )


_GRANTS = (
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {app}",
    "GRANT CONNECT ON DATABASE {database} TO {unseal}",
    "GRANT USAGE ON SCHEMA public TO {app}, {unseal}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
    " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
    " GRANT USAGE, SELECT ON SEQUENCES TO {app}",
)


def make_template(admin: str, name: str, fill: Callable[[str], None]) -> None:
    """Create the database `name` by `fill(admin url of it)`, unless it exists already.

    A half-filled template never gets the name, so a run that was killed is simply repeated.
    Put `fingerprint` of the migrations into the name and an unchanged schema is filled once.
    """
    if exists(admin, name):
        return
    partial = f"{name}_partial"
    drop(admin, partial)
    create_database(admin, partial)
    fill(within(admin, partial))
    rename(admin, partial, name)


def prune(admin: str, prefix: str, *, keep: int) -> list[str]:
    """Drop the databases of this prefix but the newest ``keep``; the names of those dropped."""
    with psycopg.connect(within(admin, "postgres"), autocommit=True) as connection:
        found = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid DESC",
            [prefix],
        ).fetchall()
    old = [str(name) for (name,) in found[keep:]]
    for name in old:
        drop(admin, name)
    return old


def clone(admin: str, template: str, name: str) -> None:
    """Copy a template, data and grants on its tables included; an older `name` is dropped first."""
    drop(admin, name)
    _hang_up(admin, template)
    _run(admin, "CREATE DATABASE {} TEMPLATE {} OWNER {}", name, template, OWNER)
    with psycopg.connect(within(admin, name), autocommit=True) as connection:
        # The rights on the database itself are the only thing a copy does not take along.
        for grant in _GRANTS[:3]:
            connection.execute(
                sql.SQL(grant).format(
                    database=sql.Identifier(name),
                    app=sql.Identifier(APP),
                    unseal=sql.Identifier(UNSEAL),
                )
            )


def drop(admin: str, name: str) -> None:
    """Drop a database, throwing out whoever is connected to it; absent is well."""
    _run(admin, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def rename(admin: str, old: str, new: str) -> None:
    """Rename a database, throwing out whoever is connected to it."""
    _hang_up(admin, old)
    _run(admin, "ALTER DATABASE {} RENAME TO {}", old, new)


def exists(admin: str, name: str) -> bool:
    """Whether the server has a database of this name."""
    with psycopg.connect(within(admin, "postgres"), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def fingerprint(files: Iterable[Path]) -> str:
    """Twelve hexadecimal digits of the files' names and contents, the same in any order given."""
    digest = sha256()
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _hang_up(admin: str, database: str) -> None:
    """A database with a connection can neither be copied nor renamed."""
    with psycopg.connect(within(admin, "postgres"), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> pg_backend_pid()",
            [database],
        )


def _run(admin: str, statement: str, *names: str) -> None:
    with psycopg.connect(within(admin, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
