"""The country pack of this installation, and what lies above and below a place."""

from datetime import date
from pathlib import Path

from django.conf import settings

from doithoai.core import countries
from doithoai.core.countries import Country
from doithoai.core.words import Words
from doithoai.core.words import load as load_words
from doithoai.units.models import Place


def country() -> Country:
    """The country pack of this installation."""
    return countries.load(Path(settings.COUNTRY_FILE))


def words() -> Words:
    """The words by which personal data and other procedures are recognised here."""
    return load_words(Path(settings.COUNTRY_FILE))


def above(place: Place) -> dict[str, Place]:
    """The places over this one, by level."""
    found: dict[str, Place] = {}
    parent = place.parent
    while parent is not None:
        found[parent.level] = parent
        parent = parent.parent
    return found


def descendants(place: Place, *, today: date | None = None) -> list[Place]:
    """Everything below, level by level; with ``today`` only what is in force."""
    found: list[Place] = []
    layer = [place]
    while layer:
        below = Place.objects.filter(parent__in=[p.pk for p in layer])
        layer = list(below.in_force(today) if today else below)
        found += layer
    return found
