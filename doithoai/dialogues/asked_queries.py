"""Which bodies were asked for draft replies, about which questions, and what they sent."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.accounts.queries import bodies_with_accounts
from doithoai.core.errors import NotFound
from doithoai.dialogues import policies
from doithoai.dialogues.models import Asked, Dialogue, Item
from doithoai.units.models import Body
from doithoai.units.queries import candidates

Asks = Mapping[UUID, tuple[Asked, ...]]


def asks(dialogue: Dialogue) -> Asks:
    """Item → the bodies asked for a draft reply to it, in order. One query."""
    found = Asked.objects.filter(item__dialogue=dialogue).select_related("body")
    ordered = found.order_by("item", "pk")
    return {item: tuple(each) for item, each in groupby(ordered, key=lambda ask: ask.item_id)}


def asked(actor: Official, item: Item) -> Asked:
    """What the official's body was asked about a question. Raises NotFound."""
    found = policies.asked_of(actor, item.dialogue).filter(item=item).first()
    if found is None:
        raise NotFound(_("There is no such question."))
    return found


def askable(dialogue: Dialogue, *, today: date) -> tuple[Body, ...]:
    """Bodies that may be asked for a draft: those somebody acts for here, but who holds it."""
    place = dialogue.host.place
    assert place is not None, "a host has a territory"
    known = [each.id for each in candidates(place, today=today)]
    within = {dialogue.host_id, *dialogue.organisers}
    acting = bodies_with_accounts(known, today=today) - within
    return tuple(Body.objects.filter(pk__in=acting).order_by("sort_key"))


def of_the_field(item: Item, actor: Official) -> tuple[UUID, ...]:
    """Every question collected beforehand of the same field, this one included."""
    found = Item.objects.readable(actor).filter(dialogue=item.dialogue_id, before_hand=True)
    same = found.filter(case__matter__field=item.case.matter.field)
    return tuple(same.order_by("number").values_list("pk", flat=True))
