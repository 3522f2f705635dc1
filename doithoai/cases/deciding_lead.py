"""Who decides on the lead body: the head of the body that received the item, never one it is about
or who stands too near to them.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from doithoai.accounts.models import Post
from doithoai.accounts.queries import head_of
from doithoai.cases import shut_out
from doithoai.cases.models import Case
from doithoai.cases.workflow import State
from doithoai.docket import exclusion
from doithoai.docket.exclusion import Out
from doithoai.docket.models import people_shut_out
from doithoai.units.models import Body


@dataclass(frozen=True)
class Decider:
    """The body whose head decides, and the post; none where nobody sits in it."""

    body: Body
    post: Post | None


def decider(case: Case, *, today: date) -> Decider | None:
    """The head of the body that has received the item by now, which a sealed one handed up has
    done one level up; where it is about them, the first head above whom it is not. None when it is
    about all of them.
    """
    start = _received_by(case)
    head = head_of(start.pk, today=today)
    if not case.matter.excluded.exists():
        return Decider(start, head)
    shut = shut_out.bodies(case, today=today)
    barred = head is not None and shut_out.posts(case, today=today).filter(pk=head.pk).exists()
    if start.pk not in shut and not barred:
        return Decider(start, head)
    users = frozenset(people_shut_out(case.pk).values_list("pk", flat=True))
    above = exclusion.settler(start, Out(bodies=shut | {start.pk}, users=users), today=today)
    return Decider(above.body, above.head) if above else None


def _received_by(case: Case) -> Body:
    role = case.matter.parties.filter(role="receiving_body", until=None)
    party = role.select_related("body").first()
    return party.body if party and party.body else case.receiving_body


def bodies(case: Case) -> frozenset[UUID]:
    """The bodies whose head may name the lead body now: who was asked to decide, else who received
    it; of a sealed item also the body it went up to since. Never one it is about.

    Asked of every item a page shows: it reads more only where somebody is to decide.
    """
    if case.state != State.DISPUTED_LEAD:
        return frozenset({case.receiving_body_id})
    named = case.matter.parties.filter(role__in=("deciding_post", "receiving_body"), until=None)
    by_role = dict(named.values_list("role", "body"))
    asked = by_role.get("deciding_post") or by_role.get("receiving_body") or case.receiving_body_id
    found = {asked, case.matter.body_id} if case.matter.sealed else {asked}
    out = case.matter.excluded.filter(body__in=found).values_list("body", flat=True)
    return frozenset(found - set(out))
