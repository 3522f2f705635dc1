"""What is done when and after a day is held; the pages of refusals and their notices."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.days import local_day
from doithoai.core.trying import attempt
from doithoai.files.models import Document
from doithoai.reception import papers, visit_papers
from doithoai.reception.commands import ending, holding
from doithoai.reception.desk.acting import Act, act_on, file
from doithoai.reception.forms.planning import Conclusion, Holding, Signing
from doithoai.reception.models import Refusal, Session
from doithoai.reception.queries import sessions as queries
from doithoai.reception.queries.sessions import Refused


@require_http_methods(["GET", "POST"])
@for_officials
def hold(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Say that it took place, and who really received."""
    now, found = timezone.now(), queries.find(actor, code)
    posts = queries.who_may_receive(found, today=local_day(now))
    form = Holding(request.POST or None, posts=posts)
    act = Act(
        step="hold",
        title=_("Record that it was held"),
        button=_("It was held"),
        done=_("It is recorded as held, with who really received."),
        lead=queries.warned_of(found, today=local_day(now)),
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: holding.hold(found.pk, form.held(), by=actor, at=now),
    )


@require_http_methods(["GET", "POST"])
@for_officials
def conclude(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Word the conclusion notice; a Word draft is made of it."""
    today = local_day(timezone.now())
    page = queries.page(actor, code, today=today)
    found = page.session
    wording = found.conclusion or papers.conclusion_words(found, page.visits)
    form = Conclusion(request.POST or None, initial={"text": wording})
    act = Act(
        step="conclude",
        title=_("Word the conclusion notice"),
        button=_("Make the Word draft"),
        done=_("The Word draft is made. Have it numbered and signed, then record it here."),
        lead=_("It names nobody who came; the register does."),
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: _draft(found, form, actor, timezone.now()),
    )


def _draft(found: Session, form: Conclusion, actor: Official, now: datetime) -> Document:
    """From an administrator's own template where one is in force, else in our layout."""
    text, looked = form.cleaned_data["text"], form.cleaned_data["not_secret"]
    own = visit_papers.conclusion(found, text)
    return holding.draft_conclusion(
        found.pk,
        text=text,
        docx=own.data if own else papers.conclusion(found, text),
        template=own.version if own else None,
        not_secret=looked,
        by=actor,
        at=now,
    )


@require_http_methods(["GET", "POST"])
@for_officials
def sign(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Record the signed conclusion notice: number, date, file."""
    found = queries.find(actor, code)
    form = Signing(request.POST or None, request.FILES or None)
    act = Act(
        step="sign",
        title=_("Record the signed conclusion notice"),
        button=_("Record it"),
        done=_("The signed notice is recorded."),
        lead=_("It is numbered and signed outside this program."),
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: holding.sign(
            found.pk,
            number=form.cleaned_data["number"],
            signed_on=form.cleaned_data["signed_on"],
            upload=form.upload(),
            by=actor,
            at=timezone.now(),
        ),
    )


@require_safe
@for_officials
def draft(request: HttpRequest, actor: Official, code: str, document: UUID) -> FileResponse:
    """The Word draft of a conclusion notice."""
    del request
    paper = queries.paper(actor, code, document)
    return file(paper.draft, f"{code} {_('conclusion notice, draft')}", preview=False)


@require_safe
@for_officials
def signed(request: HttpRequest, actor: Official, code: str, document: UUID) -> FileResponse:
    """The signed conclusion notice."""
    del request
    paper = queries.paper(actor, code, document)
    return file(paper.signed_file, f"{code} {paper.number}", preview=True)


# -------------------------------------------------------------------------------------- refusals
@require_safe
@for_officials
def refusal(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """A refusal: its ground and article, what was explained, the notice where one is owed."""
    return _refusal(request, actor, code, Signing())


def _refusal(request: HttpRequest, actor: Official, code: str, form: Signing) -> HttpResponse:
    today = local_day(timezone.now())
    found = queries.refused(actor, code, today=today)
    context = {
        "found": found,
        "ground": found.ground.label(queries.language()),
        "form": form,
        "today": today,
    }
    return render(request, "reception/desk/refusal.html", context)


@require_POST
@for_officials
def refusal_notice(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Make the Word draft of the notice of refusal (form 01/TCD)."""
    now = timezone.now()
    found = queries.refused(actor, code, today=local_day(now))
    made = visit_papers.refusal(found, today=local_day(now))
    ending.draft_notice(found.matter.pk, docx=made.data, template=made.version, by=actor, at=now)
    messages.success(request, _("The Word draft is made. Have it numbered and signed."))
    return redirect("refusal", code)


@require_POST
@for_officials
def refusal_signed(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Record the signed notice of refusal."""
    now = timezone.now()
    found = queries.refused(actor, code, today=local_day(now))
    form = Signing(request.POST, request.FILES)
    if form.is_valid() and attempt(form, lambda: _issue(found, form, actor, now)) is not None:
        messages.success(request, _("The signed notice is recorded."))
        return redirect("refusal", code)
    return _refusal(request, actor, code, form)


def _issue(found: Refused, form: Signing, actor: Official, now: datetime) -> Refusal:
    return ending.issue_notice(
        found.matter.pk,
        number=form.cleaned_data["number"],
        signed_on=form.cleaned_data["signed_on"],
        upload=form.upload(),
        by=actor,
        at=now,
    )


@require_safe
@for_officials
def refusal_paper(request: HttpRequest, actor: Official, code: str, document: UUID) -> FileResponse:
    """The notice of refusal: the signed file, else the draft."""
    del request
    paper = queries.notice(actor, code, document, today=local_day(timezone.now()))
    name = f"{code} {paper.number or _('notice of refusal, draft')}"
    return file(paper.signed_file or paper.draft, name, preview=bool(paper.number))
