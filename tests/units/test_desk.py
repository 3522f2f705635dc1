"""Administrators' pages: competence, villages, addresses. Nobody else gets in."""

from datetime import date

import pytest
from django.test import Client

from doithoai.accounts.models import User
from doithoai.config.demo import commune
from doithoai.units.models import Body, CompetenceRule
from doithoai.units.queries import competent

BACKEND = "django.contrib.auth.backends.ModelBackend"


def window(username: str) -> Client:
    """A browser in which this official is signed in."""
    client = Client(headers={"accept-language": "vi"})
    client.force_login(User.objects.get(username=username), BACKEND)
    return client


@pytest.mark.parametrize("address", ["", "villages/", "bodies/?q=dien luc"])
def test_only_the_administrator_opens_the_pages(db: None, address: str) -> None:
    assert window("admin").get(f"/desk/units/{address}").status_code == 200
    assert window("chi").get(f"/desk/units/{address}").status_code == 403
    assert Client().get(f"/desk/units/{address}").status_code == 302


def test_a_changed_competence_holds_from_its_day_and_says_why(db: None) -> None:
    page = "/desk/units/competence/commune/recommendation/irrigation"
    why = "xã trực tiếp quản lý kênh"
    typed = {"office": "committee", "explanation": why, "since": "2026-09-01"}
    assert window("admin").post(page, typed).status_code == 302
    here = commune()
    found = competent("irrigation", kind="recommendation", commune=here, today=date(2026, 9, 2))
    before = competent("irrigation", kind="recommendation", commune=here, today=date(2026, 8, 1))
    assert found is not None
    assert before is not None
    assert found.body == Body.objects.get(short_name="UBND xã Cẩm Lạc")
    assert why in found.why
    assert before.body != found.body


def test_a_day_before_the_rule_in_force_is_said_on_the_form(db: None) -> None:
    page = "/desk/units/competence/commune/recommendation/irrigation"
    before = CompetenceRule.objects.count()
    answer = window("admin").post(
        page, {"office": "committee", "explanation": "giữ lại", "since": "1999-01-01"}
    )
    assert answer.status_code == 200
    assert "giữ lại" in answer.content.decode()
    assert CompetenceRule.objects.count() == before


def test_villages_are_pasted_as_a_list(db: None) -> None:
    here = commune()
    client = window("admin")
    found = client.get("/desk/units/villages/?q=cam lac").content.decode()
    assert str(here.pk) in found
    answer = client.post(f"/desk/units/villages/{here.pk}", {"names": "Thôn Mới\nThôn Lạc Thọ"})
    text = answer.content.decode()
    assert "Đã thêm 1; 1 đã có từ trước" in text
    assert "Thôn Mới" in text


def test_the_address_of_a_body_without_account_is_kept(db: None) -> None:
    body = Body.objects.get(short_name="Công ty Điện lực Hà Tĩnh")
    typed = {"address": "Số 1, đường Mẫu", "phone": "0239000999", "email": "dienluc@example.vn"}
    assert window("admin").post(f"/desk/units/bodies/{body.pk}", typed).status_code == 302
    body.refresh_from_db()
    assert (body.address, body.phone) == ("Số 1, đường Mẫu", "0239000999")
