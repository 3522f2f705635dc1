"""Bodies without account that an administrator enters; villages renamed, merged, ended by page."""

from datetime import date

from django.utils import timezone

from doithoai.config.demo import commune
from doithoai.core.days import local_day
from doithoai.ledger.models import Entry
from doithoai.units.models import Body, Place, Succession
from doithoai.units.queries import candidates, villages
from tests.units.test_desk import window

TYPED = {
    "name": "Công ty cổ phần Xây dựng Mẫu",
    "short_name": "Công ty Xây dựng Mẫu",
    "aliases": "Cty XD Mẫu\nNhà thầu Mẫu",
    "kind": "enterprise",
    "level": "commune",
    "place": "Xã Cẩm Lạc, Hà Tĩnh",
    "address": "Số 1, đường Mẫu",
    "phone": "0239000111",
    "email": "",
}


def kind() -> str:
    return Body.objects.get(short_name="Công ty Điện lực Hà Tĩnh").kind


def entered() -> Body:
    answer = window("admin").post("/desk/units/bodies/new", TYPED | {"kind": kind()})
    assert answer.status_code == 302, answer.content.decode()
    return Body.objects.get(short_name="Công ty Xây dựng Mẫu")


def test_a_body_without_account_is_entered_and_found_by_a_clerks_list(db: None) -> None:
    body = entered()
    assert (body.has_account, body.place) == (False, commune())
    assert Entry.objects.get(kind="units.body_entered").data == {"body": str(body.pk)}
    known = [k for k in candidates(commune(), today=local_day(timezone.now())) if k.id == body.pk]
    assert "Cty XD Mẫu" in known[0].aliases


def test_the_same_body_twice_and_a_place_nobody_knows_are_refused(db: None) -> None:
    entered()
    admin = window("admin")
    assert admin.post("/desk/units/bodies/new", TYPED | {"kind": kind()}).status_code == 200
    odd = TYPED | {"kind": kind(), "short_name": "Khác", "place": "Xã Không Có"}
    assert "Xã Không Có" in admin.post("/desk/units/bodies/new", odd).content.decode()
    assert Entry.objects.filter(kind="units.body_entered").count() == 1


def test_it_is_corrected_and_ended(db: None) -> None:
    body = entered()
    admin = window("admin")
    changed = TYPED | {"kind": kind(), "short_name": "Cty Mẫu", "name": "Công ty Mẫu"}
    assert admin.post(f"/desk/units/bodies/{body.pk}", changed).status_code == 302
    body.refresh_from_db()
    assert body.short_name == "Cty Mẫu"
    later = {"since": "2027-06-01"}
    assert admin.post(f"/desk/units/bodies/{body.pk}/end", later).status_code == 302
    assert not Body.objects.in_force(date(2027, 6, 1)).filter(pk=body.pk).exists()
    assert Body.objects.in_force(date(2027, 5, 31)).filter(pk=body.pk).exists()
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"units.body_corrected", "units.body_ended"} <= kinds


def test_a_body_of_the_list_of_units_is_not_ended_here(db: None) -> None:
    body = Body.objects.get(short_name="UBND xã Cẩm Lạc")
    answer = window("admin").post(f"/desk/units/bodies/{body.pk}/end", {"since": "2027-06-01"})
    assert answer.status_code == 200
    assert Body.objects.in_force(date(2027, 6, 1)).filter(pk=body.pk).exists()


def test_a_village_is_renamed_by_its_page(db: None) -> None:
    village = Place.objects.get(name="Thôn Lạc Thọ", parent=commune())
    typed = {"name": "Thôn Lạc Thọ Mới", "since": "2027-01-01"}
    assert window("admin").post(f"/desk/units/village/{village.pk}", typed).status_code == 302
    village.refresh_from_db()
    assert village.name == "Thôn Lạc Thọ Mới"
    assert Entry.objects.filter(kind="units.village_renamed").exists()


def test_villages_are_merged_by_their_page(db: None) -> None:
    here = commune()
    old = villages(here, today=local_day(timezone.now()))[:2]
    typed = {
        "villages": [str(v.pk) for v in old],
        "name": "Thôn Hợp Nhất",
        "since": "2027-01-01",
        "document": "NQ 12/NQ-HĐND",
    }
    answer = window("admin").post(f"/desk/units/villages/{here.pk}/merge", typed)
    assert answer.status_code == 302, answer.content.decode()
    assert Succession.objects.filter(new__name="Thôn Hợp Nhất").count() == 2


def test_a_village_ends_by_its_page(db: None) -> None:
    here = commune()
    village = Place.objects.get(name="Thôn Lạc Thọ", parent=here)
    typed = {"since": "2027-01-01", "document": "NQ 12/NQ-HĐND"}
    assert window("admin").post(f"/desk/units/village/{village.pk}/end", typed).status_code == 302
    assert village not in villages(here, today=date(2027, 1, 1))
    assert Entry.objects.filter(kind="units.village_ended").exists()


def test_nobody_else_opens_these_pages(db: None) -> None:
    here = commune()
    village = Place.objects.get(name="Thôn Lạc Thọ", parent=here)
    for page in (
        "bodies/new",
        f"village/{village.pk}",
        f"village/{village.pk}/end",
        f"villages/{here.pk}/merge",
    ):
        assert window("chi").get(f"/desk/units/{page}").status_code == 403
        assert window("admin").get(f"/desk/units/{page}").status_code == 200
