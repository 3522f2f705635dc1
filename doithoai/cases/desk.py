"""Officials' pages on cases: the list, one case, its acts, several at once, the counter."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.cases import paper_rules, policies, reading, searching
from doithoai.cases.acts import several, table
from doithoai.cases.acts.act import Act, Doing
from doithoai.cases.commands import intake, messaging
from doithoai.cases.forms.fields import ActForm, Given
from doithoai.cases.forms.intake import Receiving
from doithoai.cases.forms.listing import Filters
from doithoai.cases.forms.messages import Looking
from doithoai.cases.models import Case
from doithoai.cases.queries import listing, page, petitions, shown
from doithoai.cases.queries import messages as arriving
from doithoai.cases.queries.selection import Selection
from doithoai.cases.queries.views import views
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import NotFound
from doithoai.core.identifiers import spoken
from doithoai.core.trying import attempt
from doithoai.files.commands.templates import FOR_ANSWERS
from doithoai.files.form_queries import paragraphs
from doithoai.files.inserting import appended
from doithoai.files.portal import serve
from doithoai.files.queries import attachment, document, letter_file
from doithoai.files.wordings import Form
from doithoai.ledger.commands import Issued
from doithoai.notices import policies as notice_policies

WORDED = frozenset({"draft", "answer"})  # acts whose words people read again and again


@require_safe
@for_officials
def cases(request: HttpRequest, actor: Official) -> HttpResponse:
    """The cases that answer a saved query, newest first; every figure of a report opens it."""
    require(reading.may_list(actor))
    today = local_day(timezone.now())
    selection = Selection.from_query(request.GET.dict())
    found = listing.listed(actor, selection, today=today, page=request.GET.get("page", ""))
    form = Filters(initial=request.GET.dict())
    form.prepare_for(actor, today=today)
    context = {
        "listed": found,
        "filters": form,
        "kept": form.kept(request.GET.dict()),
        "query": selection.to_query(),
        "views": views(actor),
        "acts": several.offered(actor),
        "may_receive": policies.may_receive(actor),
        "unread": arriving.unread(actor),
        "today": today,
    }
    return render(request, "cases/desk/list.html", context)


@require_safe
@for_officials
def case(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """One case: what must I do, why, by when; the person's words; what happened."""
    require(reading.may_open(actor))
    today = local_day(timezone.now())
    read = page.page(code, actor, today=today)
    context = {
        "page": read,
        "case": read.case,
        "shown": shown.shown(read, inside=reading.works_inside(actor, read.case)),
        "occasion": page.occasion_seen(read.case, actor),
        "offered": table.buttons(actor, read.case),
        "beside": petitions.beside(read.case, actor),
        "may_look_over": policies.may_look_over(actor, read.case),
        "papers": _papers(actor, read.case),
        "today": today,
    }
    return render(request, "cases/desk/case.html", context)


def _papers(actor: Official, case: Case) -> list[tuple[Form, str]]:
    """The forms this case offers to whoever may make its papers, by name."""
    if not paper_rules.may_make_papers(actor, case):
        return []
    return [(form, form.name(get_language() or "vi")) for form in paper_rules.offered(case)]


@require_http_methods(["GET", "POST"])
@for_officials
def act(request: HttpRequest, actor: Official, code: str, name: str) -> HttpResponse:
    """One act on one case: its form, its command, and back to the case."""
    require(reading.may_open(actor))
    chosen = _chosen(table.BY_NAME, name)
    now = timezone.now()
    found = page.to_act_on(code, actor)
    decision = table.decide(chosen, actor, found)
    posted = request.method == "POST" and not {"again", "insert"} & set(request.POST)
    if not posted and not decision:
        context = {"act": chosen, "case": found, "form": None, "decision": decision}
        return render(request, "cases/desk/act.html", context)
    form = _form(chosen, request, Given(found, actor, local_day(now)))
    if posted and form.is_valid():
        done = attempt(form, lambda: chosen.filled.run(form, Doing(found, actor, now)))
        if form.is_valid():
            return _after(request, chosen, Doing(found, actor, now), done)
    beside = _beside(chosen, found, actor) if decision else {}
    context = {"act": chosen, "case": found, "form": form, "decision": decision, **beside}
    return render(request, f"cases/desk/{_template(chosen)}.html", context)


