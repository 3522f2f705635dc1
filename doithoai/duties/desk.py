"""Officials' pages: how heads fulfil their duties, one duty with its rows, notes and excuses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.trying import attempt
from doithoai.duties import commands, exporting, policies, queries
from doithoai.duties.forms import Disclosing, Excusing, Noted
from doithoai.duties.models import Disclosure, Duty
from doithoai.duties.queries import Chosen, Fulfilment
from doithoai.duties.workflow import State
from doithoai.theme.components import Tab

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(request: HttpRequest, now: datetime) -> Chosen:
    return Chosen.from_query(request.GET.dict(), today=local_day(now))


def _tabs(found: Fulfilment) -> list[Tab]:
    here = reverse("duties")
    return [
        Tab(
            url=f"{here}?{tally.query}",
            label=_tab_label(tally.state),
            current=tally.state == found.chosen.state,
            count=tally.count,
            late=tally.state == State.MISSED,
        )
        for tally in found.tallies
    ]


def _tab_label(state: str) -> str:
    return str(State(state).label) if state else pgettext("duties", "All owed")


@require_safe
@for_officials
def duties(request: HttpRequest, actor: Official) -> HttpResponse:
    """Per post and period: owed, held, by a deputy, excused, missed."""
    require(policies.may_read(actor))
    found = queries.fulfilment(actor, _asked(request, timezone.now()))
    context = {
        "found": found,
        "tabs": _tabs(found),
        "query": found.chosen.to_query(),
        "publishable": queries.publishable(actor),
    }
    return render(request, "duties/desk/duties.html", context)


@require_safe
@for_officials
def duties_print(request: HttpRequest, actor: Official) -> HttpResponse:
    """The same on A4."""
    require(policies.may_read(actor))
    now = timezone.now()
    found = queries.fulfilment(actor, _asked(request, now))
    back = f"{reverse('duties')}?{found.chosen.to_query()}"
    context = {"found": found, "now": now, "reader": actor.title, "back_url": back}
    return render(request, "duties/desk/duties_print.html", context)


@require_safe
@for_officials
def duties_excel(request: HttpRequest, actor: Official) -> HttpResponse:
    """The same as an Excel file, with a sheet of what was held."""
    require(policies.may_read(actor))
    now = timezone.now()
    found = queries.fulfilment(actor, _asked(request, now))
    response = HttpResponse(
        exporting.workbook(found, reader=actor.title, at=now), content_type=EXCEL
    )
    name = f"duties-{found.chosen.month.first:%Y-%m}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@for_officials
def duty(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """One duty in one period, with the rows behind each of its numbers."""
    require(policies.may_read(actor))
    found = queries.find(actor, code)
    line = queries.line_of(found)
    context = {
        "line": line,
        "offered": policies.offered(actor, found),
        "why": queries.why_url_of(found),
        "seen": queries.seen_abouts(actor, line),
    }
    return render(request, "duties/desk/duty.html", context)


@dataclass(frozen=True)
class Act:
    """One act on a duty: its step, its page's title and button, what is said when it is done."""

    step: str
    title: str
    button: str
    done: str


def _act(
    request: HttpRequest,
    actor: Official,
    found: Duty,
    act: Act,
    form: BaseForm,
    call: Callable[[], Duty],
) -> HttpResponse:
    """Ask what the act needs, do it, go back to the duty. Raises Denied when it is not offered."""
    if request.method == "POST" and form.is_valid() and attempt(form, call) is not None:
        messages.success(request, act.done)
        return redirect("duty", found.matter.code)
    if request.method != "POST":
        require(policies.offered(actor, found)[act.step])
    context = {"act": act, "form": form, "line": queries.line_of(found)}
    return render(request, "duties/desk/act.html", context)


@require_http_methods(["GET", "POST"])
@for_officials
def note(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Note that it was done, by a document."""
    require(policies.may_read(actor))
    found = queries.find(actor, code)
    form = Noted(request.POST or None)
    act = Act(
        step="note",
        title=_("Note that it was done"),
        button=_("Note it"),
        done=_("It is noted and counted."),
    )
    return _act(
        request,
        actor,
        found,
        act,
        form,
        lambda: commands.note(found.pk, **form.cleaned_data, by=actor, at=timezone.now()),
    )


@require_http_methods(["GET", "POST"])
@for_officials
def excuse(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Excuse the post for this period, with the reason and the document."""
    require(policies.may_read(actor))
    found = queries.find(actor, code)
    form = Excusing(request.POST or None)
    act = Act(
        step="excuse",
        title=_("Excuse the post for this period"),
        button=_("Excuse"),
        done=_("The post is excused for this period; the reason is kept."),
    )
    return _act(
        request,
        actor,
        found,
        act,
        form,
        lambda: commands.excuse(found.pk, **form.cleaned_data, by=actor, at=timezone.now()),
    )


@require_http_methods(["GET", "POST"])
@for_officials
def disclose(request: HttpRequest, actor: Official, body: UUID) -> HttpResponse:
    """Record the decision by which a body's fulfilment is public."""
    found = queries.body_to_disclose(actor, body)
    form = Disclosing(request.POST or None, request.FILES or None)

    def record() -> Disclosure:
        return commands.disclose(found.pk, **form.cleaned_data, by=actor, at=timezone.now())

    if request.method == "POST" and form.is_valid() and attempt(form, record) is not None:
        messages.success(request, _("The decision is recorded. The page is public now."))
        return redirect("fulfilment", found.pk)
    return render(request, "duties/desk/disclose.html", {"form": form, "body": found})


@require_http_methods(["GET", "POST"])
@for_officials
def withdraw(request: HttpRequest, actor: Official, body: UUID) -> HttpResponse:
    """Record the decision by which a body's fulfilment is public no longer."""
    found = queries.body_to_disclose(actor, body)
    standing = queries.disclosed(found.pk)
    form = Disclosing(request.POST or None, request.FILES or None)

    def record() -> Disclosure:
        return commands.withdraw_disclosure(
            found.pk, **form.cleaned_data, by=actor, at=timezone.now()
        )

    if request.method == "POST" and form.is_valid() and attempt(form, record) is not None:
        messages.success(request, _("It is recorded. The page is public no longer."))
        return redirect("duties")
    context = {"form": form, "body": found, "standing": standing}
    return render(request, "duties/desk/disclose.html", context)
