"""An official stands too near to a party of a petition: they neither handle it nor see it more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.accounts.models import Holding, User
from doithoai.cases import policies
from doithoai.cases.commands import tie_breaking
from doithoai.cases.commands.sealing import follow_matter
from doithoai.cases.models import Case, Respondent
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket import exclusion
from doithoai.docket.models import people_shut_out

# Decree 31/2019/ND-CP, article 5: kin, and whoever has an interest of their own.
KINDS: Final = ("spouse", "parent", "child", "sibling", "kin", "colleague", "interest")
SIDES: Final = ("sender", "respondent")


@dataclass(frozen=True)
class Relation:
    """Which official is what to which side: whoever sent the petition, or whom it is about."""

    user: UUID
    kind: str
    side: str

    @property
    def code(self) -> str:
        """As the row keeps it."""
        return f"{self.kind}/{self.side}"


@transaction.atomic
def declare(case_id: UUID, relation: Relation, *, by: Actor, at: datetime) -> Case:
    """From now on this official neither handles the petition nor sees it, in whatever post.

    What is sealed and was theirs to settle goes to the body above (Decree 31/2019/ND-CP, article
    5). Raises Invalid for another kind or side, and for somebody who is shut out already.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_relate(by, case))
    user = _checked(case, relation)
    Respondent.objects.create(case=case, user=user, relation=relation.code, declared_by_id=by.post)
    exclusion.declare_relation(case.pk, user=user.pk, by=by, at=at)
    case.matter.refresh_from_db(fields=["body", "version"])
    _let_go(case, user, at)
    follow_matter(case)
    tie_breaking.call_again(case, by=by, at=at)
    return case


def _checked(case: Case, relation: Relation) -> User:
    if relation.kind not in KINDS or relation.side not in SIDES:
        raise Invalid(_("Choose what they are to each other from the list."))
    user = User.objects.filter(pk=relation.user, is_active=True).first()
    if user is None:
        raise Invalid(_("Choose the official from the list."))
    if people_shut_out(case.pk).filter(pk=user.pk).exists():
        raise Invalid(_("This official is shut out of the item already; nothing is left to do."))
    return user


def _let_go(case: Case, user: User, at: datetime) -> None:
    """Whoever worked on it does so no longer."""
    held = Holding.objects.filter(user=user, valid__contains=local_day(at))
    if case.handling_post_id and held.filter(post=case.handling_post_id).exists():
        case.handling_post = None
        case.save(update_fields=["handling_post"])
