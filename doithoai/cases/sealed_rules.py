"""What nobody does to a sealed item, since its words would stand outside the vault (Law
25/2018/QH14, article 8).
"""

from django.utils.translation import gettext as _

from doithoai.cases import policies
from doithoai.cases.models import Case
from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no
from doithoai.vault.reading import holds


def may_add_statement(actor: Actor, case: Case) -> Decision:
    """One more person's words join an open item; what is sealed takes none at the desk."""
    return policies.may_serve(actor, case) and _open(case)


def may_fan_out(actor: Actor, case: Case) -> Decision:
    """Further requests are split off an open item; of what is sealed nothing leaves the vault."""
    return policies.may_route(actor, case) and _open(case)


def _open(case: Case) -> Decision:
    if not (case.matter.sealed and holds(case.pk)):  # what is only closed has parts as closed
        return YES
    return no(
        _(
            "This item is sealed, and words added here would stand in clear. The person adds to it "
            "with code and secret on the page of the sealed item; anything else is taken in as a "
            "new sealed item."
        )
    )