def _form(act: Act, request: HttpRequest, given: Given) -> ActForm:
    # Back from a refusal, or with a text of the body put in: what was typed, to be looked at anew.
    again = bool({"again", "insert"} & set(request.POST))
    posted = (request.POST, request.FILES) if request.method == "POST" and not again else ()
    form = act.filled.form(*posted)
    form.prepare(given)
    if again:
        body = given.actor.body
        form.put_back(appended(request.POST, "text", body=body, code=FOR_ANSWERS))
    if act.ask:
        form.fields["text"].label = str(act.ask)
    return form


def _beside(act: Act, case: Case, actor: Official) -> dict[str, object]:
    """What a person reads beside the form: similar cases when classifying, the answer they mask."""
    if act.name == "classify":
        return {"alike": searching.similar(case, seen_by=actor)}
    if act.name in WORDED:
        return {"paragraphs": paragraphs(actor.body, code=FOR_ANSWERS)}
    if act.name == "publish":
        return {"answers": page.pieces(case.pk).of("answer")[-1:]}
    return {}


def _chosen(acts: Mapping[str, Act], name: str) -> Act:
    found = acts.get(name)
    if found is None:
        raise NotFound("")
    return found


def _template(act: Act) -> str:
    own = {"classify": "classify", "publish": "publish"}
    return own.get(act.name, "act")


def _after(request: HttpRequest, act: Act, doing: Doing, done: object) -> HttpResponse:
    case = doing.case
    if isinstance(done, Issued):
        return _handed_out(request, done, case)
    if isinstance(done, str):
        address = request.build_absolute_uri(reverse("reply_link", args=[done]))
        context = {"case": case, "act": act, "reply_url": address}
        return render(request, "cases/desk/forwarded.html", context)
    messages.success(request, _("Recorded: %(act)s.") % {"act": act.label})
    if not page.still_seen(case, doing.by):  # it was kept private from whoever did it, too
        return redirect("cases")
    return redirect(reverse("case", args=[case.matter.code], query={"done": act.name}))


@require_http_methods(["GET", "POST"])
@for_officials
def together(request: HttpRequest, actor: Official, name: str) -> HttpResponse:
    """One act on several chosen cases: all of them, or none."""
    require(reading.may_list(actor))
    chosen = several.BY_NAME.get(name)
    if chosen is None:
        raise NotFound("")
    now = timezone.now()
    found = listing.chosen(request.GET.getlist("case") or request.POST.getlist("case"), actor)
    posted = request.method == "POST" and "again" not in request.POST
    form = _form_of_several(chosen, request, Given(found[0], actor, local_day(now)))
    seen = request.POST.getlist("seen") if posted else [several.written(c) for c in found]
    if posted and form.is_valid():
        doing = several.Chosen(tuple(c.pk for c in found), several.seen(seen), actor, now)
        attempt(form, lambda: chosen.run(form, doing))
        if form.is_valid():
            return _after_several(request, found)
    context = {"act": chosen, "cases": found, "form": form, "seen": seen}
    return render(request, "cases/desk/together.html", context)


def _form_of_several(act: several.Several, request: HttpRequest, given: Given) -> ActForm:
    again = "again" in request.POST
    posted = (request.POST, request.FILES) if request.method == "POST" and not again else ()
    form = act.form(*posted)
    form.prepare(given)
    if again:  # back from a refusal: what was typed, and the items as they are now
        form.put_back(request.POST)
    if act.ask:
        form.fields["text"].label = str(act.ask)
    return form


