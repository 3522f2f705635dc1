"""The reception desk: one page, keyboard first, no script needed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import BaseForm
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.cases.commands.intake import Taken
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.identifiers import spoken
from doithoai.core.trying import attempt
from doithoai.duties.policies import may_read as may_read_duties
from doithoai.files.queries import attachment
from doithoai.files.word_printing import printed
from doithoai.reception import policies, visit_papers
from doithoai.reception.commands import ending, raising, visits
from doithoai.reception.desk.acting import DOCX, PDF, download, file, remark_day_off, sealed_slip
from doithoai.reception.forms.asking import Asked as AskedFirst
from doithoai.reception.forms.desk import Again, Arriving, Closing, Raising, Refusing, Writing
from doithoai.reception.forms.showing import Showing
from doithoai.reception.http import done_once, drawn, sent_before
from doithoai.reception.models import Visit
from doithoai.reception.queries import groups
from doithoai.reception.queries import visits as queries
from doithoai.reception.queries.visits import Asked, Current, Desk
from doithoai.reception.workflow import VisitState

T = TypeVar("T")


@dataclass
class Shown:
    """What a page of the desk shows beside its facts: forms sent back to be mended, a new slip."""

    forms: dict[str, BaseForm] = field(default_factory=dict)
    taken: Taken | None = None


@require_safe
@never_cache
@for_officials
def desk(request: HttpRequest, actor: Official) -> HttpResponse:
    """The queue of the day, who is received now, who came before."""
    return _page(request, actor, _asked(request), Shown())


def _asked(request: HttpRequest) -> Asked:
    asked = request.GET
    return Asked(
        body=asked.get("body", ""),
        words=asked.get("q", "")[:100],
        person=asked.get("person", ""),
        appointment=asked.get("appointment", ""),
    )


@require_safe
@never_cache
@for_officials
def visit(request: HttpRequest, actor: Official, visit: UUID) -> HttpResponse:
    """The desk with this visit in front."""
    return _page(request, actor, Asked(visit=visit), Shown())


def _page(request: HttpRequest, actor: Official, asked: Asked, shown: Shown) -> HttpResponse:
    today = local_day(timezone.now())
    found = queries.desk(actor, asked, today=today)
    forms = _forms(found) | shown.forms
    context = {
        "desk": found,
        "current": found.current,
        "forms": forms,
        "search_first": not shown.forms and _search_first(found, asked, forms),
        "taken": shown.taken,
        "once": drawn(request) if shown.forms else uuid4().hex,
        "code": spoken(shown.taken.receipt.code) if shown.taken and shown.taken.receipt else "",
        "duties": may_read_duties(actor),
        "asked": asked,
        "today": today,
        **_group(found.current),
    }
    return render(request, "reception/desk/desk.html", context)


def _group(current: Current | None) -> dict[str, object]:
    """Of a group: who speaks for it, and whether it is still to say so in writing."""
    hushed = bool(current and queries.hushed(current.visit))
    if current is None or hushed:
        return {"hushed": hushed}
    lacking = groups.lacks_appointment(current.visit)
    return {
        "hushed": hushed,
        "spokesmen": groups.representatives(current.visit),
        "lacks_appointment": lacking,
    }


def _search_first(found: Desk, asked: Asked, forms: dict[str, BaseForm]) -> bool:
    """Whether the search has the focus: somebody is looked for, or nothing else is to be typed."""
    if found.chosen:
        forms["arrive"].fields["name"].widget.attrs["autofocus"] = True
        return False
    return bool(asked.words) or not _first(found, forms)


def _first(found: Desk, forms: dict[str, BaseForm]) -> bool:
    """Where the clerk types next in the visit has the focus; whether there is such a place."""
    current = found.current
    if current is None or queries.hushed(current.visit):
        return bool(current and current.visit.state == VisitState.RECEIVED)
    steps = (
        ("write_down", "write", "summary", not current.visit.summary),
        ("raise", "raise", "text", not current.raised),
        ("end", "end", "outcome", True),
    )
    for step, form, name, due in steps:
        if due and current.offered[step]:
            forms[form].fields[name].widget.attrs["autofocus"] = True
            return True
    return False


def _forms(found: Desk) -> dict[str, BaseForm]:
    forms: dict[str, BaseForm] = {
        "arrive": Arriving(
            villages=found.villages,
            sessions=found.sessions,
            person=found.chosen,
            asked=found.asked,
        )
    }
    if found.current is None:
        return forms
    visit = found.current.visit
    return forms | {
        "write": Writing(visit=visit),
        "raise": Raising(visit=visit),
        "papers": Showing(visit=visit),
        "again": Again(),
        "end": Closing(today=local_day(visit.arrived_at)),
        "refuse": Refusing(),
    }


@require_POST
@for_officials
def arrive(request: HttpRequest, actor: Official) -> HttpResponse:
    """Give a number of the queue; the same form sent twice gives one."""
    now, asked = timezone.now(), Asked(body=request.POST.get("body", ""))
    if sent_before(request):
        return redirect(reverse("reception_desk", query={"body": asked.body} if asked.body else {}))
    found = queries.desk(actor, asked, today=local_day(now))
    form = Arriving(request.POST, request.FILES, villages=found.villages, sessions=found.sessions)
    if form.is_valid():
        made = attempt(form, lambda: visits.arrive(found.body.pk, form.arrival(), by=actor, at=now))
        if made is not None:
            done_once(request)
            messages.success(request, _("Number %(ticket)s is waiting.") % {"ticket": made.ticket})
            asked_again = {"body": found.body.code, "done": "arrive"}
            return redirect(reverse("reception_desk", query=asked_again))
    require(found.may_receive)
    return _page(request, actor, asked, Shown({"arrive": form}))


@require_POST
@for_officials
def arrive_by_appointment(request: HttpRequest, actor: Official, appointment: UUID) -> HttpResponse:
    """Whoever has an appointment is there: one press gives the number."""
    made = visits.keep_appointment(appointment, by=actor, at=timezone.now())
    messages.success(request, _("Number %(ticket)s is waiting.") % {"ticket": made.ticket})
    return redirect(reverse("reception_desk", query={"body": made.body.code}))


@require_POST
@for_officials
def call(request: HttpRequest, actor: Official, visit: UUID) -> HttpResponse:
    """Call the number."""
    visits.call(visit, by=actor, at=timezone.now())
    return redirect("reception_visit", visit)


@require_POST
@for_officials
def leave(request: HttpRequest, actor: Official, visit: UUID) -> HttpResponse:
    """They left before being received."""
    gone = visits.leave(visit, by=actor, at=timezone.now())
    messages.info(request, _("Number %(ticket)s has left.") % {"ticket": gone.ticket})
    return redirect(reverse("reception_desk", query={"body": gone.body.code}))


@require_POST
@for_officials
def write_down(request: HttpRequest, actor: Official, visit: UUID) -> HttpResponse:
    """Keep what the person says."""
    form = Writing(request.POST, visit=queries.visit(actor, visit))
    if form.is_valid() and form.nature() is not None:
        return _take_in_sealed(request, actor, visit, ("write", form), form.cleaned_data["summary"])
    return _done(
        request,
        actor,
        visit,
        ("write", form),
        lambda: visits.write_down(visit, form.said(), by=actor, at=timezone.now()),
        _("It is written down. Read it back, print it, let the person sign."),
    )


@require_POST
@for_officials
def raise_again(request: HttpRequest, actor: Official, visit: UUID) -> HttpResponse:
    """They came about a matter known before."""
    form = Again(request.POST)
    return _done(
        request,
        actor,
        visit,
        ("again", form),
        lambda: raising.raise_again(visit, **form.cleaned_data, by=actor, at=timezone.now()),
        _("Counted as a further visit on the same matter."),
    )


@require_POST
@for_officials
def seal(request: HttpRequest, actor: Official, visit: UUID) -> HttpResponse:
    """Keep the visit sealed; its page drops what was typed and leads on to the sealed intake."""
    raising.seal(visit, by=actor, at=timezone.now())
    messages.success(
        request, _("The visit is kept sealed: the register says neither who came nor why.")
    )
    return redirect(reverse("reception_visit", args=[visit], query={"done": "seal"}))


def _done(
    request: HttpRequest,
    actor: Official,
    visit: UUID,
    named: tuple[str, BaseForm],
    call: Callable[[], T],
    done: str,
) -> HttpResponse:
    """Do what a form asks and show the visit again; what is refused goes back onto the form."""
    name, form = named
    if form.is_valid() and attempt(form, call) is not None:
        messages.success(request, done)
        return redirect(reverse("reception_visit", args=[visit], query={"done": name}))
    return _page(request, actor, Asked(visit=visit), Shown({name: form}))


@require_POST
@never_cache
@for_officials
def raise_matter(request: HttpRequest, actor: Official, visit: UUID) -> HttpResponse:
    """Open a matter. The answer is the page itself: the secret is shown once and kept nowhere; the
    same form sent again opens nothing and leads back to the visit.
    """
    if sent_before(request):
        return redirect("reception_visit", visit)
    form = Raising(request.POST, visit=queries.visit(actor, visit))
    if not form.is_valid():
        return _page(request, actor, Asked(visit=visit), Shown({"raise": form}))
    if form.nature() is not None:
        return _take_in_sealed(request, actor, visit, ("raise", form), form.cleaned_data["text"])
    now = timezone.now()
    taken = attempt(form, lambda: raising.raise_matter(visit, form.brought(), by=actor, at=now))
    if taken is not None:
        done_once(request)
    shown = Shown({} if taken else {"raise": form}, taken)
    return _page(request, actor, Asked(visit=visit), shown)


def _take_in_sealed(
    request: HttpRequest,
    actor: Official,
    visit: UUID,
    named: tuple[str, AskedFirst],
    text: str,
) -> HttpResponse:
    """The words denounce somebody: sealed, and the slip shown in this one answer."""
    name, form = named
    nature, now = form.nature(), timezone.now()
    assert nature is not None, "asked before"
    looked = form.cleaned_data["not_secret"]
    made = attempt(
        form,
        lambda: raising.take_in_sealed(visit, text, nature, not_secret=looked, by=actor, at=now),
    )
    if made is None:
        return _page(request, actor, Asked(visit=visit), Shown({name: form}))
    done_once(request)
    return sealed_slip(request, made)


@require_POST
@for_officials
def end(request: HttpRequest, actor: Official, visit: UUID) -> HttpResponse:
    """End the visit."""
    now = timezone.now()
    form = Closing(request.POST, today=local_day(now))
    if form.is_valid():
        ended = attempt(form, lambda: ending.end(visit, form.ending(), by=actor, at=now))
        if ended is not None:
            messages.success(request, _("The visit has ended. Call the next number."))
            remark_day_off(request, ended.due_on)
            return redirect(reverse("reception_desk", query={"body": ended.body.code}))
    return _page(request, actor, Asked(visit=visit), Shown({"end": form}))


@require_POST
@for_officials
def refuse(request: HttpRequest, actor: Official, visit: UUID) -> HttpResponse:
    """Refuse to receive, on a ground of the law."""
    form = Refusing(request.POST)
    if form.is_valid():
        now = timezone.now()
        refused = attempt(form, lambda: ending.refuse(visit, **form.cleaned_data, by=actor, at=now))
        if refused is not None and refused.matter is not None:
            messages.success(request, _("The refusal is recorded with its ground."))
            return redirect("refusal", refused.matter.code)
    return _page(request, actor, Asked(visit=visit), Shown({"refuse": form}))


# ------------------------------------------------------------------------------------------ papers
def _told(actor: Official, visit: UUID) -> Visit:
    """A visit of which papers are printed: nothing sealed. Raises NotFound, Denied."""
    found = queries.visit(actor, visit)
    found.sealed = queries.hushed(found)
    require(policies.may_speak(actor, found))
    return found


@require_safe
@for_officials
def petition(request: HttpRequest, actor: Official, visit: UUID) -> HttpResponse:
    """What was written down, to be read back and signed or marked with a fingerprint."""
    found = _told(actor, visit)
    context = {
        "visit": found,
        "who_came": groups.who_came(found),
        "back_url": reverse("reception_visit", args=[visit]),
    }
    return render(request, "reception/desk/petition.html", context)


@require_safe
@for_officials
def receipt(request: HttpRequest, actor: Official, visit: UUID) -> HttpResponse:
    """The receipt for documents (form 02/TCD), to print."""
    del request
    found = _told(actor, visit)
    made = visit_papers.receipt(found, today=local_day(timezone.now()))
    return download(printed(made.data, title=made.form.vi), f"02-TCD {found.number or ''}.pdf", PDF)


@require_safe
@for_officials
def receipt_word(request: HttpRequest, actor: Official, visit: UUID) -> HttpResponse:
    """The same in Word."""
    del request
    found = _told(actor, visit)
    made = visit_papers.receipt(found, today=local_day(timezone.now()))
    return download(made.data, f"02-TCD {found.number or ''}.docx", DOCX)


@require_safe
@for_officials
def visit_file(request: HttpRequest, actor: Official, visit: UUID, kept: UUID) -> FileResponse:
    """What was handed over with the visit: a group's written appointment."""
    del request
    found = attachment(kept, about=_told(actor, visit).pk)
    return file(found.stored, found.title, preview=True)
