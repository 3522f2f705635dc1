"""A corrected file closes and opens periods, and the database refuses two names on one day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from doithoai.accounts.actors import Official
from doithoai.core.countries import Country
from doithoai.core.errors import Denied, NotFound
from doithoai.core.toml_tables import BadFile
from doithoai.ledger.models import Entry
from doithoai.units import loading, queries
from doithoai.units.models import BodyPeriod, Place, PlacePeriod, Succession
from doithoai.units.periods import between, opened
from tests.units.conftest import AT, TODAY, Correct, Load, Rows

pytestmark = pytest.mark.django_db
COMMUNES = "communes_2025.csv"


def _renamed(rows: Rows) -> Rows:
    return [r | {"name": "Xã Cẩm Lạc Mới"} if r["code"] == "18748" else r for r in rows]


def _without(rows: Rows) -> Rows:
    return [r for r in rows if r["code"] != "18748"]


def _periods(place: Place) -> list[tuple[str, date | None, date | None]]:
    rows = PlacePeriod.objects.filter(place=place).order_by("valid")
    return [(row.name, row.valid.lower, row.valid.upper) for row in rows]


def test_a_name_corrected_in_the_file_begins_on_the_day_of_loading(
    cam_lac: Place, correct: Correct, load_folder: Load
) -> None:
    correct(COMMUNES, _renamed)
    report = load_folder(AT)
    cam_lac.refresh_from_db()
    assert report.periods == 1
    assert cam_lac.name == "Xã Cẩm Lạc Mới"
    assert _periods(cam_lac) == [
        ("Xã Cẩm Lạc", date(2025, 7, 1), TODAY),
        ("Xã Cẩm Lạc Mới", TODAY, None),
    ]


def test_the_bodies_of_a_renamed_commune_follow_it(
    cam_lac: Place, correct: Correct, load_folder: Load
) -> None:
    correct(COMMUNES, _renamed)
    load_folder(AT)
    committee = queries.find_office("committee", near=cam_lac, today=TODAY)
    assert committee is not None
    assert committee.short_name == "UBND xã Cẩm Lạc Mới"
    names = BodyPeriod.objects.filter(body=committee).order_by("valid")
    assert [(n.name, n.valid.upper) for n in names] == [
        ("Ủy ban nhân dân xã Cẩm Lạc", TODAY),
        ("Ủy ban nhân dân xã Cẩm Lạc Mới", None),
    ]


def test_a_former_name_still_finds_the_place(
    cam_lac: Place, correct: Correct, load_folder: Load
) -> None:
    correct(COMMUNES, lambda rows: [
        r | {"name": "Xã Sông Rác"} if r["code"] == "18748" else r for r in rows
    ])  # fmt: skip
    load_folder(AT)
    found = queries.find_places("Cẩm Lạc", today=TODAY)
    assert [(f.place, "Xã Cẩm Lạc" in f.why) for f in found] == [(cam_lac, True)]


def test_the_same_correction_again_changes_nothing(
    cam_lac: Place, correct: Correct, load_folder: Load
) -> None:
    correct(COMMUNES, _renamed)
    load_folder(AT)
    assert not load_folder(AT + timedelta(days=1)).changed()
    assert len(_periods(cam_lac)) == 2


def test_two_corrections_on_one_day_leave_one_period_of_that_day(
    cam_lac: Place, correct: Correct, load_folder: Load
) -> None:
    correct(COMMUNES, _renamed)
    load_folder(AT)
    correct(COMMUNES, lambda rows: [
        r | {"name": "Xã Sông Rác"} if r["code"] == "18748" else r for r in rows
    ])  # fmt: skip
    load_folder(AT + timedelta(hours=1))
    assert [name for name, *_ in _periods(cam_lac)] == ["Xã Cẩm Lạc", "Xã Sông Rác"]


def test_a_place_gone_from_the_file_ends_that_day_and_may_come_back(
    cam_lac: Place, correct: Correct, load_folder: Load
) -> None:
    correct(COMMUNES, lambda rows: [*_without(rows)])
    correct("successions_2025-07-01.csv", lambda rows: [
        r for r in rows if r["new_commune_code"] != "18748"
    ])  # fmt: skip
    load_folder(AT)
    assert not Place.objects.in_force(TODAY).filter(pk=cam_lac.pk).exists()
    row = {"code": "18748", "name": "Xã Cẩm Lạc", "kind": "commune", "province_code": "42"}
    blank = {"lat": "", "lon": "", "area_km2": ""}
    correct(COMMUNES, lambda rows: [*rows, row | blank])
    load_folder(AT + timedelta(days=2))
    assert [upper for _name, _lower, upper in _periods(cam_lac)] == [TODAY, None]


def test_a_corrected_succession_replaces_the_wrong_one(
    cam_lac: Place, cam_binh: Place, correct: Correct, load_folder: Load
) -> None:
    correct("successions_2025-07-01.csv", lambda rows: [
        r | {"new_commune_code": cam_binh.code} if r["old_commune_code"] == "18751" else r
        for r in rows
    ])  # fmt: skip
    assert load_folder(AT).successions == 2
    found = queries.find_places("xã Cẩm Minh, huyện Cẩm Xuyên", today=TODAY)
    assert [f.place for f in found] == [cam_binh]


def test_a_load_that_changed_something_is_entered(
    cam_lac: Place, correct: Correct, load_folder: Load
) -> None:
    before = Entry.objects.filter(kind="units.loaded").count()
    correct(COMMUNES, _renamed)
    load_folder(AT)
    assert Entry.objects.filter(kind="units.loaded").count() == before + 1


def test_a_commune_under_no_province_is_refused_by_name(
    correct: Correct, load_folder: Load, cam_lac: Place
) -> None:
    correct(COMMUNES, lambda rows: [
        r | {"province_code": "00"} if r["code"] == "18748" else r for r in rows
    ])  # fmt: skip
    with pytest.raises(BadFile, match="Xã Cẩm Lạc"):
        load_folder(AT)


def test_the_database_refuses_two_names_of_a_place_on_one_day(cam_lac: Place) -> None:
    with pytest.raises(IntegrityError, match="units_place_one_name_a_day"), transaction.atomic():
        PlacePeriod.objects.create(
            place=cam_lac, name="Khác", search="khac", valid=between(TODAY, None)
        )


def test_the_database_refuses_two_names_of_a_body_on_one_day(cam_lac: Place) -> None:
    body = queries.find_office("committee", near=cam_lac, today=TODAY)
    assert body is not None
    with pytest.raises(IntegrityError, match="units_body_one_name_a_day"), transaction.atomic():
        BodyPeriod.objects.create(body=body, name="Khác", valid=opened(None))


def test_the_database_refuses_a_second_whole_successor(cam_lac: Place, cam_binh: Place) -> None:
    whole = Succession.objects.filter(new=cam_lac, share="whole").first()
    assert whole is not None
    with pytest.raises(IntegrityError, match="whole_to_one"), transaction.atomic():
        Succession.objects.create(old=whole.old, new=cam_binh, share="whole", on=TODAY)


def test_only_an_administrator_loads(vietnam: Country, minh: Official) -> None:
    with pytest.raises(Denied):
        loading.load(vietnam, by=minh, at=AT)


def test_an_unknown_province_is_not_found(vietnam: Country, admin: Official) -> None:
    with pytest.raises(NotFound):
        loading.load(vietnam, province="Atlantis", by=admin, at=AT)
