"""Villages are pasted as a list; they are renamed and merged from a day on, with their boards."""

from datetime import date
from uuid import UUID

import pytest

from doithoai.accounts.actors import Official
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.ledger.models import Entry
from doithoai.units import commands, queries
from doithoai.units.models import Place, Succession
from tests.units.conftest import AT, TODAY

pytestmark = pytest.mark.django_db
LATER = date(2026, 10, 1)
LIST = "1. Thôn Đông\n- thôn Nam Lý\n\nBình Quang;\nÂn Phú\n"


def _names(commune: Place, today: date = TODAY) -> list[str]:
    return [village.name for village in queries.villages(commune, today=today)]


def test_a_pasted_list_makes_villages_in_vietnamese_order(cam_binh: Place, admin: Official) -> None:
    commands.add_villages(cam_binh.pk, names=LIST, by=admin, at=AT)
    assert _names(cam_binh) == ["Thôn Ân Phú", "Thôn Bình Quang", "Thôn Đông", "Thôn Nam Lý"]
    assert Entry.objects.get(kind="units.villages_added", place=cam_binh.pk).data["count"] == 4


def test_each_village_gets_its_boards(cam_binh: Place, admin: Official) -> None:
    added = commands.add_villages(cam_binh.pk, names="Đông", by=admin, at=AT).added
    bodies = queries.bodies_seated_in(added[0], today=TODAY)
    assert {b.office: b.name for b in bodies} == {
        "village_board": "Thôn Đông, xã Cẩm Bình",
        "front_village_board": "Ban công tác Mặt trận thôn Đông, xã Cẩm Bình",
        "mediation_team": "Tổ hòa giải thôn Đông, xã Cẩm Bình",
    }
    upper = {b.office: queries.upper(b) for b in bodies}
    assert str(upper["village_board"]) == "UBND xã Cẩm Bình"
    assert str(upper["front_village_board"]) == "Ủy ban MTTQ xã Cẩm Bình"


def test_what_is_there_and_what_is_written_twice_is_said(cam_binh: Place, admin: Official) -> None:
    commands.add_villages(cam_binh.pk, names="Thôn Đông", by=admin, at=AT)
    again = commands.add_villages(cam_binh.pk, names="đông\nTây\nthôn tây\n", by=admin, at=AT)
    assert [v.name for v in again.added] == ["Thôn Tây"]
    assert again.existing == ("Thôn Đông",)
    assert len(again.repeated) == 1
    assert _names(cam_binh) == ["Thôn Đông", "Thôn Tây"]


def test_a_wards_villages_are_residential_groups(admin: Official) -> None:
    ward = Place.objects.in_force(TODAY).get(name="Phường Thành Sen")
    added = commands.add_villages(ward.pk, names="5\nTổ dân phố 6", by=admin, at=AT).added
    assert [v.name for v in added] == ["Tổ dân phố 5", "Tổ dân phố 6"]


def test_an_empty_list_is_refused(cam_binh: Place, admin: Official) -> None:
    with pytest.raises(Invalid):
        commands.add_villages(cam_binh.pk, names=" \n", by=admin, at=AT)


def test_a_clerk_may_not_add_villages(cam_binh: Place, minh: Official) -> None:
    with pytest.raises(Denied):
        commands.add_villages(cam_binh.pk, names="Đông", by=minh, at=AT)


def test_an_unknown_commune_is_not_found(admin: Official) -> None:
    with pytest.raises(NotFound):
        commands.add_villages(UUID(int=1), names="Đông", by=admin, at=AT)


def test_a_village_is_a_candidate_under_its_short_name(cam_binh: Place, admin: Official) -> None:
    commands.add_villages(cam_binh.pk, names="Quang Trung 1", by=admin, at=AT)
    known = [
        k.office
        for k in queries.candidates(cam_binh, today=TODAY)
        if "thôn Quang Trung 1" in k.aliases
    ]
    assert known == ["village_board"]


def test_a_renamed_village_keeps_its_old_name_until_the_day(
    cam_binh: Place, admin: Official
) -> None:
    (village,) = commands.add_villages(cam_binh.pk, names="Đông", by=admin, at=AT).added
    commands.rename_village(village.pk, name="Đông Thành", since=LATER, by=admin, at=AT)
    found = queries.find_places("Thôn Đông, xã Cẩm Bình", today=LATER)
    assert found[0].place == village
    board = queries.find_office("village_board", near=village, today=LATER)
    assert board is not None
    assert board.name == "Thôn Đông Thành, xã Cẩm Bình"
    assert Entry.objects.filter(kind="units.village_renamed", place=village.pk).exists()


def test_merged_villages_end_and_point_to_the_new_one(cam_binh: Place, admin: Official) -> None:
    added = commands.add_villages(cam_binh.pk, names="Đông\nTây\nNam", by=admin, at=AT).added
    east, west, _south = added
    new = commands.merge_villages(
        [east.pk, west.pk], name="Hợp Nhất", since=LATER, document="12/NQ-HĐND", by=admin, at=AT
    )
    assert _names(cam_binh, LATER) == ["Thôn Hợp Nhất", "Thôn Nam"]
    assert set(Succession.objects.filter(new=new).values_list("old", flat=True)) == {
        east.pk,
        west.pk,
    }
    assert queries.bodies_seated_in(east, today=LATER) == []
    assert len(queries.bodies_seated_in(new, today=LATER)) == 3
    assert queries.find_places("Thôn Tây, xã Cẩm Bình", today=LATER)[0].place == new


