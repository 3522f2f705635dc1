"""Citizens' pages of reception: posted days, asking for an appointment, the waiting room."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.accounts.actors import Citizen
from doithoai.cases.portal import SENDING, limit
from doithoai.core.days import local_day
from doithoai.core.trying import attempt
from doithoai.duties.queries import all_disclosed
from doithoai.reception import portal_queries as queries
from doithoai.reception.commands import preparing
from doithoai.reception.forms.planning import FORMS, KINDS, Asking
from doithoai.reception.http import done_once, drawn, sent_before, sent_forms
from doithoai.reception.models import Session
from doithoai.reception.queries.visits import waiting_room

AGAIN = 15  # seconds after which the numbers of a waiting room ask for themselves again


@require_safe
def reception_days(request: HttpRequest) -> HttpResponse:
    """Which days are posted, and which were held."""
    today = local_day(timezone.now())
    page = Paginator(queries.past(), 20).get_page(request.GET.get("page"))
    context = {
        "coming": queries.coming(today=today),
        "page": page,
        "kinds": dict(KINDS),
        "fulfilments": all_disclosed(),
    }
    return render(request, "reception/portal/days.html", context)


@require_safe
def reception_day(request: HttpRequest, code: str) -> HttpResponse:
    """One posted day: who receives, where, when; why it was moved or put off."""
    return render(request, "reception/portal/day.html", _context(queries.day(code)))


def _context(session: Session) -> dict[str, object]:
    return {
        "session": session,
        "kind": dict(KINDS)[session.kind],
        "form": dict(FORMS)[session.form],
        "receiver_name": queries.receiver_name(session),
        "takes_appointments": queries.takes_appointments(session, at=timezone.now()),
    }


@require_http_methods(["GET", "POST"])
@never_cache
def appointment(request: HttpRequest, code: str) -> HttpResponse:
    """Ask to be received on a posted day; the same form sent twice asks once."""
    session = queries.day(code)
    if sent_before(request):
        return _sent(code, drawn(request))
    form = Asking(request.POST or None)
    if request.method == "POST":
        limit(SENDING, request)
        if form.is_valid() and _asked(form, session) is not None:
            return _sent(code, done_once(request))
    made = request.method == "GET" and request.GET.get("sent", "") in sent_forms(request)
    context = {"session": session, "ask": form, "made": made, "once": drawn(request)}
    return render(request, "reception/portal/appointment.html", context)


def _sent(code: str, once: str) -> HttpResponse:
    return redirect(reverse("reception_appointment", args=[code], query={"sent": once}))


def _asked(form: Asking, session: Session) -> object | None:
    now = timezone.now()
    return attempt(form, lambda: preparing.ask(session.pk, form.asked(), by=Citizen(), at=now))


@require_safe
@never_cache
def queue(request: HttpRequest, body: str) -> HttpResponse:
    """The screen of a waiting room: numbers, no names. The part with the numbers asks for itself
    again, and can be told not to (WCAG 2.2.1 and 2.2.2); the page itself never reloads.
    """
    now = timezone.now()
    context = {
        "room": waiting_room(body, today=local_day(now)),
        "now": timezone.localtime(now),
        "seconds": AGAIN,
        "still": "still" in request.GET,
    }
    return render(request, "reception/portal/queue.html", context)
