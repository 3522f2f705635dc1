"""What the public reads: private by default, masked, decided by a named person, every version
kept.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases import events, masking, policies, workflow
from doithoai.cases.models import Case, Publication, Withheld
from doithoai.core.actors import Actor, post_of
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.commands import enter


@dataclass(frozen=True)
class Public:
    """The texts as they are to stand in public."""

    title: str
    text: str
    answer: str


def propose(case: Case) -> Public:
    """What the product proposes to publish, with names, numbers and addresses masked."""
    last = case.answers.order_by("-at").first()
    return Public(
        title=masking.propose(case.matter.title).text,
        text=masking.propose(case.text).text,
        answer=masking.propose(last.text).text if last else "",
    )


@transaction.atomic
def publish(case_id: UUID, public: Public, *, by: Actor, at: datetime) -> Publication:
    """Make a masked version public; an earlier version stays readable beside it."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_publish(by, case))
    workflow.PUBLISH.take(case)
    if not public.text.strip() or not public.title.strip():
        raise Invalid(_("A published item needs a title and a text."))
    case.publications.filter(current=True).update(current=False)
    made = Publication.objects.create(
        case=case,
        version=case.publications.count() + 1,
        title=public.title.strip(),
        text=public.text.strip(),
        answer=public.answer.strip(),
        masked=(public.title + public.text + public.answer).count(masking.MASK),
        decided_by_id=post_of(by),
        at=at,
    )
    Withheld.objects.filter(case=case).delete()
    enter(
        events.Published(made.pk), about=case.matter, by=by, at=at, content=[made.text, made.answer]
    )
    return made


@transaction.atomic
def withhold(case_id: UUID, *, reason: str, by: Actor, at: datetime) -> Case:
    """Decide not to publish, or to take back every version that was; counted by reason."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_publish(by, case))
    case.publications.filter(withdrawn_at=None).update(current=False, withdrawn_at=at)
    Withheld.objects.update_or_create(
        case=case, defaults={"reason": reason, "by_id": post_of(by), "at": at}
    )
    enter(events.WithheldFromPublic(reason), about=case.matter, by=by, at=at)
    return case
