"""Petitions a body passed on to another: all it reads of them is the code, where they stand, and
that it was told the result.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from doithoai.accounts.actors import Official
from doithoai.cases.models import Case
from doithoai.cases.petition_rules import FORWARDER, passed_on_by
from doithoai.core.days import local_day
from doithoai.docket.models import Obligation

MOST: Final = 200


@dataclass(frozen=True)
class PassedOn:
    """One of them: where it stands, since when the body knows the result, and by when it tells the
    person; ``done_on`` once it did.
    """

    case: UUID
    code: str
    state: str
    settled_by: str
    told_on: date | None
    due_on: date | None
    done_on: date | None
    basis: str


def passed_on(actor: Official) -> tuple[PassedOn, ...]:
    """The latest of them; what is still to be told to the person first. Two queries."""
    rows = passed_on_by(actor).select_related("matter__body", "handling_body")
    cases = list(rows.order_by("-matter__received_on", "matter__code")[:MOST])
    owed = _owed(case.pk for case in cases)
    found = [_line(case, owed.get(case.pk)) for case in cases]
    return tuple(sorted(found, key=lambda line: line.told_on is None or line.done_on is not None))


def _owed(cases: Iterable[UUID]) -> Mapping[UUID, Obligation]:
    rows = Obligation.objects.filter(matter__in=list(cases), role=FORWARDER)
    return {row.matter_id: row for row in rows.exclude(state="void").order_by("opened_at")}


def _line(case: Case, owed: Obligation | None) -> PassedOn:
    done = owed.ended_at if owed and owed.state == "discharged" else None
    return PassedOn(
        case=case.pk,
        code=case.matter.code,
        state=str(case.get_state_display()),
        settled_by=(case.handling_body or case.matter.body).short_name,
        told_on=local_day(owed.opened_at) if owed else None,
        due_on=owed.due_on if owed else None,
        done_on=local_day(done) if done else None,
        basis=owed.basis if owed else "",
    )
