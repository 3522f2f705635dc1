"""The minutes: written and kept, signed on paper and recorded, made public."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.dialogues import papers, queries
from doithoai.dialogues.commands import minutes as commands
from doithoai.dialogues.desk.acting import Act, act_on, sign_on
from doithoai.dialogues.forms.holding import Minutes, SigningMinutes


@require_http_methods(["GET", "POST"])
@for_officials
def minutes(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Keep the minutes; a Word draft is made of them."""
    found = queries.find(actor, code)
    chairs = queries.chairs(found)
    wording = found.minutes or papers.minutes_words(found, queries.rows(found, actor), chairs)
    form = Minutes(request.POST or None, initial={"text": wording})
    act = Act(
        step="record_minutes",
        title=_("Minutes of the dialogue"),
        button=_("Keep the minutes"),
        done=_("The minutes are kept, and the Word draft to be signed is made."),
        lead=_("They are not public. Have the Word draft signed, then record it here."),
    )
    return act_on(
        request,
        actor,
        found,
        act,
        form,
        lambda: commands.record_minutes(
            found.pk,
            text=form.cleaned_data["text"],
            docx=papers.minutes(found, form.cleaned_data["text"], chairs),
            not_secret=form.cleaned_data["not_secret"],
            by=actor,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
@for_officials
def sign_minutes(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Record the signed minutes: number, date, file."""
    found = queries.find(actor, code)
    form = SigningMinutes(request.POST or None, request.FILES or None)
    act = Act(
        step="sign_minutes",
        title=_("Record the signed minutes"),
        button=_("Record it"),
        done=_("The signed minutes are recorded. They are not public until somebody decides so."),
        lead=_(
            "It is numbered and signed outside this program; "
            "number, date and file are recorded here."
        ),
    )
    return sign_on(request, actor, found, act, form, commands.sign_minutes)


@require_POST
@for_officials
def publish_minutes(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Make the signed minutes public."""
    found = queries.find(actor, code)
    commands.publish_minutes(found.pk, by=actor, at=timezone.now())
    messages.success(request, _("The signed minutes are public."))
    return redirect("dialogue", code)