def _after_several(request: HttpRequest, cases: Sequence[Case]) -> HttpResponse:
    count = len(cases)
    text = ngettext("Recorded for %(n)d item.", "Recorded for %(n)d items.", count)
    messages.success(request, text % {"n": count})
    return redirect("cases")


@require_http_methods(["GET", "POST"])
@for_officials
def receive(request: HttpRequest, actor: Official) -> HttpResponse:
    """Take down what somebody says at the counter, by telephone or in a letter."""
    require(policies.may_receive(actor))
    now = timezone.now()
    to = listing.receiver(actor)
    once = request.POST.get("once", "") or uuid4().hex
    if request.method == "POST" and once == request.session.get("received_once"):
        return redirect("cases")
    form = Receiving(request.POST or None)
    form.prepare_for(to.place, today=local_day(now))
    if request.method == "POST" and form.is_valid():
        taken = attempt(form, lambda: intake.submit(form.value(), to=to, by=actor, at=now))
        if taken is not None and taken.receipt is not None:
            request.session["received_once"] = once
            return _handed_out(request, taken.receipt, taken.case)
    return render(request, "cases/desk/receive.html", {"form": form, "to": to, "once": once})


def _handed_out(request: HttpRequest, receipt: Issued, case: Case) -> HttpResponse:
    """The code and the secret, in this one answer and nowhere else."""
    context = {"receipt": receipt, "code": spoken(receipt.code), "case": case}
    return render(request, "cases/desk/handed_out.html", context)


@require_safe
@for_officials
def paper(request: HttpRequest, actor: Official, code: str, paper: UUID) -> HttpResponseBase:
    """The Word draft of a letter of a case; ``?signed``: the file as it was signed."""
    require(reading.may_open(actor))
    about = page.read(code, actor)
    stored, name = letter_file(document(paper, about=about.pk), signed="signed" in request.GET)
    return serve(stored, filename=f"{about.matter.code} {name}", preview="preview" in request.GET)


@require_safe
@for_officials
def file(request: HttpRequest, actor: Official, code: str, file: UUID) -> HttpResponseBase:
    """A file of a case, to whoever may see the case."""
    require(reading.may_open(actor))
    found = attachment(file, about=page.read(code, actor).pk)
    return serve(found.stored, filename=found.title, preview="preview" in request.GET)


@require_safe
@for_officials
def messages_in(request: HttpRequest, actor: Official) -> HttpResponse:
    """Text messages a person must read, and notices that did not get through."""
    return _messages_page(request, actor)


@require_POST
@for_officials
def message_looked(request: HttpRequest, actor: Official, message: UUID) -> HttpResponse:
    """A message was read, and this was done with it."""
    form = Looking(request.POST, auto_id=f"{message}-%s")
    if not form.is_valid():
        return _messages_page(request, actor, {message: form})
    done = form.cleaned_data["done"]
    messaging.look_at_message(message, done=done, by=actor, at=timezone.now())
    messages.success(request, _("The message is marked as read."))
    return redirect("messages_in")


@require_POST
@for_officials
def notice_again(request: HttpRequest, actor: Official, notice: UUID) -> HttpResponse:
    """Send a notice that did not get through once more."""
    messaging.send_again(notice, by=actor, at=timezone.now())
    messages.success(request, _("The notice is sent again."))
    return redirect("messages_in")


def _messages_page(
    request: HttpRequest, actor: Official, forms: Mapping[UUID, Looking] | None = None
) -> HttpResponse:
    require(notice_policies.may_look_at(actor))
    typed = forms or {}
    context = {
        "waiting": [
            (read, typed.get(read.message.pk) or Looking(auto_id=f"{read.message.pk}-%s"))
            for read in arriving.waiting(actor)
        ],
        "stuck": arriving.stuck(actor),
    }
    return render(request, "cases/desk/messages.html", context)
