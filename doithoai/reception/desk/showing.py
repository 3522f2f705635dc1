"""Papers shown during a visit: on the page of the visit, and a page of its own when refused."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.decisions import require
from doithoai.core.trying import attempt
from doithoai.reception import policies
from doithoai.reception.commands import people
from doithoai.reception.forms.showing import Showing
from doithoai.reception.queries import visits as queries


@require_http_methods(["GET", "POST"])
@never_cache
@for_officials
def show(request: HttpRequest, actor: Official, visit: UUID) -> HttpResponse:
    """Write down the papers, so that a complaint can be taken down."""
    found = queries.visit(actor, visit)
    found.sealed = queries.hushed(found)
    require(policies.may_speak(actor, found))
    form = Showing(request.POST or None, visit=found)
    if form.is_valid():
        now = timezone.now()
        done = attempt(form, lambda: people.add_papers(visit, form.papers(), by=actor, at=now))
        if done is not None:
            messages.success(request, _("The papers stand with the visit now."))
            return redirect("reception_visit", visit)
    return render(request, "reception/desk/show_papers.html", {"visit": found, "form": form})
