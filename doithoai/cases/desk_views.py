"""Officials' page on the views of the list: kept under a name, taken out again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.cases import reading
from doithoai.cases.commands import views as writing
from doithoai.cases.forms.views import Keeping
from doithoai.cases.queries import views as kept
from doithoai.cases.queries.selection import Selection
from doithoai.core.decisions import require
from doithoai.core.trying import attempt


@require_http_methods(["GET", "POST"])
@for_officials
def views(request: HttpRequest, actor: Official) -> HttpResponse:
    """The views there are, and the conditions just chosen, to be kept under a name."""
    require(reading.may_list(actor))
    query = Selection.from_query(request.GET.dict()).to_query()
    form = Keeping(request.POST or None, initial={"query": query})
    if form.is_valid():
        given = form.cleaned_data
        # Only what the list understands is kept, whatever was sent.
        asked = Selection.from_text(given["query"]).to_query()
        made = attempt(
            form,
            lambda: writing.save_view(
                given["name"], asked, shared=given["shared"], by=actor, at=timezone.now()
            ),
        )
        if made is not None:
            messages.success(request, _("The view is kept."))
            return redirect(f"{reverse('cases')}?{made.query}")
    shown = {"form": form, "query": query or form.is_bound, "views": kept.views(actor)}
    return render(request, "cases/desk/views.html", shown)


@require_POST
@for_officials
def drop(request: HttpRequest, actor: Official, view: UUID) -> HttpResponse:
    """Take out a view of one's own."""
    writing.drop_view(view, by=actor, at=timezone.now())
    messages.success(request, _("The view is taken out."))
    return redirect("case_views")
