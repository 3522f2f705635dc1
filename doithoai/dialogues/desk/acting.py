"""What every page that does one thing to a dialogue shares."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.core.decisions import require
from doithoai.core.trying import attempt
from doithoai.dialogues import policies
from doithoai.dialogues.forms.holding import Signing
from doithoai.dialogues.models import Dialogue

T = TypeVar("T")
FORM = "dialogues/desk/act.html"


@dataclass(frozen=True)
class Act:
    """One act: its step of the workflow, its page's title, its button, what is said when done."""

    step: str
    title: str
    button: str
    done: str
    lead: str = ""
    warning: str = ""
    template: str = FORM


def act_on(
    request: HttpRequest,
    actor: Official,
    dialogue: Dialogue,
    act: Act,
    form: BaseForm,
    call: Callable[[], T],
) -> HttpResponse:
    """Ask what the act needs, do it, go back to the dialogue. Raises Denied when not offered."""
    if request.method == "POST" and form.is_valid() and attempt(form, call) is not None:
        messages.success(request, act.done)
        return redirect("dialogue", dialogue.matter.code)
    if request.method != "POST":
        require(policies.offered(actor, dialogue)[act.step])
    return render(request, act.template, {"act": act, "dialogue": dialogue, "form": form})


def sign_on(
    request: HttpRequest,
    actor: Official,
    dialogue: Dialogue,
    act: Act,
    form: Signing,
    sign: Callable[..., T],
) -> HttpResponse:
    """Record a paper that was signed elsewhere: its number, its date, its file."""
    return act_on(
        request,
        actor,
        dialogue,
        act,
        form,
        lambda: sign(
            dialogue.pk,
            number=form.cleaned_data["number"],
            signed_on=form.cleaned_data["signed_on"],
            upload=form.upload(),
            by=actor,
            at=timezone.now(),
        ),
    )
