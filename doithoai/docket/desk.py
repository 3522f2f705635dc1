"""Officials' pages on any matter: what I owe, why a date is what it is, search, proposed rules."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.trying import attempt
from doithoai.docket import commands, policies, queries
from doithoai.docket.forms import Adopting
from doithoai.docket.queries import Inbox
from doithoai.theme.components import Tab


@require_safe
@for_officials
def inbox(request: HttpRequest, actor: Official) -> HttpResponse:
    """What must I do, about what, why, and by when."""
    require(policies.may_open_inbox(actor))
    today = local_day(timezone.now())
    found = queries.inbox(
        actor, today=today, tab=request.GET.get("tab", ""), page=_page(request.GET.get("page", ""))
    )
    context = {
        "inbox": found,
        "tabs": _tabs(found),
        "today": today,
        "answerers": queries.answerers(actor, today=today),
        "older": _address(found, found.page + 1) if found.more else "",
        "newer": _address(found, found.page - 1) if found.page > 1 else "",
    }
    return render(request, "docket/inbox.html", context)


def _page(typed: str) -> int:
    return int(typed) if typed.isdecimal() else 1


def _address(found: Inbox, page: int) -> str:
    return reverse("inbox", query={"tab": found.tab, "page": page})


def _tabs(found: Inbox) -> list[Tab]:
    labels = {
        "late": pgettext("tab", "Overdue"),
        "today": pgettext("tab", "Due today"),
        "soon": pgettext("tab", "Due soon"),
        "later": pgettext("tab", "Within time"),
        "paused": pgettext("tab", "Paused"),
    }
    return [_tab(found, name, labels[name]) for name in queries.TABS]


def _tab(found: Inbox, name: str, label: str) -> Tab:
    count = found.counts[name]
    full = count >= queries.MOST
    return Tab(
        url=reverse("inbox", query={"tab": name}),
        label=_("%(tab)s · 100+") % {"tab": label} if full else label,
        current=name == found.tab,
        count=None if full else count,
        late=name == "late",
    )


@require_safe
@for_officials
def why(request: HttpRequest, actor: Official, obligation: UUID) -> HttpResponse:
    """Why this due date: the rule, the text, every day that was not counted."""
    today = local_day(timezone.now())
    found = queries.why(obligation, actor, today=today)
    return render(request, "docket/why.html", {"why": found, "today": today})


@require_safe
@for_officials
def search(request: HttpRequest, actor: Official) -> HttpResponse:
    """What words, codes, places and names find among what the reader may see."""
    text = request.GET.get("q", "")[:200]
    context = {
        "text": text,
        "hits": queries.search(actor, text),
        "today": local_day(timezone.now()),
    }
    return render(request, "docket/search.html", context)


@require_http_methods(["GET", "POST"])
@for_officials
def rules(request: HttpRequest, actor: Official) -> HttpResponse:
    """The rules no text prescribes, and the document that adopts each."""
    require(policies.may_adopt(actor))
    form = Adopting(request.POST or None, initial={"rule": request.GET.get("rule", "")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        attempt(
            form,
            lambda: commands.adopt(
                given["rule"],
                document=given["document"],
                adopted_on=given["adopted_on"],
                by=actor,
                at=timezone.now(),
            ),
        )
        if form.is_valid():
            messages.success(request, _("The document is recorded; its dates now count as rules."))
            return redirect("rules")
    return render(request, "docket/rules.html", {"rules": queries.proposed_rules(), "form": form})
