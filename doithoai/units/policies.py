"""Who may change places, bodies and competence."""

from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no

RIGHT = "units.edit"


def may_edit_units(by: Actor) -> Decision:
    """Administrators, and whoever else holds the right ``units.edit``."""
    if by.may(RIGHT):
        return YES
    return no(_("Only an administrator may change places, bodies and who is competent."))
