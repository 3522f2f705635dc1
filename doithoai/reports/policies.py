"""Who may read reports. What stands in them is what the reader may see."""

from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no


def may_read(actor: Actor) -> Decision:
    """Officials with the right to reports; the figures are counted for each of them."""
    if actor.may("reports.read"):
        return YES
    return no(_("Your role does not read reports."))
