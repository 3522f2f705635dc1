"""The list of reception days, the page of one, and what is done before it is held."""

from datetime import date
from uuid import UUID

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
from doithoai.core.decisions import require
from doithoai.core.trying import attempt
from doithoai.reception import policies
from doithoai.reception.commands import planning, preparing
from doithoai.reception.desk.acting import Act, act_on
from doithoai.reception.forms.planning import (
    FORMS,
    KINDS,
    Answering,
    Moving,
    NewDay,
    Planning,
    Preparing,
)
from doithoai.reception.forms.planning import Reason as Why
from doithoai.reception.models import Session
from doithoai.reception.queries import sessions as queries
from doithoai.reception.queries.sessions import Listed
from doithoai.reception.timing import beside
from doithoai.theme.components import Tab
from doithoai.theme.formatting import day


@require_safe
@for_officials
def days(request: HttpRequest, actor: Official) -> HttpResponse:
    """Which reception days are coming, wait for their conclusion, have ended?"""
    typed = request.GET.get("page", "")
    number = int(typed) if typed.isdecimal() else 1
    found = queries.listed(actor, tab=request.GET.get("tab", ""), page=number)
    context = {
        "listed": found,
        "tabs": _tabs(found),
        "may_plan": actor.may("reception.plan"),
        "older": _address(found, found.page + 1) if found.more else "",
        "newer": _address(found, found.page - 1) if found.page > 1 else "",
        "kinds": dict(KINDS),
        "language": queries.language(),
    }
    return render(request, "reception/desk/days.html", context)


def _tabs(found: Listed) -> list[Tab]:
    labels = {
        "coming": pgettext("reception", "Coming"),
        "concluding": pgettext("reception", "Conclusion to be issued"),
        "ended": pgettext("reception", "Ended"),
    }
    return [
        Tab(reverse("receptions", query={"tab": t}), label, t == found.tab, found.counts[t])
        for t, label in labels.items()
    ]


def _address(found: Listed, page: int) -> str:
    return reverse("receptions", query={"tab": found.tab, "page": page})


