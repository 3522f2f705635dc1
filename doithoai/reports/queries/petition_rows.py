"""The rows behind the figures of petitions (đơn): papers of the register, never their matters.

A paper is counted once, with however many matters it holds. Of what is sealed it is counted only
for who may see a matter of it; of the others it is counted one level up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.db.models import Q

from doithoai.cases import events, petition_events
from doithoai.cases.models import Carried, Case, Petition
from doithoai.cases.queries.labels import petition_kind
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.docket.templatetags.docket import matter_url
from doithoai.ledger.models import Entry
from doithoai.reports.queries.head_rows import (
    DENUNCIATIONS,
    RECOMMENDATIONS,
    Line,
    Rows,
    Scope,
    matter_line,
    within,
)

MIXED: Final = "mixed"
UNSORTED: Final = "unsorted"
GROUPS: Final[Mapping[str, str]] = {
    **dict.fromkeys(RECOMMENDATIONS, "recommendations"),
    **dict.fromkeys(DENUNCIATIONS, "denunciations"),
    "complaint": "complaints",
    "party_matter": "party",
}

ADMITTED: Final = (petition_events.Admitted.name,)
DECLINED: Final = (petition_events.Declined.name,)
TRANSFERRED: Final = (petition_events.Transferred.name, events.Forwarded.name)
GUIDED: Final = (events.Guided.name,)
HANDED_BACK: Final = (petition_events.HandedBack.name,)
ARCHIVED: Final = (events.Archived.name,)


def received(scope: Scope) -> tuple[Line, ...]:
    """Papers written into the body's register, by the day they came in."""
    return tuple(_line(paper, cases) for paper, cases in _received(scope))


def again(scope: Scope) -> tuple[Line, ...]:
    """Of these, sent before, as far as the reader may see the earlier one."""
    found = _received(scope)
    before = Petition.objects.filter(pk__in={paper.repeats_id for paper, _cases in found} - {None})
    known = {paper.pk for paper, _cases in _seen(scope, before)}
    return tuple(_line(paper, cases) for paper, cases in found if paper.repeats_id in known)


def matters(scope: Scope) -> tuple[Line, ...]:
    """The matters these papers hold, each once."""
    held = {case.pk: case for _paper, cases in _received(scope) for case in cases}
    found = sorted(held.values(), key=lambda case: case.matter.code)
    return tuple(matter_line(case.matter, case.matter.received_on) for case in found)


def of_kind(kind: str) -> Rows:
    """Papers received of one kind: of several, ``MIXED``; not looked at yet, ``UNSORTED``."""

    def rows(scope: Scope) -> tuple[Line, ...]:
        return tuple(_line(paper, cases) for paper, cases in _received(scope) if _is(cases) == kind)

    return rows


def _is(cases: Sequence[Case]) -> str:
    if all(case.state == State.RECEIVED and not case.matter.sealed for case in cases):
        return UNSORTED  # what is sealed came in with its kind
    found = {GROUPS[case.matter.procedure] for case in cases}
    return next(iter(found)) if len(found) == 1 else MIXED


def decided(kinds: tuple[str, ...]) -> Rows:
    """Papers of which a matter was so decided in the period, each once, by the day of the
    last such entry. None of these is corrected in the ledger: what undoes them is a step of its
    own, counted where it belongs.
    """

    def rows(scope: Scope) -> tuple[Line, ...]:
        entries = _entries(scope, kinds)
        days = {entry.matter: local_day(entry.at) for entry in entries}
        asked = Petition.objects.filter(submission__carried__case__in=days.keys())
        found = _seen(scope, asked, only=days.keys())
        return tuple(replace(_line(paper, cases), on=days[cases[0].pk]) for paper, cases in found)

    return rows


def _entries(scope: Scope, kinds: tuple[str, ...]) -> list[Entry]:
    ours = Q(receiving_body=scope.body)
    if kinds != TRANSFERRED:  # which is what the body that had it did, not the one that has it
        ours |= Q(handling_body=scope.body)
    cases = Case.objects.visible_to(scope.actor).filter(ours)
    found = Entry.objects.filter(kind__in=kinds, matter__in=cases.values("pk"))
    return list(found.filter(*within("at", scope.span)).order_by("at", "ordinal", "id"))


Paper = tuple[Petition, tuple[Case, ...]]


def _received(scope: Scope) -> list[Paper]:
    asked = Petition.objects.filter(
        body=scope.body, arrived_on__gte=scope.span.first, arrived_on__lte=scope.span.last
    )
    return _seen(scope, asked)


def _seen(
    scope: Scope, papers: "Iterable[Petition]", *, only: Iterable[UUID | None] | None = None
) -> list[Paper]:
    """Papers with those of their matters (of ``only`` these) the reader may see; without any, the
    paper is not counted.
    """
    rows = {paper.pk: paper for paper in papers}
    carried = Carried.objects.filter(
        submission__in=rows, case__in=Case.objects.visible_to(scope.actor)
    )
    if only is not None:
        carried = carried.filter(case__in=[case for case in only if case])
    held: dict[UUID, dict[UUID, Case]] = {}
    for each in carried.select_related("case__matter").order_by("since", "id"):
        held.setdefault(each.submission_id, {})[each.case_id] = each.case
    found = [(rows[pk], tuple(cases.values())) for pk, cases in held.items()]
    return sorted(found, key=_in_order)


def _in_order(found: Paper) -> tuple[str, int, int]:
    paper, _cases = found
    return (paper.arrived_on.isoformat(), paper.year, paper.number)


def _line(paper: Petition, cases: Sequence[Case]) -> Line:
    """By its number in the register; a sealed one, numbered in a register of its own, by the code
    of its matter.
    """
    named = cases[0].matter.code if paper.sealed else str(paper)
    return Line(named, _words(cases), paper.arrived_on, matter_url(cases[0].matter))


def _words(cases: Sequence[Case]) -> str:
    kinds = dict.fromkeys(petition_kind(case.matter.procedure) for case in cases)
    return f"{', '.join(kinds)}: {'; '.join(case.matter.title for case in cases)}"
