"""What is raised in a visit: a matter of its own, one known before, or one kept sealed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from doithoai.cases.commands.intake import Statement, Taken, submit
from doithoai.cases.commands.petitions.receiving import Arrival, receive
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.core.sentences import Sentence
from doithoai.docket.commands import enter
from doithoai.docket.models import Link, Matter
from doithoai.reception import events, policies, workflow
from doithoai.reception.commands.erasing import forget_papers
from doithoai.reception.commands.visits import note
from doithoai.reception.models import MIXED, Appointment, Identity, Person, Raised, Visit
from doithoai.vault.reading import holds

NAMELESS = frozenset({"recommendation", "reflection"})  # no papers are needed to say these
SEALED = frozenset({"denunciation", "denunciation_info", "party_matter"})
SPLIT_IT = gettext_noop(
    "The petition holds several matters of different kinds: split it, and guide the person."
)


@dataclass(frozen=True)
class Brought:
    """One matter as it is raised. ``written``: on a paper that was handed over, or written down for
    the person, read back and signed; it is registered as a petition.
    """

    text: str
    kind: str = "recommendation"
    field: str = ""
    may_publish: bool = False
    written: bool = False

    @property
    def petition(self) -> bool:
        """Whether it goes into the register of petitions; what is only said does not."""
        return self.written or self.kind not in NAMELESS


@transaction.atomic
def raise_matter(visit_id: UUID, brought: Brought, *, by: Actor, at: datetime) -> Taken:
    """Open a matter for what was raised; its code and secret are shown once. A complaint, several
    matters on one paper and whatever else is written are petitions: numbered in the register of
    petitions, examined and split like those that come by post (Decree 154/2026, article 14).

    Raises Invalid, with the way to go, for what is kept sealed and for a complaint without papers.
    """
    visit = Visit.objects.lock(visit_id, seen_by=by)
    require(policies.may_speak(by, visit))
    workflow.RAISE.take(visit)
    _check(visit, brought.kind)
    taken, again = _taken(visit, brought, by, at)
    Raised.objects.create(visit=visit, matter=taken.case.matter)
    visit.repeated = visit.repeated or again
    if not visit.summary:
        visit.summary, visit.kind = brought.text.strip(), brought.kind
    visit.save(update_fields=["summary", "kind", "repeated"])
    note(events.Raised(visit.pk, repeated=again), visit, by=by, at=at, content=[brought.text])
    came = events.BroughtUp(visit.pk, visit.number or 0, visit.year)
    enter(came, about=taken.case.matter, by=by, at=at)
    return taken


def _taken(visit: Visit, brought: Brought, by: Actor, at: datetime) -> tuple[Taken, bool]:
    """The matter, and whether the same petition was sent to this body before."""
    said = _statement(visit, brought)
    if not brought.petition:
        return submit(said, to=visit.body, by=by, at=at), False
    arrival = Arrival(
        arrived_on=local_day(at),
        arrived_by="reception",
        signatories=visit.people,
        originals=tuple(visit.papers.splitlines()),
    )
    registered = receive(said, arrival, to=visit.body, by=by, at=at)
    if brought.kind == MIXED:
        registered.taken.case.attention = [Sentence(SPLIT_IT).kept()]
        registered.taken.case.save(update_fields=["attention"])
    return registered.taken, registered.petition.repeats_id is not None


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
        kind="recommendation" if brought.kind == MIXED else brought.kind,
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
    _say_nothing(visit)
    note(events.VisitSealed(visit.pk), visit, by=by, at=at)
    return visit


@transaction.atomic
def silence(visit_id: UUID, *, by: Actor, at: datetime) -> bool:
    """What was raised in a visit proved a denunciation and went into the vault: nothing of it stays
    in the register either (Law 25/2018, article 56). False where nothing of the kind was raised.
    """
    visit = Visit.objects.select_for_update(no_key=True).get(pk=visit_id)
    require(policies.may_keep_time(by))
    raised = visit.raised.filter(matter__sealed=True)
    if visit.sealed or not any(holds(each.matter_id) for each in raised):
        return False
    raised.delete()  # the matter's own record keeps the visit; the register no way to the matter
    _say_nothing(visit)
    note(events.VisitSealed(visit.pk), visit, by=by, at=at)
    return True


@transaction.atomic
def follow_split(visit_id: UUID, *, by: Actor, at: datetime) -> int:
    """A petition raised in this visit was split: its further matters were raised in it as well, and
    the register counts and follows them. Nothing sealed; how many were added.
    """
    visit = Visit.objects.select_for_update(no_key=True).get(pk=visit_id)
    require(policies.may_keep_time(by))
    if visit.sealed:
        return 0
    parts = list(split_off().filter(target__raised_in__visit=visit).select_related("source"))
    for part in parts:
        Raised.objects.get_or_create(visit=visit, matter=part.source)
        came = events.BroughtUp(visit.pk, visit.number or 0, visit.year)
        enter(came, about=part.source, by=by, at=at)
    return len(parts)


def split_off() -> QuerySet[Link]:
    """Open matters split from one raised in a visit, and not raised in a visit themselves yet."""
    known = Raised.objects.filter(matter=OuterRef("source"))
    apart = Link.objects.filter(~Exists(known), kind=Link.Kind.SPLIT_FROM, source__sealed=False)
    return apart.filter(target__raised_in__visit__sealed=False, target__sealed=False)


def _say_nothing(visit: Visit) -> None:
    """The line says from now on that somebody was received: neither who nor what."""
    person, spoke = visit.person, list(visit.representatives.all())
    visit.sealed, visit.person, visit.people, visit.repeated = True, None, 1, False
    visit.summary = visit.kind = visit.papers = visit.interpreter = visit.settled_before_by = ""
    visit.outcome = visit.note = visit.guided_to = visit.contact = ""
    visit.read_back = visit.appointed = False
    visit.competent = visit.due_on = None
    visit.representatives.clear()
    visit.save()
    forget_papers(visit)
    Appointment.objects.filter(visit=visit).update(name="", phone="", about="", reason="")
    _forget([p for p in [person, *spoke] if p is not None])


def _forget(people: list[Person]) -> None:
    """Whoever came for this alone is not found again: a sealed matter is never the reason."""
    for person in people:
        came = Visit.objects.filter(person=person).exists()
        spoke = Visit.objects.filter(representatives=person).exists()
        if not came and not spoke:
            person.delete()
