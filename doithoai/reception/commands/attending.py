"""Whether a head of a Party committee really received: matters raised there owe by other rules."""

from datetime import datetime

from doithoai.accounts.models import Post
from doithoai.cases.models import Case
from doithoai.core.actors import Actor
from doithoai.docket.commands import enter
from doithoai.docket.models import Matter
from doithoai.ledger.models import Entry
from doithoai.reception import events
from doithoai.reception.models import Session
from doithoai.units.territory import country


def heads_party(post: Post) -> bool:
    """Whether whoever sits in the post heads a Party committee (Regulation 11-QĐi/TW). The post
    comes with its body.
    """
    kind = country().body_kinds.get(post.body.kind)
    return post.is_head and kind is not None and kind.party_head


def tell_matters(session: Session, *, by: Actor, at: datetime) -> None:
    """Who received was not who was planned, of a Party committee or not: the matters raised there
    say so, and owe their written notice by the rule for who did. Nothing of sealed ones is told.
    """
    raised = Case.objects.filter(occasion_matter=session.matter, matter__sealed=False)
    ids = list(raised.order_by("pk").values_list("pk", flat=True))
    for matter in Matter.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"):
        attended = events.Attended(session.party_head, matter.received_on)
        enter(attended, about=matter, by=by, at=max(at, _raised_at(matter, at)))


def _raised_at(matter: Matter, at: datetime) -> datetime:
    """It may have been raised while this was written down: who received is said after it."""
    came = Entry.objects.filter(matter=matter.pk, kind="cases.received").order_by("-at").first()
    return came.at if came else at
