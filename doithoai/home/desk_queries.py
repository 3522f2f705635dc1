"""The head's page: what waits for a signature or a decision, what is late, what was promised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Final
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Holding, Post
from doithoai.cases.models import Case
from doithoai.cases.queries.measures import binding
from doithoai.cases.workflow import LIVE, State
from doithoai.core.errors import NotFound
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.workflow import COMING
from doithoai.dialogues.workflow import State as DialogueState
from doithoai.docket import lawbook
from doithoai.docket.models import Matter, Obligation
from doithoai.docket.queries import Line, lines, with_adoption

SOON: Final = 5  # working days
SHOWN: Final = 3  # lines of a group on the head's one screen
READ: Final = 300
WHOLE: Final = 1000

CASES: Final = ("sign", "tie_break", "disputed", "urgent")
DUTIES: Final = ("late", "soon", "provisional")
SECTIONS: Final = ("sign", "conclusions", "tie_break", "disputed", "urgent", *DUTIES, "promises")
# The questions of the head's page. No thing is in two sections of one group, so that a group's
# figure is the sum of its sections'.
GROUPS: Final = {
    "decide": ("sign", "conclusions", "tie_break"),
    "dated": ("late", "soon"),
    "objections": ("urgent", "disputed"),
    "promised": ("promises",),
}


@dataclass(frozen=True)
class Section:
    """One question to the head: how many things, and the first of them. Only one kind is filled."""

    name: str
    count: int
    cases: tuple[Case, ...] = ()
    owed: tuple[Line, ...] = ()
    dialogues: tuple[Dialogue, ...] = ()

    def cut(self, shown: int) -> "Section":
        """The first lines only; the figure stays."""
        return replace(
            self,
            cases=self.cases[:shown],
            owed=self.owed[:shown],
            dialogues=self.dialogues[:shown],
        )

    @property
    def shown(self) -> int:
        """How many lines are shown; only one kind is filled."""
        return len(self.cases) + len(self.owed) + len(self.dialogues)

    @property
    def more(self) -> bool:
        """Whether not everything is shown."""
        return self.count > self.shown


@dataclass(frozen=True)
class Group:
    """One of the questions of the head's page: its sections, and the most urgent lines."""

    name: str
    sections: tuple[Section, ...]
    first: tuple[Section, ...]

    @property
    def count(self) -> int:
        """How many things wait under this question."""
        return sum(section.count for section in self.sections)

    @property
    def more(self) -> int:
        """How many of them are not among the first."""
        return self.count - sum(section.shown for section in self.first)


@dataclass(frozen=True)
class ByVillage:
    """Promises still open in one village."""

    name: str
    owed: tuple[Line, ...]


@dataclass(frozen=True)
class Direct:
    """Everything that waits for the head."""

    sections: tuple[Section, ...]
    villages: tuple[ByVillage, ...]

    def groups(self, shown: int = SHOWN) -> tuple[Group, ...]:
        """The four questions, each with so many of its most urgent lines."""
        return tuple(self._group(name, shown) for name in GROUPS)

    @property
    def provisional(self) -> Section:
        """What is past a date no text prescribes: one line, for it is not late."""
        return next(section for section in self.sections if section.name == "provisional")

    def _group(self, name: str, shown: int) -> Group:
        wanted = GROUPS[name]
        mine = sorted(
            (section for section in self.sections if section.name in wanted),
            key=lambda section: wanted.index(section.name),
        )
        return Group(name, tuple(mine), _first(mine, shown))

    @property
    def nothing(self) -> bool:
        """Whether nothing waits."""
        return not any(section.count for section in self.sections)


def _first(sections: Sequence[Section], shown: int) -> tuple[Section, ...]:
    """The first lines of several sections, in their order."""
    cut: list[Section] = []
    for section in sections:
        left = shown - sum(each.shown for each in cut)
        cut.append(section.cut(max(left, 0)))
    return tuple(section for section in cut if section.shown)


def direct(actor: Official, *, today: date, shown: int = SHOWN) -> Direct:
    """What waits for this head today, among what they may see. Six queries."""
    cases = _case_sections(actor, CASES, shown)
    duties = _duty_sections(actor, DUTIES, today, shown)
    promised = lines(_promises(actor), today=today)
    promises = Section("promises", len(promised), owed=promised[:shown])
    found = {**cases, **duties, "conclusions": _conclusions(actor, shown), "promises": promises}
    return Direct(tuple(found[name] for name in SECTIONS), _by_village(promised))


