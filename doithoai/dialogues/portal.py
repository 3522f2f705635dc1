"""Citizens' pages of dialogues: which are to come, what was concluded, what became of it."""

import segno
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from doithoai.accounts.actors import Citizen
from doithoai.cases.commands.intake import Taken, sent_before, submission_id
from doithoai.cases.portal import SENDING, limit
from doithoai.cases.portal_forms import Submitting, draw
from doithoai.cases.portal_queries import dues, whole_address
from doithoai.core.days import local_day
from doithoai.core.identifiers import spoken
from doithoai.core.trying import attempt
from doithoai.dialogues import portal_queries as queries
from doithoai.dialogues.commands.hall import collect_question
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.workflow import State
from doithoai.files.portal import serve

OFF = (State.POSTPONED, State.CANCELLED)


def dialogues(request: HttpRequest) -> HttpResponse:
    """To come, and past."""
    now = timezone.now()
    page = Paginator(queries.past(at=now), 20).get_page(request.GET.get("page"))
    context = {"coming": queries.coming(at=now), "page": page}
    return render(request, "dialogues/portal/dialogues.html", context)


def dialogue_public(request: HttpRequest, code: str) -> HttpResponse:
    """Time, place, agenda, who chairs; then the conclusion and what became of each promise."""
    shown = queries.shown(code, at=timezone.now())
    state = shown.dialogue.state
    context = {"shown": shown, "off": state in OFF, "poster": state in {State.ANNOUNCED, *OFF}}
    return render(request, "dialogues/portal/dialogue.html", context)


def dialogue_poster(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet for the notice board, A4, with a QR of the page's address."""
    now = timezone.now()
    address = whole_address(reverse("dialogue_public", args=[code]))
    shown = queries.shown(code, at=now)
    context = {
        "shown": shown,
        "off": shown.dialogue.state in OFF,
        "address": address,
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=2),
        "back_url": reverse("dialogue_public", args=[code]),
    }
    return render(request, "dialogues/portal/poster.html", context)


def dialogue_conclusion(request: HttpRequest, code: str) -> FileResponse:
    """The signed conclusion notice."""
    del request
    paper = queries.conclusion_paper(code)
    assert paper.signed_file is not None, "the query asks for papers with a signed file"
    return serve(paper.signed_file, filename=f"{code}-{paper.number}", preview=True)


def dialogue_minutes_public(request: HttpRequest, code: str) -> FileResponse:
    """The signed minutes, where somebody made them public."""
    del request
    paper = queries.minutes_paper(code)
    assert paper.signed_file is not None, "the query asks for papers with a signed file"
    return serve(paper.signed_file, filename=f"{code}-{paper.number}", preview=True)


@never_cache
def dialogue_question(request: HttpRequest, code: str) -> HttpResponse:
    """Send a question before the dialogue; the receipt is the answer to the form, shown once."""
    now = timezone.now()
    today = local_day(now)
    dialogue = queries.dialogue(code)
    if not queries.takes_questions(dialogue, at=now):
        return render(request, "dialogues/portal/question_over.html", {"dialogue": dialogue})
    villages = queries.villages_of(dialogue, today=today)
    if request.method != "POST":
        form = Submitting(villages=villages, initial={"drawn": draw()})
        return _question_page(request, form, dialogue)
    limit(SENDING, request)
    form = Submitting(request.POST, villages=villages)
    taken = _collected(form, dialogue) if form.is_valid() else None
    if taken is None or taken.receipt is None:
        return _question_page(request, form, dialogue)
    owed = dues(taken.case, today=today)
    context = {
        "taken": taken,
        "code": spoken(taken.receipt.code),
        "dialogue": dialogue,
        "due": owed[0] if owed else None,
        "address": whole_address(reverse("follow")),
    }
    return render(request, "dialogues/portal/question_sent.html", context)


def _question_page(request: HttpRequest, form: Submitting, dialogue: Dialogue) -> HttpResponse:
    context = {"form": form, "dialogue": dialogue}
    return render(request, "dialogues/portal/question.html", context)


def _collected(form: Submitting, dialogue: Dialogue) -> Taken | None:
    said = form.question(dialogue.matter)
    sent_as = submission_id(said)
    kept = attempt(
        form,
        lambda: collect_question(
            dialogue.pk, said, sent_as=sent_as, by=Citizen(), at=timezone.now()
        ),
    )
    if kept is None:
        return None
    return kept.taken or sent_before(sent_as, drawn=said.drawn)
