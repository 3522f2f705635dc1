"""The signature block of a paper: on whose behalf, then the post."""

from django.utils.translation import pgettext

from doithoai.files.models import Layout
from doithoai.units.models import Body


def signing_for(body: Body, title: str) -> str:
    """How the head of a body with this title signs for it (Decree 30/2020, Annex I, II.7; a Party
    committee signs for itself, Regulation 399-QĐ/TW).
    """
    place = body.place.name if body.place else ""
    committee = body.name[: -len(place)] if place and _ends(body.name, place) else body.name
    post = title.split(f" {body.short_name.split()[0]}", maxsplit=1)[0]
    behalf = {"body": committee.strip()}
    if body.layout == Layout.PARTY:
        return pgettext("party signature", "For %(body)s") % behalf + f"\n{post}"
    return pgettext("signature", "For %(body)s") % behalf + f"\n{post}"


def _ends(name: str, place: str) -> bool:
    return name.casefold().endswith(place.casefold())
