"""Citizens' pages: say something, follow it, have the last word."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from doithoai.accounts.actors import Citizen
from doithoai.cases import portal_forms as forms
from doithoai.cases import portal_queries as queries
from doithoai.cases.commands import ending, lodging
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.commands.intake import Taken
from doithoai.cases.commands.letters import transfer_by_token
from doithoai.cases.models import Case
from doithoai.cases.queries import addressees
from doithoai.core.days import local_day
from doithoai.core.http import address_of
from doithoai.core.identifiers import spoken
from doithoai.core.limits import Bucket
from doithoai.core.trying import attempt
from doithoai.files.models import Attachment
from doithoai.files.portal import serve
from doithoai.files.printing import slips
from doithoai.ledger.models import Receipt

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
Opened = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
STAYS = timedelta(minutes=30)
SENDING = Bucket(getattr(settings, "SENDING_LIMIT", 60), timedelta(seconds=20))
GUESSING = Bucket(15, timedelta(minutes=1))


def limit(bucket: Bucket, request: HttpRequest) -> None:
    """Not too often from one address. Raises TooMany."""
    bucket.take(address_of(request), at=timezone.now())


# --------------------------------------------------------------------------------- say something
def submit(request: HttpRequest) -> HttpResponse:
    """Who reads what, then: which commune."""
    today = local_day(timezone.now())
    words = request.GET.get("q", "").strip()[:100]
    context = {
        "words": words,
        "found": addressees.communes_named(words, today=today) if words else [],
        "served": [] if words else addressees.served(today=today)[: addressees.LISTED],
    }
    return render(request, "cases/portal/submit.html", context)


@never_cache
def submit_to(request: HttpRequest, commune: UUID) -> HttpResponse:
    """Say it to this commune; the receipt is the answer to the form, shown once."""
    now = timezone.now()
    to = addressees.addressee(commune, today=local_day(now))
    if request.method != "POST":
        form = forms.Submitting(villages=to.villages, initial={"drawn": forms.draw()})
        return render(request, "cases/portal/submit_to.html", {"form": form, "to": to})
    limit(SENDING, request)
    form = forms.Submitting(request.POST, request.FILES, villages=to.villages)
    taken = _lodged(form, to, now) if form.is_valid() else None
    if taken is None:
        return render(request, "cases/portal/submit_to.html", {"form": form, "to": to})
    return _receipt_page(request, taken, to, now)


def _lodged(form: forms.Submitting, to: addressees.Addressee, now: datetime) -> Taken | None:
    said = form.statement(to.commune.name)
    uploads = form.cleaned_data["pictures"]
    return attempt(
        form, lambda: lodging.lodge(said, uploads, to=to.committee, by=Citizen(), at=now)
    )


def _receipt_page(
    request: HttpRequest, taken: Taken, to: addressees.Addressee, now: datetime
) -> HttpResponse:
    today = local_day(now)
    context = {
        "taken": taken,
        "code": spoken(taken.receipt.code) if taken.receipt else "",
        "to": to,
        "due": queries.first_due(taken, to, today=today),
        "today": today,
        "address": queries.whole_address(reverse("follow")),
    }
    return render(request, "cases/portal/receipt.html", context)


@require_POST
@never_cache
def slip(request: HttpRequest) -> HttpResponse:
    """The slip as PDF, for whoever has its digits; they come in the body, never in the address."""
    limit(GUESSING, request)
    now = timezone.now()
    form = forms.Following(request.POST)
    receipt = _recognised(form, now)
    if receipt is None:
        return render(request, "cases/portal/follow.html", {"form": form}, status=404)
    address = queries.whole_address(reverse("follow"))
    given = form.cleaned_data
    made = queries.slip_of(
        receipt, given["code"], given["secret"], address=address, today=local_day(now)
    )
    response = HttpResponse(slips([made]), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="phieu-tiep-nhan.pdf"'
    return response


# ------------------------------------------------------------------------------------- follow it
@never_cache
def follow(request: HttpRequest) -> HttpResponseBase:
    """Ask for the digits of the slip; wrong ones get one and the same answer."""
    if request.method != "POST":
        return render(request, "cases/portal/follow.html", {"form": forms.Following()})
    limit(GUESSING, request)
    now = timezone.now()
    form = forms.Following(request.POST)
    kept = forms.Kept.sent_along(request.POST)
    receipt = _recognised(form, now)
    case = queries.written_on(receipt, kept.case) if receipt and kept else None
    if kept and receipt and case is None:
        form.add_error(None, _("This slip is not the one of the page you were writing on."))
    if receipt is None or (kept and case is None):
        context = {"form": form, "kept": kept}
        return render(request, "cases/portal/follow.html", context, status=404)
    _open(request, receipt, now)
    if kept is None or case is None:
        return redirect("follow_cases")
    said = _("Nothing is lost: read what you wrote, then send it. Choose pictures again.")
    messages.success(request, said)
    return FORMS[kept.page](request, kept.case, kept.values)


def _open(request: HttpRequest, receipt: Receipt, now: datetime) -> None:
    """Remember the slip for half an hour."""
    request.session.cycle_key()
    request.session["receipt"] = str(receipt.pk)
    request.session["receipt_until"] = (now + STAYS).timestamp()


def _recognised(form: forms.Following, now: datetime) -> Receipt | None:
    if not form.is_valid():
        return None
    given = form.cleaned_data
    return attempt(form, lambda: lodging.recognise(given["code"], given["secret"], at=now))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the slip on this machine."""
    _forget(request)
    return redirect("home")


