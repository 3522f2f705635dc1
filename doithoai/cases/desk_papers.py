"""Officials' pages on the papers of a case: which forms it offers, drafts, what was signed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.cases import paper_rules, reading
from doithoai.cases.commands import paper_making
from doithoai.cases.forms.fields import Given
from doithoai.cases.forms.papers import Drafting, Recording
from doithoai.cases.models import Case
from doithoai.cases.queries import page
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.trying import attempt
from doithoai.docket import unsealing
from doithoai.files import form_queries
from doithoai.files.http import handed_over
from doithoai.files.inserting import appended
from doithoai.files.queries import content, document, documents, letter_file
from doithoai.files.sniffing import DOCX, PDF
from doithoai.files.word_printing import printed
from doithoai.files.wordings import Form, by_code


@require_safe
@for_officials
def papers(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The papers of a case, and the forms it offers where it stands."""
    return _listed(request, actor, page.read(code, actor), Recording())


def _listed(
    request: HttpRequest, actor: Official, case: Case, form: Recording, at: UUID | None = None
) -> HttpResponse:
    require(reading.may_open(actor))
    require(paper_rules.may_make_papers(actor, case))
    language = get_language() or "vi"
    made = [each for each in documents(case.pk) if each.kind in by_code()]
    context = {
        "case": case,
        "made": [
            (each, by_code()[each.kind].name(language), _recording(each.pk, form, at))
            for each in reversed(made)
        ],
        "offered": [(f, f.name(language)) for f in paper_rules.offered(case)],
    }
    return render(request, "cases/desk/papers.html", context)


def _recording(paper: UUID, form: Recording, at: UUID | None) -> Recording:
    return form if paper == at else Recording(auto_id=f"{paper}-%s")


@require_http_methods(["GET", "POST"])
@never_cache
@for_officials
def draft(request: HttpRequest, actor: Official, code: str, form: str) -> HttpResponse:
    """Draft a form of a case; of a sealed one the draft is handed over and kept nowhere."""
    require(reading.may_open(actor))
    case, now = page.read(code, actor), timezone.now()
    require(paper_rules.may_make_papers(actor, case))
    require(paper_rules.offers(case, form))
    chosen = by_code()[form]
    typed = appended(request.POST, "explanation", body=actor.body, code=form)
    inserting = "insert" in request.POST
    asked = Drafting(request.POST if request.method == "POST" and not inserting else None)
    asked.prepare_for(chosen, Given(case, actor, local_day(now)))
    if inserting:
        asked.put_back(typed)
    elif asked.is_valid():
        done = _done(request, actor, case, chosen, asked)
        if done is not None:
            return done
    return _paper_page(request, actor, case, chosen, asked)


def _paper_page(
    request: HttpRequest,
    actor: Official,
    case: Case,
    chosen: Form,
    asked: Drafting,
    recording: Recording | None = None,
) -> HttpResponse:
    now = timezone.now()
    context = {
        "case": case,
        "form": asked,
        "code": chosen.code,
        "recording": recording or Recording(auto_id="signed-%s"),
        "name": chosen.name(get_language() or "vi"),
        "sealed": case.matter.sealed,
        "open": case.matter.sealed and bool(unsealing.opened(case.matter, actor, at=now)),
        "paragraphs": form_queries.paragraphs(actor.body, code=chosen.code),
        "official": chosen.found,
    }
    return render(request, "cases/desk/paper.html", context)


@require_POST
@never_cache
@for_officials
def sealed_signed(request: HttpRequest, actor: Official, code: str, form: str) -> HttpResponse:
    """Record number, day and signed file of a paper of a sealed item; the file is sealed."""
    require(reading.may_open(actor))
    case, now = page.read(code, actor), timezone.now()
    require(paper_rules.may_make_papers(actor, case))
    require(paper_rules.offers(case, form))
    recording = Recording(request.POST, request.FILES, auto_id="signed-%s")
    if recording.is_valid():
        signed = recording.value()
        attempt(
            recording,
            lambda: paper_making.record_sealed_paper(case.pk, form, signed, by=actor, at=now),
        )
        if recording.is_valid():
            messages.success(request, _("Number and date are recorded; the file is sealed."))
            return redirect("case_papers", code)
    asked = Drafting()
    asked.prepare_for(by_code()[form], Given(case, actor, local_day(now)))
    return _paper_page(request, actor, case, by_code()[form], asked, recording)


def _done(
    request: HttpRequest, actor: Official, case: Case, chosen: Form, asked: Drafting
) -> HttpResponse | None:
    now, value = timezone.now(), asked.value()
    if case.matter.sealed:
        made = attempt(
            asked,
            lambda: paper_making.sealed_paper(case, chosen.code, value, by=actor, at=now),
        )
        return _handed_over(request, case, made) if made else None
    kept = attempt(
        asked, lambda: paper_making.draft_paper(case.pk, chosen.code, value, by=actor, at=now)
    )
    if kept is None:
        return None
    messages.success(request, _("The draft is kept. Print it, or send it to be signed."))
    return redirect("case_papers", case.matter.code)


def _handed_over(request: HttpRequest, case: Case, made: form_queries.Made) -> HttpResponse:
    name = f"{case.matter.code} {made.form.code}"
    if "pdf" in request.POST:
        return handed_over(printed(made.data, title=made.form.vi), PDF, filename=name)
    return handed_over(made.data, DOCX, filename=name)


@require_safe
@for_officials
def paper_pdf(request: HttpRequest, actor: Official, code: str, paper: UUID) -> HttpResponseBase:
    """The draft of a paper as PDF, for printing."""
    del request
    require(reading.may_open(actor))
    case = page.read(code, actor)
    require(paper_rules.may_make_papers(actor, case))
    stored, name = letter_file(document(paper, about=case.pk), signed=False)
    data = printed(content(stored), title=case.matter.code)
    return handed_over(data, PDF, filename=f"{case.matter.code} {name}", preview=True)


@require_POST
@for_officials
def paper_signed(request: HttpRequest, actor: Official, code: str, paper: UUID) -> HttpResponse:
    """Record number, day and signed file of a paper."""
    require(reading.may_open(actor))
    case = page.read(code, actor)
    form = Recording(request.POST, request.FILES, auto_id=f"{paper}-%s")
    if form.is_valid():
        signed, now = form.value(), timezone.now()
        attempt(form, lambda: paper_making.record_paper(case.pk, paper, signed, by=actor, at=now))
        if form.is_valid():
            messages.success(request, _("Number and date are recorded."))
            return redirect("case_papers", code)
    return _listed(request, actor, case, form, paper)
