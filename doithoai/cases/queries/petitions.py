"""The register of petitions (Sổ đơn), and what stands beside a petition on its page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat

from doithoai.accounts.actors import Official
from doithoai.cases import petition_rules
from doithoai.cases.models import Carried, Case, Examination, Petition, Ruling
from doithoai.cases.queries import labels
from doithoai.core.actors import Actor
from doithoai.units.models import Body, PlacePeriod, Succession

PAGE: Final = 50
GROUP: Final = 5  # people: from here on a large group (đoàn đông người)
# Two of one name in two villages are two senders.
SENDER: Final = Concat(
    F("sender_key"), Value("|"), Cast(F("submission__place"), CharField()), output_field=CharField()
)


@dataclass(frozen=True)
class Wanted:
    """What a reader asks of the register; an empty field asks nothing."""

    year: int
    kind: str = ""
    arrived_by: str = ""
    forwarder: str = ""
    again: str = ""
    page: int = 1


@dataclass(frozen=True)
class Line:
    """One petition with its matters; ``cases`` is empty where the reader may see none of them.

    Such a line keeps its number, so that none is missing, and says one and the same thing whatever
    the reason: kin of the reader, not looked at yet, kept private, sealed. Words of their own, such
    as "went another way", would tell that there is something to be told; so would its day, its way,
    its sender or its end.
    """

    petition: Petition
    cases: tuple[Case, ...]

    @property
    def hidden(self) -> bool:
        """Whether all it holds is sealed from the reader: only its number is shown."""
        return not self.cases

    @property
    def again(self) -> bool:
        """Whether it was sent before, as far as the reader may know of the earlier one."""
        return not self.hidden and bool(getattr(self.petition, "told_again", False))

    @property
    def arrived_by(self) -> str:
        """How it came in, in words."""
        return labels.arrived_by(self.petition.arrived_by)

    @property
    def forwarder(self) -> str:
        """Who passed it on, in words; empty when nobody did."""
        if self.petition.forwarder == Petition.Forwarder.NONE:
            return ""
        named = self.petition.forwarding_body
        return named.short_name if named else self.petition.forwarder_name

    @property
    def kinds(self) -> str:
        """What its matters are."""
        kinds = dict.fromkeys(labels.petition_kind(c.matter.procedure) for c in self.cases)
        return ", ".join(kinds)


@dataclass(frozen=True)
class Counts:
    """Petitions, matters, senders and signatories counted apart; ``again``: sent before. Of what is
    sealed from the reader the petition alone is counted, whose number stands in the register.
    """

    petitions: int
    matters: int
    senders: int
    people: int
    groups: int
    again: int


@dataclass(frozen=True)
class Register:
    """A page of the register of a body and year."""

    body: Body
    wanted: Wanted
    lines: tuple[Line, ...]
    counts: Counts
    pages: int


def register(actor: Official, body: Body, wanted: Wanted) -> Register:
    """One page, newest number first."""
    found = _found(body, wanted, actor)
    counts = _counts(found, actor)
    pages = max(1, -(-counts.petitions // PAGE))
    start = (min(max(wanted.page, 1), pages) - 1) * PAGE
    rows = list(_rows(found)[start : start + PAGE])
    return Register(body, wanted, _lines(rows, actor), counts, pages)


def whole(actor: Official, body: Body, wanted: Wanted) -> tuple[Line, ...]:
    """The whole register of a year, for a file."""
    return _lines(list(_rows(_found(body, wanted, actor))), actor)


def _rows(found: "QuerySet[Petition]") -> "QuerySet[Petition]":
    return found.select_related("submission", "forwarding_body", "begun_place", "body").order_by(
        "-number"
    )


def _kept_from(actor: Actor, *, submission: str = "submission") -> Exists:
    """Whether what a petition is about is sealed from the reader."""
    sealed = Carried.objects.filter(submission=OuterRef(submission), case__matter__sealed=True)
    return Exists(sealed.exclude(case__in=Case.objects.visible_to(actor)))


def _found(body: Body, wanted: Wanted, actor: Actor) -> "QuerySet[Petition]":
    """A condition finds no petition of which the reader is told nothing: which of them it meets
    would be told by that.
    """
    asked = {"arrived_by": wanted.arrived_by, "forwarder": wanted.forwarder}
    rows = Petition.objects.filter(body=body, year=wanted.year, sealed=False)
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    known = Q(repeats__isnull=False) & ~Q(_kept_from(actor, submission="repeats"))
    rows = rows.annotate(told_again=known)
    if wanted.again:
        rows = rows.filter(told_again=wanted.again == "yes")
    if any((wanted.kind, wanted.again, *asked.values())):
        rows = rows.filter(~_kept_from(actor))
    if wanted.kind:
        holding = Carried.objects.filter(
            case__matter__procedure=wanted.kind, case__matter__sealed=False
        )
        rows = rows.filter(submission__in=holding.values("submission"))
    return rows


def _counts(found: "QuerySet[Petition]", actor: Actor) -> Counts:
    open_cases = Q(submission__carried__case__matter__sealed=False)
    known = ~Q(_kept_from(actor))
    told = found.aggregate(
        petitions=Count("pk", distinct=True),
        matters=Count("submission__carried__case", distinct=True, filter=open_cases),
        senders=Count(SENDER, distinct=True, filter=known & ~Q(sender_key="")),
        groups=Count("pk", distinct=True, filter=known & Q(signatories__gte=GROUP)),
        again=Count("pk", distinct=True, filter=known & Q(told_again=True)),
    )
    known_to = Petition.objects.filter(known, pk__in=found.values("pk"))
    people = known_to.aggregate(n=Sum("signatories"))
    return Counts(people=people["n"] or 0, **told)


def _lines(rows: list[Petition], actor: Actor) -> tuple[Line, ...]:
    cases = _cases([row.pk for row in rows], actor)
    return tuple(Line(row, tuple(cases.get(row.pk, ()))) for row in rows)


def _cases(submissions: Iterable[UUID], actor: Actor) -> Mapping[UUID, list[Case]]:
    carried = (
        Carried.objects.filter(
            submission__in=list(submissions), case__in=Case.objects.visible_to(actor)
        )
        .select_related("case__matter")
        .order_by("since", "id")
    )
    found: dict[UUID, list[Case]] = {}
    for each in carried:
        found.setdefault(each.submission_id, []).append(each.case)
    return found


@dataclass(frozen=True)
class Elsewhere:
    """That the same petition came in before: where and when, never what became of it."""

    body: str
    arrived_on: date
    number: int
    here: bool


@dataclass(frozen=True)
class Beside:
    """What the page of a petition shows beside its words."""

    petition: Petition | None
    instance: str
    competence: str
    examined: Examination | None
    unmet: tuple[str, ...]
    rulings: tuple[Ruling, ...]
    elsewhere: tuple[Elsewhere, ...]


def beside(case: Case, actor: Actor) -> Beside | None:
    """What is known of a petition; None for a recommendation that came without a paper."""
    if not petition_rules.is_petition(case) and not getattr(case, "came_as_petition", True):
        return None  # read with the case, so that its page asks no more of the database
    petition = (
        Petition.objects.filter(submission__carried__case=case)
        .select_related("forwarding_body", "begun_place", "body")
        .first()
    )
    examined = case.examinations.order_by("-at").first()
    return Beside(
        petition=petition,
        instance=labels.instance(case.instance),
        competence=labels.competence(case.competence),
        examined=examined,
        unmet=tuple(labels.ground(code) for code in (examined.grounds if examined else ())),
        rulings=tuple(case.rulings.select_related("to", "by").order_by("at")),
        elsewhere=_elsewhere(petition, actor),
    )


def _elsewhere(petition: Petition | None, actor: Actor) -> tuple[Elsewhere, ...]:
    """Of other bodies' files nothing is read but that the same petition lies there; of what is
    sealed from the reader not even that.
    """
    if petition is None or petition.thread is None:
        return ()
    rows = (
        Petition.objects.filter(~_kept_from(actor), thread=petition.thread, sealed=False)
        .exclude(pk=petition.pk)
        .select_related("body")
        .order_by("arrived_on")
    )
    return tuple(
        Elsewhere(p.body.short_name, p.arrived_on, p.number, here=p.body_id == petition.body_id)
        for p in rows
    )


def ended_places(body: Body, *, today: date) -> list[tuple[str, str]]:
    """Units that ended and whose matters this body, or one above it, may have now."""
    old = Succession.objects.filter(new=body.place_id, on__lte=today).values("old")
    above = PlacePeriod.objects.filter(place__in=old, parent__isnull=False).values("parent")
    rows = PlacePeriod.objects.filter(Q(place__in=old) | Q(place__in=above))
    ended = rows.exclude(valid__contains=today).select_related("place").order_by("place__sort_key")
    return [(str(p.place_id), p.name) for p in ended]
