"""Pages asked in this process, through the whole of Django, in one database after another."""

from collections.abc import Callable

from django.db import connection
from django.test import Client

from doithoai.accounts.models import User
from doithoai.config.environment import database

PLACES = "BENCH_SIZES"  # in the environment: size → address of its database, as JSON


def use(url: str) -> None:
    """Connect to a database of the bench, without a pool: one connection asks here."""
    connection.close()
    connection.close_pool()
    connection.settings_dict.update(database(url))
    connection.settings_dict["OPTIONS"] = {}


def looking(client: Client, address: str, query: dict[str, str]) -> Callable[[], None]:
    """One look at a page, to be timed."""

    def look() -> None:
        answer = client.get(address, query)
        assert answer.status_code == 200, (address, answer.status_code)

    return look


def signed_in(username: str) -> Client:
    """A browser in which somebody of the demo has signed in."""
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "vi"})
    client.force_login(
        User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
    )
    return client
