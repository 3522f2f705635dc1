"""Who is competent for a petition, with the reason: proposed, and decided by a clerk."""

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from doithoai.cases import petition_rules, settlers, shut_out
from doithoai.cases.models import Case
from doithoai.units.models import Body, Place, PlacePeriod, Succession
from doithoai.units.queries import Referral, competent, find_office, upper

INSPECTION: Final = "party_inspection"
COMMITTEE: Final = "committee"


def proposed(case: Case, *, today: date) -> Referral | None:
    """The competent body by kind, instance and level; None where nothing can be said yet."""
    found = _proposed(case, today)
    return found and _not_shut_out(case, found, today)


def elsewhere(case: Case, *, today: date) -> Referral | None:
    """The competent body to transfer it to or guide the person to: never the one that has it."""
    found = proposed(case, today=today)
    holder = case.handling_body_id or case.receiving_body_id
    return None if found is None or found.body.pk == holder else found


def _proposed(case: Case, today: date) -> Referral | None:
    kind = case.matter.procedure
    if kind in petition_rules.ORDINARY:
        return _by_field(case, today)
    found = _of_party(case, today) if kind == "party_matter" else _by_law(settlers.of(case))
    return _in_force(found, today)


def _in_force(found: Referral | None, today: date) -> Referral | None:
    """The same, or who has the matters of a body that has ended."""
    if found is None or Body.objects.in_force(today).filter(pk=found.body.pk).exists():
        return found
    return successor(found.body.place, today=today) if found.body.place else None


def _by_field(case: Case, today: date) -> Referral | None:
    place = case.receiving_body.place
    if place is None or not case.matter.field:
        return None
    return competent(case.matter.field, kind=case.matter.procedure, commune=place, today=today)


def _not_shut_out(case: Case, found: Referral, today: date) -> Referral | None:
    """The first body upwards that the case is not about; None when it is about all of them."""
    shut = shut_out.bodies(case, today=today)
    if found.body.pk not in shut:
        return found
    body = upper(found.body)
    while body is not None and body.pk in shut:
        body = upper(body)
    if body is None:
        return None
    why = _("%(body)s may not have this item; it goes one level up.")
    return Referral(body, why % {"body": found.body.short_name})


def _by_law(about: settlers.About) -> Referral | None:
    """By kind, instance and level from whom it is about; nobody where that was not said."""
    rule, body = about.rule, settlers.settler(about)
    if rule is None or body is None:
        return None
    words = {"of": about.bodies[0].short_name, "body": body.short_name, "article": rule.basis}
    return Referral(body, _why(rule.by) % words)


def _why(by: str) -> str:
    if by == "own":
        return _(
            "%(body)s settles the first complaint about a decision or an act of %(of)s "
            "(%(article)s)."
        )
    if by == "above":
        return _(
            "%(body)s settles the second complaint about a decision or an act of %(of)s, one "
            "level up (%(article)s)."
        )
    return _("What is denounced about %(of)s is for %(body)s to settle (%(article)s).")


def _of_party(case: Case, today: date) -> Referral | None:
    place = case.receiving_body.place
    body = find_office(INSPECTION, near=place, today=today) if place else None
    if body is None:
        return None
    return Referral(body, _("Matters under Party discipline go to the Inspection Commission."))


def successor(ended: Place, *, today: date) -> Referral | None:
    """The committee that has the matters of a unit that ended: that of the one unit it went into
    whole, else the province's (no district since 1 July 2025, Law 72/2025).
    """
    whole = Succession.objects.filter(old=ended, share=Succession.Share.WHOLE, on__lte=today)
    into = whole.select_related("new").first()
    if into is not None:
        return _committee(into.new, ended, today)
    last = PlacePeriod.objects.filter(place=ended).order_by("-valid").first()
    above = last.parent if last else ended.parent
    if above is None:
        return None
    if Place.objects.in_force(today).filter(pk=above.pk).exists():
        return _committee(above, ended, today)
    return successor(above, today=today)


def _committee(place: Place, ended: Place, today: date) -> Referral | None:
    body = find_office(COMMITTEE, near=place, today=today)
    if body is None:
        return None
    why = _("%(old)s has ended; its matters are with %(body)s.")
    return Referral(body, why % {"old": ended.name, "body": body.short_name})
