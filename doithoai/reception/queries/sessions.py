"""Reads of reception days: the list, the page of one, what a plan chooses from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Post
from doithoai.core.decisions import Decision, require
from doithoai.core.errors import NotFound
from doithoai.docket.models import Matter
from doithoai.docket.queries import Line, owed_on
from doithoai.files.models import Document
from doithoai.files.queries import document, documents
from doithoai.reception import policies
from doithoai.reception.grounds import Ground, grounds
from doithoai.reception.models import DECLINED, Appointment, Prepared, Refusal, Session, Visit
from doithoai.reception.timing import is_late
from doithoai.reception.workflow import COMING, State
from doithoai.units.models import Body
from doithoai.units.queries import bodies_seated_in

PAGE: Final = 30
TABS: Final = ("coming", "concluding", "ended")
STATES: Final[Mapping[str, Sequence[State]]] = {
    "coming": COMING,
    "concluding": (State.HELD, State.CONCLUDED),  # online: the recording is to be archived
    "ended": (State.HELD, State.CONCLUDED, State.CANCELLED),
}


@dataclass(frozen=True)
class Listed:
    """One tab of the list of reception days."""

    tab: str
    counts: Mapping[str, int]
    sessions: tuple[Session, ...]
    page: int
    more: bool


def _of(tab: str) -> Q:
    asked = Q(state__in=STATES[tab])
    return asked & Q(matter__final=tab == "ended") if tab != "coming" else asked


def listed(actor: Official, *, tab: str = "", page: int = 1) -> Listed:
    """Reception days the reader may see; without a tab, the first that is not empty."""
    require(policies.may_read(actor))
    seen = Session.objects.visible_to(actor)
    counts = seen.aggregate(**{t: Count("pk", filter=_of(t)) for t in TABS})
    chosen = tab if tab in STATES else next((t for t in TABS if counts[t]), TABS[0])
    rows = seen.filter(_of(chosen)).select_related("matter", "host", "receiver")
    rows = rows.annotate(came=Count("visits", distinct=True))
    rows = rows.order_by("starts_at" if chosen == "coming" else "-starts_at", "pk")
    start = (max(page, 1) - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    return Listed(chosen, counts, tuple(found[:PAGE]), max(page, 1), more=len(found) > PAGE)


def find(actor: Official, code: str) -> Session:
    """A reception day the reader may see, with its matter and host. Raises NotFound."""
    seen = Session.objects.visible_to(actor).select_related(
        "matter", "host__place", "host__parent", "receiver__body", "received_by"
    )
    found = seen.filter(matter__code=code.upper()).first()
    if found is None:
        raise NotFound(_("There is no reception day with the code %(code)s.") % {"code": code})
    return found


@dataclass(frozen=True)
class Attendance:
    """Who asked to be received: how many did, how many came, how many did not when it was over."""

    asked: int
    came: int
    absent: int
    over: bool


@dataclass(frozen=True)
class Page:
    """Everything the page of one reception day shows."""

    session: Session
    owed: tuple[Line, ...]
    prepared: tuple[Prepared, ...]
    appointments: tuple[Appointment, ...]
    attendance: Attendance
    visits: tuple[Visit, ...]
    documents: tuple[Document, ...]
    grounds: tuple[Ground, ...]
    offered: Mapping[str, Decision]
    may_read_visits: bool


def page(actor: Official, code: str, *, today: date) -> Page:
    """The page of a reception day; who asked and who came only inside the body. Raises NotFound."""
    session = find(actor, code)
    own = bool(policies.may_read(actor)) and session.host_id in actor.acts_for
    visits = Visit.objects.visible_to(actor).marked_for(actor).filter(session=session)
    known = grounds().unscheduled
    asked = appointments(session, actor) if own else ()
    return Page(
        session=session,
        owed=owed_on(session.pk, today=today),
        prepared=prepared(session, actor) if own else (),
        appointments=asked,
        attendance=attendance(asked, session, today=today),
        visits=tuple(visits.select_related("person").order_by("number", "ticket")),
        documents=tuple(documents(session.pk)) if own else (),
        grounds=tuple(known[g] for g in session.grounds if g in known),
        offered=policies.offered(actor, session),
        may_read_visits=own,
    )


def appointments(session: Session, actor: Official) -> tuple[Appointment, ...]:
    """Who asked to be received that day, in that order; of whose visit the reader is told nothing,
    the appointment says neither who nor what. One query.
    """
    told = Visit.objects.visible_to(actor).told_to(actor).filter(pk=OuterRef("visit"))
    rows = session.appointments.annotate(told=Exists(told) | Q(visit=None)).order_by("asked_at")
    found = tuple(rows)
    for each in found:
        if not each.told:
            each.name = each.phone = each.about = each.reason = ""
            each.people = 1
    return found


def attendance(asked: Sequence[Appointment], session: Session, *, today: date) -> Attendance:
    """Of those who were not declined: who came, and after the day who did not."""
    over = session.held_on is not None or session.day < today
    wanted = [each for each in asked if each.answer != DECLINED]
    came = sum(each.visit_id is not None for each in wanted)
    return Attendance(len(asked), came, len(wanted) - came if over else 0, over)


def prepared(session: Session, actor: Official) -> tuple[Prepared, ...]:
    """Matters prepared for the head that the reader may see; nothing sealed."""
    seen = Matter.objects.visible_to(actor).filter(sealed=False)
    rows = session.prepared.filter(matter__in=seen).select_related("matter")
    return tuple(rows.order_by("pk"))


def paper(actor: Official, code: str, document_id: UUID) -> Document:
    """A paper of a reception day, for the body that received. Raises NotFound, Denied."""
    session = find(actor, code)
    require(policies.may_record(actor, session))
    return document(document_id, about=session.pk)


def language() -> str:
    """The reader's language."""
    return get_language() or "vi"