@require_safe
@for_officials
def reception(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """One reception day: what is due and why, what can be done, who asked, who came."""
    today = local_day(timezone.now())
    found = queries.page(actor, code, today=today)
    context = {
        "page": found,
        "session": found.session,
        "kind": dict(KINDS)[found.session.kind],
        "form": dict(FORMS)[found.session.form],
        "grounds": [(g.label(queries.language()), g.article) for g in found.grounds],
        "offered": found.offered,
        "today": today,
    }
    return render(request, "reception/desk/day.html", context)


@require_http_methods(["GET", "POST"])
@for_officials
def plan(request: HttpRequest, actor: Official) -> HttpResponse:
    """Set a reception day."""
    now = timezone.now()
    choices = queries.choices(actor, today=local_day(now))
    form = Planning(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: planning.plan(form.plan(), by=actor, at=now))
        if made is not None:
            messages.success(request, _set(made))
            _warn(request, made, today=local_day(now))
            return redirect("reception", made.matter.code)
    if request.method != "POST":
        require(policies.may_plan(actor, choices.hosts[0]))
    return render(request, "reception/desk/plan.html", {"form": form})


def _set(made: Session) -> str:
    if made.late_on is not None:
        return _("It is written down with its document. Record now who really received.")
    return _("The reception day is set. Post it now.")


def _warn(request: HttpRequest, session: Session, *, today: date) -> Session:
    """A moved day and a late posting are said, not refused."""
    if session.why_moved:
        facts = {"why": session.why_moved, "day": day(session.day)}
        moved = _("%(why)s. The reception goes to the working day %(day)s.")
        messages.info(request, moved % facts)
    for other in beside(session):
        same = _("The same post receives on that day already: %(title)s (%(code)s).")
        facts = {"title": other.matter.title, "code": other.matter.code}
        messages.warning(request, same % facts)
    for line in queries.too_late(session, today=today):
        assert line.obligation.due_on is not None, "only what has a date can be late"
        facts = {"duty": line.duty, "day": day(line.obligation.due_on)}
        late = _("The day that is set leaves too little time: «%(duty)s» was due on %(day)s.")
        messages.warning(request, late % facts)
    return session


@require_POST
@for_officials
def post(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Make it public."""
    found = queries.find(actor, code)
    planning.post(found.pk, by=actor, at=timezone.now())
    messages.success(request, _("The reception day stands on the public pages."))
    return redirect("reception", code)


@require_http_methods(["GET", "POST"])
@for_officials
def postpone(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Put it off, with a reason that is posted."""
    found, form = queries.find(actor, code), Why(request.POST or None)
    act = Act(
        step="postpone",
        title=_("Postpone the reception"),
        button=_("Postpone and post the reason"),
        done=_("The reception is postponed; the reason is posted."),
        lead=_("Set the new day as soon as it is known."),
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
    """Call it off, with a reason that is posted."""
    found, form = queries.find(actor, code), Why(request.POST or None)
    act = Act(
        step="cancel",
        title=_("Cancel the reception"),
        button=_("Cancel and post the reason"),
        done=_("The reception is cancelled; the reason is posted."),
        lead=_("A cancelled day counts for nobody; the head still owes the days of the month."),
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
    """Set another day for one that nobody was told of yet."""
    now, found, form = timezone.now(), queries.find(actor, code), NewDay(request.POST or None)
    act = Act(
        step="reschedule",
        title=_("Set another day"),
        button=_("Set the day"),
        done=_("The new day is set. Post it."),
        lead=_(
            "A day off is moved by itself to the next working day, or to the last one before it at "
            "the end of a month."
        ),
    )

    def call() -> Session:
        made = planning.reschedule(found.pk, starts_at=form.moment(), by=actor, at=now)
        return _warn(request, made, today=local_day(now))

    return act_on(request, actor, found, act, form, call)


@require_http_methods(["GET", "POST"])
@for_officials
def move(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Move a day that was posted, or put off; the reason is posted."""
    now, found = timezone.now(), queries.find(actor, code)
    form = Moving(request.POST or None, initial={"reason": queries.standing_reason(found)})
    act = Act(
        step="move",
        title=_("Move the reception to another day"),
        button=_("Move it and post the reason"),
        done=_("The new day and the reason are posted; who asked to be received is told."),
        lead=_(
            "The public page shows the old day, the new one and the reason (Law 42/2013, article "
            "24(4)). Whoever has an appointment keeps it for the new day and is told."
        ),
    )

    def call() -> Session:
        reason = form.cleaned_data["reason"]
        made = planning.move(found.pk, starts_at=form.moment(), reason=reason, by=actor, at=now)
        return _warn(request, made, today=local_day(now))

    return act_on(request, actor, found, act, form, call)


@require_http_methods(["GET", "POST"])
@for_officials
def prepare(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Prepare a matter for the head."""
    now, found = timezone.now(), queries.find(actor, code)
    bodies = queries.invitable(found, today=local_day(now))
    form = Preparing(request.POST or None, bodies=bodies)
    act = Act(
        step="prepare",
        title=_("Prepare a matter"),
        button=_("Keep it in the head's file"),
        done=_("The matter is prepared."),
        lead=_("Crowded, complex and prolonged matters come first (Decree 154/2026, article 26)."),
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: preparing.prepare(found.pk, **form.cleaned_data, by=actor, at=now),
    )


@require_http_methods(["GET", "POST"])
@for_officials
def appointment(
    request: HttpRequest, actor: Official, code: str, appointment: UUID
) -> HttpResponse:
    """Answer somebody who asks to be received."""
    found, form = queries.find(actor, code), Answering(request.POST or None)
    asked = queries.asked(actor, found, appointment)
    act = Act(
        step="appoint",
        title=_("Answer the request of %(name)s") % {"name": asked.name},
        button=_("Keep the answer"),
        done=_("The answer is kept. Tell the person by telephone."),
        lead=f"{asked.phone}\n{asked.about}",
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: preparing.answer(
            found.pk,
            appointment=asked.pk,
            given=form.yes(),
            reason=form.cleaned_data["reason"],
            by=actor,
            at=timezone.now(),
        ),
    )
