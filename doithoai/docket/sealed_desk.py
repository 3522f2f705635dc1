"""Officials' pages on what is sealed: no browser keeps them; a reason opens them for a while."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.trying import attempt
from doithoai.docket import exclusion, policies, unsealing
from doithoai.docket.forms import Declaring, Unsealing, Writing
from doithoai.docket.models import Matter


@require_safe
@never_cache
@for_officials
def register(request: HttpRequest, actor: Official) -> HttpResponse:
    """The sealed matters of the settling body, for those in it who may see them."""
    return render(request, "docket/sealed.html", {"matters": unsealing.sealed_register(actor)})


@require_safe
@never_cache
@for_officials
def unsealings(request: HttpRequest, actor: Official) -> HttpResponse:
    """Who opened what, when and why: one's own, and those of whom one supervises."""
    return render(request, "docket/unsealings.html", {"opened": unsealing.unsealings(actor)})


@require_safe
@never_cache
@for_officials
def sealed_matter(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """What is sealed, while it is open to this official; else how to open it."""
    matter = unsealing.sealed_matter(code, actor)
    return _page(request, actor, matter, Unsealing(), Writing())


def _page(
    request: HttpRequest, actor: Official, matter: Matter, form: Unsealing, writing: Writing
) -> HttpResponse:
    now = timezone.now()
    context = {
        "matter": matter,
        "shown": unsealing.contents(matter, actor, at=now),
        "opened": unsealing.opened(matter, actor, at=now),
        "may": policies.may_unseal(actor, matter),
        "form": form,
        "writing": writing,
        "declaring": Declaring(),
    }
    return render(request, "docket/sealed_matter.html", context)


@require_POST
@never_cache
@for_officials
def unseal(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Open it for half an hour, with a reason."""
    matter, form, now = (
        unsealing.sealed_matter(code, actor),
        Unsealing(request.POST),
        timezone.now(),
    )
    given = form.cleaned_data if form.is_valid() else None
    made = given and attempt(
        form,
        lambda: unsealing.unseal(
            matter.pk,
            reason=given["reason"],
            text=given["text"],
            identity=given["identity"],
            by=actor,
            at=now,
        ),
    )
    return (
        redirect("sealed_matter", code) if made else _page(request, actor, matter, form, Writing())
    )


@require_POST
@never_cache
@for_officials
def write(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Write to the person, who reads it with the slip."""
    matter, form, now = unsealing.sealed_matter(code, actor), Writing(request.POST), timezone.now()
    text = form.cleaned_data["message"] if form.is_valid() else None
    sent = text and attempt(form, lambda: unsealing.write(matter.pk, text=text, by=actor, at=now))
    if not sent:
        return _page(request, actor, matter, Unsealing(), form)
    messages.success(request, _("The message is kept; the person reads it with the slip."))
    return redirect("sealed_matter", code)


@require_POST
@never_cache
@for_officials
def declare(request: HttpRequest, actor: Official, code: str) -> HttpResponse:
    """Stand back from a matter that is about somebody near."""
    matter, form = unsealing.sealed_matter(code, actor), Declaring(request.POST)
    if not form.is_valid():
        return redirect("sealed_matter", code)
    exclusion.declare_relation(matter.pk, user=actor.user, by=actor, at=timezone.now())
    messages.success(request, _("You do not see this item any more; another post has it."))
    return redirect("sealed")


@require_safe
@never_cache
@for_officials
def file(request: HttpRequest, actor: Official, code: str, turn: int) -> HttpResponse:
    """A sealed file, while the identity is open to this official; its name is a number."""
    del request
    matter = unsealing.sealed_matter(code, actor)
    about, data = unsealing.file_of(matter, turn, actor, at=timezone.now())
    response = HttpResponse(data, content_type=about.media_type)
    response["Content-Disposition"] = f'attachment; filename="{turn}.{about.extension}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
