"""Citizens' pages: what is public, and its files."""

from datetime import timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from doithoai.cases import portal_forms as forms
from doithoai.cases import portal_public as public_reads
from doithoai.cases.portal import limit
from doithoai.cases.portal_public import Wanted
from doithoai.core.days import local_day
from doithoai.core.errors import NotFound
from doithoai.core.limits import Bucket
from doithoai.files.portal import serve
from doithoai.files.queries import attachment

SEARCHING = Bucket(30, timedelta(minutes=1))


def public(request: HttpRequest) -> HttpResponse:
    """Published cases: by figure, field, commune, words; and how many are withheld, and why."""
    today = local_day(timezone.now())
    fields, places = public_reads.fields(), public_reads.places()
    form = forms.Finding(request.GET, fields=fields, places=places)
    given = form.cleaned_data if form.is_valid() else {}
    figure = request.GET.get("which", "")
    if given.get("q"):
        limit(SEARCHING, request)
    place = UUID(given["place"]) if given.get("place") else None
    wish = Wanted(figure, given.get("q", ""), given.get("field", ""), place)
    page = Paginator(public_reads.wanted(wish, today=today), 20)
    context = {
        "form": form,
        "page": page.get_page(request.GET.get("page")),
        "figure": public_reads.FIGURES.get(figure, ""),
        "which": figure,
        "withheld": public_reads.withheld(),
    }
    return render(request, "cases/portal/public.html", context)


def public_case(request: HttpRequest, code: str, version: int | None = None) -> HttpResponse:
    """One published case at its lasting address, in this or an earlier version."""
    found = public_reads.public_case(code, version)
    case = found.shown.case
    context = {"found": found, "case": case, "files": public_reads.public_files(case)}
    return render(request, "cases/portal/public_case.html", context)


def public_file(request: HttpRequest, code: str, file_id: UUID) -> FileResponse:
    """A file of a published case that was itself published."""
    del request
    case = public_reads.public_case(code).shown.case
    found = attachment(file_id, about=case.pk)
    if not found.public:
        raise NotFound(_("There is no such file."))
    return serve(found.stored, filename=code, preview=True)
