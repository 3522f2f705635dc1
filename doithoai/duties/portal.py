"""The public's page: how the head of one body fulfils its duties, once a decision says so."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from doithoai.core.days import local_day
from doithoai.duties import queries
from doithoai.duties.queries import DAY, Chosen
from doithoai.files.portal import serve


@require_safe
def fulfilments(request: HttpRequest) -> HttpResponse:
    """The bodies whose page is public: links by name, no figure beside another."""
    context = {"disclosures": queries.all_disclosed()}
    return render(request, "duties/portal/fulfilments.html", context)


@require_safe
def fulfilment(request: HttpRequest, body: UUID) -> HttpResponse:
    """One body's page for a month; never beside another body's. Not found before the decision."""
    disclosure = queries.disclosed(body)
    month = Chosen.from_query(request.GET.dict(), today=local_day(timezone.now())).month
    lines = queries.public(disclosure, month)
    context = {
        "disclosure": disclosure,
        "month": month,
        "earlier": month.first - DAY,
        "later": month.last + DAY,
        "lines": lines,
        "counts": queries.counts(lines),
    }
    return render(request, "duties/portal/fulfilment.html", context)


@require_safe
def decision(request: HttpRequest, body: UUID) -> FileResponse:
    """The decision that made it public."""
    del request
    found = queries.disclosed(body)
    return serve(found.file.stored, filename=found.number, preview=True)
