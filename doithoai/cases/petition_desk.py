"""Officials' pages on petitions: the register, as a page and in Excel, and writing one into it."""

from urllib.parse import quote
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.cases import exporting_petitions, policies, portal_queries, reading
from doithoai.cases.commands.petitions import passing
from doithoai.cases.commands.petitions.receiving import Registered, receive
from doithoai.cases.forms.registering import RegisterFilters, Registering
from doithoai.cases.queries import listing
from doithoai.cases.queries import passed_on as passed_on_queries
from doithoai.cases.queries import petitions as queries
from doithoai.cases.queries.petitions import Wanted
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.identifiers import spoken
from doithoai.core.trying import attempt

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _wanted(request: HttpRequest) -> Wanted:
    form = RegisterFilters(request.GET)
    form.prepare()
    form.is_valid()
    given, page = form.cleaned_data, request.GET.get("page", "")
    return Wanted(
        year=given.get("year") or local_day(timezone.now()).year,
        kind=given.get("kind", ""),
        arrived_by=given.get("arrived_by", ""),
        forwarder=given.get("forwarder", ""),
        again=given.get("again", ""),
        page=int(page) if page.isdecimal() else 1,
    )


def _query(wanted: Wanted) -> dict[str, str | int]:
    asked: dict[str, str | int] = {
        "year": wanted.year,
        "kind": wanted.kind,
        "arrived_by": wanted.arrived_by,
        "forwarder": wanted.forwarder,
        "again": wanted.again,
    }
    return {name: value for name, value in asked.items() if value}


@require_safe
@for_officials
def register(request: HttpRequest, actor: Official) -> HttpResponse:
    """The register of petitions of the official's body: one year, filtered."""
    require(reading.may_list(actor))
    wanted = _wanted(request)
    found = queries.register(actor, listing.receiver(actor), wanted)
    form = RegisterFilters(initial=_query(wanted))
    form.prepare()
    context = {
        "register": found,
        "filters": form,
        "may_receive": policies.may_receive(actor),
        "newer": _page(wanted, wanted.page - 1) if wanted.page > 1 else "",
        "older": _page(wanted, wanted.page + 1) if wanted.page < found.pages else "",
        "excel": reverse("petitions_excel", query=_query(wanted)),
    }
    return render(request, "cases/desk/petitions.html", context)


def _page(wanted: Wanted, page: int) -> str:
    return reverse("petitions", query={**_query(wanted), "page": page})


@require_safe
@for_officials
def excel(request: HttpRequest, actor: Official) -> HttpResponse:
    """The whole register of the year in Excel."""
    require(reading.may_list(actor))
    wanted, body = _wanted(request), listing.receiver(actor)
    lines = queries.whole(actor, body, wanted)
    data = exporting_petitions.register(lines, office=body.name, year=wanted.year)
    name = _("Register of petitions %(year)s") % {"year": wanted.year}
    return HttpResponse(
        data,
        content_type=XLSX,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}.xlsx"},
    )


def _handed_out(request: HttpRequest, made: Registered) -> HttpResponse:
    """The slip, in this one answer and nowhere else; of what is sealed it names no item."""
    receipt = made.taken.receipt
    assert receipt is not None, "whoever registers a petition hands out its slip"
    context: dict[str, object] = {"receipt": receipt, "code": spoken(receipt.code)}
    if made.petition.sealed:
        address = portal_queries.whole_address(reverse("denounce_messages"))
        given = {**context, "lodged": made.taken, "address": address}
        return render(request, "cases/desk/sealed_taken.html", given)
    return render(request, "cases/desk/handed_out.html", {**context, "case": made.taken.case})


@never_cache
@require_http_methods(["GET", "POST"])
@for_officials
def new(request: HttpRequest, actor: Official) -> HttpResponse:
    """Write a petition into the register; its slip is shown once."""
    require(policies.may_receive(actor))
    now, to = timezone.now(), listing.receiver(actor)
    once = request.POST.get("once", "") or uuid4().hex
    if request.method == "POST" and once == request.session.get("registered_once"):
        return redirect("petitions")
    form = Registering(*((request.POST, request.FILES) if request.method == "POST" else ()))
    form.prepare_register(to, today=local_day(now))
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: receive(
                form.value(), form.arrival(), form.cleaned_data["scans"], to=to, by=actor, at=now
            ),
        )
        if made is not None and made.taken.receipt is not None:
            request.session["registered_once"] = once
            return _handed_out(request, made)
    return render(request, "cases/desk/register.html", {"form": form, "to": to, "once": once})


@require_safe
@for_officials
def passed_on(request: HttpRequest, actor: Official) -> HttpResponse:
    """What the official's body passed on to others, and whom it still has to tell the result."""
    require(reading.may_list(actor))
    context = {
        "lines": passed_on_queries.passed_on(actor),
        "may_tell": actor.may("docket.inbox"),
        "today": local_day(timezone.now()),
    }
    return render(request, "cases/desk/passed_on.html", context)


@require_POST
@for_officials
def citizen_told(request: HttpRequest, actor: Official, pk: UUID) -> HttpResponse:
    """The person was told the result their petition came to."""
    del request
    passing.citizen_told(pk, by=actor, at=timezone.now())
    return redirect("passed_on")
