"""Slips for a whole dialogue: new codes and secrets for all who spoke, the old ones dead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from doithoai.cases.commands.intake import reissue_slip
from doithoai.core.actors import Actor
from doithoai.core.decisions import require
from doithoai.core.errors import Denied
from doithoai.dialogues import policies
from doithoai.dialogues.carrying import carrying, handed_out
from doithoai.dialogues.models import Dialogue, Item
from doithoai.ledger.commands import Issued


@dataclass(frozen=True)
class NewSlip:
    """A slip made just now: the item it is for, and the code and secret that exist nowhere else."""

    item: Item
    issued: Issued


@dataclass(frozen=True)
class LeftOut:
    """An item no slip was made for, and why."""

    item: Item
    reason: str


@dataclass(frozen=True)
class Reissued:
    """The slips made, in order, and the items left out."""

    made: tuple[NewSlip, ...]
    left_out: tuple[LeftOut, ...]


@transaction.atomic
def reissue_slips(dialogue_id: UUID, items: Sequence[Item], *, by: Actor, at: datetime) -> Reissued:
    """A new slip for each of these items, in order. What the actor may hand no slip out for is left
    out with its reason; cases they may not see are left out in silence. Raises Denied where nothing
    is left to be printed.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_take_down(by, dialogue))
    own = [item for item in items if item.dialogue_id == dialogue.pk]
    cases, had = carrying(own, by), handed_out(own)
    made: list[NewSlip] = []
    left_out: list[LeftOut] = []
    for item in own:
        case = cases.get(item.submission_id)
        if case is None:
            continue
        allowed = policies.may_hand_out(by, case, again=item.submission_id in had)
        if not allowed:
            left_out.append(LeftOut(item, allowed.reason))
            continue
        said = item.submission_id
        made.append(NewSlip(item, reissue_slip(case.pk, submission_id=said, by=by, at=at)))
    if left_out and not made:
        raise Denied(left_out[0].reason)
    return Reissued(tuple(made), tuple(left_out))
