"""Reads named for the page: what an official owes, why a date is what it is, what words find."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Post
from doithoai.core.actors import Actor
from doithoai.core.collation import folded
from doithoai.core.errors import NotFound
from doithoai.docket import lawbook
from doithoai.docket.models import Adoption, Matter, Obligation, Party
from doithoai.docket.newest import narrowed_for
from doithoai.docket.telling import TOLD_ONLY
from doithoai.law.explanation import Derivation, Json
from doithoai.law.rules import PROVISIONAL
from doithoai.units.models import Body

TABS: Final = ("late", "today", "soon", "later", "paused")
SOON: Final = 5  # working days
MOST: Final = 100  # a tab counts no further, so that the page costs the same however much waits
PAGE: Final = 50
LAST_PAGE: Final = 40


@dataclass(frozen=True)
class Line:
    """One thing owed, in words. ``working``: working days left, None once it is due."""

    obligation: Obligation
    duty: str
    why: str
    provisional: bool
    working: int | None


@dataclass(frozen=True)
class Inbox:
    """One tab of what an official owes; ``counts`` by tab go no further than ``MOST``."""

    tab: str
    counts: Mapping[str, int]
    lines: tuple[Line, ...]
    page: int
    more: bool


class Counted(Subquery):
    """How many rows a bounded query has, without fetching them."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def inbox(actor: Official, *, today: date, tab: str = "", page: int = 1) -> Inbox:
    """What this official owes today, by due date; without a tab, the first that is not empty."""
    duties, tabs = _duties(actor), _tabs(today)
    alone = _counts_of_the_post(actor, duties, tabs)
    counts = _counts(actor, duties, tabs, alone)
    chosen = tab if tab in tabs else next((t for t in TABS if counts[t]), TABS[0])
    start = (min(max(page, 1), LAST_PAGE) - 1) * PAGE
    wanted = duties.filter(tabs[chosen]).order_by("due_on", "id")
    ids = _first(actor, wanted, until=start + PAGE + 1, alone=alone[chosen] > 0)
    rows = with_adoption(Obligation.objects.filter(pk__in=ids)).order_by("due_on", "id")
    narrow = rows.select_related(None).select_related("matter__place")  # who owes is not shown
    found = list(narrow[start : start + PAGE + 1])
    shown = lines(found[:PAGE], today=today)
    return Inbox(chosen, counts, shown, start // PAGE + 1, more=len(found) > PAGE)


def _duties(actor: Official) -> QuerySet[Obligation]:
    """Duties on matters the official may see, whoever owes them.

    The rule of visibility goes in as text: the page asks it half a dozen times, and composing it
    anew each time cost more than all its statements took.
    """
    text, values = Matter.objects.visible_to(actor).values("pk").query.sql_with_params()
    return Obligation.objects.filter(kind="duty", matter__in=RawSQL(text, values))  # noqa: S611 - the rule's own text and values


def _tabs(today: date) -> dict[str, Q]:
    """What each tab asks; an open duty has a date."""
    until = lawbook.calendar().add_working(today, SOON)
    running = Q(state=Obligation.State.OPEN)
    return {
        "late": running & Q(due_on__lt=today),
        "today": running & Q(due_on=today),
        "soon": running & Q(due_on__gt=today, due_on__lte=until),
        "later": running & Q(due_on__gt=until),
        "paused": Q(state=Obligation.State.PAUSED),
    }


def _of_a_body(actor: Official, duties: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """What the body of an outer query owes, unless another of its posts does."""
    mine = Q(post=None) | Q(post=actor.post)
    return duties.filter(mine, body=OuterRef("pk"))


def _of_the_post(actor: Official, duties: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """What was given to the post alone."""
    return duties.filter(body=None, post=actor.post)


def _counts(
    actor: Official, duties: QuerySet[Obligation], tabs: Mapping[str, Q], alone: Mapping[str, int]
) -> dict[str, int]:
    """Body by body, for in one body the index gives the first rows of a tab without sorting all."""
    owed = _of_a_body(actor, duties)
    counted = [Counted(owed.filter(tabs[tab]).values("pk")[:MOST]) for tab in TABS]
    rows = list(Body.objects.filter(pk__in=actor.acts_for).values_list(*counted))
    return {tab: min(alone[tab] + sum(row[n] for row in rows), MOST) for n, tab in enumerate(TABS)}


def _counts_of_the_post(
    actor: Official, duties: QuerySet[Obligation], tabs: Mapping[str, Q]
) -> dict[str, int]:
    """Few, for somebody gave them to the post one by one; so all of them are counted at once."""
    counted = {tab: Count("pk", filter=asked) for tab, asked in tabs.items()}
    return _of_the_post(actor, duties).filter(state__in=["open", "paused"]).aggregate(**counted)


def _first(actor: Official, wanted: QuerySet[Obligation], *, until: int, alone: bool) -> list[UUID]:
    """The first duties of each body by due date, and those of the post if there are any."""
    mine = ArraySubquery(_of_a_body(actor, wanted).values("pk")[:until])
    found = Body.objects.filter(pk__in=actor.acts_for).values_list(mine, flat=True)
    ids = [pk for body in found for pk in body]
    if alone:
        ids += _of_the_post(actor, wanted)[:until].values_list("pk", flat=True)
    return ids


def with_adoption(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """The same obligations with matter, debtor and the document that adopted their rule, if any."""
    document = Adoption.objects.filter(rule=OuterRef("rule")).values("document")[:1]
    return rows.select_related("matter__place", "body", "post").annotate(adopted=Subquery(document))


def lines(rows: Iterable[Obligation], *, today: date) -> tuple[Line, ...]:
    """Obligations read by ``with_adoption``, in words."""
    return tuple(_line(row, today) for row in rows)


def working_left(due_on: date | None, *, today: date) -> int | None:
    """Working days until a day; None for no day, and once it is due."""
    if due_on is None or due_on <= today:
        return None
    return lawbook.calendar().working_between(today, due_on)


def _line(row: Obligation, today: date) -> Line:
    working = working_left(row.due_on, today=today)
    duty = row.duty_vi if _language() == "vi" else row.duty_en
    row.basis = _basis(row.basis)  # read only: as it is said in the reader's language
    return Line(row, duty, _short(row), _provisional(row), working)


def _language() -> str:
    return "vi" if (get_language() or "vi").startswith("vi") else "en"


def _provisional(row: Obligation) -> bool:
    return row.certainty == PROVISIONAL and not _adopted(row)


def _basis(stored: str) -> str:
    return lawbook.basis_said(stored, _language())


def _adopted(row: Obligation) -> str:
    return getattr(row, "adopted", None) or ""


def _short(row: Obligation) -> str:
    length = _length(row.derivation.get("period"))
    if row.source == "conclusion":
        return _("Date set by the conclusion")
    named = _adopted(row)
    text = _("by %(document)s") % {"document": named} if named else _basis(row.basis)
    if _provisional(row):
        text = _("provisional date; no text prescribes it yet")
    return f"{length} · {text}" if length else text


def _length(period: Json) -> str:
    """A stored period in words: ``15 working days``; nothing when a document set the date."""
    if not isinstance(period, dict) or not isinstance(period["days"], int):
        return ""
    amount = abs(period["days"])
    if amount == 0:
        return _("on the same day")
    words = {
        "working": ngettext("%(n)d working day", "%(n)d working days", amount),
        "calendar": ngettext("%(n)d day", "%(n)d days", amount),
        "months": ngettext("%(n)d month", "%(n)d months", amount),
        "hours": ngettext("%(n)d hour", "%(n)d hours", amount),
    }
    return words[str(period["count"])] % {"n": amount}


def answerers(actor: Official, *, today: date) -> tuple[str, ...] | None:
    """The posts of the reader's bodies that may answer, for a reader who may not; None for one who
    may. Empty where nobody may.
    """
    if actor.may("cases.answer"):
        return None
    rows = Post.objects.filter(
        body__in=actor.acts_for, roles__rights__act="cases.answer", valid__contains=today
    )
    return tuple(rows.order_by("-is_head", "title").values_list("title", flat=True).distinct())


def running(*, today: date) -> QuerySet[Obligation]:
    """What is still to be done about matters, soonest first; alarms once they have passed."""
    rows = Obligation.objects.filter(
        Q(kind__in=["duty", "window"]) | Q(kind="alarm", due_on__lt=today),
        state__in=["open", "paused"],
    )
    return with_adoption(rows.order_by(F("due_on").asc(nulls_last=True), "id"))


def owed_on(matter: UUID, *, today: date) -> tuple[Line, ...]:
    """What is still to be done about one matter, in words."""
    return lines(running(today=today).filter(matter=matter), today=today)


def alarms(actor: Actor, *, today: date, of: Iterable[UUID] | None = None) -> tuple[Line, ...]:
    """Alarms that have passed among what the reader may see, longest first; ``of``: only matters
    these bodies have. Nobody owes them: they warn. At most ``MOST``.
    """
    seen = Matter.objects.visible_to(actor)
    mine = seen if of is None else seen.filter(body__in=list(of))
    rows = Obligation.objects.filter(kind="alarm", state="open", due_on__lt=today, matter__in=mine)
    found = with_adoption(rows).select_related("matter__place", "matter__body")
    return lines(found.order_by("due_on", "id")[:MOST], today=today)


@dataclass(frozen=True)
class Why:
    """The whole reason of one date: where it comes from, step by step."""

    line: Line
    sentences: tuple[str, ...]
    source: str
    certainty: str
    adopted: str


def why(obligation: UUID, actor: Actor, *, today: date) -> Why:
    """Why a thing is due when it is. Raises NotFound for what the reader may not see; a body that
    owes something on a matter it does not see still reads why.
    """
    seen = Q(matter__in=Matter.objects.visible_to(actor)) | _owed_unseen(actor)
    row = with_adoption(Obligation.objects.filter(seen)).filter(pk=obligation).first()
    if row is None:
        raise NotFound(_("There is no such due date."))
    derivation = Derivation.from_json(row.derivation)
    said = replace(derivation, basis=_basis(derivation.basis)).sentences(_language())
    return Why(_line(row, today), tuple(said), _source(row), _certainty(row), _adopted(row))


def _owed_unseen(actor: Actor) -> Q:
    if not isinstance(actor, Official):
        return Q(pk=None)
    known = Matter.objects.not_hidden_from(actor).filter(sealed=False)
    return Q(role__in=TOLD_ONLY, body__in=actor.acts_for, matter__in=known)


def _source(row: Obligation) -> str:
    if row.source == "conclusion":
        return _("Date set by the conclusion")
    if row.source == "regulation" or _adopted(row):
        return _("Local regulation")
    if _provisional(row):
        return _("Provisional date; no text prescribes it yet")
    return _("Law")


def _certainty(row: Obligation) -> str:
    words = {
        "A": _("The text was read word for word."),
        "A-": _("The text was read; whether a later text changed it is not certain."),
        "B": _("Taken from a newspaper or portal; the text itself has not been read."),
        "C": _("Not verified against a text; check it before relying on it."),
        "D": _("No text prescribes this; it is a default until the province adopts its own."),
    }
    if row.source == "conclusion":
        return _("By the text of the conclusion.")
    return words.get(row.certainty, "")


@dataclass(frozen=True)
class Hit:
    """A matter that words found, what is due next in it and the short name of who has it."""

    matter: Matter
    due_on: date | None
    held_by: str


_CODE = re.compile(r"\b([a-z]{1,4}\d{2})-(\d+)")
_WORD = re.compile(r"\w+")


def search(actor: Actor, text: str, *, limit: int = 50) -> tuple[Hit, ...]:
    """Matters the reader may see that hold every word, newest first.

    The last word may be unfinished. Blind to diacritics; a code is found with or without its dash,
    and a whole code finds its matter of whatever kind, a dialogue too.
    """
    wanted = sought(text)
    if wanted is None:
        return ()
    by_code = Matter.objects.visible_to(actor).filter(code=text.strip().upper())
    if hits := _hits(list(by_code.select_related("place", "body"))):
        return hits
    handling = Party.objects.filter(matter=OuterRef("pk"), role="handling_body", until=None)
    found = (
        Matter.objects.visible_to(actor)
        .annotate(handled_by=Subquery(handling.values("body__short_name")[:1]))
        .filter(narrowed_for(actor), words__lexemes=wanted)
        .select_related("place", "body")
        .order_by("-words__matter")[:limit]
    )
    return _hits(list(found))


def sought(text: str) -> SearchQuery | None:
    """What a person typed as a query over folded words; None when nothing can be looked for."""
    words = _WORD.findall(_CODE.sub(r"\1\2", folded(text)))
    if not words:
        return None
    return SearchQuery(
        " & ".join([*words[:-1], f"{words[-1]}:*"]), config="simple", search_type="raw"
    )


def _hits(matters: Sequence[Matter]) -> tuple[Hit, ...]:
    due = dict(
        Obligation.objects.filter(
            matter__in=[m.pk for m in matters], state="open", kind="duty", due_on__isnull=False
        )
        .order_by("matter", "-due_on")
        .values_list("matter", "due_on")
    )
    return tuple(Hit(m, due.get(m.pk), _held_by(m)) for m in matters)


def _held_by(matter: Matter) -> str:
    return getattr(matter, "handled_by", None) or matter.body.short_name


@dataclass(frozen=True)
class Proposed:
    """A rule no text prescribes, and the document that adopted it, if any."""

    id: str
    duty: str
    length: str
    basis: str
    adoption: Adoption | None


def proposed_rules() -> tuple[Proposed, ...]:
    """Every rule of certainty D, those not yet adopted first."""
    adopted = {a.rule: a for a in Adoption.objects.all()}
    first = {rule.id: rule for rule in reversed(lawbook.rulebook().not_adopted())}
    rows = [
        Proposed(
            id=rule.id,
            duty=rule.duty.of(_language()),
            length=_length({"days": rule.within.amount, "count": rule.within.unit})
            if rule.within
            else _("Date set by a document"),
            basis=rule.basis_en or rule.basis if _language() != "vi" else rule.basis,
            adoption=adopted.get(rule.id),
        )
        for rule in first.values()
    ]
    return tuple(sorted(rows, key=lambda r: (r.adoption is not None, r.id)))
