"""Citizens' page to denounce or report about officials and bodies. Who it is about comes first, all
on one address, in the body of each request; no session, no address and no browser is kept.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from uuid import UUID

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from doithoai.accounts.actors import Citizen
from doithoai.cases import portal_queries
from doithoai.cases.commands import protecting, sealed_intake
from doithoai.cases.commands.protecting import Further
from doithoai.cases.commands.sealed_intake import Denounced, Lodged, Told, Way
from doithoai.cases.forms import denouncing as forms
from doithoai.cases.protection import protection_asked
from doithoai.cases.queries import addressees
from doithoai.cases.queries import sealed as queries
from doithoai.core.days import local_day
from doithoai.core.http import address_of
from doithoai.core.identifiers import spoken
from doithoai.core.limits import Forgetful
from doithoai.core.trying import attempt
from doithoai.ledger.models import Receipt

SENDING = Forgetful(60, timedelta(seconds=20))
GUESSING = Forgetful(15, timedelta(minutes=1))
View = Callable[[HttpRequest], HttpResponse]
ToCommune = Callable[[HttpRequest, UUID], HttpResponse]


class InMemory(MemoryFileUploadHandler):
    """What is sent here never touches the disk in clear, however large; the form limits it."""

    def handle_raw_input(self, *about: object) -> None:
        """See MemoryFileUploadHandler; here it is always the one."""
        del about
        self.activated = True


def sealed(view: View) -> View:
    """Files stay in memory, no browser and nothing between keeps the page."""

    protected = never_cache(csrf_protect(view))

    @csrf_exempt  # the protected view below checks it, once the files' way is set
    @wraps(view)
    def door(request: HttpRequest) -> HttpResponse:
        request.upload_handlers = [InMemory(request)]
        response = protected(request)
        # Nothing goes to other sites. With "no-referrer" a browser would send "Origin: null" with
        # the form, too, and no form of these pages would be taken.
        response["Referrer-Policy"] = "same-origin"
        return response

    return door


def about_whom_first(view: ToCommune) -> ToCommune:
    """Before anybody writes a word to a commune: is it about what an official or a body did wrong?
    That goes the sealed way; anything else to ``view``. The choice is a link or a button, kept
    nowhere.
    """

    @never_cache
    @wraps(view)
    def door(request: HttpRequest, commune: UUID) -> HttpResponse:
        if request.method == "POST" or request.GET.get("about") == "no":
            return view(request, commune)
        asked = request.GET.copy()
        asked["about"] = "no"
        context = {
            "to": addressees.addressee(commune, today=local_day(timezone.now())),
            "onward": f"{request.path}?{asked.urlencode()}",
        }
        return render(request, "cases/portal/about_whom.html", context)

    return door


@sealed
def denounce(request: HttpRequest) -> HttpResponse:
    """Who it is about; then where it goes and who reads it; then what happened; then the slip."""
    now = timezone.now()
    today = local_day(now)
    if request.method != "POST":
        return _choose(request, now)
    SENDING.take(address_of(request), at=now)
    about = forms.About(request.POST, bodies=queries.bodies_named(request.POST, today=today))
    if not about.is_valid():
        return _choose(request, now, about if "body" in request.POST else None)
    found = sealed_intake.way(about.denounced(), today=today)
    return _tell(request, about, found, now)


def _choose(request: HttpRequest, now: datetime, about: forms.About | None = None) -> HttpResponse:
    """Which body, and who in it; nothing else is asked yet."""
    found = queries.bodies_named(request.POST, today=local_day(now))
    context = {
        "words": request.POST.get("words", ""),
        "found": found,
        "asked": "words" in request.POST,
        "form": about or (forms.About(bodies=found) if found else None),
    }
    return render(request, "cases/portal/denounce.html", context)


def _tell(request: HttpRequest, about: forms.About, found: Way, now: datetime) -> HttpResponse:
    """Where it goes and what cannot be protected stand above the first field."""
    sending = "text" in request.POST
    form = forms.Denouncing(request.POST, request.FILES) if sending else forms.Denouncing()
    lodged = _lodged(form, about.denounced(), now) if sending and form.is_valid() else None
    if lodged is not None:
        return _slip(request, lodged)
    context = {"about": about, "way": found, "form": form}
    return render(request, "cases/portal/denounce_tell.html", context)


def _lodged(form: forms.Denouncing, about: Denounced, now: datetime) -> Lodged | None:
    given = form.cleaned_data
    told = Told(
        given["text"],
        "web",
        "web",
        form.person(),
        (get_language() or "vi")[:2],
        not_secret=given["not_secret"],
    )
    files, protect = given["pictures"], given["protect"]
    return attempt(
        form,
        lambda: protecting.lodge(told, about, files, protect=protect, by=Citizen(), at=now),
    )


def _slip(request: HttpRequest, lodged: Lodged) -> HttpResponse:
    """The code and the secret, shown once."""
    context = {
        "lodged": lodged,
        "code": spoken(lodged.receipt.code),
        "address": portal_queries.whole_address(reverse("denounce_messages")),
    }
    return render(request, "cases/portal/denounce_slip.html", context)


@sealed
def correspondence(request: HttpRequest) -> HttpResponse:
    """With code and secret: what the body wrote, and more from the person. The digits travel in
    the page's own form, never in a cookie, a session or an address.
    """
    now = timezone.now()
    if request.method != "POST":
        return render(request, "cases/portal/denounce_open.html", {"form": forms.Opening()})
    GUESSING.take(address_of(request), at=now)
    form = forms.Opening(request.POST)
    receipt = _recognised(form, now) if form.is_valid() else None
    if receipt is None:
        return render(request, "cases/portal/denounce_open.html", {"form": form}, status=404)
    return _messages(request, form, receipt, now)


def _recognised(form: forms.Opening, now: datetime) -> Receipt | None:
    given = form.cleaned_data
    return attempt(form, lambda: sealed_intake.recognise(given["code"], given["secret"], at=now))


def _messages(
    request: HttpRequest, opening: forms.Opening, receipt: Receipt, now: datetime
) -> HttpResponse:
    by = Citizen(receipt.pk)
    matter = queries.sealed_for(by)
    sent = None
    form = forms.More(protected=protection_asked(matter.pk))
    if "text" in request.POST:
        form = forms.More(request.POST, request.FILES, protected="protect" not in form.fields)
        sent = _further(form, matter.pk, by, now) if form.is_valid() else None
    protected = protection_asked(matter.pk)
    context = {
        "opening": opening,
        "form": forms.More(protected=protected) if sent else form,
        "sent": sent is not None,
        "protected": protected,
        "matter": matter,
        "messages_kept": queries.letters(matter, by),
    }
    return render(request, "cases/portal/denounce_messages.html", context)


def _further(form: forms.More, matter: UUID, by: Citizen, now: datetime) -> object | None:
    given = form.cleaned_data
    protect = given.get("protect", False)
    further = Further(given["text"], given["pictures"], protect, given["not_secret"])
    return attempt(form, lambda: protecting.write_more(matter, further, by=by, at=now))
