"""The country pack: what one country means by weekend, level, body, petition. Pure."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from doithoai.core.grounds import Ground, Named, Settlement, grounds, settlements
from doithoai.core.toml_tables import BadFile, Table


@dataclass(frozen=True)
class Layout(Named):
    """Whose form a document takes: the lines at its head, the form of its number."""

    title: tuple[str, ...]
    number: str


@dataclass(frozen=True)
class PlaceKind(Named):
    """A kind of place.

    ``prefixes`` begin its names, ``words`` fill names of offices, ``within`` are parents' kinds.
    """

    level: str
    prefixes: tuple[str, ...]
    words: Mapping[str, str]
    within: tuple[str, ...]

    def bare(self, name: str) -> str:
        """The name without its prefix: Cẩm Lạc of Xã Cẩm Lạc."""
        for prefix in self.prefixes:
            if name.casefold().startswith(prefix.casefold() + " "):
                return name[len(prefix) + 1 :]
        return name


@dataclass(frozen=True)
class BodyKind(Named):
    """A kind of body and the layout its documents take. ``party_head``: whoever heads it receives
    under the rules for heads of Party committees. ``settles``: its head settles complaints about
    it; of any other body the one above it does, up to one that settles.
    """

    layout: str
    party_head: bool = False
    settles: bool = False


@dataclass(frozen=True)
class PaperNumber(Named):
    """The number of a kind of identity papers: the pattern the whole of it fits; ``labels`` say so
    in words.
    """

    form: str

    def fits(self, number: str) -> bool:
        """Whether this is such a number, written without blanks, letters in capitals."""
        return re.fullmatch(self.form, number) is not None


@dataclass(frozen=True)
class Office:
    """A body that every place of a level (or of some kinds, or some codes) has.

    ``parent`` is an office of the same place, or of the place above at ``parent_level``.
    """

    code: str
    kind: str
    level: str
    name: str
    short_name: str
    aliases: tuple[str, ...]
    parent: str
    parent_level: str
    has_account: bool
    place_kinds: tuple[str, ...]
    place_codes: tuple[str, ...]

    def serves(self, *, kind: str, code: str) -> bool:
        """Whether a place of this kind and code has this office."""
        return kind in (self.place_kinds or (kind,)) and code in (self.place_codes or (code,))


@dataclass(frozen=True)
class FieldOfLife(Named):
    """A field people speak about, with other words for it."""

    synonyms: tuple[str, ...]


@dataclass(frozen=True)
class Competence:
    """Petitions of these kinds and field, arriving at this level, are settled by this office."""

    field: str
    petition_kinds: tuple[str, ...]
    level: str
    office: str


@dataclass(frozen=True)
class GivenPlace:
    """A place written in the pack itself; ``parent`` is another one's code or empty."""

    code: str
    kind: str
    name: str
    parent: str
    since: date


