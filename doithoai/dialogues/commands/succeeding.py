"""The bodies a dialogue names beside its matter: the successor of an abolished one stands there."""

from uuid import UUID

from doithoai.dialogues.models import Asked, Dialogue
from doithoai.docket.succession import Successor


def follow(matter: UUID, to: Successor) -> None:
    """Put the successor where the former body was host or organised along. Who chaired stays."""
    dialogue = Dialogue.objects.select_for_update(no_key=True).get(pk=matter)
    if dialogue.host_id == to.former:
        dialogue.host = to.body
    if to.former in dialogue.organisers:
        others = [o for o in dialogue.organisers if o not in {to.former, to.body.pk}]
        dialogue.organisers = [*others, to.body.pk]
    dialogue.save(update_fields=["host", "organisers"])
    asked = Asked.objects.filter(item__dialogue=dialogue, body=to.former, sent_at=None)
    twice = Asked.objects.filter(item__dialogue=dialogue, body=to.body).values("item")
    asked.exclude(item__in=twice).update(body=to.body)
