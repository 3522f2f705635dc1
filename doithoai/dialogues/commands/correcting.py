"""What a list left for a person is put right: the date of the conclusion, the village."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases.commands.history import promise
from doithoai.cases.commands.sealing import front_posts
from doithoai.cases.commands.settling import left_after
from doithoai.cases.models import Case
from doithoai.cases.workflow import State
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.dialogues import events, policies
from doithoai.dialogues.models import Dialogue, Item
from doithoai.docket.commands import admit, enter
from doithoai.units.models import Place
from doithoai.units.queries import villages


@transaction.atomic
def set_date(item_id: UUID, *, due_on: date, by: Actor, at: datetime) -> Item:
    """Set the date the conclusion gives an item, where its list had none that could be read.

    Raises Invalid for a date before the dialogue, and for one the law does not let be moved.
    """
    item = _lock(item_id, by)
    require(policies.may_take_down(by, item.dialogue))
    if due_on < local_day(item.dialogue.starts_at):
        raise Invalid(_("The date lies before the dialogue. Enter the one the conclusion sets."))
    promise(item.case_id, due_on=due_on, document=item.dialogue.conclusion_number, by=by, at=at)
    item.due_on = due_on
    item.save(update_fields=["due_on"])
    return item


@transaction.atomic
def name_village(item_id: UUID, *, village: UUID, by: Actor, at: datetime) -> Item:
    """Say from which village of the commune it was said: its Front board sees it from now on.

    Raises Invalid for a village that is not one of the commune's.
    """
    item = _lock(item_id, by)
    case = Case.objects.lock(item.case_id, seen_by=by)
    require(policies.may_take_down(by, item.dialogue))
    found = _village(item.dialogue, village, at)
    item.submission.place = found
    item.submission.save(update_fields=["place"])
    case.matter.place = found
    case.matter.save(update_fields=["place"])
    case.attention = left_after(case, "village")
    case.save(update_fields=["attention"])
    if case.state != State.RECEIVED:  # else first somebody decides what it is
        for post in front_posts(found.pk):
            admit(case.matter, post=post)
    enter(events.VillageNamed(item.pk), about=case.matter, by=by, at=at)
    return item


def _lock(item_id: UUID, by: Actor) -> Item:
    """The item with its dialogue locked. Raises NotFound for what the actor may not read."""
    found = Item.objects.readable(by).select_related("submission").filter(pk=item_id).first()
    if found is None:
        raise NotFound(_("There is no such item."))
    found.dialogue = Dialogue.objects.lock(found.dialogue_id, seen_by=by)
    return found


def _village(dialogue: Dialogue, chosen: UUID, at: datetime) -> Place:
    place = dialogue.host.place
    assert place is not None, "a host has a territory"
    known = {village.pk: village for village in villages(place, today=local_day(at))}
    if chosen not in known:
        raise Invalid(_("Choose the village from the list."))
    return known[chosen]
