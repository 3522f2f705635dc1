"""Replies prepared before a dialogue: by who holds it, and asked of other bodies."""

from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.trying import attempt
from doithoai.dialogues import asked_queries, policies, queries
from doithoai.dialogues.commands import preparing
from doithoai.dialogues.desk.acting import Act, act_on
from doithoai.dialogues.forms.holding import DraftReply
from doithoai.dialogues.forms.preparing import AskingDraft
from doithoai.dialogues.models import Item

PAGE = "dialogues/desk/prepare.html"


@require_http_methods(["GET", "POST"])
@for_officials
def prepare(request: HttpRequest, actor: Official, code: str, item: UUID) -> HttpResponse:
    """Prepare a reply for the chair's file; below, ask another body for one."""
    question = queries.question(actor, code, item)
    form = DraftReply(request.POST or None, initial={"draft_reply": question.draft_reply})
    if request.method == "POST" and form.is_valid():
        kept = attempt(
            form,
            lambda: preparing.prepare(
                question.dialogue.pk,
                item_id=question.pk,
                **form.cleaned_data,
                by=actor,
                at=timezone.now(),
            ),
        )
        if kept is not None:
            messages.success(request, _("The draft is kept in the chair's file."))
            return redirect("dialogue", code)
    return _page(request, actor, question, form, _asking(actor, question))


@require_POST
@for_officials
def ask_draft(request: HttpRequest, actor: Official, code: str, item: UUID) -> HttpResponse:
    """Ask a body to draft the reply to this question, or to all of its field."""
    question = queries.question(actor, code, item)
    asking = _asking(actor, question, request)
    if asking.is_valid():
        made = attempt(
            asking,
            lambda: preparing.ask_drafts(
                question.dialogue.pk,
                items=asking.items(question.pk),
                body=asking.cleaned_data["body"],
                by=actor,
                at=timezone.now(),
            ),
        )
        if made is not None:
            messages.success(request, _("The body is asked; it has the question in its work now."))
            return redirect("dialogue_prepare", code, item)
    form = DraftReply(initial={"draft_reply": question.draft_reply})
    return _page(request, actor, question, form, asking)


def _asking(actor: Official, question: Item, request: HttpRequest | None = None) -> AskingDraft:
    today = local_day(timezone.now())
    bodies = asked_queries.askable(question.dialogue, today=today)
    alike = asked_queries.of_the_field(question, actor)
    return AskingDraft(request.POST if request else None, bodies=bodies, alike=alike)


def _page(
    request: HttpRequest, actor: Official, question: Item, form: BaseForm, asking: AskingDraft
) -> HttpResponse:
    offered = policies.offered(actor, question.dialogue)
    require(offered["prepare"])
    context = {
        "question": question,
        "dialogue": question.dialogue,
        "asks": asked_queries.asks(question.dialogue).get(question.pk, ()),
        "form": form,
        "asking": asking,
        "ask_draft": offered["ask_draft"],
    }
    return render(request, PAGE, context)


@require_http_methods(["GET", "POST"])
@for_officials
def send_draft(request: HttpRequest, actor: Official, code: str, item: UUID) -> HttpResponse:
    """Send the draft reply the official's body was asked for."""
    question = queries.question(actor, code, item)
    asked = asked_queries.asked(actor, question)
    form = DraftReply(request.POST or None, initial={"draft_reply": asked.draft})
    act = Act(
        step="send_draft",
        title=_("Send a draft reply"),
        button=_("Send the draft"),
        done=_("The draft is in the chair's file."),
        lead=question.submission.text,
    )
    return act_on(
        request,
        actor,
        question.dialogue,
        act,
        form,
        lambda: preparing.send_draft(
            question.dialogue.pk,
            item_id=question.pk,
            draft=form.cleaned_data["draft_reply"],
            by=actor,
            at=timezone.now(),
        ),
    )
