"""Bodies that help the lead body settle a case: they read it and say what they know; they owe
nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Func, UUIDField, Value
from django.utils.translation import gettext as _

from doithoai.cases import events, policies
from doithoai.cases.commands.settling import left_after, not_shut_out
from doithoai.cases.models import Case
from doithoai.core.actors import Actor
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.commands import admit, enter
from doithoai.docket.models import Words
from doithoai.units.models import Body


@transaction.atomic
def coordinate(
    case_id: UUID, *, bodies: Sequence[UUID], lead: UUID | None = None, by: Actor, at: datetime
) -> Case:
    """Name the coordinating bodies, all of them: who is left out here coordinates no more.

    ``lead`` is the body it is given to in the same breath, where nobody has it yet. Raises Invalid
    for an unknown body, the lead body itself, and a case kept private.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_coordinate(by, case))
    wanted = list(dict.fromkeys(bodies))
    before = list(case.coordinating)
    if wanted == before:
        return case
    _check(case, wanted, lead)
    not_shut_out(case, lead, *wanted, at=at)
    case.coordinating, case.attention = wanted, left_after(case, "coordinated")
    case.save(update_fields=["coordinating", "attention"])
    for body in wanted:
        admit(case.matter, body=body)
    _let_go(case, [body for body in before if body not in wanted])
    enter(events.Coordinated(len(wanted)), about=case.matter, by=by, at=at)
    return case


def _check(case: Case, wanted: Sequence[UUID], lead: UUID | None) -> None:
    if (case.handling_body_id or lead or case.receiving_body_id) in wanted:
        raise Invalid(_("The lead body does not coordinate with itself. Leave it out."))
    if Body.objects.filter(pk__in=wanted).count() != len(wanted):
        raise Invalid(_("Choose the body from the list; this one is not there."))


def _let_go(case: Case, bodies: Sequence[UUID]) -> None:
    """They read it no more, unless they had or have another part in it."""
    parts: set[UUID | None] = set(case.matter.parties.values_list("body", flat=True))
    parts |= {case.receiving_body_id, case.matter.body_id, case.answering_body_id}
    for body in bodies:
        if body in parts:
            continue
        case.matter.audience.filter(body=body).delete()
        gone = Value(body, output_field=UUIDField())
        found = Words.objects.filter(matter=case.matter)
        found.update(readers=Func(F("readers"), gone, function="array_remove"))
