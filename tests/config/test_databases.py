"""Templates and copies of databases, which tests that commit stand on."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from doithoai.config import databases
from doithoai.config.databases import Addresses
from doithoai.config.postgres import ensure_for_tests

TEMPLATE = f"shape_{os.getpid()}"
COPY = f"copy_{os.getpid()}"


@pytest.fixture
def server() -> Iterator[Addresses]:
    addresses = ensure_for_tests().addresses
    yield addresses
    for name in (COPY, TEMPLATE, f"{TEMPLATE}_partial"):
        databases.drop(addresses.admin, name)


def fill(addresses: Addresses) -> None:
    def migrate(url: str) -> None:
        name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
        with psycopg.connect(addresses.of(str(name)).owner) as connection:
            connection.execute("CREATE TABLE entry (id int)")
            connection.execute("INSERT INTO entry VALUES (1)")

    databases.make_template(addresses.admin, TEMPLATE, migrate)


def test_a_copy_has_the_rows_and_the_rights(server: Addresses) -> None:
    fill(server)

    databases.clone(server.admin, TEMPLATE, COPY)

    with psycopg.connect(server.of(COPY).app) as connection:
        connection.execute("INSERT INTO entry VALUES (2)")
        assert connection.execute("SELECT count(*) FROM entry").fetchone() == (2,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("TRUNCATE entry")


def test_a_copy_can_be_made_again_over_the_old_one(server: Addresses) -> None:
    fill(server)
    databases.clone(server.admin, TEMPLATE, COPY)
    with psycopg.connect(server.of(COPY).app) as in_use:
        in_use.execute("INSERT INTO entry VALUES (2)")
        in_use.commit()

        databases.clone(server.admin, TEMPLATE, COPY)

    with psycopg.connect(server.of(COPY).app) as connection:
        assert connection.execute("SELECT count(*) FROM entry").fetchone() == (1,)


def test_of_old_templates_only_the_newest_stay(server: Addresses) -> None:
    for number in range(3):
        databases.create_database(server.admin, f"{TEMPLATE}_old_{number}")
    try:
        dropped = databases.prune(server.admin, f"{TEMPLATE}_old_", keep=1)
        assert dropped == [f"{TEMPLATE}_old_1", f"{TEMPLATE}_old_0"]
        assert databases.exists(server.admin, f"{TEMPLATE}_old_2")
    finally:
        databases.prune(server.admin, f"{TEMPLATE}_old_", keep=0)


def test_a_template_is_filled_once(server: Addresses) -> None:
    fill(server)

    databases.make_template(server.admin, TEMPLATE, lambda _: pytest.fail("filled twice"))


def test_a_template_whose_filling_failed_does_not_exist(server: Addresses) -> None:
    def fails(url: str) -> None:
        raise ConnectionError(url)

    with pytest.raises(ConnectionError):
        databases.make_template(server.admin, TEMPLATE, fails)

    assert not databases.exists(server.admin, TEMPLATE)


def test_the_unsealing_role_reads_nothing_by_default(server: Addresses) -> None:
    fill(server)
    databases.clone(server.admin, TEMPLATE, COPY)

    with (
        psycopg.connect(server.of(COPY).unseal) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT * FROM entry")


def test_a_fingerprint_follows_the_contents_alone(tmp_path: Path) -> None:
    first, second = tmp_path / "a.py", tmp_path / "b.py"
    first.write_text("1")
    second.write_text("2")
    before = databases.fingerprint([first, second])

    assert databases.fingerprint([second, first]) == before
    second.write_text("3")
    assert databases.fingerprint([first, second]) != before
