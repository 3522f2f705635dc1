"""A text for others never names a person whose words are sealed: compared by digests, so that no
name is read for it.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from doithoai.cases.models import Carried, Case
from doithoai.core.actors import Actor
from doithoai.core.errors import Invalid
from doithoai.docket.models import Link, Matter
from doithoai.vault.models import DataKey
from doithoai.vault.reading import names_somebody_in


def refuse_naming(case: Case, *texts: str) -> None:
    """Stop a text of a case that names who spoke in it, or in the sealed item it came from or was
    split into. Raises Invalid with the reason (Law 25/2018/QH14, articles 8 and 40).

    Only items tied to this one are compared: a refusal anywhere else would itself tell an official
    whom they try.
    """
    _refuse(sealed_beside([case.pk]), texts)


def refuse_naming_in(cases: Collection[UUID], *texts: str, by: Actor) -> None:
    """The same for a text about several cases, or about none: a conclusion, minutes, a notice that
    is posted. Beside what is tied to them, the sealed items the writer has in hand are compared,
    for whom the refusal says nothing new. Raises Invalid.
    """
    if any(text.strip() for text in texts):
        _refuse([*sealed_beside(cases), *_in_hand(by)], texts)


def sealed_beside(cases: Collection[UUID]) -> list[UUID]:
    """The sealed matters these cases are, come from, were split into, or share a statement with."""
    links = Link.objects.filter(Q(source__in=cases) | Q(target__in=cases), ended_at=None)
    mine = Carried.objects.filter(case__in=cases).values("submission")
    sharing = Carried.objects.filter(submission__in=mine).values("case")
    tied = Q(pk__in=cases) | Q(pk__in=sharing)
    tied |= Q(pk__in=links.values("source")) | Q(pk__in=links.values("target"))
    return _kept(Matter.objects.filter(tied, sealed=True).values_list("pk", flat=True))


def _in_hand(by: Actor) -> list[UUID]:
    seen = Matter.objects.visible_to(by).filter(sealed=True, final=False)
    return _kept(seen.values_list("pk", flat=True))


def _kept(matters: Collection[UUID]) -> list[UUID]:
    """Those of which the vault keeps something."""
    found = DataKey.objects.filter(matter__in=list(matters))
    return list(found.values_list("matter", flat=True))


def _refuse(matters: Collection[UUID], texts: Collection[str]) -> None:
    if matters and any(names_somebody_in([*matters], text) for text in texts):
        raise Invalid(
            _(
                "This text names a person who must not be named, or gives their address or number. "
                "Take it out; others may not learn who spoke (Law on Denunciations 25/2018/QH14, "
                "articles 8 and 40)."
            )
        )
