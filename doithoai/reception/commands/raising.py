"""What is raised in a visit: a matter of its own, one known before, or one kept sealed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases.commands.intake import Statement, Taken, submit
from doithoai.core.actors import Actor
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.models import Matter
from doithoai.reception import events, policies, workflow
from doithoai.reception.commands.visits import note
from doithoai.reception.models import Identity, Person, Raised, Visit

NAMELESS = frozenset({"recommendation", "reflection"})  # no papers are needed to say these
SEALED = frozenset({"denunciation", "denunciation_info", "party_matter"})


@dataclass(frozen=True)
class Brought:
    """One matter as it is raised."""

    text: str
    kind: str = "recommendation"
    field: str = ""
    may_publish: bool = False


@transaction.atomic
def raise_matter(visit_id: UUID, brought: Brought, *, by: Actor, at: datetime) -> Taken:
    """Open a matter for what was raised; its code and secret are shown once. Raises Invalid, with
    the way to go, for what is kept sealed and for a complaint without papers.
    """
    visit = Visit.objects.lock(visit_id, seen_by=by)
    require(policies.may_speak(by, visit))
    workflow.RAISE.take(visit)
    _check(visit, brought.kind)
    taken = submit(_statement(visit, brought), to=visit.body, by=by, at=at)
    Raised.objects.create(visit=visit, matter=taken.case.matter)
    if not visit.summary:
        visit.summary, visit.kind = brought.text.strip(), brought.kind
        visit.save(update_fields=["summary", "kind"])
    note(events.Raised(visit.pk, repeated=False), visit, by=by, at=at, content=[brought.text])
    return taken


def _check(visit: Visit, kind: str) -> None:
    if kind in SEALED:
        raise Invalid(
            _(
                "What is denounced is taken in by the sealed way, never at this desk: keep the "
                "visit sealed first, then open the sealed intake (Law 25/2018, article 56)."
            )
        )
    identity = visit.person.identity if visit.person else Identity.NONE
    if kind not in NAMELESS and identity == Identity.NONE:
        raise Invalid(
            _(
                "Whoever complains shows an identity card, a personal identification number or a "
                "passport (Decree 154/2026, article 12). Write it down with the person; without "
                "papers take it down as a recommendation or reflection."
            )
        )


def _statement(visit: Visit, brought: Brought) -> Statement:
    person = visit.person or Person()
    return Statement(
        text=brought.text,
        channel="counter",
        occasion="reception",
        who="person" if visit.people == 1 else "group",
        speaker=person.name,
        people=visit.people if visit.people > 1 else None,
        place=person.place_id,
        phone=person.phone,
        address=person.address[:200],
        field=brought.field,
        kind=brought.kind,
        may_publish=brought.may_publish,
        occasion_matter=visit.session.matter if visit.session else None,
    )


@transaction.atomic
def raise_again(visit_id: UUID, *, code: str, by: Actor, at: datetime) -> Matter:
    """They came about a matter known before: a further visit, no further matter. Raises Invalid for
    a code the reader does not see, and for a sealed matter alike.
    """
    visit = Visit.objects.lock(visit_id, seen_by=by)
    require(policies.may_speak(by, visit))
    workflow.RAISE.take(visit)
    known = Matter.objects.visible_to(by).filter(kind="case", sealed=False)
    matter = known.filter(code=code.strip().upper()).first()
    if matter is None:
        raise Invalid(_("There is no item with this code that you may read. Check the code."))
    Raised.objects.get_or_create(visit=visit, matter=matter)
    visit.repeated = True
    visit.save(update_fields=["repeated"])
    note(events.Raised(visit.pk, repeated=True), visit, by=by, at=at)
    return matter


@transaction.atomic
def seal(visit_id: UUID, *, by: Actor, at: datetime) -> Visit:
    """Keep the visit sealed: its line says that somebody was received, neither who nor what (Law
    25/2018, article 56). Raises Invalid once something open was raised in it.
    """
    visit = Visit.objects.lock(visit_id, seen_by=by)
    require(policies.may_speak(by, visit))
    workflow.SEAL.take(visit)
    if visit.raised.exists():
        raise Invalid(
            _(
                "Something open was raised in this visit. "
                "Let the person take a new number for the rest."
            )
        )
    person, spoke = visit.person, list(visit.representatives.all())
    visit.sealed, visit.person, visit.people, visit.repeated = True, None, 1, False
    visit.summary = visit.kind = visit.papers = visit.interpreter = visit.settled_before_by = ""
    visit.read_back = visit.appointed = False
    visit.representatives.clear()
    visit.save()
    _forget([p for p in [person, *spoke] if p is not None])
    note(events.VisitSealed(visit.pk), visit, by=by, at=at)
    return visit


def _forget(people: list[Person]) -> None:
    """Whoever came for this alone is not found again: a sealed matter is never the reason."""
    for person in people:
        came = Visit.objects.filter(person=person).exists()
        spoke = Visit.objects.filter(representatives=person).exists()
        if not came and not spoke:
            person.delete()
