"""Who may change who sits where."""

from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no


def may_manage(actor: Actor) -> Decision:
    """Administrators, and the operator at the machine (the clock's job ``console``)."""
    if actor.may("accounts.manage") or actor.kind == "clock":
        return YES
    return no(_("Only an administrator changes posts and people."))
