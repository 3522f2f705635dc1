"""Real PostgreSQL as the web's own role, and the cast: lan, stranger, minh, hoa, quang and their
colleagues.
"""

import fcntl
import gettext
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone, translation
from playwright.sync_api import Browser, sync_playwright

from doithoai.accounts.actors import Citizen, Official
from doithoai.config import databases
from doithoai.config.environment import database
from doithoai.config.postgres import ensure_for_tests
from tests import measuring, watching

ROOT = Path(__file__).resolve().parent.parent
# A clean checkout has gathered no static files: pages are drawn with the files as they lie. The
# browser tests gather them into a folder of their own.
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
watching.begin()
measuring.begin()
TEMPLATES = 4  # of earlier states of the tree, which other runs may be using


def _addresses() -> tuple[str, str, str]:
    """Addresses of administrator, owner and web role: the embedded server's, or the
    environment's.
    """
    if os.environ.get("DATABASE_ADMIN_URL"):
        return (
            os.environ["DATABASE_ADMIN_URL"],
            os.environ["DATABASE_OWNER_URL"],
            os.environ["DATABASE_URL"],
        )
    found = ensure_for_tests().addresses
    return found.admin, found.owner, found.app


def _fingerprint() -> str:
    wanted = [*ROOT.glob("doithoai/*/migrations/*.py"), *ROOT.glob("doithoai/units/data/**/*"),
              *ROOT.glob("doithoai/units/*.py"), ROOT / "doithoai/config/demo_data/people.csv",
              ROOT / "doithoai/accounts/roles.toml", *ROOT.glob("doithoai/config/countries/*"),
              ROOT / "tests/filling.py"]  # fmt: skip
    return databases.fingerprint(sorted(f for f in wanted if f.is_file()))


def template() -> str:
    """The name of a migrated database with the real units and the cast, made once per
    fingerprint.
    """
    admin, owner, _app = _addresses()
    name = f"tpl_{_fingerprint()}"
    from tests.filling import fill  # noqa: PLC0415 - needs nothing of Django's set-up here

    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two workers must not fill it at once
        if databases.exists(admin, name):
            return name
        databases.make_template(
            admin, name, lambda url: fill(databases.within(owner, urlsplit(url).path.lstrip("/")))
        )
        databases.prune(admin, "tpl_", keep=TEMPLATES)
    return name


def _use(name: str) -> None:
    _admin, owner, app = _addresses()
    given = os.environ.get("DATABASE_ADMIN_URL") and os.environ["DATABASE_UNSEAL_URL"]
    unseal = given or ensure_for_tests().addresses.unseal
    for alias, address in (("default", app), ("owner", owner), ("unseal", unseal)):
        connections[alias].close()
        connections[alias].settings_dict.update(database(databases.within(address, name)))
        connections[alias].settings_dict["OPTIONS"] = {}


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """A clone of the template for this worker; tests run in it as doithoai_app and roll back."""
    admin, _owner, _app = _addresses()
    base, name = template(), f"test_{worker_id}_{os.getpid()}"
    databases.clone(admin, base, name)
    with django_db_blocker.unblock():
        _use(name)
        yield
        for alias in connections:
            connections[alias].close()
    databases.drop(admin, name)


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The xdist worker, or ``main``."""
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@contextmanager
def own_database(worker: str, blocker: Any) -> Iterator[str]:
    """A fresh clone of the template for as long as the block runs; the web's address of it."""
    admin, _owner, app = _addresses()
    before = str(connection.settings_dict["NAME"])
    name = f"own_{worker}_{os.getpid()}_{datetime.now(tz=UTC):%H%M%S%f}"
    databases.clone(admin, template(), name)
    with blocker.unblock():
        _use(name)
    yield databases.within(app, name)
    with blocker.unblock():
        for alias in connections:
            connections[alias].close()
        _use(before)
    databases.drop(admin, name)


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[str]:
    """A database of the test's own, in which commits stay: for threads, races and other processes.

    Yields the address of the web's role in it.
    """
    del django_db_setup
    with own_database(worker_id, django_db_blocker) as address, django_db_blocker.unblock():
        yield address


@pytest.fixture
def now() -> datetime:
    """This moment, taken once in a test: time is an argument."""
    return timezone.now()


Act = Callable[[str], Official]


def become(username: str) -> Official:
    """The official of the cast with this user name, in their post today."""
    from doithoai.accounts.models import User  # noqa: PLC0415 - after Django is set up
    from doithoai.accounts.queries import official  # noqa: PLC0415
    from doithoai.core.days import local_day  # noqa: PLC0415

    user = User.objects.get(username=username)
    found = official(user.pk, today=local_day(timezone.now()))
    assert found is not None, username
    return found


@pytest.fixture(autouse=True)
def _the_language_of_the_house() -> Iterator[None]:
    """Each test begins in the installation's language, whatever the one before it spoke."""
    spoken, asked = gettext.textdomain(), os.environ.get("LANGUAGE")
    translation.deactivate()
    yield
    gettext.textdomain(spoken)
    os.environ.pop("LANGUAGE", None)
    if asked is not None:
        os.environ["LANGUAGE"] = asked


@pytest.fixture
def minh(db: None) -> Official:
    """The clerk who takes down and routes, office of the commune's People's Committee."""
    return become("minh")


@pytest.fixture
def hoa(db: None) -> Official:
    """A case officer of the commune's economy office."""
    return become("hoa")


@pytest.fixture
def chi(db: None) -> Official:
    """The chair of the commune's People's Committee."""
    return become("chi")


@pytest.fixture
def quang(db: None) -> Official:
    """The Front's supervisor in the commune."""
    return become("quang")


@pytest.fixture
def nong(db: None) -> Official:
    """An officer of a provincial department."""
    return become("nong")


@pytest.fixture
def lien(db: None) -> Official:
    """A clerk of another commune: a stranger in office."""
    return become("lien")


@pytest.fixture
def stranger() -> Citizen:
    """Somebody with a receipt for something else."""
    return Citizen(UUID("00000000-0000-4000-8000-000000000001"))


@pytest.fixture
def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    path = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    assert path, "Install Chromium (Debian: apt-get install chromium) to run the browser tests."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()
