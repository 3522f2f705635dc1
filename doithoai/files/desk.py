"""Officials' pages on what papers are made from: the forms and their templates, a body's texts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.decisions import require
from doithoai.core.trying import attempt
from doithoai.files import form_queries, policies
from doithoai.files.commands import templates as writing
from doithoai.files.facts import LABELS
from doithoai.files.forms import Choosing, Replacing, Writing
from doithoai.files.http import handed_over
from doithoai.files.sniffing import DOCX


@require_safe
@for_officials
def forms(request: HttpRequest, actor: Official) -> HttpResponse:
    """Every form: its number, version and source, and whether its official wording was found."""
    require(policies.may_see_forms(actor))
    language = get_language() or "vi"
    rows = [(line.form.name(language), line) for line in form_queries.listed()]
    context = {"rows": rows, "may_replace": policies.may_replace(actor)}
    return render(request, "files/forms.html", context)


@require_http_methods(["GET", "POST"])
@for_officials
def form(request: HttpRequest, actor: Official, code: str, layout: str) -> HttpResponse:
    """One form in one layout: its versions, its placeholders, and a template of one's own."""
    require(policies.may_see_forms(actor))
    page = form_queries.form_page(code, layout)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = Replacing(*given)
    if given and form.is_valid():
        upload, new = form.cleaned_data["upload"], form.value(code, layout)
        attempt(
            form,
            lambda: writing.replace_template(new, upload=upload, by=actor, at=timezone.now()),
        )
        if form.is_valid():
            messages.success(request, _("The template is used for this form from now on."))
            return redirect("form", code, layout)
    context = {
        "page": page,
        "name": page.form.name(get_language() or "vi"),
        "form": form,
        "may_replace": policies.may_replace(actor),
        "used": [(name, LABELS[name]) for name in sorted(page.form.facts)],
        "others": [(name, LABELS[name]) for name in sorted(set(LABELS) - page.form.facts)],
    }
    return render(request, "files/form.html", context)


@require_POST
@for_officials
def choose(request: HttpRequest, actor: Official, code: str, layout: str) -> HttpResponse:
    """Use an earlier version again."""
    asked = Choosing(request.POST)
    if asked.is_valid():
        version = asked.cleaned_data["version"]
        writing.choose_template(code, layout, version, by=actor, at=timezone.now())
        messages.success(request, _("That version is used again."))
    return redirect("form", code, layout)


@require_safe
@for_officials
def template(
    request: HttpRequest, actor: Official, code: str, layout: str, version: int
) -> HttpResponse:
    """The Word file of one version."""
    del request
    require(policies.may_see_forms(actor))
    data = form_queries.template(code, layout, version)
    return handed_over(data, DOCX, filename=f"{code}-{layout}-{version}")


@require_safe
@for_officials
def paragraphs(request: HttpRequest, actor: Official) -> HttpResponse:
    """The texts the official's body puts into papers and answers."""
    require(policies.may_write(actor))
    rows = form_queries.paragraphs(actor.body)
    return render(request, "files/paragraphs.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@for_officials
def new_paragraph(request: HttpRequest, actor: Official) -> HttpResponse:
    """Write a text of the body."""
    require(policies.may_write(actor))
    form = Writing(request.POST or None)
    form.prepare(None)
    if form.is_valid():
        made = attempt(
            form, lambda: writing.keep_paragraph(form.value(), by=actor, at=timezone.now())
        )
        if made is not None:
            messages.success(request, _("The text is kept."))
            return redirect("paragraphs")
    return render(request, "files/paragraph.html", {"form": form, "versions": ()})


@require_http_methods(["GET", "POST"])
@for_officials
def paragraph(request: HttpRequest, actor: Official, series: UUID) -> HttpResponse:
    """One text with its versions; what is saved is the next one."""
    require(policies.may_write(actor))
    versions = form_queries.paragraph_versions(series, body=actor.body)
    form = Writing(request.POST or None)
    form.prepare(versions[0])
    if form.is_valid():
        made = attempt(
            form,
            lambda: writing.keep_paragraph(
                form.value(), series=series, by=actor, at=timezone.now()
            ),
        )
        if made is not None:
            messages.success(request, _("The text is kept."))
            return redirect("paragraph", series)
    return render(request, "files/paragraph.html", {"form": form, "versions": versions})


@require_POST
@for_officials
def withdraw_paragraph(request: HttpRequest, actor: Official, series: UUID) -> HttpResponse:
    """Offer a text no more."""
    writing.withdraw_paragraph(series, by=actor, at=timezone.now())
    messages.success(request, _("The text is offered no more; its versions stay."))
    return redirect("paragraphs")
