"""The embedded PostgreSQL: real servers in folders of all kinds, killed, crowded, misled."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from doithoai.config import postgres, postgres_home
from doithoai.config.databases import within
from doithoai.config.postgres import Server
from doithoai.config.trouble import Trouble

ROOT = os.geteuid() == 0
NOBODY = pwd.getpwnam("nobody")
# Recovery from two gigabytes takes minutes on a small machine; the full size is asked for by name.
MEGABYTES = [48, 2048] if os.environ.get("DOITHOAI_SLOW_TESTS") else [48]

Ensure = Callable[..., Server]


@pytest.fixture
def ground() -> Iterator[Path]:
    """A folder others may pass through, as a checkout usually is."""
    folder = Path(tempfile.mkdtemp(prefix="doithoai-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def ensure() -> Iterator[Ensure]:
    """`postgres.ensure`, and the end of every server it made."""
    made: set[Path] = set()
    homes = []

    def remembered(data: Path, *, durable: bool = False) -> Server:
        made.add(data)
        server = postgres.ensure(data, durable=durable)
        homes.append(server.home)
        return server

    yield remembered
    for data in made:
        postgres.stop(data)
    for home in homes:
        shutil.rmtree(home.sockets, ignore_errors=True)


def answer(server: Server, query: str) -> str:
    with psycopg.connect(server.addresses.app) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return str(row[0])


def server_process(server: Server) -> int:
    return int((server.home.data / "postmaster.pid").read_text().split()[0])


def kill_server(server: Server) -> None:
    process = server_process(server)
    os.kill(process, signal.SIGKILL)
    while Path(f"/proc/{process}").exists():
        os.sched_yield()


@pytest.mark.parametrize(
    "name",
    [
        "Hồ sơ đối thoại xã Cẩm Lạc",
        'it\'s $HOME `here` "quoted"',
        "/".join(["a" * 60, "b" * 60, "c" * 78]),
    ],
    ids=["spaces and diacritics", "quotes and dollars", "two hundred characters"],
)
def test_any_path_serves(name: str, ground: Path, ensure: Ensure) -> None:
    server = ensure(ground / name / "postgres")

    assert answer(server, "SELECT current_user") == "doithoai_app"
    assert server.home.data == ground / name / "postgres"


@pytest.mark.parametrize("language", ["C", "vi_VN.UTF-8", "nowhere"])
def test_the_operators_language_does_not_matter(
    language: str, ground: Path, ensure: Ensure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", language)
    monkeypatch.setenv("LC_ALL", language)

    server = ensure(ground / "postgres")

    assert answer(server, "SELECT lower('ĐẶNG THỊ ÂN')") == "đặng thị ân"
    assert answer(server, "SELECT public.unaccent('Đặng')") == "Dang"


def test_libpq_settings_of_the_operator_do_not_mislead_it(
    ground: Path, ensure: Ensure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("PGDATA", "/nowhere")

    with psycopg.connect(ensure(ground / "postgres").addresses.app, port=5432) as connection:
        assert connection.info.dbname == "doithoai"


@pytest.mark.skipif(not ROOT, reason="only root hands the server to somebody else")
def test_root_hands_the_server_to_a_user_of_its_own(ground: Path, ensure: Ensure) -> None:
    server = ensure(ground / "postgres")

    owner = Path(f"/proc/{server_process(server)}").stat().st_uid
    assert pwd.getpwuid(owner).pw_name == postgres_home.ACCOUNT


@pytest.mark.skipif(not ROOT, reason="only root can become somebody else")
def test_an_ordinary_user_runs_it_as_themself(ground: Path) -> None:
    folder = ground / "nobody"
    folder.mkdir()
    os.chown(folder, NOBODY.pw_uid, NOBODY.pw_gid)

    child = os.fork()
    if child == 0:
        os._exit(_serve_as_nobody(folder / "postgres"))

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _serve_as_nobody(data: Path) -> int:
    os.setgroups([])
    os.setgid(NOBODY.pw_gid)
    os.setuid(NOBODY.pw_uid)
    server = postgres.ensure(data, durable=False)
    who = Path(f"/proc/{server_process(server)}").stat().st_uid
    said = answer(server, "SELECT 1")
    postgres.stop(data)
    shutil.rmtree(server.home.sockets)
    return 0 if (who, said) == (NOBODY.pw_uid, "1") else 1


@pytest.mark.skipif(not ROOT, reason="only root hands the server to somebody else")
def test_data_goes_elsewhere_when_the_checkout_is_closed(
    ground: Path, ensure: Ensure, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = ground / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(postgres_home, "ELSEWHERE", ground / "elsewhere")

    server = ensure(closed / "postgres")

    assert server.home.data.is_relative_to(ground / "elsewhere")
    assert server.home.programs.is_relative_to(ground / "elsewhere")
    assert list(closed.iterdir()) == []
    assert ensure(closed / "postgres").addresses == server.addresses


def test_no_folder_of_others_changes_its_mode(ground: Path, ensure: Ensure) -> None:
    inner = ground / "inner"
    inner.mkdir(mode=0o711)
    inner.chmod(0o711)
    before = {p: p.stat().st_mode for p in [ground, inner, *ground.parents]}

    server = ensure(inner / "postgres")

    assert {p: p.stat().st_mode for p in before} == before
    assert server.home.sockets.stat().st_mode & 0o077 == 0
    assert server.home.data.stat().st_mode & 0o077 == 0
    assert server.home.secrets.stat().st_mode & 0o177 == 0


def test_a_socket_folder_open_to_others_is_refused(ground: Path, ensure: Ensure) -> None:
    sockets = ensure(ground / "postgres").home.sockets
    sockets.chmod(0o777)

    with pytest.raises(Trouble, match="not closed to others"):
        postgres.ensure(ground / "postgres")

    sockets.chmod(0o700)


def test_nobody_gets_in_without_the_password(ground: Path, ensure: Ensure) -> None:
    server = ensure(ground / "postgres")

    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=str(server.home.sockets), user="postgres", dbname="postgres")


@pytest.mark.parametrize("megabytes", MEGABYTES)
def test_what_was_committed_survives_kill_9(megabytes: int, ground: Path, ensure: Ensure) -> None:
    server = ensure(ground / "postgres", durable=True)
    with psycopg.connect(server.addresses.admin, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET max_wal_size = '8GB'")
        connection.execute("ALTER SYSTEM SET checkpoint_timeout = '1h'")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE TABLE said (text text)")
        connection.execute("CHECKPOINT")
        for _ in range(megabytes // 16):
            connection.execute(
                "INSERT INTO said SELECT repeat('đường hỏng ', 80) FROM generate_series(1, 16000)"
            )
        kill_server(server)

    again = ensure(ground / "postgres", durable=True)

    assert again.addresses == server.addresses
    with psycopg.connect(again.addresses.admin) as connection:
        rows = connection.execute("SELECT count(*) FROM said").fetchone()
    assert rows == (megabytes // 16 * 16000,)


def test_a_dead_server_is_never_given_out(ground: Path, ensure: Ensure) -> None:
    server = ensure(ground / "postgres")
    for _ in range(3):
        os.kill(server_process(server), signal.SIGKILL)

        assert answer(ensure(ground / "postgres"), "SELECT 1") == "1"


def test_a_reused_process_number_is_not_taken_for_postgresql(ground: Path, ensure: Ensure) -> None:
    server = ensure(ground / "postgres")
    kill_server(server)
    account = server.home.account
    stranger = subprocess.Popen(
        ["/bin/sleep", "60"],
        user=account.uid if account.drop else None,
        group=account.gid if account.drop else None,
    )
    lock = server.home.data / "postmaster.pid"
    _, rest = lock.read_text().split("\n", 1)
    lock.write_text(f"{stranger.pid}\n{rest}")

    again = ensure(ground / "postgres")

    assert answer(again, "SELECT 1") == "1"
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_two_starts_at_once_give_one_server(ground: Path, ensure: Ensure) -> None:
    with ThreadPoolExecutor(4) as people:
        servers = list(people.map(lambda _: ensure(ground / "postgres"), range(4)))

    assert len({server.addresses for server in servers}) == 1
    assert len({answer(s, "SELECT pg_postmaster_start_time()") for s in servers}) == 1


@pytest.mark.skipif(not ROOT, reason="only root hands the socket folder to another user")
def test_a_home_half_made_by_another_start_is_waited_for(
    ground: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = os.chown

    def slowly(*what: object) -> None:
        time.sleep(0.3)
        given(*what)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "chown", slowly)
    with ThreadPoolExecutor(4) as pool:
        homes = list(pool.map(postgres_home.find_home, [ground / "postgres"] * 4))
    assert len(set(homes)) == 1
    shutil.rmtree(homes[0].sockets)


def test_a_second_look_is_quick(ground: Path, ensure: Ensure) -> None:
    ensure(ground / "postgres")
    begun = time.monotonic()

    ensure(ground / "postgres")

    assert time.monotonic() - begun < 2


def test_stopping_what_does_not_run_says_so(ground: Path, ensure: Ensure) -> None:
    ensure(ground / "postgres")

    assert postgres.stop(ground / "postgres")
    assert not postgres.stop(ground / "postgres")


def test_lost_passwords_are_said_in_a_sentence(ground: Path, ensure: Ensure) -> None:
    server = ensure(ground / "postgres")
    word = server.home.secrets.read_text()
    server.home.secrets.unlink()

    with pytest.raises(Trouble, match=r"postgres\.secrets\.json"):
        postgres.ensure(ground / "postgres")

    server.home.secrets.write_text(word)


def test_the_guard_revives_a_killed_server_and_stops_it_at_the_end(
    ground: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOITHOAI_VAR", str(ground))
    guard = subprocess.Popen(
        [sys.executable, "-m", "doithoai.config.postgres", "guard"], start_new_session=True
    )
    lock = ground / "postgres" / "postmaster.pid"
    first = _wait_for_server(lock, different_from=0)
    os.kill(first, signal.SIGKILL)
    _wait_for_server(lock, different_from=first)

    guard.terminate()

    assert guard.wait(60) == 0
    assert not lock.exists()
    shutil.rmtree(postgres_home.find_home(ground / "postgres").sockets)


def _wait_for_server(lock: Path, *, different_from: int) -> int:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        words = lock.read_text().split() if lock.exists() else []
        if "ready" in words and int(words[0]) != different_from:
            return int(words[0])
        os.sched_yield()
    raise AssertionError("the server did not come up within a minute")


def test_the_address_leads_to_another_database_of_the_same_server() -> None:
    url = "postgresql://doithoai_app:w@/doithoai?host=%2Frun%2Fx"

    assert within(url, "other") == "postgresql://doithoai_app:w@/other?host=%2Frun%2Fx"