def _forget(request: HttpRequest) -> None:
    request.session.pop("receipt", None)
    request.session.pop("receipt_until", None)


def _held(request: HttpRequest) -> Receipt | None:
    """The receipt opened here within the last half hour, unless it was replaced."""
    kept, until = request.session.get("receipt"), request.session.get("receipt_until", 0.0)
    if not kept or timezone.now() >= datetime.fromtimestamp(until, tz=UTC):
        _forget(request)
        return None
    return queries.holds(UUID(kept))


def following(view: Callable[Concatenate[HttpRequest, Receipt, P], R]) -> Opened[P]:
    """Only for whoever opened a slip here; others are asked for its digits."""

    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        receipt = _held(request)
        response = view(request, receipt, *args, **kwargs) if receipt else _asked_again(request)
        add_never_cache_headers(response)
        return response

    return opened


def _asked_again(request: HttpRequest) -> HttpResponse:
    """Ask for the digits; what was just typed goes along in the page, and nowhere else."""
    kept = forms.Kept.typed(request.resolver_match, request.POST)
    if kept is None:
        messages.warning(request, _("Give the digits of your slip to open its page."))
        return redirect("follow")
    said = _(
        "The page was open for too long. Give the digits of your slip; what you wrote is kept."
    )
    messages.warning(request, said)
    context = {"form": forms.Following(), "kept": kept}
    return render(request, "cases/portal/follow.html", context, status=403)


