"""What the office that serves a deputy records of their reception day."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.reception.commands import deputies
from doithoai.reception.desk.acting import Act, act_on
from doithoai.reception.forms.planning import Another, Excused, Told
from doithoai.reception.queries import sessions as queries


@require_http_methods(["GET", "POST"])
@for_officials
def told(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The deputy was told the day."""
    found, form = queries.find(actor, code), Told(request.POST or None)
    act = Act(
        step="notify_deputy",
        title=_("Record that the deputy was told"),
        button=_("The deputy was told"),
        done=_("It is recorded that the deputy was told the day."),
        lead=found.deputy_words,
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: deputies.notify_deputy(found.pk, form.letter(), by=actor, at=timezone.now()),
    )


@require_http_methods(["GET", "POST"])
@for_officials
def excused(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The deputy cannot come."""
    found, form = queries.find(actor, code), Excused(request.POST or None)
    act = Act(
        step="excuse_deputy",
        title=_("Record that the deputy cannot come"),
        button=_("Keep the excuse"),
        done=_("The excuse is on record. Name another deputy, postpone the day or cancel it."),
        lead=found.deputy_words,
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: deputies.excuse_deputy(
            found.pk,
            form.letter(),
            reason=form.cleaned_data["reason"],
            by=actor,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
@for_officials
def another(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Another deputy receives or takes part."""
    found, form = queries.find(actor, code), Another(request.POST or None)
    act = Act(
        step="replace_deputy",
        title=_("Name another deputy"),
        button=_("Name this deputy"),
        done=_("The deputy is named. Tell them the day now."),
        lead=found.deputy_words,
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: deputies.replace_deputy(found.pk, **form.cleaned_data, by=actor, at=timezone.now()),
    )
