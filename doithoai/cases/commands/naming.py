"""A text for others never names a person whose words are sealed: compared by digests, so that no
name is read for it.
"""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from doithoai.cases.models import Carried, Case
from doithoai.core.errors import Invalid
from doithoai.docket.models import Link, Matter
from doithoai.vault.reading import holds, names_somebody_in


def refuse_naming(case: Case, *texts: str) -> None:
    """Stop a text of a case that names who spoke in it, or in the sealed item it came from or was
    split into. Raises Invalid with the reason (Law 25/2018/QH14, articles 8 and 40).

    Only items tied to this one are compared: a refusal anywhere else would itself tell an official
    whom they try.
    """
    tied = sealed_beside(case)
    if tied and any(names_somebody_in(tied, text) for text in texts):
        raise Invalid(
            _(
                "This text names a person who must not be named, or gives their address or number. "
                "Take it out; others may not learn who spoke (Law on Denunciations, articles 8 "
                "and 40)."
            )
        )


def sealed_beside(case: Case) -> list[UUID]:
    """The sealed matters this case is, comes from, was split into, or shares a statement with."""
    links = Link.objects.filter(Q(source=case.pk) | Q(target=case.pk), ended_at=None)
    mine = Carried.objects.filter(case=case.pk).values("submission")
    sharing = Carried.objects.filter(submission__in=mine).values("case")
    tied = Q(pk=case.pk) | Q(pk__in=sharing)
    tied |= Q(pk__in=links.values("source")) | Q(pk__in=links.values("target"))
    found = Matter.objects.filter(tied, sealed=True).values_list("pk", flat=True)
    return [matter for matter in found if holds(matter)]
