"""Administrators' pages: people, the posts of a body, who sits in them from which day on."""

from datetime import date
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from doithoai.accounts import forms, policies, reading
from doithoai.accounts.actors import Official
from doithoai.accounts.commands import people as writing
from doithoai.accounts.commands import seats
from doithoai.accounts.commands.people import Person
from doithoai.accounts.commands.seats import Term
from doithoai.accounts.http import for_officials
from doithoai.accounts.models import Post, User
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.trying import attempt


def _today() -> date:
    return local_day(timezone.now())


@for_officials
@require_safe
def people(request: HttpRequest, actor: Official) -> HttpResponse:
    """Find a person or a body."""
    require(policies.may_enter_people(actor))
    words = request.GET.get("q", "").strip()
    context = {
        "words": words,
        "people": reading.people(words, seen_by=actor, today=_today()),
        "bodies": reading.bodies(words, seen_by=actor, today=_today()),
        "most": reading.MOST,
        "everywhere": policies.may_manage(actor),
    }
    return render(request, "accounts/people.html", context)


@for_officials
def new_person(request: HttpRequest, actor: Official) -> HttpResponse:
    """Enter somebody who will hold posts."""
    require(policies.may_enter_people(actor))
    form = forms.NewPersonForm(request.POST or None)
    if form.is_valid():
        made = attempt(
            form,
            lambda: writing.enter_person(
                form.cleaned_data["username"],
                person=_person(form),
                by=actor,
                at=timezone.now(),
            ),
        )
        if made is not None:
            return redirect("person", made.pk)
    return render(request, "accounts/new_person.html", {"form": form})


def _person(form: forms.PersonForm) -> Person:
    return Person(**{name: form.cleaned_data[name] for name in ("name", "phone", "email")})


@for_officials
def person(request: HttpRequest, actor: Official, user: UUID) -> HttpResponse:
    """Somebody: how to reach them, the posts they hold, their way in."""
    require(policies.may_enter_people(actor))
    here = reading.person(user, seen_by=actor)
    known = {"name": here.name, "phone": here.phone, "email": here.email}
    form = forms.PersonForm(request.POST or None, initial=known)
    if form.is_valid():
        writing.correct_person(user, person=_person(form), by=actor, at=timezone.now())
        return redirect("person", user)
    return _person_page(request, here, form)


def _person_page(
    request: HttpRequest, here: User, form: forms.PersonForm, link: str = ""
) -> HttpResponse:
    context = {
        "here": here,
        "form": form,
        "link": link,
        "seats": reading.seats_of(here, today=_today()),
    }
    return render(request, "accounts/person.html", context)


@for_officials
@require_POST
def person_link(request: HttpRequest, actor: Official, user: UUID) -> HttpResponse:
    """Put the old password out of use and show, this once, a link to choose a new one by."""
    here = writing.forget_password(user, by=actor, at=timezone.now())
    token = default_token_generator.make_token(here)
    address = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(here), token])
    known = {"name": here.name, "phone": here.phone, "email": here.email}
    form = forms.PersonForm(initial=known)
    return _person_page(request, here, form, request.build_absolute_uri(address))


@for_officials
@require_POST
def person_access(request: HttpRequest, actor: Official, user: UUID) -> HttpResponse:
    """Close somebody's sign-in, or open it again."""
    act = writing.open_sign_in if request.POST.get("open") else writing.close_sign_in
    act(user, by=actor, at=timezone.now())
    return redirect("person", user)


@for_officials
def body_posts(request: HttpRequest, actor: Official, body: UUID) -> HttpResponse:
    """The posts of a body, who sits in them, and a form for another."""
    require(policies.may_manage_in(actor, body))
    here = reading.body(body)
    form = forms.NewPostForm(
        request.POST or None, choices=reading.roles(), initial={"since": _today()}
    )
    if form.is_valid():
        made = attempt(
            form,
            lambda: seats.make_post(body, **form.cleaned_data, by=actor, at=timezone.now()),
        )
        if made is not None:
            return redirect("post_page", made.pk)
    listed = reading.posts(here, today=_today())
    return render(
        request, "accounts/body_posts.html", {"here": here, "form": form, "listed": listed}
    )


@for_officials
def post_page(request: HttpRequest, actor: Official, post: UUID) -> HttpResponse:
    """A post: its roles, who sits in it, and forms to seat somebody."""
    here = reading.post(post)
    require(policies.may_manage_in(actor, here.body_id))
    form = forms.SeatForm(request.POST or None, initial={"since": _today()})
    if form.is_valid():
        made = attempt(
            form,
            lambda: seats.seat(
                post,
                username=form.cleaned_data["username"],
                term=_term(form),
                by=actor,
                at=timezone.now(),
            ),
        )
        if made is not None:
            return redirect("post_page", post)
    return _post_page(request, actor, here, form)


def _term(form: forms.SeatForm) -> Term:
    return Term(**{name: form.cleaned_data[name] for name in ("since", "last_day", "basis")})


def _post_page(
    request: HttpRequest, actor: Official, here: Post, form: forms.SeatForm
) -> HttpResponse:
    roles = forms.RolesForm(
        choices=reading.roles(),
        initial={"roles": reading.roles_of(here), "is_head": here.is_head},
    )
    context = {
        "here": here,
        "form": form,
        "roles": roles,
        "seats": reading.seats_in(here, today=_today()),
        "people": reading.people("", seen_by=actor, today=_today()),
    }
    return render(request, "accounts/post.html", context)


@for_officials
@require_POST
def post_roles(request: HttpRequest, actor: Official, post: UUID) -> HttpResponse:
    """What whoever sits in the post may do from now on."""
    form = forms.RolesForm(request.POST, choices=reading.roles())
    if form.is_valid():
        seats.set_roles(post, **form.cleaned_data, by=actor, at=timezone.now())
    return redirect("post_page", post)


@for_officials
def substitute(request: HttpRequest, actor: Official, holding: UUID) -> HttpResponse:
    """Somebody who acts by name for the holder of a post, from a day to a day."""
    held = reading.seat(holding)
    require(policies.may_manage_in(actor, held.holding.post.body_id))
    form = forms.SeatForm(request.POST or None, initial={"since": _today()})
    if form.is_valid():
        made = attempt(
            form,
            lambda: seats.stand_in(
                holding,
                username=form.cleaned_data["username"],
                term=_term(form),
                by=actor,
                at=timezone.now(),
            ),
        )
        if made is not None:
            return redirect("post_page", held.holding.post_id)
    known = reading.people("", seen_by=actor, today=_today())
    return render(
        request, "accounts/substitute.html", {"held": held, "form": form, "people": known}
    )


@for_officials
def leave_post(request: HttpRequest, actor: Official, holding: UUID) -> HttpResponse:
    """The last day somebody holds a post; the work stays with the post."""
    held = reading.seat(holding)
    require(policies.may_manage_in(actor, held.holding.post.body_id))
    form = forms.LastDayForm(request.POST or None, initial={"last_day": _today()})
    if form.is_valid():
        made = attempt(
            form,
            lambda: seats.leave(holding, **form.cleaned_data, by=actor, at=timezone.now()),
        )
        if made is not None:
            return redirect("post_page", held.holding.post_id)
    return render(request, "accounts/leave_post.html", {"held": held, "form": form})
