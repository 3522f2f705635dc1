"""The reception clerk's page for who denounces in person or by signed petition: who it is about is
asked first, and a clerk it is about is told where to send the person.
"""

import re
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.cases import policies, portal_queries
from doithoai.cases.commands import protecting, sealed_intake
from doithoai.cases.commands.sealed_intake import Denounced, Lodged, Told
from doithoai.cases.forms import denouncing as forms
from doithoai.cases.queries import sealed as queries
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.identifiers import spoken
from doithoai.core.trying import attempt

MESSAGE: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@never_cache
@for_officials
def take_down(request: HttpRequest, actor: Official) -> HttpResponse:
    """Who it is about; then, unless this desk may not, what was said; then the slip, shown once."""
    require(policies.may_receive(actor))
    now = timezone.now()
    found = queries.bodies_named(request.POST, today=local_day(now))
    about = forms.About(request.POST if "body" in request.POST else None, bodies=found)
    if not about.is_valid():
        words = request.POST.get("words", "")
        context = {"found": found, "words": words, "form": about, "message": _message(request)}
        return render(request, "cases/desk/sealed_intake.html", context)
    return _tell(request, actor, about, now)


def _tell(request: HttpRequest, actor: Official, about: forms.About, now: datetime) -> HttpResponse:
    way = sealed_intake.way(about.denounced(), today=local_day(now))
    sealed_intake.may_take_down(actor, way)
    sending = "text" in request.POST
    form = forms.TakingDown(request.POST, request.FILES) if sending else forms.TakingDown()
    lodged = None
    if sending and form.is_valid():
        lodged = _lodged(form, about.denounced(), _message(request), actor, now)
    context = {
        "about": about,
        "way": way,
        "form": form,
        "lodged": lodged,
        "message": _message(request),
        "code": spoken(lodged.receipt.code) if lodged else "",
        "address": portal_queries.whole_address(reverse("denounce_messages")),
    }
    return render(request, "cases/desk/sealed_taken.html", context)


def _lodged(
    form: forms.TakingDown, about: Denounced, message: UUID | None, actor: Official, now: datetime
) -> Lodged | None:
    given = form.cleaned_data
    told = Told(
        given["text"],
        given["way"],
        given["way"],
        form.person(),
        not_secret=given["not_secret"],
        message=message,
    )
    files, protect = given["pictures"], given["protect"]
    return attempt(
        form,
        lambda: protecting.lodge(told, about, files, protect=protect, by=actor, at=now),
    )


def _message(request: HttpRequest) -> UUID | None:
    """The text message it is taken from, if the clerk came from one."""
    given = request.POST.get("message") or request.GET.get("message", "")
    return UUID(given) if MESSAGE.fullmatch(given) else None
