"""Supervisors' pages: what is late and why, whom to tell by hand, what signed slips say."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.docket.queries import alarms
from doithoai.supervision import commands, exporting, papers, policies
from doithoai.supervision.forms import ByCode, Pile, Told
from doithoai.supervision.queries import by_hand, hearing, urging, watching
from doithoai.supervision.queries.reading import page_of, text_of
from doithoai.supervision.queries.watching import LateList, Watch
from doithoai.theme.components import Tab

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@for_officials
def late(request: HttpRequest, actor: Official) -> HttpResponse:
    """What is late, whose it is and why; what will be soon; what is late only provisionally."""
    require(policies.may_supervise(actor))
    today = local_day(timezone.now())
    watch = Watch.from_query(request.GET.dict())
    page = page_of(request.GET.get("page", ""))
    found = watching.late(actor, watch, today=today, page=page)
    context = {
        "late": found,
        "alarms": alarms(actor, today=today) if watch.tab == "late" else (),
        "today": today,
        "tabs": _tabs(found),
        "urges": policies.may_urge(actor, chosen=watch.body_chosen and bool(found.rows)),
        "query": watch.to_query(),
        "older": _address(watch, found.page + 1) if found.more else "",
        "newer": _address(watch, found.page - 1) if found.page > 1 else "",
        "hears": policies.may_record_words(actor),
        "tells": policies.may_tell_by_hand(actor),
    }
    return render(request, "supervision/late.html", context)


def _address(watch: Watch, page: int = 1) -> str:
    return f"{reverse('late')}?{watch.to_query()}" + (f"&page={page}" if page > 1 else "")


def _tabs(found: LateList) -> list[Tab]:
    return [
        Tab(
            url=_address(Watch(tab=name)),
            label=_tab_label(name),
            current=name == found.watch.tab,
            count=found.counts[name],
            late=name == "late",
        )
        for name in watching.TABS
    ]


def _tab_label(name: str) -> str:
    return {
        "late": pgettext("tab of supervision", "Overdue"),
        "soon": pgettext("tab of supervision", "Due within five working days"),
        "provisional": pgettext("tab of supervision", "Past a provisional date"),
    }[name]


@require_safe
@for_officials
def late_print(request: HttpRequest, actor: Official) -> HttpResponse:
    """The same list on A4."""
    require(policies.may_supervise(actor))
    now = timezone.now()
    watch = Watch.from_query(request.GET.dict())
    context = {
        "rows": watching.printed(actor, watch, today=local_day(now)),
        "most": watching.PRINTED,
        "tab": _tab_label(watch.tab),
        "provisional": watch.tab == "provisional",
        "now": now,
        "today": local_day(now),
        "reader": actor.title,
        "back_url": _address(watch),
    }
    return render(request, "supervision/late_print.html", context)


@require_safe
@for_officials
def late_excel(request: HttpRequest, actor: Official) -> HttpResponse:
    """The same list as an Excel file."""
    require(policies.may_supervise(actor))
    now = timezone.now()
    watch = Watch.from_query(request.GET.dict())
    rows = watching.printed(actor, watch, today=local_day(now))
    data = exporting.late_list(rows, title=_tab_label(watch.tab), reader=actor.title, at=now)
    return _file(data, EXCEL, f"{watch.tab}-{local_day(now):%Y-%m-%d}.xlsx")


@require_safe
@for_officials
def urge(request: HttpRequest, actor: Official) -> HttpResponse:
    """A letter, as a Word draft, that urges one body to do what is past its date."""
    watch = Watch.from_query(request.GET.dict())
    require(policies.may_urge(actor, chosen=watch.body_chosen))
    today = local_day(timezone.now())
    letter = papers.urging_letter(urging.urging(actor, watch, today=today))
    return _file(letter, WORD, f"urging-{today:%Y-%m-%d}.docx")


def _file(data: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@for_officials
def villages(request: HttpRequest, actor: Official) -> HttpResponse:
    """The villages where somebody waits to be told by hand."""
    require(policies.may_tell_by_hand(actor))
    found = by_hand.villages(actor, at=timezone.now())
    return render(request, "supervision/villages.html", {"villages": found})


@require_http_methods(["GET", "POST"])
@for_officials
def village(request: HttpRequest, actor: Official, key: str) -> HttpResponse:
    """One village: whom to call, what to post, what is read aloud; mark who was told."""
    require(policies.may_tell_by_hand(actor))
    now = timezone.now()
    sheet = by_hand.sheet(actor, key, at=now)
    form = Told(request.POST or None, people=sheet.people)
    if request.method == "POST" and form.is_valid():
        told = commands.tell_by_hand(form.cleaned_data["notice"], by=actor, at=now)
        said = ngettext("%(n)d person is marked as told.", "%(n)d people are marked as told.", told)
        messages.success(request, said % {"n": told})
        return redirect("village_sheet", key=key)
    return render(request, "supervision/village.html", {"sheet": sheet, "form": form})


@require_safe
@for_officials
def village_print(request: HttpRequest, actor: Official, key: str) -> HttpResponse:
    """The sheet of a village on paper: call list, posting, loudspeaker, a page each."""
    require(policies.may_tell_by_hand(actor))
    now = timezone.now()
    context = {
        "sheet": by_hand.sheet(actor, key, at=now),
        "now": now,
        "back_url": reverse("village_sheet", args=[key]),
    }
    return render(request, "supervision/village_print.html", context)


@require_http_methods(["GET", "POST"])
@for_officials
def words(request: HttpRequest, actor: Official) -> HttpResponse:
    """A village's signed slips, written down in one go; or slip after slip by the code on it."""
    require(policies.may_record_words(actor))
    asked = request.POST if request.method == "POST" else request.GET
    code = text_of(asked.get("code", ""))
    found = hearing.round_of(actor, asked.get("village", ""), code=code)
    pile = Pile(found.slips, request.POST or None, request.FILES or None)
    if request.method == "POST" and pile.is_valid():
        recorded = commands.record_words(pile.said(), by=actor, at=timezone.now())
        _say_kept(request, recorded.kept)
        if not recorded.refused:
            return redirect(_next_slip(found.chosen, by_code=bool(code)))
        pile.refuse(recorded.refused)
    context = {
        "round": found,
        "pile": pile,
        "code": code,
        "by_code": ByCode(initial={"code": code}),
    }
    return render(request, "supervision/words.html", context)


def _next_slip(village_key: str, *, by_code: bool) -> str:
    """Whoever types codes goes on with the next code; a village's pile goes on where it was."""
    return reverse("words") if by_code else f"{reverse('words')}?village={village_key}"


def _say_kept(request: HttpRequest, kept: int) -> None:
    said = ngettext("%(n)d slip is recorded.", "%(n)d slips are recorded.", kept)
    if kept:
        messages.success(request, said % {"n": kept})
    else:
        messages.warning(request, _("No slip was recorded."))