def whole(actor: Official, name: str, *, today: date) -> tuple[Section, ...]:
    """All rows of a group, or of one section. Raises NotFound for an unknown name."""
    return tuple(section(actor, each, today=today) for each in GROUPS.get(name, (name,)))


def section(actor: Official, name: str, *, today: date) -> Section:
    """All of one section. Raises NotFound for an unknown name."""
    if name in CASES:
        return _case_sections(actor, [name], WHOLE)[name]
    if name in DUTIES:
        return _duty_sections(actor, [name], today, WHOLE)[name]
    if name == "conclusions":
        return _conclusions(actor, WHOLE)
    if name != "promises":
        raise NotFound("")
    found = lines(_promises(actor), today=today)
    return Section(name, len(found), owed=found)


# ---------------------------------------------------------------------------------------- cases
def _wanted(actor: Official) -> dict[str, Q]:
    mine = Q(handling_body__in=actor.acts_for)
    received = Q(receiving_body__in=actor.acts_for)
    return {
        "sign": mine & Q(state=State.DRAFTED),
        "tie_break": received & Q(state=State.DISPUTED_LEAD),
        "disputed": mine & Q(state=State.ESCALATED),
        "urgent": (mine | received) & Q(urgent=True, state__in=LIVE, answered_at=None),
    }


def _case_sections(actor: Official, names: Sequence[str], shown: int) -> dict[str, Section]:
    conditions = _wanted(actor)
    wanted = {name: conditions[name] for name in names}
    seen = Case.objects.visible_to(actor)
    any_of = reduce(or_, wanted.values())
    counts = seen.filter(any_of).aggregate(
        **{name: Count("pk", filter=q) for name, q in wanted.items()}
    )
    flags = {
        f"is_{name}": ExpressionWrapper(q, output_field=BooleanField())
        for name, q in wanted.items()
    }
    rows = seen.filter(any_of).annotate(**flags).select_related("matter__place", "handling_body")
    found = list(rows.order_by("matter__received_on", "pk")[: max(shown, READ)])
    return {
        name: Section(name, counts[name], cases=_flagged(found, f"is_{name}", shown))
        for name in wanted
    }


def _flagged(found: Iterable[Case], flag: str, shown: int) -> tuple[Case, ...]:
    return tuple(case for case in found if getattr(case, flag))[:shown]


# --------------------------------------------------------------------------------------- duties
def _owed(actor: Official) -> QuerySet[Obligation]:
    """What the bodies this head directs must do, by whichever of their posts."""
    theirs = Q(body__in=actor.acts_for) | Q(body=None, post=actor.post)
    return Obligation.objects.filter(
        theirs, kind="duty", state="open", matter__in=Matter.objects.visible_to(actor)
    )


def _duty_sections(
    actor: Official, names: Sequence[str], today: date, shown: int
) -> dict[str, Section]:
    tabs = _tabs(today)
    owed = _owed(actor)
    owed = owed.filter(reduce(or_, [tabs[name] for name in names]))
    counts = owed.aggregate(**{name: Count("pk", filter=tabs[name]) for name in names})
    rows = with_adoption(owed)
    found = lines(rows.order_by("due_on", "pk")[: max(shown, READ)], today=today)
    by_tab = {
        "late": [line for line in found if _past(line, today) and not line.provisional],
        "soon": [line for line in found if not _past(line, today)],
        "provisional": [line for line in found if _past(line, today) and line.provisional],
    }
    return {name: Section(name, counts[name], owed=tuple(by_tab[name][:shown])) for name in names}


def _tabs(today: date) -> dict[str, Q]:
    until = lawbook.calendar().add_working(today, SOON)
    return {
        "late": Q(due_on__lt=today) & binding(),
        "soon": Q(due_on__gte=today, due_on__lte=until),
        "provisional": Q(due_on__lt=today) & ~binding(),
    }


def _past(line: Line, today: date) -> bool:
    due_on = line.obligation.due_on
    return due_on is not None and due_on < today


