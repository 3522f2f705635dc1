"""What is done when and after a dialogue is held: attendance, conclusion, publication."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.errors import NotFound
from doithoai.dialogues import papers, queries
from doithoai.dialogues.commands import concluding
from doithoai.dialogues.commands.minutes import KIND as MINUTES
from doithoai.dialogues.desk.acting import Act, act_on, sign_on
from doithoai.dialogues.forms.holding import Approval, Conclusion, Holding, Signing
from doithoai.files.models import Stored
from doithoai.files.portal import serve


@require_http_methods(["GET", "POST"])
@for_officials
def hold(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Say that it took place: how many came, who really chaired."""
    found = queries.find(actor, code)
    form = Holding(request.POST or None, chairs=queries.chairs(found))
    act = Act(
        step="hold",
        title=_("Record that it was held"),
        button=_("It was held"),
        done=_("It is recorded as held. The conclusion notice is owed from now on."),
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: concluding.hold(found.pk, form.held(), by=actor, at=timezone.now()),
    )


@require_http_methods(["GET", "POST"])
@for_officials
def conclude(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Word the conclusion notice; a Word draft is made of it."""
    found = queries.find(actor, code)
    rows, chairs = queries.rows(found, actor), queries.chairs(found)
    wording = found.conclusion or papers.conclusion_words(found, rows, chairs)
    form = Conclusion(request.POST or None, initial={"text": wording})
    act = Act(
        step="conclude",
        title=_("Word the conclusion notice"),
        button=_("Make the Word draft"),
        done=_(
            "The Word draft is made. Once the chair has approved the wording, "
            "have it numbered and signed, then record it here."
        ),
        lead=_("The chair approves the wording before it is signed; nothing is public yet."),
        warning=_gaps(wording),
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: concluding.draft_conclusion(
            found.pk,
            text=form.cleaned_data["text"],
            not_secret=form.cleaned_data["not_secret"],
            by=actor,
            at=timezone.now(),
            docx=papers.conclusion(found, form.cleaned_data["text"], rows, chairs),
        ),
    )


def _gaps(wording: str) -> str:
    """What is said when the proposed wording still waits for a body or a date."""
    if "…" not in wording:
        return ""
    return _("The wording still has gaps (…): say which body takes the lead and by when.")


@require_http_methods(["GET", "POST"])
@for_officials
def approve(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Who chaired reads the wording and approves it."""
    found = queries.find(actor, code)
    form = Approval(request.POST or None, initial={"document": found.conclusion_document})
    act = Act(
        step="approve",
        title=_("Approve the wording of the conclusion"),
        button=_("Approve the wording"),
        done=_("The wording is approved. The notice can now be numbered, signed and recorded."),
        lead=found.conclusion or _("The conclusion notice has not been worded yet."),
        warning=_gaps(found.conclusion),
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: concluding.approve_conclusion(
            found.pk, document=form.cleaned_data["document"], by=actor, at=timezone.now()
        ),
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
        done=_("The signed notice is recorded. Publish it together with the follow-up list."),
        lead=_(
            "It is numbered and signed outside this program; "
            "number, date and file are recorded here."
        ),
    )
    return sign_on(request, actor, found, act, form, concluding.sign)


@require_POST
@for_officials
def publish(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Publish the conclusion; from now on its promises are followed one by one."""
    found = queries.find(actor, code)
    concluding.publish(found.pk, by=actor, at=timezone.now())
    messages.success(
        request,
        _("The conclusion is public. What was given to be settled is followed from now on."),
    )
    return redirect("dialogue", code)


@require_POST
@for_officials
def post_results(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The results hang at the notice boards and went to the village heads."""
    found = queries.find(actor, code)
    concluding.post_results(found.pk, by=actor, at=timezone.now())
    messages.success(request, _("It is recorded that the results were posted."))
    return redirect("dialogue", code)


@require_safe
@for_officials
def draft(request: HttpRequest, actor: Official, code: str, document: UUID) -> FileResponse:
    """The Word draft of a paper."""
    paper = queries.paper(actor, code, document)
    name = _("minutes, draft") if paper.kind == MINUTES else _("conclusion notice, draft")
    return _file(paper.draft, f"{code} {name}", preview=False)


@require_safe
@for_officials
def signed(request: HttpRequest, actor: Official, code: str, document: UUID) -> FileResponse:
    """The signed file of a paper."""
    paper = queries.paper(actor, code, document)
    return _file(paper.signed_file, f"{code} {paper.number}", preview=True)


def _file(stored: Stored | None, name: str, *, preview: bool) -> FileResponse:
    if stored is None:
        raise NotFound(_("There is no such file."))
    return serve(stored, filename=name, preview=preview)
