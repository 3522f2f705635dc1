"""The list, the page of a dialogue, and what is done before it is held."""

from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.days import local_day
from doithoai.core.trying import attempt
from doithoai.dialogues import planning_queries, queries
from doithoai.dialogues.commands import planning
from doithoai.dialogues.desk.acting import Act, act_on
from doithoai.dialogues.desk.buttons import buttons
from doithoai.dialogues.forms.planning import (
    Changing,
    Form,
    Kind,
    NewDay,
    Planning,
    Reason,
    planned,
)
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.queries import Listed
from doithoai.dialogues.raised_queries import raised
from doithoai.theme.components import Tab
from doithoai.theme.formatting import day


@require_safe
@for_officials
def dialogues(request: HttpRequest, actor: Official) -> HttpResponse:
    """Which dialogues are coming, wait for their conclusion, have ended?"""
    typed = request.GET.get("page", "")
    number = int(typed) if typed.isdecimal() else 1
    found = queries.listed(actor, tab=request.GET.get("tab", ""), page=number)
    context = {
        "listed": found,
        "tabs": _tabs(found),
        "raised": raised(actor),
        "may_plan": actor.may("dialogues.plan"),
        "older": _address(found, found.page + 1) if found.more else "",
        "newer": _address(found, found.page - 1) if found.page > 1 else "",
        "today": local_day(timezone.now()),
    }
    return render(request, "dialogues/desk/list.html", context)


def _tabs(found: Listed) -> list[Tab]:
    labels = {
        "coming": pgettext("dialogues", "Coming"),
        "concluding": pgettext("dialogues", "Conclusion to be issued"),
        "ended": pgettext("dialogues", "Ended"),
    }
    return [
        Tab(reverse("dialogues_desk", query={"tab": t}), label, t == found.tab, found.counts[t])
        for t, label in labels.items()
    ]


def _address(found: Listed, page: int) -> str:
    return reverse("dialogues_desk", query={"tab": found.tab, "page": page})


@require_safe
@for_officials
def dialogue(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """One dialogue: what is due and why, what can be done, what was said, what became of it."""
    today = local_day(timezone.now())
    found = queries.page(actor, code, today=today)
    context = {
        "page": found,
        "dialogue": found.dialogue,
        "kind": Kind(found.dialogue.kind).label,
        "form": Form(found.dialogue.form).label,
        "offered": found.offered,
        "buttons": buttons(found),
        "today": today,
    }
    return render(request, "dialogues/desk/dialogue.html", context)


@require_http_methods(["GET", "POST"])
@for_officials
def plan(request: HttpRequest, actor: Official) -> HttpResponse:
    """Set a dialogue."""
    now = timezone.now()
    form = Planning(
        request.POST or None, choices=planning_queries.choices(actor, today=local_day(now))
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: planning.plan(form.plan(), by=actor, at=now))
        if made is not None:
            messages.success(request, _("The dialogue is planned. Announce it when it is certain."))
            _warn(request, made, today=local_day(now))
            return redirect("dialogue", made.matter.code)
    return render(request, "dialogues/desk/plan.html", {"form": form})


def _warn(request: HttpRequest, planned: Dialogue, *, today: date) -> None:
    """The day is the host's to set; that it leaves too little time is said, not refused."""
    for line in planning_queries.too_late(planned, today=today):
        assert line.obligation.due_on is not None, "only what has a date can be late"
        words = {"duty": line.duty, "day": day(line.obligation.due_on)}
        warning = _(
            "The day that is set leaves too little time: «%(duty)s» was due on %(day)s. "
            "Choose a later day, or do it at once."
        )
        messages.warning(request, warning % words)


def _changed(
    request: HttpRequest, planned: Dialogue, form: Changing, *, by: Official, at: datetime
) -> Dialogue:
    reason = form.cleaned_data["reason"]
    made = planning.change(planned.pk, form.plan(), reason=reason, by=by, at=at)
    if made.first_announced_at and made.announced_at is None:
        messages.warning(request, _("What was announced no longer holds. Announce it again."))
    _warn(request, made, today=local_day(at))
    return made


@require_http_methods(["GET", "POST"])
@for_officials
def change(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Change what is planned."""
    now = timezone.now()
    today = local_day(now)
    found = queries.page(actor, code, today=today)
    form = Changing(
        request.POST or None,
        choices=planning_queries.choices(actor, today=today),
        initial=planned(found.dialogue, found.chairs, tuple(v.pk for v in found.villages)),
    )
    act = Act(
        step="change",
        title=_("Change the plan"),
        button=_("Save the plan"),
        done=_("The plan is changed."),
        template="dialogues/desk/plan.html",
    )
    return act_on(
        request,
        actor,
        found.dialogue,
        act,
        form,
        lambda: _changed(request, found.dialogue, form, by=actor, at=now),
    )


@require_POST
@for_officials
def announce(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Make it public."""
    found = queries.find(actor, code)
    planning.announce(found.pk, by=actor, at=timezone.now())
    messages.success(request, _("The dialogue is announced on the public pages."))
    return redirect("dialogue", code)


@require_http_methods(["GET", "POST"])
@for_officials
def postpone(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Put it off, with a reason."""
    found, form = queries.find(actor, code), Reason(request.POST or None)
    act = Act(
        step="postpone",
        title=_("Postpone the dialogue"),
        button=_("Postpone and announce"),
        done=_("The dialogue is postponed; the reason is announced."),
        lead=_("A new date is owed from this moment."),
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: planning.postpone(found.pk, **form.cleaned_data, by=actor, at=timezone.now()),
    )


@require_http_methods(["GET", "POST"])
@for_officials
def cancel(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Call it off, with a reason."""
    found, form = queries.find(actor, code), Reason(request.POST or None)
    act = Act(
        step="cancel",
        title=_("Cancel the dialogue"),
        button=_("Cancel and announce"),
        done=_("The dialogue is cancelled; the reason is announced."),
        lead=_("What has been said already keeps its owner and its deadline."),
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: planning.cancel(found.pk, **form.cleaned_data, by=actor, at=timezone.now()),
    )


@require_http_methods(["GET", "POST"])
@for_officials
def reschedule(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Set another day."""
    found, form = queries.find(actor, code), NewDay(request.POST or None)
    act = Act(
        step="reschedule",
        title=_("Set another day"),
        button=_("Set the day"),
        done=_("The new day is set. Announce it again."),
        lead=_("The dialogue is to be announced again afterwards."),
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: planning.reschedule(found.pk, starts_at=form.moment(), by=actor, at=timezone.now()),
    )
