"""A clerk's list step by step: choose the file, look at each row, import, see the result."""

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
from doithoai.core.decisions import require
from doithoai.core.trying import attempt
from doithoai.dialogues import policies, previewing, queries, results
from doithoai.dialogues.commands import sheets
from doithoai.dialogues.forms.missing import MissingRows
from doithoai.dialogues.forms.sheets import Columns, Upload
from doithoai.dialogues.models import Sheet
from doithoai.dialogues.previewing import Preview
from doithoai.dialogues.workflow import COMING
from doithoai.files.portal import serve


@require_http_methods(["GET", "POST"])
@for_officials
def upload(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Choose the file. It is kept as it came; nothing is imported yet."""
    found = queries.find(actor, code)
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = attempt(
            form,
            lambda: sheets.keep_sheet(
                found.pk, form.cleaned_data["file"], by=actor, at=timezone.now()
            ),
        )
        if kept is not None:
            return redirect("dialogue_sheet", code, kept.pk)
    require(policies.offered(actor, found)["import"])
    return render(request, "dialogues/desk/upload.html", {"form": form, "dialogue": found})


@require_http_methods(["GET", "POST"])
@for_officials
def look(request: HttpRequest, actor: Official, code: str, sheet: UUID) -> HttpResponse:
    """The header found, the columns, and what every line will become; POST changes the columns."""
    now = timezone.now()
    found = queries.sheet(actor, code, sheet)
    require(policies.may_import(actor, found.dialogue))
    shown = previewing.preview(found, today=local_day(now), seen_by=actor)
    form = Columns(request.POST or None, columns=shown.columns)
    if request.method == "POST" and form.is_valid():
        chosen = attempt(
            form, lambda: sheets.choose_columns(found.pk, form.chosen(), by=actor, at=now)
        )
        if chosen is not None:
            messages.success(request, _("The columns are read anew."))
            return redirect("dialogue_sheet", code, sheet)
    return _looked_at(request, found, shown, form, MissingRows(rows=shown.gone.asked))


def _looked_at(
    request: HttpRequest, sheet: Sheet, shown: Preview, form: Columns, missing: MissingRows
) -> HttpResponse:
    context = {
        "sheet": sheet,
        "dialogue": sheet.dialogue,
        "preview": shown,
        "form": form,
        "missing": missing,
        "at_once": sheets.AT_ONCE,
        "early": sheet.dialogue.state in COMING,
        "accepted": request.POST.getlist("accept"),
        "sure": "before_held" in request.POST,
    }
    return render(request, "dialogues/desk/look.html", context)


@require_POST
@for_officials
def confirm(request: HttpRequest, actor: Official, code: str, sheet: UUID) -> HttpResponse:
    """Import what was looked at; changed rows only where they are ticked, and of the rows that are
    gone what was decided of each.
    """
    now = timezone.now()
    found = queries.sheet(actor, code, sheet)
    require(policies.may_import(actor, found.dialogue))
    asked = previewing.gone(found, seen_by=actor).asked
    missing = MissingRows(request.POST, request.FILES, rows=asked)
    if not missing.is_valid():
        shown = previewing.preview(found, today=local_day(now), seen_by=actor)
        return _looked_at(request, found, shown, Columns(columns=shown.columns), missing)
    accepted = frozenset(request.POST.getlist("accept"))
    sure = "before_held" in request.POST
    done = sheets.import_sheet(
        found.pk, accepted=accepted, decided=missing.decided(), sure=sure, by=actor, at=now
    )
    if done.left:
        said = _("%(done)s rows are imported, %(left)s are left. Press the button to go on.")
        messages.info(request, said % {"done": done.imported, "left": done.left})
        return redirect("dialogue_sheet", code, sheet)
    return redirect("dialogue_sheet_result", code, sheet)


@require_safe
@for_officials
def result(request: HttpRequest, actor: Official, code: str, sheet: UUID) -> HttpResponse:
    """What was imported, was there already, needs a person, was refused."""
    found = queries.sheet(actor, code, sheet)
    require(policies.may_import(actor, found.dialogue))
    if found.result is None:
        return redirect("dialogue_sheet", code, sheet)
    context = {
        "sheet": found,
        "dialogue": found.dialogue,
        "result": results.result(found, actor),
    }
    return render(request, "dialogues/desk/result.html", context)


@require_safe
@for_officials
def original(request: HttpRequest, actor: Official, code: str, sheet: UUID) -> FileResponse:
    """The file as it came."""
    found = queries.original(actor, code, sheet)
    return serve(found.stored, filename=found.name)
