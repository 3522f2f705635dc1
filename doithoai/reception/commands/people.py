"""Who came: known from before, or written down for the first time. Papers belong to one name, and
what a person said at one visit changes no line of another.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.collation import bare_name, folded, nfc
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.ledger.commands import Dimensions, record
from doithoai.reception import events, policies, workflow
from doithoai.reception.models import LARGE, Identity, Person, Visit
from doithoai.reception.numbers import as_paper, telephone
from doithoai.units.models import Body
from doithoai.units.territory import country

SMALL_GROUP, FEW, MANY = 10, 2, 5  # people; representatives of 5-10, and of more


@dataclass(frozen=True)
class Who:
    """A person as the desk writes them down; ``known`` is somebody who came before. ``same``:
    somebody looked, and it is the person on record in spite of another name or number.
    """

    name: str = ""
    known: UUID | None = None
    identity: str = Identity.NONE
    number: str = ""
    issued_on: date | None = None
    phone: str = ""
    address: str = ""
    place: UUID | None = None
    same: bool = False


@dataclass(frozen=True)
class Came:
    """A person's row, and what was said of them this time: what the line of the register keeps."""

    person: Person
    name: str
    identity: str
    number: str
    phone: str
    address: str


def written_down(who: Who, body: Body, *, by: Actor, at: datetime) -> Came:
    """The person's row: the same one for the same papers; what they said anew is kept, with an
    entry where something else was known. Raises Invalid without a name, for a number that is none
    of its kind, and for papers that belong to another name until somebody says it is the same
    person.
    """
    number = checked(who.identity, who.number)
    person = _known(who.known, body) if who.known is not None else None
    if person is None and not nfc(who.name):
        raise Invalid(_("Write the name of the person, or choose somebody who came before."))
    holder = _holder(number, body)
    if holder is not None and _unheard_of(holder, person, who, by):
        return _came(who, number, _again(who, "", person, by, at) or _new(who, "", body, at))
    chosen = holder or person
    if chosen is None:
        return _came(who, number, _new(who, number, body, at))
    _refuse_another(who, number, chosen, person)
    known = person is not None or _told(chosen, by)
    _again(who, number, chosen, by, at)
    return _came(who, number, chosen, known=known)


def checked(identity: str, number: str) -> str:
    """The number as it is kept. Raises Invalid unless it is one of this kind of papers, saying what
    such a number looks like.
    """
    kept = as_paper(number)
    if bool(number.strip()) != (identity != Identity.NONE):
        raise Invalid(_("Papers are written down with their number; without papers leave both."))
    form = country().paper_numbers.get(identity)
    if form is not None and not form.fits(kept):
        facts = {"number": number.strip(), "rule": form.label(get_language() or "vi")}
        raise Invalid(
            _("%(number)s is no number of these papers. %(rule)s Check it on the paper.") % facts
        )
    return kept


def caller(name: str, phone: str, body: UUID) -> Who:
    """Whoever asked by telephone: the same person where name and number are those of one person."""
    number = telephone(phone)
    rows = Person.objects.filter(body=body, phone=number, folded=folded(nfc(name)))
    found = list(rows.values_list("pk", flat=True)[:FEW]) if number else []
    return Who(name=name, phone=phone, known=found[0] if len(found) == 1 else None)


def _known(pk: UUID, body: Body) -> Person:
    found = Person.objects.select_for_update(no_key=True).filter(pk=pk, body=body).first()
    if found is None:
        raise NotFound(_("This person is not in the register of this body."))
    return found


def _holder(number: str, body: Body) -> Person | None:
    """Whose number it is: a card and a personal identification number are the same digits."""
    if not number:
        return None
    same = Person.objects.filter(body=body, number=number)
    return same.select_for_update(no_key=True).first()


def _same_name(one: str, other: str) -> bool:
    titles = country().name_titles
    return bare_name(one, titles) == bare_name(other, titles)


def _told(person: Person, by: Actor) -> bool:
    """Whether this official knows them by something: a sealed matter is never the reason."""
    came = Visit.objects.visible_to(by).told_to(by)
    return came.filter(Q(person=person) | Q(representatives=person)).exists()


def _unheard_of(holder: Person, person: Person | None, who: Who, by: Actor) -> bool:
    """The number is another's of whom this official is told nothing: then nothing is said of them,
    and the number stands in the line of this visit alone.
    """
    if person is not None and person.pk == holder.pk:
        return False
    name = nfc(who.name) or (person.name if person else "")
    return not _same_name(name, holder.name) and not _told(holder, by)


def _refuse_another(who: Who, number: str, chosen: Person, person: Person | None) -> None:
    """Raises Invalid, with both names or both numbers, unless somebody said it is the same."""
    if person is not None and person.pk != chosen.pk and not _same_name(person.name, chosen.name):
        raise Invalid(_anothers(number, chosen.name, person.name))
    name = nfc(who.name)
    if who.same:
        return
    if name and not _same_name(name, chosen.name):
        words = _anothers(number, chosen.name, name) if number else _renamed(chosen.name, name)
        raise Invalid(words, context={"field": "same"})
    if number and chosen.number and number != chosen.number:
        facts = {"name": chosen.name, "old": chosen.number, "new": number}
        raise Invalid(
            _(
                "%(name)s is written down with the papers %(old)s, not %(new)s. Check the number; "
                "or say that they have new papers."
            )
            % facts,
            context={"field": "same"},
        )


