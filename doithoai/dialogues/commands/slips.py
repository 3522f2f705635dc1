"""Slips for a whole dialogue: new codes and secrets for all who spoke, the old ones dead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from doithoai.cases.commands.intake import reissue_slip
from doithoai.cases.models import Carried, Case
from doithoai.core.actors import Actor
from doithoai.core.decisions import require
from doithoai.dialogues import policies
from doithoai.dialogues.models import Dialogue, Item
from doithoai.ledger.commands import Issued


@dataclass(frozen=True)
class NewSlip:
    """A slip made just now: the item it is for, and the code and secret that exist nowhere else."""

    item: Item
    issued: Issued


@transaction.atomic
def reissue_slips(
    dialogue_id: UUID, items: Sequence[Item], *, by: Actor, at: datetime
) -> list[NewSlip]:
    """A new slip for each of these items, in order; cases the actor may not see are left out."""
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_take_down(by, dialogue))
    own = [item for item in items if item.dialogue_id == dialogue.pk]
    carried = Carried.objects.filter(
        submission__in=[i.submission_id for i in own],
        until=None,
        case__in=Case.objects.visible_to(by),
    )
    cases = dict(carried.order_by("since").values_list("submission", "case"))
    return [
        NewSlip(
            item,
            reissue_slip(cases[item.submission_id], submission_id=item.submission_id, by=by, at=at),
        )
        for item in own
        if item.submission_id in cases
    ]
