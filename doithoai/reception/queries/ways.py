"""Which way went what was raised in a visit: columns 9 to 11 of the register 03/TCD, read from what
was decided on the item and never typed.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery

from doithoai.cases.models import Case, Ruling, Transfer
from doithoai.reception.models import Raised
from doithoai.units.models import Body


@dataclass(frozen=True)
class Way:
    """``own``: within the competence of the body that received; None while nothing is decided.
    ``to``: where it went instead; ``accepted_by``: the body that has it.
    """

    own: bool | None = None
    to: str = ""
    accepted_by: str = ""


def decisions() -> dict[str, Subquery | Exists]:
    """What ``way`` reads beside each matter raised, for a queryset of them: no query of its own."""
    guided = Ruling.objects.filter(case=OuterRef("matter"), step="advise").order_by("-at")
    letters = Transfer.objects.filter(case=OuterRef("matter"), how=Transfer.How.LETTER)
    letters = letters.exclude(ended="returned").order_by("-at")
    return {
        "sent_to": Subquery(letters.values("to__short_name")[:1]),
        "was_guided": Exists(guided),
        "guided_to": Subquery(guided.values("to__short_name")[:1]),
    }


def way(raised: Raised, case: Case, received: Body) -> Way:
    """As it stands now: passed on by letter, guided to another body, in the hands of one, or found
    to be another's. What was raised must come with ``decisions``.
    """
    sent_to: str | None = getattr(raised, "sent_to", None)
    if sent_to:
        return Way(own=False, to=sent_to)
    if getattr(raised, "was_guided", False):
        return Way(own=False, to=getattr(raised, "guided_to", None) or "")
    if case.handling_body is not None:
        return _handled(case.handling_body, received)
    decided = {"own": True, "other": False}.get(case.competence)
    return Way(own=decided)


def _handled(holder: Body, received: Body) -> Way:
    """A department of the same place is no other competence; any other body is."""
    own = holder.pk == received.pk or (
        holder.place_id is not None and holder.place_id == received.place_id
    )
    return Way(own, "" if own else holder.short_name, holder.short_name)
