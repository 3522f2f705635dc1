"""The list of reception days, the page of one, and what is done before it is held."""

from datetime import date, datetime
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
from doithoai.reception.forms.planning import FORMS, KINDS, Answering, NewDay, Planning, Preparing
from doithoai.reception.forms.planning import Reason as Why
from doithoai.reception.models import Session
from doithoai.reception.queries import sessions as queries
from doithoai.reception.queries.sessions import Listed
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
            messages.success(request, _("The reception day is set. Post it now."))
            _warn(request, made, today=local_day(now))
            return redirect("reception", made.matter.code)
    if request.method != "POST":
        require(policies.may_plan(actor, choices.hosts[0]))
    return render(request, "reception/desk/plan.html", {"form": form})


def _warn(request: HttpRequest, session: Session, *, today: date) -> Session:
    """A moved day and a late posting are said, not refused."""
    if session.why_moved:
        facts = {"why": session.why_moved, "day": day(session.day)}
        moved = _("%(why)s. The reception goes to the working day %(day)s.")
        messages.info(request, moved % facts)
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


@require_POST
@for_officials
def notify(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Everybody who takes part online was told."""
    found = queries.find(actor, code)
    planning.notify(found.pk, by=actor, at=timezone.now())
    messages.success(request, _("It is recorded that everybody taking part was told."))
    return redirect("reception", code)


@require_POST
@for_officials
def test(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The connection was tested."""
    found = queries.find(actor, code)
    planning.test(found.pk, by=actor, at=timezone.now())
    messages.success(request, _("It is recorded that the connection works."))
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
    """Set another day."""
    now, found, form = timezone.now(), queries.find(actor, code), NewDay(request.POST or None)
    act = Act(
        step="reschedule",
        title=_("Set another day"),
        button=_("Set the day"),
        done=_("The new day is set. Post it again."),
        lead=_(
            "A day off is moved by itself to the next working day, or to the last one before it at "
            "the end of a month."
        ),
    )
    return act_on(
        request, actor, found, act, form, lambda: _moved(request, found, form, actor, now)
    )


def _moved(
    request: HttpRequest, found: Session, form: NewDay, actor: Official, now: datetime
) -> Session:
    made = planning.reschedule(found.pk, starts_at=form.moment(), by=actor, at=now)
    return _warn(request, made, today=local_day(now))


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
