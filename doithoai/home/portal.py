"""The start page, and the two pages that explain: how deadlines are computed, who sees what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from doithoai.core.days import local_day
from doithoai.home import queries


def home(request: HttpRequest) -> HttpResponse:
    """What this is, what is public, and the two things one can do."""
    now = timezone.now()
    start = queries.start(at=now, today=local_day(now))
    return render(request, "home/home.html", {"start": start})


def deadlines(request: HttpRequest) -> HttpResponse:
    """Every rule in force with its text, days off with their source, how days are counted."""
    today = local_day(timezone.now())
    context = {
        "chapters": queries.chapters(today=today),
        "years": queries.years(today=today),
        "today": today,
    }
    return render(request, "home/deadlines.html", context)


def visibility(request: HttpRequest) -> HttpResponse:
    """Who sees what, what cannot be protected, and what this product does not do."""
    return render(request, "home/visibility.html")