@dataclass(frozen=True)
class Country:
    """One pack. ``weekend`` are ISO weekdays; ``holidays`` a code of the package, or empty.

    ``case_numbers``, ``dialogue_numbers``, ``duty_numbers`` and ``reception_numbers`` are the
    letters their numbers begin with;
    ``calling_code`` is what telephone numbers begin with abroad (ITU-T E.164), or empty;
    ``name_titles`` are words of address that may stand before a name.
    """

    code: str
    languages: tuple[str, ...]
    time_zone: str
    weekend: frozenset[int]
    first_day_counted: bool
    rolls: bool
    holidays: str
    case_numbers: str
    dialogue_numbers: str
    duty_numbers: str
    reception_numbers: str
    places_data: str
    calling_code: str
    name_titles: tuple[str, ...]
    paper_numbers: Mapping[str, PaperNumber]
    fallback_field: str
    default_office: str
    levels: tuple[Named, ...]
    layouts: Mapping[str, Layout]
    place_kinds: Mapping[str, PlaceKind]
    body_kinds: Mapping[str, BodyKind]
    petition_kinds: Mapping[str, Named]
    archive_grounds: Mapping[str, Ground]
    ineligible_grounds: Mapping[str, Ground]
    decline_grounds: Mapping[str, Ground]
    going_on_grounds: Mapping[str, Ground]
    advise_grounds: Mapping[str, Ground]
    transfer_grounds: Mapping[str, Ground]
    hand_back_grounds: Mapping[str, Ground]
    offices: tuple[Office, ...]
    fields: tuple[FieldOfLife, ...]
    competence: tuple[Competence, ...]
    settlements: tuple[Settlement, ...]
    places: tuple[GivenPlace, ...]

    def level(self, code: str) -> Named:
        """The level of this code.

        Raises KeyError when the pack has none.
        """
        return next((n for n in self.levels if n.code == code), None) or _missing(code)

    def ground(self, code: str) -> Ground | None:
        """The ground of this code, of whichever step; None when the pack has none."""
        every = (
            self.going_on_grounds, self.decline_grounds, self.ineligible_grounds,
            self.archive_grounds, self.advise_grounds, self.transfer_grounds,
            self.hand_back_grounds,
        )  # fmt: skip
        return next((known[code] for known in every if code in known), None)

    def settlement(self, kind: str, instance: str) -> Settlement | None:
        """Who settles petitions of this kind and instance; None where the pack does not say."""
        fitting = (row for row in self.settlements if kind in row.petition_kinds)
        return next((row for row in fitting if row.instance in {"", instance}), None)


def _missing(code: str) -> Named:
    raise KeyError(code)


