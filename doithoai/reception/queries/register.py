"""The register 03/TCD: thirteen columns, each read from the visit and what was raised in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from doithoai.accounts.actors import Official
from doithoai.cases.models import Case
from doithoai.core.decisions import require
from doithoai.core.errors import NotFound
from doithoai.reception import policies
from doithoai.reception.grounds import grounds
from doithoai.reception.models import MIXED, Raised, Visit, VisitQuerySet
from doithoai.reception.queries.groups import who_came
from doithoai.reception.queries.sessions import bodies, language
from doithoai.reception.queries.visits import Counted, counted, hushed
from doithoai.reception.queries.ways import Way, decisions, way
from doithoai.theme.formatting import day
from doithoai.units.models import Body
from doithoai.units.territory import country

PAGE: Final = 50
CHUNK: Final = 2_000


@dataclass(frozen=True)
class Wanted:
    """Which lines: of a body, a year, a month (0: the whole year)."""

    body: str = ""
    year: int = 0
    month: int = 0
    page: int = 1


@dataclass(frozen=True)
class Line:
    """One line, as the form has it; ``texts`` are columns 2 to 13."""

    visit: Visit
    number: int
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """A page of the register, with its four figures."""

    body: Body
    others: tuple[Body, ...]
    years: tuple[int, ...]
    wanted: Wanted
    lines: tuple[Line, ...]
    counted: Counted
    pages: int


def heads() -> tuple[str, ...]:
    """The thirteen columns of form 03/TCD (Decree 154/2026, annex)."""
    return (
        _("No."),
        _("Day of reception"),
        _("Full name, address"),
        _("Identity papers"),
        _("Content of the matter"),
        pgettext("register", "Kind of petition"),
        _("People with the same content"),
        _("Body that has settled it"),
        _("Within competence"),
        _("Guided to the body"),
        _("Body that accepted it"),
        _("Follow-up of the result"),
        _("Remarks"),
    )


def register(actor: Official, wanted: Wanted, *, today: date) -> Register:
    """A page of the register of one of the official's bodies. At most ten queries. Raises
    NotFound, Denied.
    """
    body, others, chosen = _chosen(actor, wanted, today)
    rows = _rows(actor, body, chosen)
    figures = counted(rows, actor)
    pages = max(1, -(-figures.visits // PAGE))
    page = min(max(chosen.page, 1), pages)
    start = (page - 1) * PAGE
    found = _whole(rows.marked_for(actor)).order_by("number")[start : start + PAGE]
    return Register(
        body=body,
        others=others,
        years=_years(actor, body, today),
        wanted=Wanted(body.code, chosen.year, chosen.month, page),
        lines=tuple(lines(found)),
        counted=figures,
        pages=pages,
    )


def whole(actor: Official, wanted: Wanted, *, today: date) -> tuple[Body, Iterator[Line]]:
    """Every line that is asked for, to be written into a file. Raises NotFound, Denied."""
    body, _others, chosen = _chosen(actor, wanted, today)
    rows = _whole(_rows(actor, body, chosen).marked_for(actor)).order_by("number")
    return body, lines(rows.iterator(chunk_size=CHUNK))


def _chosen(actor: Official, wanted: Wanted, today: date) -> tuple[Body, tuple[Body, ...], Wanted]:
    require(policies.may_read(actor))
    mine = bodies(actor)
    body = next((b for b in mine if b.code == wanted.body), None) if wanted.body else mine[0]
    if body is None:
        raise NotFound(_("There is no such register."))
    month = wanted.month if 1 <= wanted.month <= 12 else 0
    year = wanted.year or today.year
    others = tuple(b for b in mine if b.pk != body.pk)
    return body, others, Wanted(body.code, year, month, wanted.page)


def _rows(actor: Official, body: Body, wanted: Wanted) -> VisitQuerySet:
    seen = Visit.objects.visible_to(actor).filter(body=body, year=wanted.year)
    return seen.filter(_in_month(wanted), number__isnull=False)


def _in_month(wanted: Wanted) -> Q:
    if not wanted.month:
        return Q()
    after = (wanted.year + wanted.month // 12, wanted.month % 12 + 1)
    first = datetime.combine(date(wanted.year, wanted.month, 1), time())
    until = datetime.combine(date(*after, 1), time())
    return Q(
        received_at__gte=timezone.make_aware(first), received_at__lt=timezone.make_aware(until)
    )


def _whole(rows: VisitQuerySet) -> VisitQuerySet:
    raised = Raised.objects.select_related("matter__case__handling_body").order_by("pk")
    return rows.select_related("body", "refusal", "received_by").prefetch_related(
        "representatives", Prefetch("raised", raised.annotate(**decisions()))
    )


def _years(actor: Official, body: Body, today: date) -> tuple[int, ...]:
    """From the first year with a line the reader may see: by the index, not by reading all."""
    seen = Visit.objects.visible_to(actor).filter(body=body, number__isnull=False)
    first = seen.order_by("year", "number").values_list("year", flat=True).first()
    return tuple(range(today.year, min(first or today.year, today.year) - 1, -1))


def lines(visits: Iterable[Visit]) -> Iterator[Line]:
    """The visits as lines of the form. A sealed one has its number, no more."""
    for visit in visits:
        assert visit.number is not None, "only visits with a number are in the register"
        texts = _silent() if hushed(visit) else _told(visit)
        yield Line(visit, visit.number, texts)


def _silent() -> tuple[str, ...]:
    """One and the same whatever the reason: a reason, or the day, would tell that there is
    something to be told.
    """
    return (*("",) * 11, _("Not shown to your post"))


def _on(visit: Visit) -> str:
    return day(timezone.localtime(visit.received_at)) if visit.received_at else ""


def _told(visit: Visit) -> tuple[str, ...]:
    found = [(r, getattr(r.matter, "case", None)) for r in visit.raised.all()]
    cases = [case for _raised, case in found if case]
    ways = [way(raised, case, visit.body) for raised, case in found if case]
    return (
        _on(visit),
        ", ".join(t for t in (who_came(visit), visit.came_address) if t),
        visit.came_number,
        visit.summary,
        kind(visit.kind),
        str(visit.people) if visit.people > 1 else "",
        visit.settled_before_by,
        "x" if _within(visit, ways) else "",
        _elsewhere(visit, ways),
        "; ".join(sorted({each.accepted_by for each in ways if each.accepted_by})),
        _follow_up(visit, cases),
        _remarks(visit),
    )


def _within(visit: Visit, ways: Iterable[Way]) -> bool:
    """Column 9: as it was decided on what was raised; before that, as it was said at the desk."""
    decided = [each.own for each in ways if each.own is not None]
    return any(decided) if decided else bool(visit.competent)


def _elsewhere(visit: Visit, ways: Iterable[Way]) -> str:
    """Column 10: where it went, as it was decided; where that is not said, as at the desk."""
    named = sorted({each.to for each in ways if each.to})
    if named:
        return "; ".join(named)
    decided = [each.own for each in ways if each.own is not None]
    return "" if decided and all(decided) else visit.guided_to


def kind(code: str) -> str:
    """The kind of petition in the reader's language."""
    if code == MIXED:
        return _("Petition with several matters")
    known = country().petition_kinds.get(code)
    return known.label(language()) if known else code


def _follow_up(visit: Visit, cases: Iterable[Case]) -> str:
    told = [f"{c.matter.code}: {c.get_state_display()}" for c in cases]
    promised = _("due by %(day)s, ask %(contact)s")
    if visit.due_on:
        told.append(promised % {"day": day(visit.due_on), "contact": visit.contact})
    return "; ".join(t for t in (visit.outcome.rstrip(" .;"), *told) if t)


def _remarks(visit: Visit) -> str:
    refusal = getattr(visit, "refusal", None)
    ground = grounds().refusal.get(refusal.ground) if refusal else None
    words = (
        _("Refused: %(ground)s") % {"ground": ground.label(language())} if ground else "",
        _("came again on the same matter") if visit.repeated else "",
        _("interpreter: %(who)s") % {"who": visit.interpreter} if visit.interpreter else "",
        visit.note,
    )
    return "; ".join(w for w in words if w)
