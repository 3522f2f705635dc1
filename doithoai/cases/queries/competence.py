"""Who is competent for a petition, with the reason: proposed, and decided by a clerk."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from doithoai.cases.models import Case, Respondent
from doithoai.units.models import Body, Place, PlacePeriod, Succession
from doithoai.units.queries import Referral, competent, find_office, upper

INSPECTION: Final = "party_inspection"
COMMITTEE: Final = "committee"


def proposed(case: Case, *, today: date) -> Referral | None:
    """The competent body by kind, instance and level; None where nothing can be said yet."""
    found = _BY_KIND.get(case.matter.procedure)
    if found is not None and (referral := found(case, today)) is not None:
        return referral
    place = case.receiving_body.place
    if place is None or not case.matter.field:
        return None
    return competent(case.matter.field, kind=case.matter.procedure, commune=place, today=today)


def _about(case: Case) -> Body | None:
    named = Respondent.objects.filter(case=case, relation="respondent", body__isnull=False)
    first = named.select_related("body__parent").first()
    return first.body if first else None


def _of_complaint(case: Case, today: date) -> Referral | None:
    """The head of the body complained of settles first; one level up the second time (Law on
    Complaints 02/2011, articles 17 to 23; no district since 1 July 2025).
    """
    del today
    about = _about(case)
    if about is None:
        return None
    if case.instance != "second":
        why = _("The head of the body complained of settles the first complaint (Law 02/2011).")
        return Referral(about, why)
    above = upper(about)
    if above is None:
        return None
    why = _("The second complaint goes one level up from %(body)s (Law 02/2011).")
    return Referral(above, why % {"body": about.short_name})


def _of_denunciation(case: Case, today: date) -> Referral | None:
    """The head of the body above whom it is about (Law on Denunciations 25/2018, article 12)."""
    del today
    about = _about(case)
    above = upper(about) if about else None
    if about is None or above is None:
        return None
    why = _("What is denounced about %(body)s is settled by its superior (Law 25/2018, art. 12).")
    return Referral(above, why % {"body": about.short_name})


def _of_party(case: Case, today: date) -> Referral | None:
    place = case.receiving_body.place
    body = find_office(INSPECTION, near=place, today=today) if place else None
    if body is None:
        return None
    return Referral(body, _("Matters under Party discipline go to the Inspection Commission."))


_BY_KIND: Final[Mapping[str, Callable[[Case, date], Referral | None]]] = {
    "complaint": _of_complaint,
    "denunciation": _of_denunciation,
    "denunciation_info": _of_denunciation,
    "party_matter": _of_party,
}


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
