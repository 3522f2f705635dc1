"""What an administrator changes of bodies: how letters reach them; bodies without an account."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.collation import folded, nfc, vi_key
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.core.identifiers import uuid7
from doithoai.ledger.commands import Dimensions, record
from doithoai.units import events, policies, territory
from doithoai.units.models import Body, BodyPeriod, Place
from doithoai.units.periods import between, is_open, opened


@dataclass(frozen=True)
class Contact:
    """Where letters to a body go."""

    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Named:
    """A body as an administrator writes it. ``place`` is its territory, None the whole country;
    ``kind`` and ``level`` are the country pack's.
    """

    name: str
    short_name: str
    kind: str
    level: str
    place: UUID | None = None
    aliases: tuple[str, ...] = ()


@transaction.atomic
def set_contact(body_id: UUID, *, contact: Contact, by: Actor, at: datetime) -> Body:
    """Keep the address, telephone and e-mail of a body that gets letters.

    Raises NotFound for an unknown body.
    """
    body = _lock(body_id)
    require(policies.may_edit_units(by))
    _reach(body, contact)
    body.save(update_fields=["address", "phone", "email"])
    changed = events.ContactChanged(body.pk)
    record(changed, by=by, at=at, dimensions=Dimensions(body=body.pk))
    return body


@transaction.atomic
def enter_body(named: Named, *, contact: Contact, by: Actor, at: datetime) -> Body:
    """A contractor, a bank, an association: somebody letters go to, for whom nobody acts here.

    Raises Invalid for a name that is taken there, and for a kind, level or place that is not known.
    """
    require(policies.may_edit_units(by))
    body = Body(code=f"own.{uuid7().hex}", office="", has_account=False)
    _name(body, named)
    _reach(body, contact)
    body.save(force_insert=True)
    _open(body, None)
    record(events.BodyEntered(body.pk), by=by, at=at, dimensions=Dimensions(body=body.pk))
    return body


@transaction.atomic
def correct_body(body_id: UUID, named: Named, *, contact: Contact, by: Actor, at: datetime) -> Body:
    """Mend what was entered here. Raises NotFound, and Invalid for a body of the country pack."""
    body = _lock(body_id)
    require(policies.may_edit_units(by))
    _require_own(body)
    before = (body.name, body.place_id)
    _name(body, named)
    _reach(body, contact)
    body.save()
    if before != (body.name, body.place_id):
        _go_on(body, local_day(at))
    record(events.BodyCorrected(body.pk), by=by, at=at, dimensions=Dimensions(body=body.pk))
    return body


@transaction.atomic
def end_body(body_id: UUID, *, since: date, by: Actor, at: datetime) -> Body:
    """It is no more from ``since``: no new letter goes there. What it has had stays on record.

    Raises NotFound, and Invalid for a body of the country pack or a day not after its first.
    """
    body = _lock(body_id)
    require(policies.may_edit_units(by))
    _require_own(body)
    period = _period(body)
    if period.valid.lower and period.valid.lower >= since:
        raise Invalid(_("The day must be later than the first day of the present name."))
    period.valid = between(period.valid.lower, since)
    period.save(update_fields=["valid"])
    record(events.BodyEnded(body.pk, since), by=by, at=at, dimensions=Dimensions(body=body.pk))
    return body


def _lock(body_id: UUID) -> Body:
    body = Body.objects.select_for_update(no_key=True).filter(pk=body_id).first()
    if body is None:
        raise NotFound(_("There is no such body."))
    return body


def _require_own(body: Body) -> None:
    if not body.own:
        raise Invalid(
            _("This body comes with the list of units; only its address is changed here.")
        )


def _name(body: Body, named: Named) -> None:
    pack = territory.country()
    kinds, levels = pack.body_kinds, {level.code for level in pack.levels}
    if named.kind not in kinds or named.level not in levels:
        raise Invalid(_("This kind of body or this level is not in the country pack."))
    if named.place is not None and not Place.objects.filter(pk=named.place).exists():
        raise Invalid(_("There is no such place."))
    body.name, body.short_name = nfc(named.name).strip(), nfc(named.short_name).strip()
    same = Body.objects.filter(short_name=body.short_name, place=named.place).exclude(pk=body.pk)
    if not body.name or not body.short_name or same.exists():
        raise Invalid(_("A body of this name is there already, or the name is empty."))
    body.kind, body.level, body.place_id = named.kind, named.level, named.place
    body.layout = kinds[named.kind].layout
    body.aliases = [nfc(alias).strip() for alias in named.aliases if alias.strip()]
    body.sort_key, body.search = vi_key(body.short_name), folded(body.short_name)


def _reach(body: Body, contact: Contact) -> None:
    body.address, body.phone = nfc(contact.address), nfc(contact.phone)
    body.email = contact.email.strip()


def _open(body: Body, since: date | None) -> None:
    BodyPeriod.objects.create(
        body=body,
        name=body.name,
        parent_id=body.parent_id,
        place_id=body.place_id,
        valid=opened(since),
    )


def _go_on(body: Body, today: date) -> None:
    """The name it had ends; on its first day it is only mended."""
    period = _period(body)
    if period.valid.lower == today:
        period.name, period.place_id = body.name, body.place_id
        period.save(update_fields=["name", "place"])
        return
    period.valid = between(period.valid.lower, today)
    period.save(update_fields=["valid"])
    _open(body, today)


def _period(body: Body) -> BodyPeriod:
    period = BodyPeriod.objects.filter(body=body).order_by("-valid").first()
    if period is None or not is_open(period.valid):
        raise NotFound(_("This body no longer exists."))
    return period
