"""The head's one page, on a telephone or one sheet; what goes with a post that changes hands."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import YES, Decision, no, require
from doithoai.docket.queries import alarms
from doithoai.duties.queries import still_owed
from doithoai.home import desk_queries
from doithoai.home.desk_queries import GROUPS, Direct, Group, Section


def may_direct(actor: Actor) -> Decision:
    """Heads have a page of their own."""
    if actor.may("home.direct"):
        return YES
    return no(_("Only the head of a body has this page."))


@dataclass(frozen=True)
class Shown:
    """A section with its heading and the address of all its rows."""

    section: Section
    title: str
    url: str


@dataclass(frozen=True)
class Question:
    """One of the page's four headings: its sections, and the most urgent lines of them."""

    group: Group
    title: str
    url: str
    sections: tuple[Shown, ...]


def _question(group: Group) -> Question:
    filled = tuple(_titled(section) for section in group.sections if section.count)
    url = reverse("direct_section", args=[group.name])
    return Question(group, _group_title(group.name), url, filled)


def _group_title(name: str) -> str:
    return {
        "decide": pgettext("head's page", "To sign or to decide"),
        "dated": pgettext("head's page", "Late, or due within five working days"),
        "objections": pgettext("head's page", "Urgent, or not agreed to"),
        "promised": pgettext("head's page", "Tasks given by your conclusions"),
    }[name]


def _titled(section: Section) -> Shown:
    titles = {
        "sign": pgettext("head's page", "Answers to approve"),
        "conclusions": pgettext("head's page", "Conclusions to sign"),
        "tie_break": pgettext("head's page", "Lead bodies to decide"),
        "disputed": pgettext("head's page", "Disputed, come up to you"),
        "urgent": pgettext("head's page", "Urgent, not answered yet"),
        "late": pgettext("head's page", "Late now"),
        "soon": pgettext("head's page", "Due within five working days"),
        "promises": pgettext("head's page", "Tasks given by your conclusions"),
        "provisional": pgettext("head's page", "Past a provisional date"),
    }
    url = reverse("direct_section", args=[section.name])
    return Shown(section, titles[section.name], url)


def _context(actor: Official, found: Direct) -> dict[str, object]:
    now = timezone.now()
    return {
        "direct": found,
        "questions": [_question(group) for group in found.groups()],
        "owed": still_owed(actor, today=local_day(now)),
        "alarms": alarms(actor, today=local_day(now), of=actor.acts_for),
        "today": local_day(now),
        "now": now,
        "reader": actor,
    }


@require_safe
@for_officials
def direct(request: HttpRequest, actor: Official) -> HttpResponse:
    """What waits for the head: to sign, to decide, late, disputed, promised."""
    require(may_direct(actor))
    found = desk_queries.direct(actor, today=local_day(timezone.now()))
    return render(request, "home/desk/direct.html", _context(actor, found))


@require_safe
@for_officials
def direct_print(request: HttpRequest, actor: Official) -> HttpResponse:
    """The same on one A4 sheet."""
    require(may_direct(actor))
    found = desk_queries.direct(actor, today=local_day(timezone.now()))
    back = {"back_url": reverse("direct")}
    return render(request, "home/desk/direct_print.html", _context(actor, found) | back)


@require_safe
@for_officials
def direct_section(request: HttpRequest, actor: Official, name: str) -> HttpResponse:
    """All rows of a section or of a heading: exactly as many as its figure says."""
    require(may_direct(actor))
    today = local_day(timezone.now())
    sections = [_titled(each) for each in desk_queries.whole(actor, name, today=today)]
    context = {
        "title": _group_title(name) if name in GROUPS else sections[0].title,
        "sections": [shown for shown in sections if shown.section.count],
        "count": sum(shown.section.count for shown in sections),
        "today": today,
    }
    return render(request, "home/desk/section.html", context)


@require_safe
@for_officials
def handovers(request: HttpRequest, actor: Official) -> HttpResponse:
    """The posts whose hand-over list may be printed."""
    found = desk_queries.posts(actor, today=local_day(timezone.now()))
    return render(request, "home/desk/handovers.html", {"posts": found})


@require_safe
@for_officials
def handover(request: HttpRequest, actor: Official, post: UUID) -> HttpResponse:
    """What goes with a post when its holder changes, on paper."""
    now = timezone.now()
    found = desk_queries.handover(actor, post, today=local_day(now))
    context = {"handover": found, "now": now, "back_url": reverse("handovers")}
    return render(request, "home/desk/handover.html", context)
