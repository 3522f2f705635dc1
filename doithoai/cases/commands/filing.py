"""Which conditions a petition put on file does not meet: looked at before, or said in the act."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.cases.models import Case, Examination
from doithoai.core.actors import Actor
from doithoai.core.errors import Invalid
from doithoai.core.grounds import Ground
from doithoai.units.queries import country


def unmet(
    case: Case, ground: Ground, conditions: Sequence[str], *, by: Actor, at: datetime
) -> Sequence[str]:
    """The codes of the conditions it does not meet; none for a ground that needs none. What is said
    now is kept as a look at the conditions.

    Raises Invalid without any where the ground needs one, and for one that is not on the list
    (Circular 05/2021/TT-TTCP, article 6).
    """
    if not ground.conditions:
        return ()
    if not set(conditions) <= set(country().ineligible_grounds):
        raise Invalid(_("Choose the conditions it does not meet from the list."))
    if not conditions:
        return _found_before(case)
    assert by.post is not None, "policies let only officials put on file"
    chosen = sorted(set(conditions))
    Examination.objects.create(case=case, eligible=False, grounds=chosen, by_id=by.post, at=at)
    return chosen


def _found_before(case: Case) -> Sequence[str]:
    last = case.examinations.order_by("-at").first()
    if last is None or last.eligible:
        raise Invalid(
            _(
                "Say which condition the petition does not meet; the person is told it, with its "
                "article (Circular 05/2021/TT-TTCP, article 6)."
            )
        )
    return last.grounds
