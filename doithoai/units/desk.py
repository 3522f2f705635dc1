"""Administrators' pages: who is competent, a commune's villages, how bodies are reached."""

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.http import actor_of
from doithoai.core.trying import attempt
from doithoai.units import commands, forms, policies, reading
from doithoai.units.commands import Contact, Settler
from doithoai.units.territory import country


def _today() -> date:
    return local_day(timezone.now())


@login_required
def competence(request: HttpRequest) -> HttpResponse:
    """The table: field × kind of petition × level → who settles, with the day it holds from."""
    require(policies.may_edit_units(actor_of(request)))
    pack, language = country(), get_language() or "vi"
    levels = [n for n in pack.levels if n.code in {"commune", "province"}] or list(pack.levels)
    level = request.GET.get("level", levels[0].code)
    kind = request.GET.get("kind", next(iter(pack.petition_kinds)))
    lines = reading.table(level=level, petition_kind=kind, today=_today(), language=language)
    context = {
        "lines": lines,
        "levels": [(n.code, n.label(language)) for n in levels],
        "kinds": [(code, named.label(language)) for code, named in pack.petition_kinds.items()],
        "level": level,
        "kind": kind,
    }
    return render(request, "units/competence.html", context)


@login_required
def change_competence(request: HttpRequest, level: str, kind: str, field: str) -> HttpResponse:
    """From a day on another office settles this."""
    require(policies.may_edit_units(actor_of(request)))
    form = forms.CompetenceForm(
        request.POST or None, offices=reading.offices(), initial={"since": _today()}
    )
    if form.is_valid():
        settler = Settler(
            office=form.cleaned_data["office"],
            explanation=form.cleaned_data["explanation"],
            since=form.cleaned_data["since"],
        )
        made = attempt(
            form,
            lambda: commands.set_competence(
                field,
                petition_kind=kind,
                level=level,
                settler=settler,
                by=actor_of(request),
                at=timezone.now(),
            ),
        )
        if made is not None:
            return redirect(f"/desk/units/?level={level}&kind={kind}")
    names = {f.code: f for f in reading.fields()}
    named = names.get(field)
    return render(
        request, "units/change_competence.html", {"form": form, "field": named, "code": field}
    )


@login_required
def villages(request: HttpRequest) -> HttpResponse:
    """Find a commune, then see and paste its villages."""
    require(policies.may_edit_units(actor_of(request)))
    words = request.GET.get("q", "").strip()
    found = reading.communes_named(words, today=_today()) if words else []
    return render(request, "units/villages.html", {"words": words, "found": found})


@login_required
def commune(request: HttpRequest, place: UUID) -> HttpResponse:
    """A commune's villages, and a box to paste more."""
    require(policies.may_edit_units(actor_of(request)))
    here = reading.commune(place)
    form = forms.VillagesForm(request.POST or None)
    made = None
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(
            form,
            lambda: commands.add_villages(
                here.pk,
                names=data["names"],
                since=data["since"],
                by=actor_of(request),
                at=timezone.now(),
            ),
        )
    listed = reading.commune_villages(here, today=_today())
    return render(
        request, "units/commune.html", {"here": here, "form": form, "made": made, "listed": listed}
    )


@login_required
def bodies(request: HttpRequest) -> HttpResponse:
    """Find a body to say how letters and calls reach it."""
    require(policies.may_edit_units(actor_of(request)))
    words = request.GET.get("q", "").strip()
    found = reading.bodies_named(words, today=_today()) if words else []
    return render(request, "units/bodies.html", {"words": words, "found": found})


@login_required
def contact(request: HttpRequest, body: UUID) -> HttpResponse:
    """How letters and calls reach this body."""
    require(policies.may_edit_units(actor_of(request)))
    here = reading.body(body)
    form = forms.ContactForm(
        request.POST or None,
        initial={"address": here.address, "phone": here.phone, "email": here.email},
    )
    if form.is_valid():
        made = attempt(
            form,
            lambda: commands.set_contact(
                body,
                contact=Contact(**form.cleaned_data),
                by=actor_of(request),
                at=timezone.now(),
            ),
        )
        if made is not None:
            return redirect("units_bodies")
    return render(request, "units/contact.html", {"here": here, "form": form})
