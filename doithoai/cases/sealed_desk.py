"""The reception clerk's page for who denounces in person or by signed petition: who it is about is
asked first, and a clerk it is about is told where to send the person.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.cases import policies, portal_queries
from doithoai.cases.commands import sealed_intake
from doithoai.cases.commands.sealed_intake import Denounced, Lodged, Told
from doithoai.cases.forms import denouncing as forms
from doithoai.cases.queries import sealed as queries
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.identifiers import spoken
from doithoai.core.trying import attempt


@never_cache
@for_officials
def take_down(request: HttpRequest, actor: Official) -> HttpResponse:
    """Who it is about; then, unless this desk may not, what was said; then the slip, shown once."""
    require(policies.may_receive(actor))
    now = timezone.now()
    found = queries.bodies_named(request.POST, today=local_day(now))
    about = forms.About(request.POST if "body" in request.POST else None, bodies=found)
    if not about.is_valid():
        context = {"found": found, "words": request.POST.get("words", ""), "form": about}
        return render(request, "cases/desk/sealed_intake.html", context)
    return _tell(request, actor, about, now)


def _tell(request: HttpRequest, actor: Official, about: forms.About, now: datetime) -> HttpResponse:
    way = sealed_intake.way(about.denounced(), today=local_day(now))
    sealed_intake.may_take_down(actor, way)
    sending = "text" in request.POST
    form = forms.TakingDown(request.POST, request.FILES) if sending else forms.TakingDown()
    lodged = None
    if sending and form.is_valid():
        lodged = _lodged(form, about.denounced(), actor, now)
    context = {
        "about": about,
        "way": way,
        "form": form,
        "lodged": lodged,
        "code": spoken(lodged.receipt.code) if lodged else "",
        "address": portal_queries.whole_address(reverse("denounce_messages")),
    }
    return render(request, "cases/desk/sealed_taken.html", context)


def _lodged(
    form: forms.TakingDown, about: Denounced, actor: Official, now: datetime
) -> Lodged | None:
    given = form.cleaned_data
    told = Told(given["text"], given["way"], given["way"], form.person())
    return attempt(
        form,
        lambda: sealed_intake.lodge(told, about, given["pictures"], by=actor, at=now),
    )