def _promises(actor: Official) -> QuerySet[Obligation]:
    """What conclusions of dialogues this post chaired set a date for, and is not done yet."""
    return promised_by(actor.post, seen=Matter.objects.visible_to(actor))


def promised_by(post: UUID, *, seen: QuerySet[Matter]) -> QuerySet[Obligation]:
    """Open obligations that a conclusion set at dialogues this post chaired."""
    chaired = Dialogue.objects.filter(chairs__post=post).values("pk")
    rows = Obligation.objects.filter(
        kind="duty",
        source="conclusion",
        state__in=[Obligation.State.OPEN, Obligation.State.PAUSED],
        matter__in=seen,
        matter__case__occasion_matter__in=chaired,
    )
    return with_adoption(rows).order_by("due_on", "pk")


def _by_village(promised: Sequence[Line]) -> tuple[ByVillage, ...]:
    ordered = sorted(promised, key=_place)
    groups = groupby(ordered, key=lambda line: _place(line)[1])
    return tuple(ByVillage(name, tuple(each)) for name, each in groups)


def _place(line: Line) -> tuple[str, str]:
    place = line.obligation.matter.place
    return (place.sort_key, place.name) if place else ("~", "")


def _conclusions(actor: Official, shown: int) -> Section:
    mine = Q(host__in=actor.acts_for) | Q(chairs__post=actor.post)
    rows = (
        Dialogue.objects.visible_to(actor)
        .filter(mine, state=DialogueState.HELD)
        .exclude(conclusion="")
        .select_related("matter", "host")
        .order_by("starts_at", "pk")
        .distinct()
    )
    found = tuple(rows)
    return Section("conclusions", len(found), dialogues=found[:shown])


# ------------------------------------------------------------------------------------ hand-over
@dataclass(frozen=True)
class Handover:
    """Everything that goes with a post when its holder changes."""

    post: Post
    holders: tuple[str, ...]
    owed: tuple[Line, ...]
    cases: tuple[Case, ...]
    promises: tuple[Line, ...]
    dialogues: tuple[Dialogue, ...]


def posts(actor: Official, *, today: date) -> tuple[Post, ...]:
    """The posts whose hand-over list this official may print: their own, and those they direct."""
    rows = Post.objects.filter(_handed(actor), valid__contains=today).select_related("body")
    return tuple(rows.order_by("body__sort_key", "-is_head", "title"))


def _handed(actor: Official) -> Q:
    own = Q(pk=actor.post)
    return own | Q(body__in=actor.acts_for) if actor.may("home.direct") else own


def handover(actor: Official, post: UUID, *, today: date) -> Handover:
    """What a post owes, works on and promised. Raises NotFound for a post of somebody else."""
    found = Post.objects.filter(_handed(actor), pk=post).select_related("body").first()
    if found is None:
        raise NotFound("")
    seen = Matter.objects.visible_to(actor)
    in_hand = Case.objects.visible_to(actor).filter(handling_post=post, state__in=LIVE)
    chaired = Dialogue.objects.visible_to(actor).filter(chairs__post=post)
    open_ones = chaired.filter(state__in=[*COMING, DialogueState.HELD, DialogueState.SIGNED])
    return Handover(
        post=found,
        holders=_holders(post, today),
        owed=lines(_owed_by_post(found, seen), today=today),
        cases=tuple(in_hand.select_related("matter__place").order_by("matter__code")),
        promises=lines(promised_by(post, seen=seen), today=today),
        dialogues=tuple(open_ones.select_related("matter", "host").order_by("starts_at")),
    )


def _holders(post: UUID, today: date) -> tuple[str, ...]:
    rows = Holding.objects.filter(post=post, valid__contains=today)
    return tuple(rows.order_by("user__name").values_list("user__name", flat=True))


def _owed_by_post(post: Post, seen: QuerySet[Matter]) -> QuerySet[Obligation]:
    # What falls to a body and to no post of it falls to its head.
    owed = Q(post=post) | Q(body=post.body, post=None) if post.is_head else Q(post=post)
    rows = Obligation.objects.filter(
        owed,
        kind="duty",
        state__in=[Obligation.State.OPEN, Obligation.State.PAUSED],
        matter__in=seen,
    )
    return with_adoption(rows).order_by("due_on", "pk")
