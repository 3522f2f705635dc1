"""The register of citizen reception (form 03/TCD): page, Excel, print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.days import local_day
from doithoai.reception import exporting, papers
from doithoai.reception.desk.acting import PDF, XLSX, download
from doithoai.reception.queries import register as queries
from doithoai.reception.queries.register import Register, Wanted

MONTHS = tuple(range(1, 13))


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    return Wanted(
        body=asked.get("body", ""),
        year=_number(asked.get("year", ""), most=9000),
        month=_number(asked.get("month", ""), most=12),
        page=_number(asked.get("page", ""), most=100_000) or 1,
    )


def _number(typed: str, *, most: int) -> int:
    number = int(typed) if typed.isdecimal() and len(typed) < 8 else 0
    return number if number <= most else 0


@require_safe
@for_officials
def register(request: HttpRequest, actor: Official) -> HttpResponse:
    """A page of the register of a year or a month."""
    found = queries.register(actor, _wanted(request), today=local_day(timezone.now()))
    context = {
        "register": found,
        "heads": queries.heads(),
        "months": MONTHS,
        "newer": _address(found, found.wanted.page - 1) if found.wanted.page > 1 else "",
        "older": _address(found, found.wanted.page + 1) if found.wanted.page < found.pages else "",
        "file": _file(found.wanted),
    }
    return render(request, "reception/desk/register.html", context)


def _query(wanted: Wanted) -> dict[str, str | int]:
    return {"body": wanted.body, "year": wanted.year, "month": wanted.month}


def _address(found: Register, page: int) -> str:
    return reverse("reception_register", query={**_query(found.wanted), "page": page})


def _file(wanted: Wanted) -> dict[str, str]:
    return {
        "excel": reverse("reception_register_excel", query=_query(wanted)),
        "print": reverse("reception_register_pdf", query=_query(wanted)),
    }


@require_safe
@for_officials
def register_pdf(request: HttpRequest, actor: Official) -> HttpResponse:
    """The whole year or month to print, across the sheet."""
    wanted, today = _wanted(request), local_day(timezone.now())
    body, lines = queries.whole(actor, wanted, today=today)
    period = _period(wanted, today.year)
    data = papers.register_pdf(lines, office=body.name, period=period)
    return download(data, f"03-TCD {period}.pdf", PDF)


@require_safe
@for_officials
def register_excel(request: HttpRequest, actor: Official) -> HttpResponse:
    """The whole year or month in Excel."""
    now, wanted = timezone.now(), _wanted(request)
    today = local_day(now)
    body, lines = queries.whole(actor, wanted, today=today)
    period = _period(wanted, today.year)
    data = exporting.register(lines, office=body.name, period=period, at=now)
    return download(data, f"03-TCD {period}.xlsx", XLSX)


def _period(wanted: Wanted, this_year: int) -> str:
    facts = {"year": wanted.year or this_year, "month": wanted.month}
    if wanted.month:
        return _("Month %(month)s of %(year)s") % facts
    return _("Year %(year)s") % facts
