"""Who acts in this request, and what a refusal looks like: the only try of the house."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from doithoai.accounts.actors import Actor, Citizen
from doithoai.accounts.queries import official
from doithoai.config.ways import way_back
from doithoai.core.days import local_day
from doithoai.core.errors import DomainError, Stale

GetResponse = Callable[[HttpRequest], HttpResponse]
WORTH_IT = 8_000  # bytes: below, a page fits into the first packets anyway


def compressed(get_response: GetResponse) -> GetResponse:
    """Long pages go over the wire compressed, for old telephones on a slow line.

    Only what was asked for with GET: the answer to a form may show a secret beside what was typed,
    and its length would tell (BREACH; Django pads the others by a random length).
    """
    squeeze = GZipMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "GET" or response.streaming or len(response.content) < WORTH_IT:
            return response
        done = squeeze.process_response(request, response)
        assert isinstance(done, HttpResponse)
        return done

    return middleware


def acting(get_response: GetResponse) -> GetResponse:
    """Put the actor on the request: the official in the chosen post, or a citizen."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _actor(request: HttpRequest) -> Actor:
    if request.user.is_authenticated:
        chosen = request.session.get("post")
        today = local_day(timezone.now())
        found = official(request.user.pk, today=today, post=UUID(chosen) if chosen else None)
        if found is not None:
            return found
    return Citizen()


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, to be put back onto the form; which version was seen is learnt anew."""
    known = {"csrfmiddlewaretoken", "seen", "again"}
    return [(n, v) for n, values in request.POST.lists() if n not in known for v in values]


def refusals(get_response: GetResponse) -> GetResponse:
    """Turn a DomainError into its page, with the status it names."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        context = {
            "message": exception.message,
            "current_url": request.get_full_path(),
            "page_url": way_back(request),
            "yours": request.POST.get("text", ""),
            "typed": _typed(request) if isinstance(exception, Stale) else [],
            **exception.context,
        }
        template = f"{exception.status}.html"
        return render(request, template, context, status=exception.status)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
