"""Reads: what a period still owes, how each post fulfils its duties, what the public may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.http import urlencode
from django.utils.translation import get_language, pgettext

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Holding, Post
from doithoai.core.actors import Actor
from doithoai.core.days import day_written
from doithoai.core.errors import NotFound
from doithoai.docket import lawbook
from doithoai.docket.models import Matter, Obligation
from doithoai.duties import periods, policies
from doithoai.duties.models import Disclosure, Duty, Met
from doithoai.duties.periods import Asked
from doithoai.duties.workflow import State
from doithoai.law.periods import Span, span
from doithoai.units.models import Body

MOST: Final = 2000  # rows of one month's page; a province has some five hundred
DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Chosen:
    """Which duties a reader asked for: those with a day in a month, of a post, in a state."""

    month: Span
    state: str = ""
    post: UUID | None = None
    late: bool = False  # only what was done in full by what was entered late

    @classmethod
    def from_query(cls, given: Mapping[str, str], *, today: date) -> "Chosen":
        """Read a query string; what is not understood asks for this month and everything in it."""
        month = month_of(day_written(f"{given.get('month', '')}-01") or today)
        state = given.get("state", "")
        post, late = _id(given.get("post", "")), given.get("late", "") == "1"
        return cls(month, state if state in State.values else "", post, late)

    def to_query(
        self, *, state: str | None = None, month: date | None = None, late: bool | None = None
    ) -> str:
        """The query that reads back as this choice, with another state or month."""
        asked = {
            "month": f"{month or self.month.first:%Y-%m}",
            "state": self.state if state is None else state,
            "post": str(self.post) if self.post else "",
            "late": "1" if (self.late if late is None else late) else "",
        }
        return urlencode({name: value for name, value in asked.items() if value})


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def month_of(day: date) -> Span:
    """The month around a day, as the calendar in force counts months."""
    found = span("month", day, lawbook.calendar())
    assert found is not None, "every day lies in a month"
    return found


@dataclass(frozen=True)
class Line:
    """One duty of one post in one period: what is asked, what was held for it and by whom."""

    duty: Duty
    asked: Asked
    name: str
    counted: tuple[Met, ...]
    uncounted: tuple[Met, ...]  # of a deputy, on a day that has counted, or after the period
    holders: tuple[str, ...]

    @property
    def held(self) -> int:
        """How many times it counts so far."""
        return len(self.counted)

    @property
    def by_deputy(self) -> tuple[Met, ...]:
        """What a deputy held and the law does not count."""
        return tuple(met for met in self.uncounted if not met.in_person)

    @property
    def entered_late(self) -> tuple[Met, ...]:
        """What counts and was entered more than one working day after it was held (design §1)."""
        return tuple(met for met in self.counted if met.entered_late)

    @property
    def unposted(self) -> tuple[Met, ...]:
        """What counts and nobody was told of before."""
        return tuple(met for met in self.counted if met.unposted)

    @property
    def done_late(self) -> bool:
        """Whether it was done in full only by what was entered late."""
        return self.done and self.held - len(self.entered_late) < self.asked.times

    @property
    def left(self) -> int:
        """How many times are still owed."""
        return max(self.asked.times - self.held, 0)

    @property
    def done(self) -> bool:
        """Whether it was done in full."""
        return self.duty.state == State.MET

    @property
    def why(self) -> str:
        """The reason it was excused for; nothing when it was not."""
        excuse = getattr(self.duty, "excuse", None)
        return excuse.reason if excuse else ""


@dataclass(frozen=True)
class Tally:
    """How many duties are in a state, and the query of exactly those."""

    state: str
    count: int
    query: str


@dataclass(frozen=True)
class Fulfilment:
    """How the posts a reader may see fulfil their duties in a month."""

    chosen: Chosen
    lines: tuple[Line, ...]
    tallies: tuple[Tally, ...]
    more: bool
    done: Tally
    done_late: Tally

    @property
    def done_at_once(self) -> int:
        """How many are done in full without what was entered late (design §1)."""
        return self.done.count - self.done_late.count

    @property
    def earlier(self) -> str:
        """The query of the month before."""
        return self.chosen.to_query(month=self.chosen.month.first - DAY)

    @property
    def later(self) -> str:
        """The query of the month after."""
        return self.chosen.to_query(month=self.chosen.month.last + DAY)


def still_owed(actor: Official, *, today: date) -> tuple[Line, ...]:
    """What the reader's own post still owes in the periods that run, the first to end first. Two
    queries, one when nothing is owed.
    """
    rows = Duty.objects.visible_to(actor).filter(
        post=actor.post, state=State.OPEN, first_day__lte=today
    )
    shown = rows.select_related("matter").prefetch_related("met")
    return tuple(_line(duty, ()) for duty in shown.order_by("last_day", "kind", "pk"))


def fulfilment(actor: Actor, chosen: Chosen) -> Fulfilment:
    """Duties with a day in the month, among what the reader may see. Five queries."""
    month = chosen.month
    rows = Duty.objects.visible_to(actor).filter(
        first_day__lte=month.last, last_day__gte=month.first
    )
    if chosen.post is not None:
        rows = rows.filter(post=chosen.post)
    found = lines_of(_ordered(rows)[: MOST + 1])
    shown = [line for line in found[:MOST] if _shown(line, chosen)]
    counted = [line.duty.state for line in found[:MOST]]
    tallies = [Tally("", len(counted), chosen.to_query(state="", late=False))]
    tallies += [
        Tally(s, counted.count(s), chosen.to_query(state=s, late=False)) for s in State.values
    ]
    late = Tally(
        State.MET, sum(line.done_late for line in found[:MOST]),
        chosen.to_query(state=State.MET, late=True),
    )  # fmt: skip
    done = next(tally for tally in tallies if tally.state == State.MET)
    more = len(found) > MOST
    return Fulfilment(chosen, tuple(shown), tuple(tallies), more, done, late)


def _shown(line: Line, chosen: Chosen) -> bool:
    return chosen.state in {"", line.duty.state} and (line.done_late or not chosen.late)


def _ordered(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    return _whole(rows).order_by("post__body__sort_key", "post__title", "kind", "first_day", "rule")


def _whole(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    return rows.select_related("matter", "post__body", "excuse__by").prefetch_related("met__about")


def lines_of(rows: Iterable[Duty]) -> tuple[Line, ...]:
    """Duties with what was held for each. Two queries, and one for the holders."""
    duties = list(rows)
    holders = _holdings({duty.post_id for duty in duties})
    return tuple(_line(duty, holders.get(duty.post_id, ())) for duty in duties)


def _holdings(posts: Iterable[UUID]) -> Mapping[UUID, Sequence[Holding]]:
    rows = Holding.objects.filter(post__in=posts).select_related("user").order_by("valid", "pk")
    found: dict[UUID, list[Holding]] = {}
    for row in rows:
        found.setdefault(row.post_id, []).append(row)
    return found


def _line(duty: Duty, holdings: Sequence[Holding]) -> Line:
    asked = periods.asked(duty, get_language() or "vi")
    counted, uncounted = _sorted(duty, asked)
    names = tuple(dict.fromkeys(h.user.name for h in holdings if _within(h, duty)))
    return Line(duty, asked, named(duty.kind), counted, uncounted, names)


def _sorted(duty: Duty, asked: Asked) -> tuple[tuple[Met, ...], tuple[Met, ...]]:
    """What the law counts and what it does not, as in ``law.obligations``: a day once, only inside
    the period, and in person where the law asks that. A report counts whenever it is made.
    """
    counted: dict[date, Met] = {}
    uncounted: list[Met] = []
    for met in sorted(duty.met.all(), key=lambda met: (met.held_on, not met.in_person, met.pk)):
        inside = duty.kind == "report" or duty.first_day <= met.held_on <= duty.last_day
        fits = inside and (met.in_person or not asked.in_person)
        if fits and met.held_on not in counted:
            counted[met.held_on] = met
        else:
            uncounted.append(met)
    return tuple(counted.values()), tuple(uncounted)


def _within(holding: Holding, duty: Duty) -> bool:
    """Whether somebody held the post on a day of the period."""
    begins, ends = holding.valid.lower, holding.valid.upper
    return (begins is None or begins <= duty.last_day) and (ends is None or ends > duty.first_day)


def named(kind: str) -> str:
    """What is owed, in two words."""
    return {
        "reception": pgettext("duty of a head", "Citizen reception"),
        "meeting": pgettext("duty of a head", "Coordination meeting"),
        "dialogue": pgettext("duty of a head", "Dialogue with the people"),
        "conference": pgettext("duty of a head", "Conference of the community"),
        "hearing": pgettext("duty of a head", "Hearing the Front"),
        "programme": pgettext("duty of a head", "Programme of work"),
        "report": pgettext("duty of a head", "Report"),
    }[kind]


def find(actor: Actor, code: str) -> Duty:
    """The duty with this code. Raises NotFound for what the reader may not see."""
    found = _whole(Duty.objects.visible_to(actor)).filter(matter__code=code).first()
    if found is None:
        raise NotFound("")
    return found


def line_of(duty: Duty) -> Line:
    """The same with what was held for it."""
    return lines_of([duty])[0]


def why_url_of(duty: Duty) -> UUID | None:
    """The obligation the law made of it, whose page says why it is due on that day."""
    found = Obligation.objects.filter(matter=duty.pk, rule=duty.rule)
    return found.values_list("pk", flat=True).first()


def seen_abouts(actor: Actor, line: Line) -> frozenset[UUID]:
    """Which of the dialogues and reception days behind a duty the reader may open."""
    abouts = [met.about_id for met in (*line.counted, *line.uncounted) if met.about_id]
    return frozenset(
        Matter.objects.visible_to(actor).filter(pk__in=abouts).values_list("pk", flat=True)
    )


# -------------------------------------------------------------------------------------- public
@dataclass(frozen=True)
class Publishable:
    """A body whose head's fulfilment the reader may make public, and whether it is."""

    body: Body
    disclosure: Disclosure | None


