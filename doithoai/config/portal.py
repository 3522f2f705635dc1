"""Pages that belong to no app: a form that has gone stale, and whether the house stands."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from doithoai.core.errors import NotFound


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's protection token is missing or too old: say so, lose nothing."""
    del reason
    return render(request, "403_csrf.html", status=403)


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
