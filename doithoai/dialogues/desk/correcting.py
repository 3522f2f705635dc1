"""What was left for a person in a dialogue, and putting it right."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.trying import attempt
from doithoai.dialogues import left_queries, policies, queries
from doithoai.dialogues.commands import correcting
from doithoai.dialogues.desk.acting import FORM, Act
from doithoai.dialogues.forms.correcting import ConclusionDate, Village
from doithoai.dialogues.models import Item

T = TypeVar("T")


@require_safe
@for_officials
def left(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Every item somebody still has to look at, with the act that settles it."""
    found = queries.find(actor, code)
    context = {
        "dialogue": found,
        "left": left_queries.left(found, actor),
        "may_correct": policies.may_take_down(actor, found),
    }
    return render(request, "dialogues/desk/left.html", context)


@require_http_methods(["GET", "POST"])
@for_officials
def item_date(request: HttpRequest, actor: Official, code: str, item: UUID) -> HttpResponse:
    """Set the date the conclusion gives one item."""
    found = queries.question(actor, code, item)
    form = ConclusionDate(request.POST or None, initial={"due_on": found.due_on})
    act = Act(
        step="date",
        title=_("Set the date of the conclusion"),
        button=_("Set the date"),
        done=_("The date is set."),
        lead=found.submission.text,
    )
    return _put_right(
        request, actor, found, act, form,
        lambda: correcting.set_date(
            found.pk, due_on=form.cleaned_data["due_on"], by=actor, at=timezone.now()
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_officials
def item_village(request: HttpRequest, actor: Official, code: str, item: UUID) -> HttpResponse:
    """Say from which village one item was said."""
    found = queries.question(actor, code, item)
    hall = queries.hall(actor, code, today=local_day(timezone.now()))
    form = Village(request.POST or None, villages=hall.villages)
    act = Act(
        step="village",
        title=_("Choose the village"),
        button=_("Keep the village"),
        done=_("The village is kept."),
        lead=found.submission.text,
    )
    return _put_right(
        request, actor, found, act, form,
        lambda: correcting.name_village(
            found.pk, village=form.chosen(), by=actor, at=timezone.now()
        ),
    )  # fmt: skip


def _put_right(
    request: HttpRequest,
    actor: Official,
    item: Item,
    act: Act,
    form: BaseForm,
    call: Callable[[], T],
) -> HttpResponse:
    code = item.dialogue.matter.code
    if request.method == "POST" and form.is_valid() and attempt(form, call) is not None:
        messages.success(request, act.done)
        return redirect("dialogue_left", code)
    require(policies.may_take_down(actor, item.dialogue))
    back = reverse("dialogue_left", args=[code])
    context = {"act": act, "dialogue": item.dialogue, "form": form, "back": back}
    return render(request, FORM, context)
