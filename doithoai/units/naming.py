"""The bodies a place has by the country pack, with their names filled in. Reads no table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from doithoai.core.collation import nfc
from doithoai.core.countries import Country, Office
from doithoai.core.toml_tables import BadFile
from doithoai.units.models import Place


@dataclass(frozen=True)
class WantedBody:
    """A body as the pack wants it; ``parent`` is a code."""

    code: str
    office: Office
    layout: str
    name: str
    short_name: str
    aliases: tuple[str, ...]
    parent: str
    place: Place | None


def in_sentence(country: Country, place: Place) -> str:
    """The name inside a sentence: xã Cẩm Lạc."""
    bare = country.place_kinds[place.kind].bare(place.name)
    prefix = place.name[: len(place.name) - len(bare)]
    return prefix.lower() + bare


def wanted_bodies(country: Country, place: Place, above: Mapping[str, Place]) -> list[WantedBody]:
    """The bodies of one place; ``above`` are the places over it by level."""
    words = _words(country, place)
    return [
        _filled(country, office, place, above, words)
        for office in country.offices
        if office.level == place.level and office.serves(kind=place.kind, code=place.code)
    ]


def countrywide_bodies(country: Country) -> Iterator[WantedBody]:
    """The bodies of levels that have no places: ministries."""
    with_places = {kind.level for kind in country.place_kinds.values()}
    for office in country.offices:
        if office.level not in with_places:
            yield _filled(country, office, None, {}, {})


def _words(country: Country, place: Place) -> dict[str, str]:
    kind = country.place_kinds[place.kind]
    within = in_sentence(country, place.parent) if place.parent else ""
    return {
        "place": in_sentence(country, place),
        "Place": place.name,
        "bare": kind.bare(place.name),
        "within": within,
        **kind.words,
    }


def _filled(
    country: Country,
    office: Office,
    place: Place | None,
    above: Mapping[str, Place],
    words: Mapping[str, str],
) -> WantedBody:
    try:
        name, short, *aliases = (
            nfc(text.format_map(words))
            for text in (office.name, office.short_name, *office.aliases)
        )
    except KeyError as missing:
        raise BadFile(f"{country.code}: office {office.code}: no word for {missing}") from missing
    return WantedBody(
        code=body_code(place, office.code, country),
        office=office,
        layout=country.body_kinds[office.kind].layout,
        name=name,
        short_name=short,
        aliases=tuple(dict.fromkeys(a for a in aliases if a not in {name, short})),
        parent=_parent_code(country, office, place, above),
        place=place,
    )


def body_code(place: Place | None, office: str, country: Country) -> str:
    """The code of an office's body: 18748.committee; villages without a code use their id."""
    stem = (place.code or str(place.pk)) if place else country.code
    return f"{stem}.{office}"


def _parent_code(
    country: Country, office: Office, place: Place | None, above: Mapping[str, Place]
) -> str:
    seat = above.get(office.parent_level) if office.parent_level else place
    return body_code(seat, office.parent, country) if office.parent and seat else ""
