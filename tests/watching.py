"""A page that asks the database again for each of its rows fails its test.

Only pages are watched: a form that changes things takes row after row under its lock on purpose.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from zeal import zeal_context
from zeal.constants import initialize_app_registry
from zeal.patch import patch

GetResponse = Callable[[HttpRequest], HttpResponseBase]
# What a page may read twice, for it is one thing and no row of a list.
ALLOWED = [
    {"model": "sessions.Session"},  # signing in gives the session a new key and reads it again
    {"model": "cases.Submission", "field": "get()"},  # a slip's words: in its title, on its page
]


def begin() -> None:
    """Watch every page from here on. Once in a process, after Django is set up."""
    initialize_app_registry()
    patch()
    settings.ZEAL_ALLOWLIST = ALLOWED
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.watching.pages"]


def pages(get_response: GetResponse) -> GetResponse:
    """Raise NPlusOneError where a page asks the same thing at the same line a second time."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return get_response(request)
        with zeal_context():
            return get_response(request)

    return middleware
