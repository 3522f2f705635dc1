"""What is printed or taken away: the chair's file, the follow-up list, slips, lists, forms."""

from collections import Counter
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.dialogues import exporting, papers, policies, queries, slip_queries
from doithoai.dialogues.commands.slips import reissue_slips
from doithoai.dialogues.forms.holding import Slips
from doithoai.dialogues.models import Dialogue, Item
from doithoai.dialogues.queries import Row
from doithoai.dialogues.sheets import writing, writing_word

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
ALL, NOWHERE = "", "none"


def _download(data: bytes, name: str, media_type: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=media_type, headers=headers)


@require_safe
@for_officials
def chairs_file(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The chair's file on paper."""
    file = queries.chairs_file(actor, code)
    context = {
        "file": file,
        "dialogue": file.dialogue,
        "today": local_day(timezone.now()),
        "back_url": reverse("dialogue", args=[code]),
    }
    return render(request, "dialogues/desk/chairs_file.html", context)


@require_safe
@for_officials
def chairs_word(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The chair's file in Word."""
    data = papers.chairs_word(queries.chairs_file(actor, code))
    name = _("file for the chair")
    return _download(data, f"{code} {name}.docx", DOCX)


@require_safe
@for_officials
def follow_up(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The follow-up list on paper."""
    found = queries.find(actor, code)
    context = {
        "dialogue": found,
        "rows": queries.follow_up(found, actor),
        "back_url": reverse("dialogue", args=[code]),
    }
    return render(request, "dialogues/desk/follow_up.html", context)


@require_safe
@for_officials
def follow_up_excel(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The follow-up list in Excel, in the clerk's own layout."""
    found = queries.find(actor, code)
    codes = {row.item.case.matter.code for row in queries.follow_up(found, actor)}
    rows = [row for row in exporting.register(found, seen_by=actor) if row.code in codes]
    data = writing.write_register(rows, titles=exporting.follow_up_titles(found), at=timezone.now())
    name = _("follow-up list")
    return _download(data, f"{code} {name}.xlsx", XLSX)


@require_safe
@for_officials
def register_excel(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The whole list in the clerk's own layout; edited, it can be imported back."""
    found = queries.find(actor, code)
    rows = exporting.register(found, seen_by=actor)
    data = writing.write_register(rows, titles=exporting.titles(found), at=timezone.now())
    name = _("summary of recommendations")
    return _download(data, f"{code} {name}.xlsx", XLSX)


@require_safe
@for_officials
def register_word(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """The whole list as a Word table."""
    found = queries.find(actor, code)
    rows = exporting.register(found, seen_by=actor)
    data = writing_word.write_register(rows, titles=exporting.titles(found), at=timezone.now())
    name = _("summary of recommendations")
    return _download(data, f"{code} {name}.docx", DOCX)


@require_safe
@for_officials
def blank_excel(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """A blank form to take statements down in Excel; it is imported like any list."""
    found = queries.find(actor, code)
    data = writing.write_blank_form(office=found.host.name.upper(), at=timezone.now())
    name = _("form for statements")
    return _download(data, f"{name}.xlsx", XLSX)


@require_safe
@for_officials
def blank_word(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """A blank form in Word."""
    found = queries.find(actor, code)
    data = writing_word.write_blank_form(office=found.host.name.upper(), at=timezone.now())
    name = _("form for statements")
    return _download(data, f"{name}.docx", DOCX)


@require_http_methods(["GET", "POST"])
@for_officials
def slips(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Slips four to a sheet, by village. The page says that earlier ones die."""
    found = queries.find(actor, code)
    counts = slip_queries.slips_by_village(found, actor)
    villages = [
        (ALL, _("all villages")),
        *(
            (
                _key(c.place.pk if c.place else None),
                c.place.name if c.place else _("no village named"),
            )
            for c in counts
        ),
    ]
    form = Slips(request.POST or None, villages=villages, item=request.GET.get("item", ""))
    if request.method == "POST" and form.is_valid():
        return _printed(request, found, _chosen(form, slip_queries.by_village(found, actor)), actor)
    require(policies.may_take_down(actor, found))
    context = {
        "dialogue": found,
        "counts": counts,
        "form": form,
        "item": form["item"].value(),
        "kept_from": slip_queries.kept_from(found, actor),
    }
    return render(request, "dialogues/desk/slips.html", context)


def _key(place: UUID | None) -> str:
    return str(place) if place else NOWHERE


def _chosen(form: Slips, rows: tuple[Row, ...]) -> list[Row]:
    item, village = form.cleaned_data["item"], form.cleaned_data["village"]
    if item:
        return [row for row in rows if row.item.pk == item]
    if form.cleaned_data["only_new"]:
        rows = slip_queries.without_slip(rows)
    if village == ALL:
        return list(rows)
    return [row for row in rows if _key(row.item.submission.place_id) == village]


def _left_out(reason: str, count: int) -> str:
    said = ngettext(
        "%(count)d slip was left out: %(reason)s",
        "%(count)d slips were left out: %(reason)s",
        count,
    )
    return said % {"count": count, "reason": reason}


def _printed(
    request: HttpRequest, found: Dialogue, rows: list[Row], actor: Official
) -> HttpResponse:
    items: list[Item] = [row.item for row in rows]
    done = reissue_slips(found.pk, items, by=actor, at=timezone.now())
    for reason, count in Counter(each.reason for each in done.left_out).items():
        messages.warning(request, _left_out(reason, count))
    follow = request.build_absolute_uri(reverse("follow"))
    data = papers.slips(found, done.made, follow_url=follow, dates=papers.slip_dates(rows))
    return _download(data, f"{found.matter.code} {_('slips')}.pdf", PDF)
