"""Which case carries a statement now, and whose slip was handed out before."""

from collections.abc import Sequence
from uuid import UUID

from doithoai.cases.models import Carried, Case
from doithoai.core.actors import Actor
from doithoai.dialogues.models import Item
from doithoai.ledger.models import Receipt


def carrying(found: Sequence[Item], by: Actor) -> dict[UUID, Case]:
    """Statement → the case that carries it now, as far as the actor sees it. One query."""
    carried = Carried.objects.filter(
        submission__in=[item.submission_id for item in found],
        until=None,
        case__in=Case.objects.visible_to(by),
    )
    ordered = carried.select_related("case__matter").order_by("since")
    return {each.submission_id: each.case for each in ordered}


def handed_out(found: Sequence[Item]) -> set[UUID]:
    """The statements for which a slip was handed out before. One query."""
    said = [item.submission_id for item in found]
    return set(Receipt.objects.filter(about__in=said).values_list("about", flat=True))
