"""The hall desk: what is said is taken down line by line, even through a lost connection."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.identifiers import spoken
from doithoai.core.sentences import told
from doithoai.core.trying import attempt
from doithoai.dialogues import policies, queries
from doithoai.dialogues.commands.hall import Kept, take_down
from doithoai.dialogues.forms.hall import Taking, secret, warned


@require_http_methods(["GET", "POST"])
@for_officials
def hall(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The page, and the way to keep a line where no script runs.

    The answer to a POST is the page itself, not a redirect: the receipt's secret is shown once and
    is kept nowhere on the way. Sent again by a reload, the line is the same line.
    """
    now = timezone.now()
    found = queries.hall(actor, code, today=local_day(now))
    form = Taking(request.POST or None, hall=found, asks=True)
    kept = _keep(form, actor) if request.method == "POST" else None
    context = {
        "dialogue": found.dialogue,
        "hall": found,
        "form": form if kept is None else Taking(hall=found),
        "warnings": _warnings(kept) if kept else (),
        "kept": kept,
        "lines": queries.lines(found.dialogue, actor),
        "decision": policies.offered(actor, found.dialogue)["take_down"],
    }
    return render(request, "dialogues/desk/hall.html", context)


@require_POST
@for_officials
def line(request: HttpRequest, actor: Official, code: str) -> JsonResponse:
    """One line from the page's script: what was kept (200), or what to mend in it (400)."""
    found = queries.hall(actor, code, today=local_day(timezone.now()))
    form = Taking(request.POST, hall=found)
    kept = _keep(form, actor)
    if kept is None:
        errors = [str(e) for every in form.errors.values() for e in every]
        return JsonResponse({"errors": errors, "secret": form.asks_secret}, status=400)
    return JsonResponse(_answer(kept, code))


@require_POST
@for_officials
def check(request: HttpRequest, actor: Official, code: str) -> JsonResponse:
    """What the words typed so far seem to be, said while the line can still be decided on."""
    found = queries.find(actor, code)
    require(policies.may_take_down(actor, found))
    text = request.POST.get("text", "")
    mark = secret(text)
    said = [each for each in (mark, *warned(text)) if each]
    return JsonResponse({"warnings": said, "secret": bool(mark)})


def _warnings(kept: Kept) -> list[str]:
    """Why the line waits for a decision; said once, when it was kept just now."""
    return [told(each) for each in kept.item.case.attention]


def _keep(form: Taking, actor: Official) -> Kept | None:
    if not form.is_valid():
        return None
    dialogue = form.hall.dialogue
    kept = attempt(form, lambda: take_down(dialogue.pk, form.line(), by=actor, at=timezone.now()))
    if kept is not None:
        kept.item.number = queries.number_of(kept.item, dialogue, actor)
    return kept


def _answer(kept: Kept, code: str) -> dict[str, object]:
    receipt = kept.taken.receipt if kept.taken else None
    return {
        "number": kept.item.number,
        "code": kept.item.case.matter.code,
        "url": reverse("case", args=[kept.item.case.matter.code]),
        "slip": reverse("dialogue_slips", args=[code], query={"item": str(kept.item.pk)}),
        "warnings": _warnings(kept),
        "receipt": _("Receipt code %(code)s, secret code %(secret)s")
        % {"code": spoken(receipt.code), "secret": receipt.secret}
        if receipt
        else "",
    }