def publishable(actor: Official) -> tuple[Publishable, ...]:
    """Bodies whose decision this reader records, with the decision that is recorded."""
    if not (actor.may("duties.disclose") and actor.is_head):
        return ()
    owing = Post.objects.filter(is_head=True, pk__in=Duty.objects.visible_to(actor).values("post"))
    bodies = Body.objects.filter(pk__in=owing.values("body")).order_by("sort_key")
    mine = [body for body in bodies if policies.may_disclose(actor, body)]
    made = {d.body_id: d for d in Disclosure.objects.standing().filter(body__in=mine)}
    return tuple(Publishable(body, made.get(body.pk)) for body in mine)


def body_to_disclose(actor: Official, body_id: UUID) -> Body:
    """A body the reader may decide for. Raises NotFound."""
    found = Body.objects.filter(pk=body_id).first()
    if found is None or not policies.may_disclose(actor, found):
        raise NotFound("")
    return found


def disclosed(body_id: UUID) -> Disclosure:
    """The decision that made a body's page public. Raises NotFound while there is none, and once
    it was withdrawn.
    """
    rows = Disclosure.objects.standing().select_related("body", "file__stored")
    found = rows.filter(body=body_id).first()
    if found is None:
        raise NotFound("")
    return found


def all_disclosed() -> tuple[Disclosure, ...]:
    """Every body whose page is public, by name: a list of addresses, no ranking. One query."""
    rows = Disclosure.objects.standing().select_related("body")
    return tuple(rows.order_by("body__sort_key", "pk"))


def public(disclosure: Disclosure, month: Span) -> tuple[Line, ...]:
    """What the heads of this one body owed and held in a month: no other body beside it."""
    rows = Duty.objects.filter(
        post__body=disclosure.body_id, first_day__lte=month.last, last_day__gte=month.first
    )
    return lines_of(_ordered(rows))


@dataclass(frozen=True)
class Counts:
    """How many are done in full, with and without what was entered late (design §1)."""

    done: int
    at_once: int


def counts(lines: Iterable[Line]) -> Counts:
    """Of these lines."""
    done = [line for line in lines if line.done]
    return Counts(len(done), sum(not line.done_late for line in done))
