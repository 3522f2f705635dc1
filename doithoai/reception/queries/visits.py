"""Reads of the reception desk: the day's queue, who is received now, who came before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Collate, Reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.cases.models import Case, Petition
from doithoai.core.collation import folded
from doithoai.core.decisions import Decision, require
from doithoai.core.errors import NotFound
from doithoai.docket.models import Matter
from doithoai.files.models import Attachment
from doithoai.files.queries import attachments
from doithoai.reception import policies
from doithoai.reception.models import (
    DECLINED,
    LARGE,
    Appointment,
    Person,
    Session,
    Visit,
    VisitQuerySet,
)
from doithoai.reception.numbers import papers_sought, telephone
from doithoai.reception.queries.sessions import bodies
from doithoai.reception.workflow import State, VisitState
from doithoai.units.models import Body, Place
from doithoai.units.queries import villages

HITS: Final = 10
SHORTEST: Final = 3  # letters or digits to look for
EARLIER: Final = 10


def day_of(today: date) -> Q:
    """Visits that began on this local day."""
    start = timezone.make_aware(datetime.combine(today, time()))
    return Q(arrived_at__gte=start, arrived_at__lt=start + timedelta(days=1))


@dataclass(frozen=True)
class Counted:
    """Visits, persons, matters and groups, counted apart (Circular 06/2025/TT-TTCP)."""

    visits: int
    persons: int
    matters: int
    groups: int


def counted(visits: VisitQuerySet, actor: Official) -> Counted:
    """The four figures of these visits. One query. A line the reader is told nothing of counts as
    one person with one matter: it did take place, and whoever could subtract would know when it was
    sealed. It is never a large group.
    """
    row = (
        visits.with_open(actor)
        .order_by()
        .aggregate(
            visits=Count("pk", distinct=True),
            persons=Count("person", distinct=True, filter=Q(is_open=True)),
            matters=Count("raised__matter", distinct=True, filter=Q(is_open=True)),
            hushed=Count("pk", distinct=True, filter=Q(is_open=False)),
            groups=Count("pk", distinct=True, filter=Q(is_open=True, people__gte=LARGE)),
        )
    )
    silent = row["hushed"]
    persons, matters = row["persons"] + silent, row["matters"] + silent
    return Counted(row["visits"], persons, matters, row["groups"])


@dataclass(frozen=True)
class Hit:
    """Somebody who came before: when last, and how often."""

    person: Person
    last: datetime | None
    times: int


@dataclass(frozen=True)
class Written:
    """A petition that was handed over or written down in a visit, with its matters."""

    petition: Petition
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Current:
    """The visit in front of the official, with what was raised and what can be done."""

    visit: Visit
    raised: tuple[Matter, ...]
    petitions: tuple[Written, ...]
    earlier: tuple[Matter, ...]
    files: tuple[Attachment, ...]
    offered: Mapping[str, Decision]


@dataclass(frozen=True)
class Desk:
    """All that the reception desk shows, but for its forms."""

    body: Body
    others: tuple[Body, ...]
    sessions: tuple[Session, ...]
    expected: tuple[Appointment, ...]
    asked: Appointment | None
    waiting: tuple[Visit, ...]
    inside: tuple[Visit, ...]
    counted: Counted
    current: Current | None
    hits: tuple[Hit, ...]
    chosen: Person | None
    villages: tuple[Place, ...]
    may_receive: Decision


@dataclass(frozen=True)
class Asked:
    """What the address of the desk asks for."""

    body: str = ""
    words: str = ""
    person: str = ""
    visit: UUID | None = None
    appointment: str = ""


def desk(actor: Official, asked: Asked, *, today: date) -> Desk:
    """The desk of one of the official's bodies on a day. Raises NotFound, and Denied for whose role
    does not receive.
    """
    require(policies.may_read(actor))
    current = visit(actor, asked.visit) if asked.visit else None
    body, others = _body(actor, current.body.code if current else asked.body)
    mine = Visit.objects.visible_to(actor).filter(day_of(today), body=body)
    rows = list(mine.marked_for(actor).select_related("person", "session").order_by("ticket"))
    inside = tuple(v for v in rows if v.state == VisitState.RECEIVED)
    before = current or next((v for v in inside if v.received_by_id == actor.post), None)
    days = tuple(sessions(actor, body, today=today))
    coming = expected(days)
    return Desk(
        body=body,
        others=others,
        sessions=days,
        expected=coming,
        asked=next((a for a in coming if str(a.pk) == asked.appointment), None),
        waiting=tuple(v for v in rows if v.state == VisitState.WAITING),
        inside=inside,
        counted=counted(mine.filter(number__isnull=False), actor),
        current=_current(actor, before) if before else None,
        hits=people(actor, body, asked.words),
        chosen=_chosen(actor, body, asked.person),
        villages=tuple(villages(body.place, today=today)) if body.place else (),
        may_receive=policies.may_receive_at(actor, body),
    )


def _body(actor: Official, code: str) -> tuple[Body, tuple[Body, ...]]:
    mine = bodies(actor)
    body = next((b for b in mine if b.code == code), None) if code else mine[0]
    if body is None:
        raise NotFound(_("There is no such reception desk."))
    return body, tuple(b for b in mine if b.pk != body.pk)


def sessions(actor: Official, body: Body, *, today: date) -> QuerySet[Session]:
    """The reception days of this body today that people may be received at."""
    seen = Session.objects.visible_to(actor).filter(host=body, day=today)
    going = seen.filter(state__in=[State.PLANNED, State.POSTED, State.HELD])
    return going.select_related("receiver", "matter").order_by("starts_at")


def expected(days: Sequence[Session]) -> tuple[Appointment, ...]:
    """Who has an appointment for one of these days and has not come yet, in the order of asking."""
    rows = Appointment.objects.filter(session__in=days, visit=None).exclude(answer=DECLINED)
    return tuple(rows.select_related("session__receiver").order_by("session", "asked_at"))


def visit(actor: Official, pk: UUID) -> Visit:
    """One visit the reader may read, with who came. Raises NotFound."""
    seen = Visit.objects.visible_to(actor).marked_for(actor)
    found = seen.select_related("person__place", "body__place", "session__matter").filter(pk=pk)
    one = found.first()
    if one is None:
        raise NotFound(_("There is no such visit."))
    return one


def hushed(visit: Visit) -> bool:
    """Whether nothing is told of this visit, as ``marked_for`` found."""
    return bool(getattr(visit, "hushed", visit.sealed))


def _current(actor: Official, found: Visit) -> Current:
    seen = Matter.objects.visible_to(actor).filter(sealed=False)
    raised = seen.filter(raised_in__visit=found).order_by("code")
    person = None if hushed(found) else found.person_id
    told = Visit.objects.visible_to(actor).filter(person=person) if person else None
    earlier = seen.filter(raised_in__visit__in=told) if told is not None else seen.none()
    earlier = earlier.exclude(raised_in__visit=found).distinct()
    return Current(
        visit=found,
        raised=tuple(raised),
        petitions=_petitions(raised, actor) if person else (),
        earlier=tuple(earlier.order_by("-received_on", "code")[:EARLIER]),
        files=tuple(attachments(found.pk)) if not hushed(found) else (),
        offered=policies.offered_at_desk(actor, found),
    )


def _petitions(raised: QuerySet[Matter], actor: Official) -> tuple[Written, ...]:
    """The petitions these matters came in, each with all its matters the reader may see."""
    came = Petition.objects.filter(sealed=False, submission__carried__case__matter__in=raised)
    mine = Case.objects.visible_to(actor).filter(matter__sealed=False).select_related("matter")
    return tuple(
        Written(each, tuple(mine.filter(carried__submission=each.pk).order_by("matter__code")))
        for each in came.distinct().order_by("year", "number")
    )


def _chosen(actor: Official, body: Body, person: str) -> Person | None:
    """Somebody who came before, by the link of the search; found by nothing sealed here either."""
    try:
        wanted = UUID(person)
    except ValueError:
        return None
    found = _told(actor, list(Person.objects.filter(pk=wanted, body=body)))
    return found[0].person if found else None


# --------------------------------------------------------------------------------- who came before
def people(actor: Official, body: Body, words: str) -> tuple[Hit, ...]:
    """Who of those that came to this body is meant: a name without accents, a number of papers, a
    telephone. A matter kept sealed is never the reason somebody is found. Two to four queries.
    """
    wanted = folded(words)
    if len(wanted) < SHORTEST:
        return ()
    digits = sum(c.isdigit() for c in wanted)
    found = _by_number(body, words) if digits >= SHORTEST else _by_name(body, wanted)
    return _told(actor, found)


def _by_number(body: Body, words: str) -> list[Person]:
    here = Person.objects.filter(body=body).select_related("place")
    papers = list(here.filter(number__in=papers_sought(words))[:HITS])
    return papers or list(here.filter(phone=telephone(words))[:HITS])


def _by_name(body: Body, name: str) -> list[Person]:
    """Names that begin so; else those that end with these words, as people are called; else names
    with them anywhere. The first two are read off an index in its order.
    """
    here = Person.objects.filter(body=body).select_related("place")
    ordered = here.alias(spelt=Collate("folded", "C"), back=Collate(Reverse("folded"), "C"))
    beginning = ordered.filter(spelt__startswith=name).order_by("spelt", "pk")
    called = ordered.filter(back__startswith=f"{name[::-1]} ").order_by("back", "pk")
    anywhere = here.filter(folded__contains=name)
    return list(beginning[:HITS]) or list(called[:HITS]) or list(anywhere[:HITS])


def _told(actor: Official, found: list[Person]) -> tuple[Hit, ...]:
    """Those among them who came for themselves or spoke for a group: each way by its own index."""
    ids = [p.pk for p in found]
    came = Visit.objects.visible_to(actor).told_to(actor)
    own = came.filter(person__in=ids).values_list("person", "arrived_at")
    spoke = came.filter(representatives__in=ids).values_list("representatives", "arrived_at")
    seen: dict[UUID | None, set[datetime]] = {}
    for person, at in own.union(spoke):
        seen.setdefault(person, set()).add(at)
    return tuple(Hit(p, max(seen[p.pk]), len(seen[p.pk])) for p in found if p.pk in seen)


# ---------------------------------------------------------------------------------- waiting room
@dataclass(frozen=True)
class Waiting:
    """The screen of a waiting room: numbers, and nothing else."""

    body: Body
    inside: tuple[int, ...]
    waiting: tuple[int, ...]


def waiting_room(code: str, *, today: date) -> Waiting:
    """The numbers called and waiting at a body today. Raises NotFound for no such body."""
    body = Body.objects.filter(code=code).first()
    if body is None:
        raise NotFound(_("There is no waiting room at this address."))
    rows = Visit.objects.filter(day_of(today), body=body).order_by(
        F("received_at").desc(nulls_last=True), "ticket"
    )
    numbers = rows.values_list("ticket", "state")
    inside = tuple(t for t, state in numbers if state == VisitState.RECEIVED)
    return Waiting(body, inside, tuple(t for t, state in numbers if state == VisitState.WAITING))
