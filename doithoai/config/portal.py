"""Pages that belong to no app: a form that has gone stale, and whether the house stands."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from doithoai.config.context import NAVIGATION
from doithoai.core.errors import NotFound
from doithoai.core.http import actor_of


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's protection token is missing or too old: say so, lose nothing."""
    del reason
    return render(request, "403_csrf.html", status=403)


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """The first page this post may open: what it owes, else what it reads."""
    actor = actor_of(request)
    name = next((name for name, _label, right in NAVIGATION if actor.may(right)), "posts")
    return redirect("inbox" if actor.may("docket.inbox") else name)


def not_here(request: HttpRequest) -> HttpResponse:
    """Pages of the sign-in library this product does not offer: accounts come from a list.

    Raises NotFound.
    """
    del request
    raise NotFound("")


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    del request
    return JsonResponse({"alive": True})


def ready(request: HttpRequest) -> HttpResponse:
    """The process answers and the database does too."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ready": True})
