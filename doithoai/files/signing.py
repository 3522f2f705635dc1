"""The signature block of a paper: on whose behalf, then the post."""

from datetime import date

from django.utils.translation import pgettext

from doithoai.accounts.queries import head_of, holders
from doithoai.files.facts import Head
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


def headed(body: Body, *, today: date) -> Head:
    """The head of a paper this body makes, signed by who leads it on this day."""
    post = head_of(body.pk, today=today)
    person = holders([post.pk], today=today).first() if post else None
    return Head(
        issuer=body.name,
        year=today.year,
        layout=body.layout,
        parent_issuer=body.parent.name if body.parent else "",
        place=body.place.name.split(" ", 1)[-1] if body.place else "...",
        signer_title=signing_for(body, post.title) if post else "...",
        signer_name=person.name if person else "",
    )


def _ends(name: str, place: str) -> bool:
    return name.casefold().endswith(place.casefold())
