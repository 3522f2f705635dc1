"""What is raised in a visit: a matter of its own, one known before, or one kept sealed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from doithoai.cases import suspicions
from doithoai.cases.commands.intake import Statement, Taken, submit
from doithoai.cases.commands.petitions.receiving import Arrival, Registered, receive
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.models import Case
from doithoai.core.actors import Actor
from doithoai.core.collation import nfc
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.core.sentences import Sentence
from doithoai.docket.commands import enter
from doithoai.docket.models import Link, Matter
from doithoai.reception import events, policies, workflow
from doithoai.reception.commands.vaulting import say_nothing
from doithoai.reception.commands.visits import note
from doithoai.reception.models import MIXED, Identity, Raised, Session, Visit

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
    not_secret: bool = False  # somebody looked at a mark in it
    ordinary: bool = False  # somebody asked: it denounces nobody

    @property
    def petition(self) -> bool:
        """Whether it goes into the register of petitions; what is only said does not."""
        return self.written or self.kind not in NAMELESS


@transaction.atomic
def raise_matter(visit_id: UUID, brought: Brought, *, by: Actor, at: datetime) -> Taken:
    """Open a matter for what was raised; its code and secret are shown once. A complaint, several
    matters on one paper and whatever else is written are petitions: numbered in the register of
    petitions, examined and split like those that come by post (Decree 154/2026, article 14).

    Raises Invalid, with the way to go, for what is kept sealed, for a complaint without papers, and
    for words of another kind until the person was asked.
    """
    visit = Visit.objects.lock(visit_id, seen_by=by)
    require(policies.may_speak(by, visit))
    workflow.RAISE.take(visit)
    _check(visit, brought.kind)
    _refuse_twice(visit, brought.text)
    _ask(visit, brought)
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
        ordinary=True,  # the person was asked at the desk
    )
    registered = receive(said, arrival, to=visit.body, by=by, at=at)
    if brought.kind == MIXED:
        registered.taken.case.attention = [Sentence(SPLIT_IT).kept()]
        registered.taken.case.save(update_fields=["attention"])
    return registered.taken, registered.petition.repeats_id is not None


def _refuse_twice(visit: Visit, text: str) -> None:
    """Two presses at one moment: the second waits for the lock, and finds what the first made."""
    raised = Case.objects.filter(matter__raised_in__visit=visit, text=nfc(text))
    known = raised.select_related("matter").first()
    if known is not None:
        raise Invalid(
            _("The same words were raised in this visit already, as %(code)s.")
            % {"code": known.matter.code}
        )


def _ask(visit: Visit, brought: Brought) -> None:
    """Once for the same words: what stands in the register already was asked when it came there."""
    asked = brought.ordinary or brought.text.strip() == visit.summary
    suspicions.ask_first(brought.text, asked=asked)
    if brought.kind not in {"complaint", MIXED}:
        suspicions.ask_kind(brought.text, asked=brought.ordinary)


def _check(visit: Visit, kind: str) -> None:
    if kind in SEALED:
        raise Invalid(
            _(
                "What is denounced is taken in by the sealed way, never at this desk: keep the "
                "visit sealed first, then open the sealed intake (Law 25/2018, article 56)."
            )
        )
    identity = visit.came_identity
    if kind not in NAMELESS and identity == Identity.NONE:
        raise Invalid(
            _(
                "Whoever complains shows an identity card, a personal identification number or a "
                "passport (Decree 154/2026, article 12). Write it down with the person; without "
                "papers take it down as a recommendation or reflection."
            )
        )


def _statement(visit: Visit, brought: Brought) -> Statement:
    session = _session(visit)
    return Statement(
        text=brought.text,
        channel="counter",
        occasion="reception",
        who="person" if visit.people == 1 else "group",
        speaker=visit.came_name,
        people=visit.people if visit.people > 1 else None,
        place=visit.person.place_id if visit.person else None,
        phone=visit.came_phone,
        address=visit.came_address[:200],
        field=brought.field,
        kind="recommendation" if brought.kind == MIXED else brought.kind,
        may_publish=brought.may_publish,
        occasion_matter=session.matter if session else None,
        party_head=session.party_head if session else False,
        not_secret=brought.not_secret,
    )


def _session(visit: Visit) -> Session | None:
    """The reception day, locked: who really received is not said of it meanwhile."""
    days = Session.objects.select_for_update(no_key=True, of=("self",)).select_related("matter")
    return days.filter(pk=visit.session_id).first()


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
    _nothing_open(visit)
    say_nothing(visit)
    note(events.VisitSealed(visit.pk), visit, by=by, at=at)
    return visit


@transaction.atomic
def take_in_sealed(
    visit_id: UUID, text: str, nature: Nature, *, not_secret: bool = False, by: Actor, at: datetime
) -> Registered:
    """What is said denounces somebody: it is taken in sealed under the competent superior, with the
    slip of a sealed item, and the visit is kept sealed (Law 25/2018, article 56).

    Raises Denied for an official it is about; Invalid once something open was raised in the visit,
    and where only the paper way is left.
    """
    visit = Visit.objects.lock(visit_id, seen_by=by)
    require(policies.may_speak(by, visit))
    workflow.SEAL.take(visit)
    _nothing_open(visit)
    arrival = Arrival(
        arrived_on=local_day(at),
        arrived_by="reception",
        written=False,
        signed=False,
        signatories=visit.people,
        originals=tuple(visit.papers.splitlines()),
        not_secret=not_secret,
        nature=nature,
    )
    said = _statement(visit, Brought(text))
    made = receive(said, arrival, to=visit.body, by=by, at=at)
    say_nothing(visit)
    note(events.VisitSealed(visit.pk), visit, by=by, at=at)
    return made


def _nothing_open(visit: Visit) -> None:
    if visit.raised.exists():
        raise Invalid(
            _(
                "Something open was raised in this visit. "
                "Let the person take a new number for the rest."
            )
        )


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
