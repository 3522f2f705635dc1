"""Who brings messages in, and who reads those the machine did not understand."""

from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no


def may_bring(actor: Actor) -> Decision:
    """Only the gateway, which shows its key at the door."""
    return YES if actor.kind == "clock" else no(_("Only the message gateway brings messages in."))


def may_look_at(actor: Actor) -> Decision:
    """Whoever receives what people say reads their messages, and sends failed notices again."""
    if actor.may("cases.receive"):
        return YES
    return no(_("Only a reception clerk or a head reads messages and sends notices again."))
