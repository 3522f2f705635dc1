"""Backups that are proved by restoring them, and restores that never write over what is in use."""

import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from doithoai.config import backups, databases
from doithoai.config.cli import main
from doithoai.config.databases import Addresses
from doithoai.config.postgres import ensure_for_tests
from doithoai.config.trouble import Trouble

NAME = f"backup_{os.getpid()}"


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Addresses]:
    """A small installation: a table nobody may change, three rows, one file."""
    addresses = ensure_for_tests().addresses.of(NAME)
    databases.drop(addresses.admin, NAME)
    databases.create_database(addresses.admin, NAME)
    with psycopg.connect(addresses.owner) as connection:
        connection.execute("CREATE TABLE entry (id int PRIMARY KEY, said text NOT NULL)")
        connection.execute("REVOKE UPDATE, DELETE ON entry FROM doithoai_app")
        connection.execute("INSERT INTO entry VALUES (1, 'Đường hỏng'), (2, 'Mất điện'), (3, '')")
    monkeypatch.setenv("DATABASE_URL", addresses.app)
    monkeypatch.setenv("DATABASE_OWNER_URL", addresses.owner)
    monkeypatch.setenv("DATABASE_ADMIN_URL", addresses.admin)
    monkeypatch.setattr(backups, "FILES", tmp_path / "files")
    (tmp_path / "files" / "ab").mkdir(parents=True)
    (tmp_path / "files" / "ab" / "abc").write_bytes(b"a photograph")
    yield addresses
    with psycopg.connect(addresses.of("postgres").admin) as connection:
        left = connection.execute("SELECT datname FROM pg_database").fetchall()
    for (name,) in left:
        if str(name).startswith(NAME):
            databases.drop(addresses.admin, str(name))


def rows(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT id, said FROM entry ORDER BY id").fetchall()


def test_a_backup_says_what_it_holds(installation: Addresses, tmp_path: Path) -> None:
    manifest = backups.take(tmp_path / "a.tar")

    assert manifest.rows == {"entry": 3}
    assert set(manifest.sha256) == {"database.dump", "files/ab/abc"}
    assert (tmp_path / "a.tar").stat().st_mode & 0o077 == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.tar", "files"]


def test_a_check_restores_and_leaves_nothing_behind(
    installation: Addresses, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path / "a.tar"), "--check", "--json"]) == 0

    said = json.loads(capsys.readouterr().out)
    assert (said["rows"], said["checked"]) == (3, True)
    assert not databases.exists(installation.admin, f"{NAME}_restoring")


def test_a_restore_brings_back_rows_files_and_rights(
    installation: Addresses, tmp_path: Path
) -> None:
    backups.take(tmp_path / "a.tar")
    with psycopg.connect(installation.owner) as connection:
        connection.execute("TRUNCATE entry")
    (tmp_path / "files" / "ab" / "abc").unlink()

    done = backups.put_back(tmp_path / "a.tar")

    assert rows(installation.app) == [(1, "Đường hỏng"), (2, "Mất điện"), (3, "")]
    assert (tmp_path / "files" / "ab" / "abc").read_bytes() == b"a photograph"
    assert done.files == 1
    with psycopg.connect(installation.app) as connection:
        connection.execute("INSERT INTO entry VALUES (4, 'mới')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE entry SET said = 'khác'")


def test_a_restore_keeps_the_database_that_was_in_use(
    installation: Addresses, tmp_path: Path
) -> None:
    backups.take(tmp_path / "a.tar")
    with psycopg.connect(installation.owner) as connection:
        connection.execute("INSERT INTO entry VALUES (9, 'sau bản sao lưu')")

    done = backups.put_back(tmp_path / "a.tar")

    assert (9, "sau bản sao lưu") in rows(installation.of(done.kept).owner)
    assert (9, "sau bản sao lưu") not in rows(installation.owner)


def test_a_restored_installation_can_be_backed_up_again(
    installation: Addresses, tmp_path: Path
) -> None:
    first = backups.take(tmp_path / "a.tar")
    backups.put_back(tmp_path / "a.tar")

    assert backups.take(tmp_path / "b.tar").rows == first.rows
    assert backups.check(tmp_path / "b.tar").rows == first.rows


def test_a_restore_is_refused_while_the_web_is_connected(
    installation: Addresses, tmp_path: Path
) -> None:
    backups.take(tmp_path / "a.tar")

    with (
        psycopg.connect(installation.app),
        pytest.raises(Trouble, match="stop both first"),
    ):
        backups.put_back(tmp_path / "a.tar")


def test_an_archive_cut_short_is_refused(installation: Addresses, tmp_path: Path) -> None:
    backups.take(tmp_path / "a.tar")
    whole = (tmp_path / "a.tar").read_bytes()
    (tmp_path / "short.tar").write_bytes(whole[: len(whole) // 3])

    with pytest.raises(Trouble, match="not a whole archive"):
        backups.put_back(tmp_path / "short.tar")

    assert len(rows(installation.app)) == 3


def test_an_altered_file_is_named(installation: Addresses, tmp_path: Path) -> None:
    backups.take(tmp_path / "a.tar")
    with tarfile.open(tmp_path / "a.tar") as archive:
        archive.extractall(tmp_path / "out", filter="data")
    (tmp_path / "out" / "files" / "ab" / "abc").write_bytes(b"another one.")
    with tarfile.open(tmp_path / "altered.tar", "w") as archive:
        for path in sorted((tmp_path / "out").iterdir()):
            archive.add(path, path.name)

    with pytest.raises(Trouble, match="files/ab/abc"):
        backups.check(tmp_path / "altered.tar")


def test_a_backup_needs_the_owner(
    installation: Addresses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_OWNER_URL")

    with pytest.raises(Trouble, match="DATABASE_OWNER_URL"):
        backups.take(tmp_path / "a.tar")
