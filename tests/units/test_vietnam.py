"""The whole country as shipped: what is in it, and how an old address finds today's commune."""

import tomllib
import unicodedata
from hashlib import sha256

import pytest
from django.db.models import Count
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from doithoai.accounts.actors import Official
from doithoai.core.countries import Country
from doithoai.ledger.models import Entry
from doithoai.units import loading, queries
from doithoai.units.models import Body, Place, Succession
from tests.units.conftest import AT, SHIPPED, TODAY

pytestmark = pytest.mark.django_db


def test_the_files_are_the_ones_the_source_names() -> None:
    sums = tomllib.loads((SHIPPED / "source.toml").read_text(encoding="utf-8"))["checksums"]
    assert sums == {
        path.name: sha256(path.read_bytes()).hexdigest() for path in SHIPPED.glob("*.csv")
    }


def test_34_provinces_and_3321_communes_are_in_force() -> None:
    places = Place.objects.in_force(TODAY).filter(code_source="vn-2025")
    levels = places.values_list("level").annotate(n=Count("pk"))
    assert dict(levels) == {"province": 34, "commune": 3321}


def test_10035_communes_and_696_districts_ended_on_30_june_2025() -> None:
    before = Place.objects.filter(code_source="vn-before-2025")
    levels = before.in_force(TODAY.replace(year=2025, month=6, day=30))
    assert dict(levels.values_list("level").annotate(n=Count("pk"))) == {
        "province": 63,
        "district": 696,
        "commune": 10035,
    }
    assert not before.in_force(TODAY.replace(year=2025, month=7, day=1)).exists()


def test_10597_successions_of_communes_and_5_of_districts() -> None:
    levels = Succession.objects.values_list("old__level").annotate(n=Count("pk"))
    assert dict(levels) == {"commune": 10597, "district": 5, "province": 63}


def test_a_second_load_changes_nothing(vietnam: Country, admin: Official) -> None:
    entries = Entry.objects.count()
    again = loading.load(vietnam, province="Hà Tĩnh", by=admin, at=AT)
    assert again == loading.Report()
    assert Entry.objects.count() == entries


def test_a_commune_has_its_bodies(cam_lac: Place) -> None:
    offices = {b.office for b in queries.bodies_seated_in(cam_lac, today=TODAY) if b.has_account}
    assert offices == {
        "party_committee",
        "party_office",
        "party_building",
        "party_inspection",
        "council",
        "committee",
        "committee_office",
        "economy",
        "culture_society",
        "service_centre",
        "front",
        "police",
        "military",
        "health_station",
    }


def test_a_ward_has_the_other_economic_division() -> None:
    ward = Place.objects.in_force(TODAY).get(name="Phường Thành Sen")
    body = queries.find_office("economy", near=ward, today=TODAY)
    assert body is not None
    assert body.name == "Phòng Kinh tế, Hạ tầng và Đô thị phường Thành Sen"


def test_an_old_commune_finds_its_new_one(cam_lac: Place) -> None:
    with translation.override("vi"):
        found = queries.find_places("xã Cẩm Minh, huyện Cẩm Xuyên", today=TODAY)
    assert [f.place for f in found] == [cam_lac]
    assert found[0].why == "Xã Cẩm Minh, Huyện Cẩm Xuyên đã nhập vào Xã Cẩm Lạc từ ngày 1/7/2025."


@pytest.mark.parametrize(
    "typed", ["cam minh", "CẨM MINH", unicodedata.normalize("NFD", "Cẩm Minh"), " xã  cẩm minh "]
)
def test_a_name_is_found_without_accents_and_in_any_unicode_form(
    cam_lac: Place, typed: str
) -> None:
    assert queries.find_places(typed, today=TODAY)[0].place == cam_lac


def test_a_name_that_is_still_in_force_needs_no_reason(cam_lac: Place) -> None:
    found = queries.find_places("Cẩm Lạc", today=TODAY)
    assert [(f.place, f.why) for f in found] == [(cam_lac, "")]


def test_an_old_district_finds_the_communes_made_of_it(cam_lac: Place) -> None:
    found = queries.find_places("huyện Cẩm Xuyên", today=TODAY, limit=50)
    by_place = {f.place: f for f in found}
    assert cam_lac in by_place
    assert by_place[cam_lac].divided
    assert "Huyện Cẩm Xuyên" in by_place[cam_lac].why


def test_an_island_district_finds_its_special_zone() -> None:
    found = queries.find_places("huyện Côn Đảo", today=TODAY)
    assert [f.place.name for f in found] == ["Đặc khu Côn Đảo"]


def test_an_old_province_finds_the_one_it_joined() -> None:
    found = queries.find_places("tỉnh Hà Giang", today=TODAY)
    assert [f.place.name for f in found] == ["Tỉnh Tuyên Quang"]


def test_a_divided_commune_offers_every_successor_the_suggested_one_first() -> None:
    parts = Succession.objects.filter(share="part").exclude(is_default=True)
    old = parts.order_by("old__code").values_list("old", flat=True)[0]
    rows = Succession.objects.filter(old=old).select_related("old__parent__parent", "new")
    place = rows[0].old
    assert place.parent is not None
    assert place.parent.parent is not None
    address = f"{place.name}, {place.parent.name}, {place.parent.parent.name}"
    found = [f for f in queries.find_places(address, today=TODAY) if f.divided]
    assert {f.place for f in found} == {row.new for row in rows}
    assert found[0].place == next(row.new for row in rows if row.is_default)


