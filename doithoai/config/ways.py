"""Where to go from a page that answered a form: such a page has no address of its own to load."""

from collections.abc import Callable, Iterator
from inspect import getclosurevars, isfunction
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import ResolverMatch, get_resolver, is_valid_path, reverse

# What Django's require_http_methods, and all that is made from it, calls the list it holds.
METHODS: Final = "request_method_list"
DESK: Final = "/desk/"


def way_back(request: HttpRequest) -> str:
    """The address that shows this page again, or the nearest one that does: what was asked for with
    GET; else, of an address that takes a form only, the page the form stood on, the thing it was
    about, the front.
    """
    if request.method in {"GET", "HEAD"} or _shown(request.path):
        return request.get_full_path()
    return _form_page(request) or next(_above(request), _front(request))


def _shown(path: str) -> ResolverMatch | None:
    """What an address leads to, if that may be asked for with GET."""
    found = get_resolver().resolve(path) if is_valid_path(path) else None
    return found if found and answers_get(found.func) else None


def answers_get(view: Callable[..., object]) -> bool:
    """Whether a view may be asked for with GET, as its decorators say."""
    seen: object = view
    while isfunction(seen):
        allowed = getclosurevars(seen).nonlocals.get(METHODS)
        if allowed is not None and "GET" not in allowed:
            return False
        seen = getattr(seen, "__wrapped__", None)
    return True


def _form_page(request: HttpRequest) -> str:
    """The page the form was sent from, if it is one of ours and may be loaded."""
    said = urlsplit(request.headers.get("Referer", ""))
    if said.netloc != request.get_host() or not _shown(said.path):
        return ""
    return f"{said.path}?{said.query}" if said.query else said.path


def _above(request: HttpRequest) -> Iterator[str]:
    """Addresses that begin as this one does and name nothing it does not name, longest first."""
    path = request.path
    if not is_valid_path(path):
        return
    here = get_resolver().resolve(path)
    while path := path.rstrip("/").rpartition("/")[0]:
        for each in (path, f"{path}/"):
            found = _shown(each)
            if found and found.kwargs.items() <= here.kwargs.items():
                yield each


def _front(request: HttpRequest) -> str:
    return reverse("start" if request.path.startswith(DESK) else "home")