@cache
def load(path: Path) -> Country:
    """Read a pack, once per process.

    Raises BadFile naming file and key when something is missing, unknown or of the wrong kind.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as trouble:
        raise BadFile(f"{path.name}: {trouble}") from trouble
    top = Table(rows, path.name)
    country = _country(top)
    top.done()
    return country


def _country(top: Table) -> Country:
    languages = top.texts("languages")
    levels, layouts = _named(top, "level", languages), _layouts(top, languages)
    place_kinds = _place_kinds(top, languages, levels)
    body_kinds = _body_kinds(top, languages, layouts)
    offices = _offices(top, levels, place_kinds, body_kinds)
    petitions, fields = _named(top, "petition_kind", languages), _fields(top, languages)
    ineligible = grounds(top, "ineligible_ground", languages, petitions)
    by_office = {office.code: office for office in offices}
    return Country(
        code=top.text("code"),
        languages=languages, time_zone=top.text("time_zone"),
        weekend=top.weekdays("weekend"), rolls=top.flag("rolls"),
        first_day_counted=top.flag("first_day_counted"), holidays=top.text("holidays"),
        case_numbers=top.text("case_numbers"), dialogue_numbers=top.text("dialogue_numbers"),
        duty_numbers=top.text("duty_numbers", ""),
        reception_numbers=top.text("reception_numbers", top.text("dialogue_numbers")),
        places_data=top.text("places_data", ""), calling_code=top.text("calling_code", ""),
        name_titles=top.texts("name_titles", []),
        paper_numbers=_paper_numbers(top, languages),
        fallback_field=top.one_of("fallback_field", fields),
        default_office=top.one_of("default_office", by_office),
        levels=tuple(levels.values()),
        layouts=layouts, place_kinds=place_kinds,
        body_kinds=body_kinds, petition_kinds=petitions,
        archive_grounds=grounds(top, "archive_ground", languages, petitions, ineligible),
        ineligible_grounds=ineligible,
        decline_grounds=grounds(top, "decline_ground", languages, petitions),
        going_on_grounds=grounds(top, "going_on_ground", languages, petitions),
        advise_grounds=grounds(top, "advise_ground", languages, petitions),
        transfer_grounds=grounds(top, "transfer_ground", languages, petitions),
        hand_back_grounds=grounds(top, "hand_back_ground", languages, petitions),
        offices=offices, fields=tuple(fields.values()),
        competence=_competence(top, fields, petitions, levels, by_office),
        settlements=settlements(top, petitions, levels),
        places=_places(top, place_kinds),
    )  # fmt: skip


def _named(top: Table, key: str, languages: tuple[str, ...]) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for row in top.tables(key):
        code = row.text("code")
        found[code] = Named(code=code, labels=row.labels(languages))
        row.done()
    if not found:
        raise top.refuse(key, "is missing")
    return found


def _layouts(top: Table, languages: tuple[str, ...]) -> dict[str, Layout]:
    found: dict[str, Layout] = {}
    for row in top.tables("layout"):
        code = row.text("code")
        found[code] = Layout(code, row.labels(languages), row.texts("title"), row.text("number"))
        row.done()
    return found


def _paper_numbers(top: Table, languages: tuple[str, ...]) -> dict[str, PaperNumber]:
    found: dict[str, PaperNumber] = {}
    for row in top.tables("paper_number"):
        code = row.text("code")
        found[code] = PaperNumber(code, row.labels(languages), row.text("form"))
        row.done()
    return found


def _place_kinds(
    top: Table, languages: tuple[str, ...], levels: Mapping[str, Named]
) -> dict[str, PlaceKind]:
    found: dict[str, PlaceKind] = {}
    for row in top.tables("place_kind"):
        code = row.text("code")
        found[code] = PlaceKind(
            code=code,
            labels=row.labels(languages),
            level=row.one_of("level", levels),
            prefixes=row.texts("prefixes", []),
            words=row.words("words"),
            within=row.texts("within", []),
        )
        row.done()
    return found


def _body_kinds(
    top: Table, languages: tuple[str, ...], layouts: Mapping[str, Layout]
) -> dict[str, BodyKind]:
    found: dict[str, BodyKind] = {}
    for row in top.tables("body_kind"):
        code = row.text("code")
        layout, party = row.one_of("layout", layouts), row.flag("party_head", default=False)
        settles = row.flag("settles", default=False)
        found[code] = BodyKind(code, row.labels(languages), layout, party, settles)
        row.done()
    return found


def _offices(
    top: Table,
    levels: Mapping[str, Named],
    place_kinds: Mapping[str, PlaceKind],
    body_kinds: Mapping[str, BodyKind],
) -> tuple[Office, ...]:
    found = []
    rows = top.tables("office")
    codes = {row.text("code"): row for row in rows}
    for row in rows:
        office = Office(
            code=row.text("code"),
            kind=row.one_of("kind", body_kinds),
            level=row.one_of("level", levels),
            name=row.text("name"),
            short_name=row.text("short_name", row.text("name")),
            aliases=row.texts("aliases", []),
            parent=row.one_of("parent", codes, ""),
            parent_level=row.one_of("parent_level", levels, ""),
            has_account=row.flag("has_account", default=True),
            place_kinds=row.some_of("place_kinds", place_kinds),
            place_codes=row.texts("place_codes", []),
        )
        row.done()
        found.append(office)
    return tuple(found)


def _fields(top: Table, languages: tuple[str, ...]) -> dict[str, FieldOfLife]:
    found: dict[str, FieldOfLife] = {}
    for row in top.tables("field"):
        code = row.text("code")
        found[code] = FieldOfLife(code, row.labels(languages), row.texts("synonyms", []))
        row.done()
    return found


def _competence(
    top: Table,
    fields: Mapping[str, object],
    petitions: Mapping[str, object],
    levels: Mapping[str, object],
    offices: Mapping[str, object],
) -> tuple[Competence, ...]:
    found: list[Competence] = []
    for row in top.tables("competence"):
        kinds = row.some_of("petition_kinds", petitions)
        level, office = row.one_of("level", levels), row.one_of("office", offices)
        found += [Competence(f, kinds, level, office) for f in row.some_of("fields", fields)]
        row.done()
    return tuple(found)


def _places(top: Table, kinds: Mapping[str, PlaceKind]) -> tuple[GivenPlace, ...]:
    found = []
    for row in top.tables("place"):
        place = GivenPlace(
            code=row.text("code"),
            kind=row.one_of("kind", kinds),
            name=row.text("name"),
            parent=row.text("parent", ""),
            since=row.day("since"),
        )
        row.done()
        found.append(place)
    return tuple(found)
