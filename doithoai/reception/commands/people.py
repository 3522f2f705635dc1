"""Who came: known from before, or written down for the first time."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from doithoai.core.collation import folded, nfc
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid, NotFound
from doithoai.reception.models import LARGE, Identity, Person
from doithoai.units.models import Body

SMALL_GROUP, FEW, MANY = 10, 2, 5  # people; representatives of 5-10, and of more


@dataclass(frozen=True)
class Who:
    """A person as the desk writes them down; ``known`` is somebody who came before."""

    name: str = ""
    known: UUID | None = None
    identity: str = Identity.NONE
    number: str = ""
    issued_on: date | None = None
    phone: str = ""
    address: str = ""
    place: UUID | None = None


def written_down(who: Who, body: Body, *, at: datetime) -> Person:
    """The person's row: the same one for the same papers; what they said anew is kept. Raises
    Invalid without a name, or papers without their number.
    """
    if who.known is not None:
        return _again(who, _known(who.known, body))
    name, number = nfc(who.name), "".join(who.number.split())
    if not name:
        raise Invalid(_("Write the name of the person, or choose somebody who came before."))
    if bool(number) != (who.identity != Identity.NONE):
        raise Invalid(_("Papers are written down with their number; without papers leave both."))
    found = _by_papers(who.identity, number, body)
    if found is not None:
        return _again(who, found)
    return Person.objects.create(
        body=body,
        name=name,
        folded=folded(name),
        identity=who.identity,
        number=number,
        issued_on=who.issued_on,
        phone=_digits(who.phone),
        address=nfc(who.address),
        place_id=who.place,
        first_seen=local_day(at),
    )


def caller(name: str, phone: str, body: UUID) -> Who:
    """Whoever asked by telephone: the same person where name and number are those of one person."""
    digits = _digits(phone)
    rows = Person.objects.filter(body=body, phone=digits, folded=folded(nfc(name)))
    found = list(rows.values_list("pk", flat=True)[:FEW]) if digits else []
    return Who(name=name, phone=phone, known=found[0] if len(found) == 1 else None)


def _known(pk: UUID, body: Body) -> Person:
    found = Person.objects.select_for_update(no_key=True).filter(pk=pk, body=body).first()
    if found is None:
        raise NotFound(_("This person is not in the register of this body."))
    return found


def _by_papers(identity: str, number: str, body: Body) -> Person | None:
    if not number:
        return None
    same = Person.objects.filter(body=body, identity=identity, number=number)
    return same.select_for_update(no_key=True).first()


def _again(who: Who, person: Person) -> Person:
    """What was left empty stays as it was known."""
    changed = {
        "phone": _digits(who.phone),
        "address": nfc(who.address),
        "place_id": who.place,
        "issued_on": who.issued_on,
    }
    number = "".join(who.number.split())
    if number and not person.number:
        changed |= {"identity": who.identity, "number": number}
    for field, value in changed.items():
        if value:
            setattr(person, field, value)
    person.save()
    return person


def _digits(phone: str) -> str:
    return "".join(c for c in phone if c.isdigit() or c == "+")


def check_group(people: int, representatives: int) -> None:
    """A group names who speaks for it: 1-2 of five to ten, at most 5 of more (Law 42/2013, article
    29). Raises Invalid with what to do.
    """
    if people < LARGE:
        return
    most = FEW if people <= SMALL_GROUP else MANY
    if 1 <= representatives <= most:
        return
    facts = {"people": people, "most": most}
    raise Invalid(
        _(
            "A group of %(people)s people appoints 1 to %(most)s representatives "
            "(Law on Citizen Reception 42/2013, article 29). Write down their names."
        )
        % facts
    )
