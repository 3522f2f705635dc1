"""Which running dates of a case the law still lets be extended."""

from django.utils.translation import gettext as _

from doithoai.cases.models import Case
from doithoai.docket import lawbook
from doithoai.docket.models import Obligation
from doithoai.law.rules import Extension


def extensible(case: Case) -> list[Obligation]:
    """The duties whose date may still be moved, soonest first: their rule knows an extension, has
    one left, and nobody was told yet that the date has passed. No query where a page has read them.
    """
    duties = [row for row in case.matter.obligations.all() if row.kind == "duty"]
    left = [row for row in duties if row.state == Obligation.State.OPEN and _left(row)]
    return sorted(left, key=lambda row: (row.due_on is None, row.due_on))


def none_left() -> str:
    """Why nobody moves a date of this item, and what is left to do."""
    return _(
        "No date of this item can be extended: none is running, its text allows no extension or no "
        "further one, or it has passed. A date of the law is worked out, never typed or moved (Law "
        "on Complaints 02/2011, article 28; Law on Denunciations 25/2018, article 30). Answer as "
        "soon as you can, and tell the person why it is late."
    )


def _left(row: Obligation) -> bool:
    extend = _extension(row)
    if extend is None or row.escalated_on is not None:
        return False
    return sum(bool(step["counted"]) for step in row.derivation["prolongations"]) < extend.times


def _extension(row: Obligation) -> Extension | None:
    """What the version of the rule under which the duty runs says of extensions."""
    versions = lawbook.rulebook().versions.get(row.rule, ())
    fitting = [rule for rule in versions if rule.force.since == row.in_force_from]
    return next((rule.extend for rule in fitting or versions if rule.extend), None)
