"""Administrators' pages: who is competent, a commune's villages, how bodies are reached."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.http import actor_of
from doithoai.core.trying import attempt
from doithoai.units import commands, forms, policies, reading
from doithoai.units.commands import Contact, Named, Settler
from doithoai.units.models import Body, Place
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
    """How letters and calls reach this body; what was entered here is mended as a whole."""
    require(policies.may_edit_units(actor_of(request)))
    here = reading.body(body)
    if here.own:
        return _own_body(request, here)
    form = forms.ContactForm(request.POST or None, initial=_reached(here))
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


def _reached(here: Body) -> dict[str, str]:
    return {"address": here.address, "phone": here.phone, "email": here.email}


def _own_body(request: HttpRequest, here: Body) -> HttpResponse:
    known = {
        **_reached(here),
        "name": here.name,
        "short_name": here.short_name,
        "aliases": "\n".join(here.aliases),
        "kind": here.kind,
        "level": here.level,
        "place": _whole_name(here.place),
    }
    form = _body_form(request, known)
    if form.is_valid():
        made = attempt(
            form,
            lambda: commands.correct_body(
                here.pk, _named(form), contact=_contact(form), by=actor_of(request),
                at=timezone.now(),
            ),
        )  # fmt: skip
        if made is not None:
            return redirect("units_bodies")
    return render(request, "units/own_body.html", {"here": here, "form": form})


def _whole_name(place: Place | None) -> str:
    if place is None:
        return ""
    return f"{place.name}, {place.parent.name}" if place.parent else place.name


def _body_form(request: HttpRequest, known: dict[str, str] | None = None) -> forms.BodyForm:
    return forms.BodyForm(
        request.POST or None,
        kinds=reading.kinds_of_body(),
        levels=reading.levels(),
        initial=known or {"level": "commune"},
    )


def _named(form: forms.BodyForm) -> Named:
    """Raises Invalid for a place nobody knows."""
    said = form.cleaned_data
    place = reading.place_named(said["place"], today=_today())
    return Named(
        name=said["name"],
        short_name=said["short_name"],
        kind=said["kind"],
        level=said["level"],
        place=place.pk if place else None,
        aliases=tuple(said["aliases"].splitlines()),
    )


def _contact(form: forms.BodyForm) -> Contact:
    said = form.cleaned_data
    return Contact(address=said["address"], phone=said["phone"], email=said["email"])


@login_required
def new_body(request: HttpRequest) -> HttpResponse:
    """A body without an account: letters go to it, nobody acts for it here."""
    require(policies.may_edit_units(actor_of(request)))
    form = _body_form(request)
    if form.is_valid():
        made = attempt(
            form,
            lambda: commands.enter_body(
                _named(form), contact=_contact(form), by=actor_of(request), at=timezone.now()
            ),
        )
        if made is not None:
            messages.success(request, _("%(name)s is entered.") % {"name": made.short_name})
            return redirect("units_bodies")
    return render(request, "units/new_body.html", {"form": form})


@login_required
def end_body(request: HttpRequest, body: UUID) -> HttpResponse:
    """A body that was entered here is no more from a day on."""
    require(policies.may_edit_units(actor_of(request)))
    here = reading.body(body)
    form = forms.EndForm(request.POST or None)
    if form.is_valid():
        since = form.cleaned_data["since"]
        made = attempt(
            form,
            lambda: commands.end_body(body, since=since, by=actor_of(request), at=timezone.now()),
        )
        if made is not None:
            return redirect("units_bodies")
    return render(request, "units/end.html", {"name": here.short_name, "form": form})


@login_required
def rename_village(request: HttpRequest, village: UUID) -> HttpResponse:
    """Another name for a village and its boards, from a day on."""
    require(policies.may_edit_units(actor_of(request)))
    here = reading.village(village)
    form = forms.RenameForm(request.POST or None, initial={"name": here.name})
    if form.is_valid():
        said = form.cleaned_data
        made = attempt(
            form,
            lambda: commands.rename_village(
                village, **said, by=actor_of(request), at=timezone.now()
            ),
        )
        if made is not None:
            return redirect("units_commune", place=here.parent_id)
    return render(request, "units/village.html", {"here": here, "form": form})


@login_required
def end_village(request: HttpRequest, village: UUID) -> HttpResponse:
    """A village is no more from a day on, and no other took its place."""
    require(policies.may_edit_units(actor_of(request)))
    here = reading.village(village)
    form = forms.EndForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        made = attempt(
            form,
            lambda: commands.end_village(village, **said, by=actor_of(request), at=timezone.now()),
        )
        if made is not None:
            return redirect("units_commune", place=here.parent_id)
    return render(request, "units/end.html", {"name": here.name, "form": form})


@login_required
def merge_villages(request: HttpRequest, place: UUID) -> HttpResponse:
    """Several villages of a commune become one, from a day on."""
    require(policies.may_edit_units(actor_of(request)))
    here = reading.commune(place)
    listed = reading.commune_villages(here, today=_today())
    form = forms.MergeForm(request.POST or None, villages=[(str(v.pk), v.name) for v in listed])
    if form.is_valid():
        said = form.cleaned_data
        made = attempt(
            form,
            lambda: commands.merge_villages(
                said["villages"], name=said["name"], since=said["since"],
                document=said["document"], by=actor_of(request), at=timezone.now(),
            ),
        )  # fmt: skip
        if made is not None:
            return redirect("units_commune", place=here.pk)
    return render(request, "units/merge.html", {"here": here, "form": form})
