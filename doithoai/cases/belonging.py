"""Whether an official belongs to the body that answered: such a one gives no word in the person's
name.
"""

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Holding
from doithoai.cases.models import Case
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.units.models import Body


def belongs_to_answerer(actor: Actor, case: Case) -> bool:
    """Whether the official gave the answer or works for the body that did: in whatever post, on
    the day of the answer or since.
    """
    body = case.answering_body_id
    if not isinstance(actor, Official) or body is None or case.answered_at is None:
        return False
    if body in actor.acts_for:
        return True
    since = DateRange(local_day(case.answered_at), None)
    own = Q(post__body=body) | Q(post__in=case.answers.values("post"))
    office = Q(post__roles__rights__act="docket.office", post__body__parent=body)
    over = Q(post__is_head=True, post__body__in=Body.objects.filter(pk=body).values("parent"))
    held = Holding.objects.filter(user=actor.user, valid__overlap=since)
    return held.filter(own | office | over).exists()


def not_theirs() -> str:
    """Why such a one gives no word in the person's name, and who does."""
    return _(
        "Whoever writes down the person's word may not belong to the body that answered. Ask the "
        "Front or the supervisor to write it down, or the person to give it with their slip."
    )
