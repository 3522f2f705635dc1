"""The bodies a case names beside its matter: the successor of an abolished one stands there."""

from uuid import UUID

from django.db.models import Q

from doithoai.cases.models import Case, Transfer
from doithoai.docket.succession import Successor

NAMED = ("receiving_body", "handling_body", "answering_body")


def follow(matter: UUID, to: Successor) -> None:
    """Put the successor where the former body stood. Answers, letters and offers that ended
    keep it: they are what happened.
    """
    case = Case.objects.select_for_update(no_key=True).get(pk=matter)
    for name in NAMED:
        if getattr(case, f"{name}_id") == to.former:
            setattr(case, name, to.body)
    if case.handling_post is not None and case.handling_post.body_id == to.former:
        case.handling_post = to.head
    others = [body for body in case.coordinating if body not in {to.former, to.body.pk}]
    if to.former in case.coordinating:
        others.append(to.body.pk)
        case.coordinating = others
    case.save(update_fields=[*NAMED, "handling_post", "coordinating"])
    standing = Transfer.objects.filter(case=case, how=Transfer.How.OFFER, ended="")
    standing.filter(to=to.former).update(to=to.body)
    standing.filter(sender=to.former).exclude(Q(to=to.body)).update(sender=to.body)
