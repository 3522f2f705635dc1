"""What the public reads: private by default, masked, decided by a named person, every version
kept.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from doithoai.cases import events, masking, policies, workflow
from doithoai.cases.commands.naming import refuse_naming
from doithoai.cases.commands.settling import explain, same_version
from doithoai.cases.models import Case, Publication, Submission, Withheld
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
    ground: str = ""


def agreed(case: Case) -> bool:
    """Whether everybody whose words the case carries agrees that they are published."""
    refused = Q(carried__case=case, carried__until=None, may_publish=False)
    return not Submission.objects.filter(refused).exists()


def ground(case: Case) -> str:
    """The ground that suggests itself where not everybody agreed: what a village, a group or an
    organisation said in the open hall. Empty where a person must be asked.
    """
    silent = Submission.objects.filter(
        carried__case=case, carried__until=None, may_publish=False
    ).values_list("who", "occasion")
    in_public = all(who != "person" and occasion == "dialogue" for who, occasion in silent)
    return _("Said in public at the dialogue.") if silent and in_public else ""


def propose(case: Case) -> Public:
    """What the product proposes to publish, with names, numbers and addresses masked."""
    last = case.answers.order_by("-id").first()
    return Public(
        title=masking.propose(case.matter.title).text,
        text=masking.propose(case.text).text,
        answer=masking.propose(last.text).text if last else "",
        ground=ground(case),
    )


@transaction.atomic
def publish(
    case_id: UUID, public: Public, *, seen: int | None = None, by: Actor, at: datetime
) -> Publication:
    """Make a masked version public; an earlier version stays readable beside it.

    Raises Invalid without a ground when somebody has not agreed, Stale when the case moved on.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_publish(by, case))
    same_version(case.matter, seen, yours=public.text, theirs=_published(case))
    workflow.PUBLISH.take(case)
    _check(case, public)
    refuse_naming(case, public.title, public.text, public.answer)
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
    entry = enter(
        events.Published(made.pk), about=case.matter, by=by, at=at, content=[made.text, made.answer]
    )
    if public.ground.strip():
        explain(entry, case, public.ground)
    return made


def _published(case: Case) -> str:
    current = case.publications.filter(current=True).first()
    return current.text if current else ""


def _check(case: Case, public: Public) -> None:
    if not public.text.strip() or not public.title.strip():
        raise Invalid(_("A published item needs a title and a text."))
    if not public.ground.strip() and not agreed(case):
        raise Invalid(
            _(
                "Not everybody whose words these are has agreed to publication (Law on Personal "
                "Data Protection 91/2025/QH15). State the legal ground, ask them, or do not "
                "publish."
            )
        )


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
