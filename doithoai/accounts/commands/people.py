"""People who sign in: entered, corrected, let in again by a link, closed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from doithoai.accounts import events, policies
from doithoai.accounts.models import Holding, Right, User
from doithoai.core.actors import Actor
from doithoai.core.collation import nfc
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.ledger.commands import record


@dataclass(frozen=True)
class Person:
    """A name as on the identity card, and how to reach them at work."""

    name: str
    phone: str = ""
    email: str = ""


@transaction.atomic
def enter_person(username: str, *, person: Person, by: Actor, at: datetime) -> User:
    """Somebody new who may be given posts. They choose their password by a link.

    Raises Invalid for a user name that is taken or cannot be one.
    """
    require(policies.may_enter_people(by))
    username = nfc(username).strip()
    _check_username(username)
    user = User(username=username, name=nfc(person.name).strip())
    user.phone, user.email = person.phone.strip(), person.email.strip()
    user.set_unusable_password()
    user.save(force_insert=True)
    record(events.PersonEntered(user.pk), by=by, at=at)
    return user


def _check_username(username: str) -> None:
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError:
        raise Invalid(_("A user name has letters, digits and @ . + - _ only.")) from None
    if User.objects.filter(username__iexact=username).exists():
        raise Invalid(_("Somebody has this user name already."))


@transaction.atomic
def correct_person(user_id: UUID, *, person: Person, by: Actor, at: datetime) -> User:
    """Mend a name, a telephone or an address. Raises NotFound for an unknown person."""
    user = _lock(user_id, by, at)
    user.name = nfc(person.name).strip()
    user.phone, user.email = person.phone.strip(), person.email.strip()
    user.save(update_fields=["name", "phone", "email"])
    record(events.PersonCorrected(user.pk), by=by, at=at)
    return user


@transaction.atomic
def close_sign_in(user_id: UUID, *, by: Actor, at: datetime) -> User:
    """Let somebody in no longer, from this moment; what they did stays under their name.

    Raises NotFound for an unknown person.
    """
    user = _lock(user_id, by, at)
    require(policies.may_close(by, user=user.pk))
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(events.SignInClosed(user.pk), by=by, at=at)
    return user


@transaction.atomic
def open_sign_in(user_id: UUID, *, by: Actor, at: datetime) -> User:
    """Let somebody in again. Raises NotFound for an unknown person."""
    user = _lock(user_id, by, at)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(events.SignInOpened(user.pk), by=by, at=at)
    return user


@transaction.atomic
def forget_password(user_id: UUID, *, by: Actor, at: datetime) -> User:
    """The old password opens nothing any more and every session ends; a new one comes by a link.

    Raises NotFound for an unknown person, Invalid when their sign-in is closed.
    """
    user = _lock(user_id, by, at)
    if not user.is_active:
        raise Invalid(_("Open the sign-in of this person first."))
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record(events.PasswordForgotten(user.pk), by=by, at=at)
    return user


def _roles(seats: QuerySet[Holding]) -> list[str]:
    return [name for name in seats.values_list("post__roles", flat=True) if name]


def _lock(user_id: UUID, by: Actor, at: datetime) -> User:
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if user is None:
        raise NotFound(_("There is no such person."))
    seats = Holding.objects.filter(
        Q(valid__upper_inf=True) | Q(valid__endswith__gt=local_day(at)), user=user
    )
    bodies = frozenset(seats.values_list("post__body", flat=True))
    acts = frozenset(Right.objects.filter(role__in=_roles(seats)).values_list("act", flat=True))
    require(policies.may_manage_person(by, bodies=bodies, acts=acts))
    return user
