"""Reads a folder of place files, or the places of a country pack, into plain values."""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from doithoai.core.collation import nfc
from doithoai.core.countries import Country
from doithoai.core.toml_tables import BadFile

HERE = Path(__file__).parent
Key = tuple[str, str]  # (code source, code)


@dataclass(frozen=True)
class WantedPlace:
    """A place as a file has it: in force from ``begins`` to the day before ``ends``."""

    key: Key
    kind: str
    level: str
    name: str
    parent: Key | None
    lat: float | None
    lon: float | None
    begins: date | None
    ends: date | None


@dataclass(frozen=True)
class WantedSuccession:
    """An old place went into a new one."""

    old: Key
    new: Key
    share: str
    is_default: bool
    on: date
    document: str


@dataclass(frozen=True)
class Gazetteer:
    """All that a source says."""

    places: tuple[WantedPlace, ...]
    successions: tuple[WantedSuccession, ...]


@dataclass(frozen=True)
class _Source:
    folder: Path
    new: str
    old: str
    since: date
    province_document: str
    commune_document: str


def read(country: Country, folder: Path | None = None) -> Gazetteer:
    """The places of this country: those of the pack itself, and of its data folder or a given one.

    Raises BadFile with the name of the file that is missing or lacks a column.
    """
    given = Gazetteer(tuple(_given(country)), ())
    if not (folder or country.places_data):
        return given
    files = _read_folder(folder or HERE / country.places_data)
    return Gazetteer(given.places + files.places, files.successions)


def _given(country: Country) -> Iterator[WantedPlace]:
    for row in country.places:
        level = country.place_kinds[row.kind].level
        parent = (country.code, row.parent) if row.parent else None
        key = (country.code, row.code)
        yield WantedPlace(key, row.kind, level, row.name, parent, None, None, row.since, None)


def _read_folder(folder: Path) -> Gazetteer:
    source = _source(folder)
    old_rows = _rows(folder, "units_before_2025.csv")
    communes = _rows(folder, "communes_2025.csv")
    places = chain(_new_places(source, communes), _old_places(source, old_rows))
    try:
        successions = tuple(_successions(source, old_rows, communes))
        return Gazetteer(tuple(places), successions)
    except KeyError as missing:
        raise BadFile(f"{folder.name}: column or code {missing} is missing") from missing


def _source(folder: Path) -> _Source:
    try:
        rows = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
        return _Source(
            folder=folder,
            new=rows["code_source"],
            old=rows["code_source_before"],
            since=rows["since"],
            province_document=rows["province_document"],
            commune_document=rows["commune_document"],
        )
    except (OSError, KeyError, tomllib.TOMLDecodeError) as trouble:
        raise BadFile(f"{folder.name}/source.toml: {trouble}") from trouble


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    try:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as trouble:
        raise BadFile(f"{folder.name}/{name}: {trouble.strerror}") from trouble


def _number(text: str) -> float | None:
    return float(text) if text else None


def _new_places(source: _Source, communes: Sequence[Mapping[str, str]]) -> Iterator[WantedPlace]:
    for level, row in chain(
        (("province", r) for r in _rows(source.folder, "provinces_2025.csv")),
        (("commune", r) for r in communes),
    ):
        yield WantedPlace(
            key=(source.new, row["code"]),
            kind=row["kind"],
            level=level,
            name=nfc(row["name"]),
            parent=(source.new, row["province_code"]) if level == "commune" else None,
            lat=_number(row["lat"]),
            lon=_number(row["lon"]),
            begins=source.since,
            ends=None,
        )


def _old_places(source: _Source, rows: Sequence[Mapping[str, str]]) -> Iterator[WantedPlace]:
    """Provinces and districts once each, then the communes; five rows have a district only."""

    def old(code: str, level: str, name: str, kind: str, parent: str) -> WantedPlace:
        above = (source.old, parent) if parent else None
        return WantedPlace(
            (source.old, code), kind, level, nfc(name), above, None, None, None, source.since
        )

    provinces = {row["province_code"]: row["province"] for row in rows}
    districts = {row["district_code"]: row for row in rows}
    for code, name in provinces.items():
        kind = "city" if name.startswith("Thành phố") else "province"
        yield old(code, "province", name, kind, "")
    for code, row in districts.items():
        yield old(code, "district", row["district"], "district", row["province_code"])
    for row in rows:
        if row["commune_code"]:
            yield _old_commune(source, row)


def _old_commune(source: _Source, row: Mapping[str, str]) -> WantedPlace:
    return WantedPlace(
        key=(source.old, row["commune_code"]),
        kind=row["commune_kind"],
        level="commune",
        name=nfc(row["commune"]),
        parent=(source.old, row["district_code"]),
        lat=_number(row["lat"]),
        lon=_number(row["lon"]),
        begins=None,
        ends=source.since,
    )


def _successions(
    source: _Source, old_rows: Sequence[Mapping[str, str]], communes: Sequence[Mapping[str, str]]
) -> Iterator[WantedSuccession]:
    rows = _rows(source.folder, "successions_2025-07-01.csv")
    for row in rows:
        yield WantedSuccession(
            old=(source.old, row["old_commune_code"]),
            new=(source.new, row["new_commune_code"]),
            share=row["share"],
            is_default=row["default_successor"] == "default",
            on=source.since,
            document=source.commune_document,
        )
    for row in _rows(source.folder, "district_successions_2025-07-01.csv"):
        old, new = (source.old, row["old_district_code"]), (source.new, row["new_commune_code"])
        yield WantedSuccession(
            old, new, "whole", is_default=False, on=source.since, document=source.commune_document
        )
    yield from _of_provinces(source, old_rows, communes, rows)


def _of_provinces(
    source: _Source,
    old_rows: Sequence[Mapping[str, str]],
    communes: Sequence[Mapping[str, str]],
    rows: Sequence[Mapping[str, str]],
) -> Iterator[WantedSuccession]:
    """An old province went where its communes went."""
    before = {row["commune_code"]: row["province_code"] for row in old_rows}
    after = {row["code"]: row["province_code"] for row in communes}
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[before[row["old_commune_code"]]].add(after[row["new_commune_code"]])
    for old, successors in sorted(found.items()):
        share = "whole" if len(successors) == 1 else "part"
        for new in sorted(successors):
            keys = (source.old, old), (source.new, new)
            yield WantedSuccession(
                *keys, share, is_default=False, on=source.since, document=source.province_document
            )
