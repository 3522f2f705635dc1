"""Country packs: the real one, an invented city, and what is refused."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from doithoai.accounts.actors import Official
from doithoai.core import countries
from doithoai.core.countries import Country
from doithoai.core.toml_tables import BadFile
from doithoai.units import command_line, loading, queries
from doithoai.units.models import Body, Place
from tests.units.conftest import AT, TODAY

NORVALE = Path(__file__).parents[1] / "countries" / "xx.toml"


def test_viet_nam_rests_on_saturday_and_sunday_and_does_not_count_the_first_day(
    vietnam: Country,
) -> None:
    assert vietnam.weekend == {6, 7}
    assert not vietnam.first_day_counted
    assert vietnam.rolls
    assert vietnam.holidays == "VN"


def test_each_layout_has_its_heading(vietnam: Country) -> None:
    assert vietnam.layouts["party"].title == ("ĐẢNG CỘNG SẢN VIỆT NAM",)
    assert vietnam.layouts["state"].title[1] == "Độc lập - Tự do - Hạnh phúc"
    assert vietnam.body_kinds["front"].layout == "front"


def test_labels_come_in_both_languages(vietnam: Country) -> None:
    assert vietnam.level("commune").label("vi") == "cấp xã"
    assert vietnam.level("commune").label("en-gb") == "commune level"
    assert vietnam.petition_kinds["reflection"].label("fr") == "Phản ánh"


def test_an_unknown_level_is_an_error(vietnam: Country) -> None:
    with pytest.raises(KeyError):
        vietnam.level("galaxy")


def _spoiled(tmp_path: Path, old: str, new: str) -> Path:
    text = NORVALE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "spoiled.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("weekend = [5, 6]\n", "", "spoiled.toml: weekend: is missing"),
        ("weekend = [5, 6]", "weekend = [5, 8]", "weekend: must be ISO weekdays"),
        ("weekend = [5, 6]", "weekend = 5", "weekend: must be a list"),
        ("rolls = false", 'rolls = "no"', "rolls: must be true or false"),
        ("rolls = false", "rolls = false\nmoons = 2", "spoiled.toml: moons: is not known here"),
        ('kind = "works"', 'kind = "castle"', "office works: kind: 'castle' is not known"),
        (
            'fields = ["streets"]',
            'fields = ["roofs"]',
            "competence 1: fields: 'roofs' is not known",
        ),
        ('en = "Trams"', "en = 3", "field trams: en: must be text"),
        ("since = 2020-01-01", 'since = "old"', "place N: since: must be a date"),
        ('title = ["FREE CITY OF NORVALE"]', "title = [1]", "title: must be a list of texts"),
        ('words = { unit = "city" }', 'words = "city"', "words: must be a table"),
        ("weekend = [5, 6]", "weekend = [5, 6", "spoiled.toml: "),
    ],
)
def test_a_pack_is_refused_with_its_file_and_key(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(BadFile) as refused:
        countries.load(_spoiled(tmp_path, old, new))
    assert said in str(refused.value)


def test_a_pack_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"none\.toml"):
        countries.load(tmp_path / "none.toml")


@pytest.fixture
def norvale(db: None, settings: Settings, admin: Official) -> Place:
    """The invented city, loaded, and its quarter Saltgate."""
    settings.COUNTRY_FILE = NORVALE
    loading.load(queries.country(), province="Norvale", by=admin, at=AT)
    return Place.objects.get(code_source="xx", code="N1")


def test_an_invented_city_loads_with_two_levels_and_no_party(norvale: Place) -> None:
    codes = Body.objects.filter(code__startswith="N").order_by("code")
    assert list(codes.values_list("code", "name")) == [
        ("N.town_hall", "Town Hall of Norvale"),
        ("N.tramways", "Norvale Tramways"),
        ("N1.town_hall", "Hall of quarter Saltgate"),
        ("N1.works", "Works Division of quarter Saltgate"),
        ("N2.town_hall", "Hall of quarter Millbrook"),
        ("N2.works", "Works Division of quarter Millbrook"),
    ]


def test_an_invented_city_has_its_own_competence(norvale: Place) -> None:
    def body(field: str) -> str:
        found = queries.competent(field, kind="reflection", commune=norvale, today=TODAY)
        assert found is not None
        return found.body.code

    assert body("streets") == "N1.works"
    assert body("trams") == "N.tramways"
    assert body("anything") == "N1.town_hall"


def test_the_program_says_what_was_made_and_then_that_nothing_changed(
    norvale: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(["load", "--province", "Norvale", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out).values()) == {0}
    assert command_line.main(["load"]) == 0
    assert capsys.readouterr().out.strip()


def test_the_program_refuses_in_one_sentence(
    norvale: Place, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert command_line.main(["load", "--province", "Atlantis"]) == 1
    assert "Atlantis" in capsys.readouterr().err
    assert command_line.main(["load", "--data", str(tmp_path)]) == 1
    assert "source.toml" in capsys.readouterr().err
