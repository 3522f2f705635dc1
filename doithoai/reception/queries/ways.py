"""Which way went what was raised in a visit: columns 9 to 11 of the register 03/TCD, read from what
was decided on the item and never typed.
"""

from dataclasses import dataclass

from django.db.models import Prefetch

from doithoai.cases.models import Case, Ruling, Transfer
from doithoai.units.models import Body


@dataclass(frozen=True)
class Way:
    """``own``: within the competence of the body that received; None while nothing is decided.
    ``to``: where it went instead; ``accepted_by``: the body that has it.
    """

    own: bool | None = None
    to: str = ""
    accepted_by: str = ""


def decisions(to_case: str) -> "tuple[Prefetch[str], ...]":
    """What ``way`` reads of each case. Two queries for however many cases."""
    guided = Ruling.objects.filter(step="advise").select_related("to").order_by("at")
    letters = Transfer.objects.filter(how=Transfer.How.LETTER).exclude(ended="returned")
    letters = letters.select_related("to").order_by("at")
    return (
        Prefetch(f"{to_case}__rulings", guided),
        Prefetch(f"{to_case}__transfers", letters),
    )


def way(case: Case, received: Body) -> Way:
    """As it stands now: passed on by letter, guided to another body, in the hands of one, or found
    to be another's. The case must come with ``decisions``.
    """
    for letter in reversed(case.transfers.all()):
        return Way(own=False, to=letter.to.short_name)
    for ruling in reversed(case.rulings.all()):
        return Way(own=False, to=ruling.to.short_name if ruling.to else "")
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