def test_no_place_is_found_for_nothing_and_for_nonsense() -> None:
    assert queries.find_places("", today=TODAY) == []
    assert queries.find_places(" , ", today=TODAY) == []
    assert queries.find_places("Atlantis", today=TODAY) == []


def test_finding_takes_a_bounded_number_of_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(8):
        queries.find_places("cam lac", today=TODAY)
    with django_assert_max_num_queries(8):
        queries.find_places("cam minh", today=TODAY)


@pytest.mark.parametrize(
    ("field", "why"),
    [
        (
            "irrigation",
            "Chuyển Phòng Kinh tế xã Cẩm Lạc vì lĩnh vực Thủy lợi thuộc thẩm quyền cấp xã.",
        ),
        (
            "electricity",
            "Chuyển Công ty Điện lực Hà Tĩnh vì lĩnh vực Điện do đơn vị này phụ trách.",
        ),
        (
            "traffic_safety",
            "Chuyển Công an xã Cẩm Lạc vì lĩnh vực Trật tự an toàn giao thông thuộc thẩm quyền "
            "cấp xã.",
        ),
    ],
)
def test_competence_is_explained(cam_lac: Place, field: str, why: str) -> None:
    with translation.override("vi"):
        referral = queries.competent(field, kind="recommendation", commune=cam_lac, today=TODAY)
    assert referral is not None
    assert referral.why == why


def test_every_field_has_somebody_competent_at_both_levels(
    vietnam: Country, cam_lac: Place
) -> None:
    assert cam_lac.parent is not None
    for place in (cam_lac, cam_lac.parent):
        for field in vietnam.fields:
            for kind in vietnam.petition_kinds:
                found = queries.competent(field.code, kind=kind, commune=place, today=TODAY)
                assert found is not None, (field.code, kind)


def test_a_complaint_goes_to_the_committee_whatever_the_field(cam_lac: Place) -> None:
    referral = queries.competent("land", kind="complaint", commune=cam_lac, today=TODAY)
    assert referral is not None
    assert referral.body.code == "18748.committee"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Vệ sinh an toàn thực phẩm", "food_safety"),
        (unicodedata.normalize("NFD", "Thủy lợi"), "irrigation"),
        ("thuỷ lợi", "irrigation"),
        ("LAO ĐỘNG – VIỆC LÀM", "employment"),
        ("Trật tự an toàn giao thông", "traffic_safety"),
        ("Đất đai, môi trường", "land"),
        ("Lĩnh vực điện", "electricity"),
        ("Land", "land"),
    ],
)
def test_a_field_is_recognised_in_the_clerks_words(words: str, code: str) -> None:
    field = queries.match_field(words)
    assert field is not None
    assert field.code == code


def test_words_that_mean_no_field_match_none() -> None:
    assert queries.match_field("") is None
    assert queries.match_field("Bóng đá") is None


def test_a_dispute_goes_one_level_up() -> None:
    def above(code: str) -> str:
        body = queries.upper(Body.objects.select_related("parent").get(code=code))
        return body.code if body else ""

    assert above("18748.economy") == "18748.committee"
    assert above("18748.committee") == "42.committee"
    assert above("18748.party_office") == "18748.party_committee"
    assert above("18748.party_committee") == "42.party_committee"
    assert above("18748.front") == "42.front"
    assert above("42.department_health") == "42.committee"
    assert above("42.power_company") == ""


def test_candidates_know_the_bodies_of_the_sheet_under_every_name(cam_lac: Place) -> None:
    known = queries.candidates(cam_lac, today=TODAY)
    names = {alias: k.office for k in reversed(known) for alias in k.aliases}
    sheet = {
        "UBND xã Cẩm Lạc": "committee",
        "UBND xã Cẩm Minh": "committee",
        "Phòng Kinh tế": "economy",
        "Sở Nông nghiệp và Môi trường": "department_agriculture_environment",
        "Công ty Điện lực Hà Tĩnh": "power_company",
        "Công ty Thủy lợi Nam Hà Tĩnh": "irrigation_company_south",
        "Ủy ban MTTQ xã Cẩm Lạc": "front",
        "Trung tâm Kiểm soát bệnh tật tỉnh": "disease_control",
        "Ban Quản lý dự án": "project_board",
        "Ban Quản lý Khu kinh tế tỉnh": "economic_zone",
        "Sở Văn hóa, Thể thao và Du lịch": "department_culture_sport",
        "Viettel Hà Tĩnh": "viettel",
        "Bảo hiểm xã hội tỉnh": "social_insurance",
        "Đội Quản lý thị trường": "market_team",
        "Ngân hàng Chính sách xã hội": "social_policy_bank",
        "Đoàn đại biểu Quốc hội tỉnh": "deputies",
        "Bộ Nội vụ": "ministry_home_affairs",
    }
    assert {name: names.get(name) for name in sheet} == sheet
    assert "Huyện Cẩm Xuyên" in known[0].places
    assert "Xã Cẩm Sơn" in known[0].places


def test_no_other_province_gets_bodies() -> None:
    provinces = Body.objects.filter(place__level="province")
    assert set(provinces.values_list("place__code", flat=True)) == {"42"}
    communes = Body.objects.filter(place__level="commune")
    assert set(communes.values_list("place__parent__code", flat=True)) == {"42"}