@dataclass(frozen=True)
class Choices:
    """What the plan of a reception day chooses from."""

    hosts: tuple[Body, ...]
    receivers: tuple[Post, ...]
    grounds: tuple[tuple[str, str], ...]


def bodies(actor: Official) -> list[Body]:
    """The bodies this official receives for, the committee before its offices."""
    own = Body.objects.filter(pk__in=actor.acts_for).select_related("place", "parent")
    return sorted(own, key=lambda b: (b.parent_id in actor.acts_for, b.sort_key))


def choices(actor: Official, *, today: date) -> Choices:
    """The official's bodies, and the posts there, heads first."""
    hosts = bodies(actor)
    posts = Post.objects.filter(body__in=[b.pk for b in hosts], valid__contains=today)
    own = [b.pk for b in hosts]
    seats = sorted(
        posts.select_related("body"),
        key=lambda p: (not p.is_head, own.index(p.body_id), p.title),
    )
    words = tuple((g.code, g.label(language())) for g in grounds().unscheduled.values())
    return Choices(tuple(hosts), tuple(seats), words)


def who_may_receive(session: Session, *, today: date) -> tuple[Post, ...]:
    """The posts of the host, for who stood in."""
    posts = Post.objects.filter(body=session.host_id, valid__contains=today)
    return tuple(posts.order_by("-is_head", "title"))


def invitable(session: Session, *, today: date) -> tuple[Body, ...]:
    """The bodies of the place, which send a leader (Decree 154/2026, article 26)."""
    place = session.host.place
    return tuple(bodies_seated_in(place, today=today)) if place else ()


def too_late(session: Session, *, today: date) -> tuple[Line, ...]:
    """What should have been done before today for the day that is set. One query."""
    owed = owed_on(session.pk, today=today)
    return tuple(o for o in owed if o.obligation.due_on and o.obligation.due_on < today)


def standing_reason(session: Session) -> str:
    """The reason posted when it was put off: that of the new day, unless another is given."""
    return session.why_not_held if session.state == State.POSTPONED else ""


def warned_of(session: Session, *, today: date) -> str:
    """What is said before it is recorded as held: that nobody was told of it, that it is late."""
    said = []
    if session.unposted:
        said.append(
            _("This day was not posted before it began; it is shown so wherever it counts.")
        )
    if is_late(session.day, today):
        said.append(_("More than one working day has passed: it is entered late, by a document."))
    return "\n".join(said)


# -------------------------------------------------------------------------------------- refusals
@dataclass(frozen=True)
class Refused:
    """The page of a refusal: its ground, what was explained, the written notice where owed."""

    matter: Matter
    refusal: Refusal
    ground: Ground
    owed: tuple[Line, ...]
    documents: tuple[Document, ...]
    visit: Visit | None
    may_notify: Decision


def refused(actor: Official, code: str, *, today: date) -> Refused:
    """A refusal the reader may see; the visit only inside the body. Raises NotFound."""
    seen = Matter.objects.visible_to(actor).select_related("body__place", "body__parent")
    matter = seen.filter(code=code.upper(), kind="refusal").first()
    if matter is None:
        raise NotFound(_("There is no refusal with the code %(code)s.") % {"code": code})
    refusal = Refusal.objects.get(matter=matter)
    visits = Visit.objects.visible_to(actor).marked_for(actor).select_related("person", "body")
    own = policies.may_notify(actor, matter)
    return Refused(
        matter=matter,
        refusal=refusal,
        ground=grounds().refusal[refusal.ground],
        owed=owed_on(matter.pk, today=today),
        documents=tuple(documents(matter.pk)) if own else (),
        visit=visits.filter(pk=refusal.visit_id).first(),
        may_notify=own,
    )


def notice(actor: Official, code: str, document_id: UUID, *, today: date) -> Document:
    """The written notice of a refusal, for the body that refused. Raises NotFound, Denied."""
    found = refused(actor, code, today=today)
    require(found.may_notify)
    return document(document_id, about=found.matter.pk)


def asked(actor: Official, session: Session, appointment: UUID) -> Appointment:
    """Somebody's request for an appointment, inside the body. Raises NotFound, Denied."""
    require(policies.may_change(actor, session))
    rows = appointments(session, actor)
    found = next((each for each in rows if each.pk == appointment and each.name), None)
    if found is None:
        raise NotFound(_("There is no such request."))
    return found