def test_a_village_that_ended_cannot_be_merged_again(cam_binh: Place, admin: Official) -> None:
    east, west = commands.add_villages(cam_binh.pk, names="Đông\nTây", by=admin, at=AT).added
    ids = [east.pk, west.pk]
    commands.merge_villages(ids, name="Hợp Nhất", since=LATER, by=admin, at=AT)
    with pytest.raises(NotFound):
        commands.merge_villages(ids, name="Hợp Nhất 2", since=LATER, by=admin, at=AT)


def test_one_village_alone_is_not_merged(cam_binh: Place, admin: Official) -> None:
    (east,) = commands.add_villages(cam_binh.pk, names="Đông", by=admin, at=AT).added
    with pytest.raises(Invalid):
        commands.merge_villages([east.pk], name="Hợp Nhất", since=LATER, by=admin, at=AT)


def test_a_commune_is_not_renamed_as_a_village(cam_binh: Place, admin: Official) -> None:
    with pytest.raises(Invalid):
        commands.rename_village(cam_binh.pk, name="Khác", since=LATER, by=admin, at=AT)


@pytest.mark.parametrize("name", ["", "Đông\nTây"])
def test_a_village_has_exactly_one_name(cam_binh: Place, admin: Official, name: str) -> None:
    east, west = commands.add_villages(cam_binh.pk, names="Đông\nTây", by=admin, at=AT).added
    with pytest.raises(Invalid):
        commands.rename_village(east.pk, name=name, since=LATER, by=admin, at=AT)
    with pytest.raises(Invalid):
        commands.merge_villages([east.pk, west.pk], name=name, since=LATER, by=admin, at=AT)


def test_a_name_cannot_begin_before_the_one_it_replaces(cam_binh: Place, admin: Official) -> None:
    (east,) = commands.add_villages(cam_binh.pk, names="Đông", since=LATER, by=admin, at=AT).added
    with pytest.raises(Invalid):
        commands.rename_village(east.pk, name="Tây", since=TODAY, by=admin, at=AT)


def test_a_village_and_a_commune_that_ended_get_no_villages(
    cam_binh: Place, admin: Official
) -> None:
    (east,) = commands.add_villages(cam_binh.pk, names="Đông", by=admin, at=AT).added
    with pytest.raises(Invalid):
        commands.add_villages(east.pk, names="Tây", by=admin, at=AT)
    old = Place.objects.get(code_source="vn-before-2025", code="18751")
    with pytest.raises(NotFound):
        commands.add_villages(old.pk, names="Tây", by=admin, at=AT)


JOINED = "Thôn Hợp Nhất (sáp nhập Đông và thôn Tây)"
COLUMN = "Thôn Hợp Nhất\tĐông, Tây"


@pytest.mark.parametrize("line", [JOINED, COLUMN, "1. Hợp Nhất (hợp nhất từ: Đông; Tây)"])
def test_a_pasted_line_says_which_villages_were_joined(
    cam_binh: Place, admin: Official, line: str
) -> None:
    commands.add_villages(cam_binh.pk, names="Đông\nTây\nNam", by=admin, at=AT)
    made = commands.add_villages(cam_binh.pk, names=line, since=LATER, by=admin, at=AT)
    (new,) = made.added
    assert new.name == "Thôn Hợp Nhất"
    assert _names(cam_binh, LATER) == ["Thôn Hợp Nhất", "Thôn Nam"]
    assert _names(cam_binh) == ["Thôn Đông", "Thôn Nam", "Thôn Tây"]
    rows = Succession.objects.filter(new=new)
    assert {(r.old.name, r.share, r.on) for r in rows} == {
        ("Thôn Đông", "whole", LATER), ("Thôn Tây", "whole", LATER)
    }  # fmt: skip


def test_a_divided_village_points_to_each_of_its_parts(cam_binh: Place, admin: Official) -> None:
    commands.add_villages(cam_binh.pk, names="Đông", by=admin, at=AT)
    text = "Đông 1 (chia từ Đông)\nĐông 2 (chia từ Đông)"
    commands.add_villages(cam_binh.pk, names=text, since=LATER, by=admin, at=AT)
    assert _names(cam_binh, LATER) == ["Thôn Đông 1", "Thôn Đông 2"]
    shares = Succession.objects.filter(old__parent=cam_binh).values_list("share", flat=True)
    assert list(shares) == ["part", "part"]


def test_a_joined_village_may_keep_the_name_of_one_of_them(
    cam_binh: Place, admin: Official
) -> None:
    commands.add_villages(cam_binh.pk, names="Đông\nTây", by=admin, at=AT)
    line = "Thôn Đông (sáp nhập Đông và Tây)"
    made = commands.add_villages(cam_binh.pk, names=line, since=LATER, by=admin, at=AT)
    assert (len(made.added), made.existing) == (1, ())
    assert _names(cam_binh, LATER) == ["Thôn Đông"]


def test_a_list_with_an_unknown_predecessor_or_without_a_day_changes_nothing(
    cam_binh: Place, admin: Official
) -> None:
    commands.add_villages(cam_binh.pk, names="Đông\nTây", by=admin, at=AT)
    for names, since in ((JOINED, None), ("Mới (sáp nhập Đông và Bắc)", LATER)):
        with pytest.raises(Invalid):
            commands.add_villages(cam_binh.pk, names=names, since=since, by=admin, at=AT)
    assert _names(cam_binh, LATER) == ["Thôn Đông", "Thôn Tây"]