def _anothers(number: str, holder: str, name: str) -> str:
    facts = {"number": number, "holder": holder, "name": name}
    return (
        _(
            "The number %(number)s is written down for %(holder)s, not for %(name)s. Check the "
            "number, or choose the right person; or say that it is the same person."
        )
        % facts
    )


def _renamed(holder: str, name: str) -> str:
    facts = {"holder": holder, "name": name}
    return (
        _(
            "You chose %(holder)s and wrote %(name)s. Choose the right person, or begin anew; or "
            "say that it is the same person."
        )
        % facts
    )


def _new(who: Who, number: str, body: Body, at: datetime) -> Person:
    name = nfc(who.name)
    return Person.objects.create(
        body=body,
        name=name,
        folded=folded(name),
        identity=who.identity if number else Identity.NONE,
        number=number,
        issued_on=who.issued_on,
        phone=telephone(who.phone),
        address=nfc(who.address),
        place_id=who.place,
        first_seen=local_day(at),
    )


def _again(who: Who, number: str, person: Person | None, by: Actor, at: datetime) -> Person | None:
    """What was left empty stays as it was known; what was another until now is entered."""
    if person is None:
        return None
    said = {
        "phone": telephone(who.phone),
        "address": nfc(who.address),
        "place_id": who.place,
        "issued_on": who.issued_on,
        "number": number,
        "name": nfc(who.name) if not _same_name(who.name, person.name) else "",
    }
    changed = {k: v for k, v in said.items() if v and v != getattr(person, k)}
    other = sorted(field for field in changed if getattr(person, field))
    for field, value in changed.items():
        setattr(person, field, value)
    if "number" in changed:
        person.identity = who.identity
    person.folded = folded(person.name)
    person.save()
    if other:
        _enter(events.PersonCorrected(person.pk, ",".join(other)), person.body, by, at)
    return person


def _came(who: Who, number: str, person: Person, *, known: bool = False) -> Came:
    """What was said this time; what was left empty is what was known, where the official is told of
    it.
    """
    of = person if known else Person()
    return Came(
        person=person,
        name=nfc(who.name) or person.name,
        identity=who.identity if number else of.identity,
        number=number or of.number,
        phone=telephone(who.phone) or of.phone,
        address=nfc(who.address) or of.address,
    )


def _enter(
    event: events.PersonCorrected | events.PapersShown, body: Body, by: Actor, at: datetime
) -> None:
    where = Dimensions(procedure="reception", body=body.pk, place=body.place_id)
    record(event, by=by, at=at, dimensions=where, content=())


def stand_in(visit: Visit, came: Came) -> None:
    """Write what was said of the person into the line of the visit."""
    visit.person = came.person
    visit.came_name, visit.came_identity = came.name, came.identity
    visit.came_number, visit.came_phone = came.number, came.phone
    visit.came_address = came.address


@dataclass(frozen=True)
class Papers:
    """Papers as they are shown at the desk. ``same``: see ``Who``."""

    identity: str
    number: str
    issued_on: date | None = None
    same: bool = False


@transaction.atomic
def add_papers(visit_id: UUID, papers: Papers, *, by: Actor, at: datetime) -> Visit:
    """Write down the papers somebody shows during the visit (Decree 154/2026, article 12): a
    complaint is taken down with them. Lines of earlier visits stay as they are. Raises Invalid for
    a number that is none, and for another person's.
    """
    visit = Visit.objects.lock(visit_id, seen_by=by)
    require(policies.may_speak(by, visit))
    workflow.ADD_PAPERS.take(visit)
    if visit.person_id is None or papers.identity == Identity.NONE:
        raise Invalid(_("Say which papers are shown, with their number."))
    before = visit.person
    who = Who(
        name=visit.came_name,
        known=visit.person_id,
        identity=papers.identity,
        number=papers.number,
        issued_on=papers.issued_on,
        same=papers.same,
    )
    came = _shown(who, visit, by, at)
    visit.person = came.person
    visit.came_name, visit.came_identity, visit.came_number = came.name, came.identity, came.number
    visit.save(update_fields=["person", "came_name", "came_identity", "came_number"])
    if before is not None and before.pk != came.person.pk:
        forget(before)
    _enter(events.PapersShown(visit.pk), visit.body, by, at)
    return visit


def _shown(who: Who, visit: Visit, by: Actor, at: datetime) -> Came:
    """The row the papers belong to: the one of this visit, or that of the same person from before;
    of another name only when somebody said it is the same.
    """
    number = checked(who.identity, who.number)
    holder = _holder(number, visit.body)
    if holder is None or holder.pk == who.known or not _told(holder, by):
        return written_down(who, visit.body, by=by, at=at)
    _refuse_another(who, number, holder, None)
    said = Who(
        name=who.name, identity=who.identity, number=number, phone=visit.came_phone,
        address=visit.came_address, same=who.same,
    )  # fmt: skip
    _again(said, number, holder, by, at)
    return _came(said, number, holder)


def forget(person: Person) -> None:
    """Whoever came for nothing else is not known any more."""
    came = Visit.objects.filter(person=person).exists()
    if not came and not Visit.objects.filter(representatives=person).exists():
        person.delete()


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
