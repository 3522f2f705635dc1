"""Officials' reports: a dialogue's settlement, its rows, its paper, how figures are counted."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.duties.policies import may_read as may_read_duties
from doithoai.reports import periods, policies, prose
from doithoai.reports.asking import Asked
from doithoai.reports.exports import head_word, head_workbook, word, workbook
from doithoai.reports.measures import CHAPTERS
from doithoai.reports.queries import counting, heads
from doithoai.reports.queries import dialogue as reading
from doithoai.reports.queries.dialogue import Report
from doithoai.reports.queries.head_rows import Scope
from doithoai.reports.queries.heads import HeadReport
from doithoai.supervision.queries.reading import page_of

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@for_officials
def reports(request: HttpRequest, actor: Official) -> HttpResponse:
    """Every dialogue with its headline."""
    require(policies.may_read(actor))
    page = page_of(request.GET.get("page", ""))
    found = reading.dialogues(actor, at=timezone.now(), page=page)
    here = reverse("reports")
    context = {
        "listed": found,
        "older": f"{here}?page={found.page + 1}" if found.more else "",
        "newer": f"{here}?page={found.page - 1}" if found.page > 1 else "",
        "reads_duties": may_read_duties(actor),
    }
    return render(request, "reports/reports.html", context)


@require_safe
@for_officials
def dialogue_report(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The settlement of one dialogue, for this reader; every number opens its rows."""
    require(policies.may_read(actor))
    return render(request, "reports/dialogue.html", _shown(code, actor))


@require_safe
@for_officials
def dialogue_report_print(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The same on A4."""
    require(policies.may_read(actor))
    back = {"back_url": reverse("dialogue_report", args=[code])}
    return render(request, "reports/dialogue_print.html", _shown(code, actor) | back)


def _shown(code: str, actor: Official) -> dict[str, object]:
    report = reading.report(code, actor, at=timezone.now())
    return {
        "report": report,
        "sentences": prose.sentences(report),
        "about": prose.about(report),
        "cut_off": prose.cut_off(report),
    }


@require_safe
@for_officials
def dialogue_report_said(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The statements behind the figure of what was received."""
    require(policies.may_read(actor))
    dialogue, said = reading.said_at(code, actor)
    return render(request, "reports/said.html", {"dialogue": dialogue, "said": said})


@require_safe
@for_officials
def dialogue_report_excel(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The report as an Excel file, with the rows behind each figure."""
    require(policies.may_read(actor))
    report = reading.report(code, actor, at=timezone.now())
    cases = counting.rows_of(actor, report.base, today=local_day(report.cutoff.at))
    return _file(workbook.write(report, cases), EXCEL, _name(report, "xlsx"))


@require_safe
@for_officials
def dialogue_report_word(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The report as a Word draft in the layout of its body."""
    require(policies.may_read(actor))
    report = reading.report(code, actor, at=timezone.now())
    return _file(word.write(report), WORD, _name(report, "docx"))


def _name(report: Report, extension: str) -> str:
    day = local_day(report.cutoff.at)
    return f"{report.dialogue.matter.code}-{day:%Y-%m-%d}.{extension}"


def _file(data: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@for_officials
def report_methods(request: HttpRequest, actor: Official) -> HttpResponse:
    """How each figure is counted, in a sentence."""
    require(policies.may_read(actor))
    title = _("How the figures are counted")
    return render(request, "reports/methods.html", {"chapters": CHAPTERS, "heading": title})


# ------------------------------------------------------------------------- the report of a head
def _query(found: HeadReport, day: date | None = None) -> str:
    asked = {"body": str(found.body.pk), "period": found.period.code}
    return urlencode({**asked, "day": (day or found.span.first).isoformat()})


def _head_report(request: HttpRequest, actor: Official) -> HeadReport:
    now = timezone.now()
    asked = Asked.from_query(request.GET.dict(), today=local_day(now))
    body, _all = heads.chosen(actor, asked.body, today=local_day(now))
    return heads.report(actor, body, asked.period, asked.day, at=now)


def _head_context(found: HeadReport) -> dict[str, object]:
    return {
        "report": found,
        "period": found.period.label(get_language() or "vi"),
        "about": prose.about_head(found),
        "cut_off": prose.cut_off_of(found.cutoff),
        "query": _query(found),
    }


@require_safe
@for_officials
def head_report(request: HttpRequest, actor: Official) -> HttpResponse:
    """Reception, dialogue and petitions of a head in a period; every number opens its rows."""
    require(policies.may_read(actor))
    found = _head_report(request, actor)
    language = get_language() or "vi"
    more = {
        "bodies": heads.bodies(actor, today=local_day(found.cutoff.at)),
        "periods": [(each.code, each.label(language)) for each in periods.load()],
        "earlier": _query(found, heads.before(found.span)),
        "later": _query(found, heads.after(found.span)),
    }
    return render(request, "reports/head.html", _head_context(found) | more)


@require_safe
@for_officials
def head_report_print(request: HttpRequest, actor: Official) -> HttpResponse:
    """The same on A4."""
    require(policies.may_read(actor))
    found = _head_report(request, actor)
    back = {"back_url": f"{reverse('head_report')}?{_query(found)}"}
    return render(request, "reports/head_print.html", _head_context(found) | back)


@require_safe
@for_officials
def head_report_rows(request: HttpRequest, actor: Official, key: str) -> HttpResponse:
    """The rows behind one number: exactly as many."""
    require(policies.may_read(actor))
    now = timezone.now()
    asked = Asked.from_query(request.GET.dict(), today=local_day(now))
    body, _all = heads.chosen(actor, asked.body, today=local_day(now))
    scope = Scope(actor, body, asked.period.around(asked.day), local_day(now))
    context = {"figure": heads.figure(scope, key), "scope": scope, "query": request.GET.urlencode()}
    return render(request, "reports/head_rows.html", context)


@require_safe
@for_officials
def head_report_excel(request: HttpRequest, actor: Official) -> HttpResponse:
    """The report as an Excel file, with the rows behind each figure."""
    require(policies.may_read(actor))
    found = _head_report(request, actor)
    return _file(head_workbook.write(found), EXCEL, _head_name(found, "xlsx"))


@require_safe
@for_officials
def head_report_word(request: HttpRequest, actor: Official) -> HttpResponse:
    """The report as a Word draft in the layout of its body."""
    require(policies.may_read(actor))
    found = _head_report(request, actor)
    return _file(head_word.write(found), WORD, _head_name(found, "docx"))


def _head_name(found: HeadReport, extension: str) -> str:
    return f"head-{found.period.code}-{found.span.last:%Y-%m-%d}.{extension}"