@following
def follow_cases(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    """What one slip follows: the case itself, or the list when it became several."""
    cases = queries.followed(Citizen(receipt.pk), receipt)
    if len(cases) == 1:
        return _case_page(request, receipt, cases[0])
    return render(request, "cases/portal/cases.html", {"cases": cases})


@following
def follow_case(request: HttpRequest, receipt: Receipt, case_id: UUID) -> HttpResponse:
    """Where one case is, what comes next, what happened, what was answered."""
    case = queries.followed_case(Citizen(receipt.pk), receipt, case_id)
    return _case_page(request, receipt, case)


def _case_page(request: HttpRequest, receipt: Receipt, case: Case) -> HttpResponse:
    today = local_day(timezone.now())
    by = Citizen(receipt.pk)
    page = queries.page_of(case, by=by, submission=receipt.about, today=today)
    return render(request, "cases/portal/case.html", {"page": page, "case": case, "today": today})


@following
def follow_why(request: HttpRequest, receipt: Receipt, case_id: UUID) -> HttpResponse:
    """Why each date is the date it is."""
    case = queries.followed_case(Citizen(receipt.pk), receipt, case_id)
    today = local_day(timezone.now())
    context = {"case": case, "dues": queries.dues(case, today=today), "today": today}
    return render(request, "cases/portal/why.html", context)


@following
def follow_file(
    request: HttpRequest, receipt: Receipt, case_id: UUID, file_id: UUID
) -> FileResponse:
    """Evidence of an answer, or what the person sent."""
    del request
    case = queries.followed_case(Citizen(receipt.pk), receipt, case_id)
    return _served(queries.shown_file(case, file_id, holder=receipt.pk))


def _served(found: Attachment) -> FileResponse:
    return serve(found.stored, filename=found.title, preview=True)


# ------------------------------------------------------------------------------ have the last word
Typed = dict[str, str] | None  # on the page before it closed; shown again, not yet sent


def _posted(request: HttpRequest, typed: Typed) -> "tuple[QueryDict | None, forms.Uploads | None]":
    return (None, None) if typed else (request.POST or None, request.FILES or None)


@following
def follow_word(
    request: HttpRequest, receipt: Receipt, case_id: UUID, typed: Typed = None
) -> HttpResponse:
    """Agree with the result, agree in part, or recommend again."""
    by, now = Citizen(receipt.pk), timezone.now()
    case = queries.followed_case(by, receipt, case_id)
    words = queries.words_of(case, by=by)
    form = forms.SayingWord(*_posted(request, typed), words=words, initial=typed)
    if form.is_valid():
        given = form.cleaned_data
        about, looked = receipt.about, given["not_secret"]
        heard = Heard("web", given["text"], about, not_secret=looked)
        said = attempt(
            form,
            lambda: lodging.say(case_id, given["word"], heard, given["pictures"], by=by, at=now),
        )
        if said is not None:
            messages.success(request, _("Your word is recorded, and the office sees it now."))
            return redirect("follow_case", case_id)
    context = {"form": form, "case": case, "answer": queries.last_answer(case)}
    return render(request, "cases/portal/word.html", context)


@following
def follow_reply(
    request: HttpRequest, receipt: Receipt, case_id: UUID, typed: Typed = None
) -> HttpResponse:
    """Reply to what the office asked."""
    by, now = Citizen(receipt.pk), timezone.now()
    case = queries.followed_case(by, receipt, case_id)
    form = forms.Replying(*_posted(request, typed), initial=typed)
    if form.is_valid():
        given = form.cleaned_data
        text, files, looked = given["text"], given["pictures"], given["not_secret"]
        said = attempt(
            form,
            lambda: lodging.reply(
                case_id, text=text, uploads=files, not_secret=looked, by=by, at=now
            ),
        )
        if said is not None:
            messages.success(request, _("Your reply arrived. The time runs again."))
            return redirect("follow_case", case_id)
    context = {"form": form, "case": case, "question": queries.open_question(case)}
    return render(request, "cases/portal/reply.html", context)


def _gone(*, asked: bool) -> str:
    """What a person reads who withdrew: a complaint does not end by that alone."""
    if asked:
        return _("You asked to withdraw it. The body that settles it decides, and tells you.")
    return _("It is withdrawn. Nothing more is owed to you.")


@following
def follow_withdraw(
    request: HttpRequest, receipt: Receipt, case_id: UUID, typed: Typed = None
) -> HttpResponse:
    """Withdraw, with a reason."""
    by = Citizen(receipt.pk)
    case = queries.followed_case(by, receipt, case_id)
    form = forms.Withdrawing(_posted(request, typed)[0], initial=typed)
    if form.is_valid():
        why, now = form.cleaned_data["reason"], timezone.now()
        gone = attempt(form, lambda: ending.withdraw(case_id, reason=why, by=by, at=now))
        if gone is not None:
            messages.success(request, _gone(asked=gone.withdrawal_asked_on is not None))
            return redirect("follow_cases" if queries.followed(by, receipt) else "follow")
    return render(request, "cases/portal/withdraw.html", {"form": form, "case": case})


# The forms that are shown again with what was typed before the slip's page closed.
FORMS = {"follow_word": follow_word, "follow_reply": follow_reply}
FORMS |= {"follow_withdraw": follow_withdraw}


# ------------------------------------------------------------------- a body without an account
@never_cache
def reply_link(request: HttpRequest, token: str) -> HttpResponse:
    """A body without an account answers the letter it got, once."""
    transfer = transfer_by_token(token, at=timezone.now())
    form = forms.Replying(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given, now = form.cleaned_data, timezone.now()
        text, files, looked = given["text"], given["pictures"], given["not_secret"]
        sent = attempt(
            form,
            lambda: lodging.reply_by_link(
                token, text=text, uploads=files, not_secret=looked, at=now
            ),
        )
        if sent is not None:
            return redirect("reply_done")
    context = {"form": form, "transfer": transfer, "case": transfer.case}
    return render(request, "cases/portal/reply_link.html", context)


def reply_done(request: HttpRequest) -> HttpResponse:
    """The reply arrived; the link is used up."""
    return render(request, "cases/portal/reply_done.html")
