"""What is recorded of an online reception: told, tested, connected, archived."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.reception.commands import online
from doithoai.reception.desk.acting import Act, act_on
from doithoai.reception.forms.planning import Archived
from doithoai.reception.queries import sessions as queries


@require_POST
@for_officials
def notify(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Everybody who takes part online was told."""
    found = queries.find(actor, code)
    online.notify(found.pk, by=actor, at=timezone.now())
    messages.success(request, _("It is recorded that everybody taking part was told."))
    return redirect("reception", code)


@require_POST
@for_officials
def test(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The connection was tested."""
    found = queries.find(actor, code)
    online.test(found.pk, by=actor, at=timezone.now())
    messages.success(request, _("It is recorded that the connection works."))
    return redirect("reception", code)


@require_POST
@for_officials
def connect(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """All points are connected."""
    found = queries.find(actor, code)
    made = online.connect(found.pk, by=actor, at=timezone.now())
    messages.success(request, _("It is recorded that all points are connected."))
    if made.connected_late:
        late = _("Less than an hour before it begins: the decree asks for at least one hour.")
        messages.warning(request, late)
    return redirect("reception", code)


@require_http_methods(["GET", "POST"])
@for_officials
def archive(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Where the recording is kept."""
    found, form = queries.find(actor, code), Archived(request.POST or None)
    act = Act(
        step="archive",
        title=_("Record where the recording is kept"),
        button=_("Keep it"),
        done=_("It is recorded where the recording is kept."),
        lead=_(
            "An online reception is recorded in sound and pictures, and the recording archived "
            "(Decree 154/2026, articles 16 to 24). The recording itself is not uploaded here."
        ),
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: online.archive(found.pk, **form.cleaned_data, by=actor, at=timezone.now()),
    )
