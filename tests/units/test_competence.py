"""Who is competent can be changed from a day on; what was said before that day stays."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from doithoai.accounts.actors import Official
from doithoai.core.countries import Country
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.ledger.models import Entry
from doithoai.units import commands, loading, queries
from doithoai.units.commands import Contact, Settler
from doithoai.units.models import Body, CompetenceRule, Field, Place
from doithoai.units.periods import opened
from tests.units.conftest import AT, TODAY

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def _body(place: Place, today: date) -> str:
    found = queries.competent("irrigation", kind="recommendation", commune=place, today=today)
    assert found is not None
    return found.body.code


def _set(settler: Settler, by: Official, field: str = "irrigation") -> CompetenceRule:
    return commands.set_competence(
        field, petition_kind="recommendation", level="commune", settler=settler, by=by, at=AT
    )


def test_another_body_is_competent_from_its_day_on(cam_lac: Place, admin: Official) -> None:
    company = Body.objects.get(code="42.irrigation_company_south")
    rule = _set(Settler(body=company.pk, since=TOMORROW), admin)
    assert _body(cam_lac, TODAY) == "18748.economy"
    assert _body(cam_lac, TOMORROW) == "42.irrigation_company_south"
    entry = Entry.objects.get(kind="units.competence_changed", data__rule=str(rule.pk))
    assert entry.data["since"] == TOMORROW.isoformat()


def test_the_administrators_own_reason_is_given(cam_lac: Place, admin: Official) -> None:
    _set(Settler(office="committee", explanation="Chủ tịch xã trực tiếp chỉ đạo."), admin)
    with translation.override("vi"):
        found = queries.competent("irrigation", kind="recommendation", commune=cam_lac, today=TODAY)
    assert found is not None
    assert found.why == "Chuyển UBND xã Cẩm Lạc vì Chủ tịch xã trực tiếp chỉ đạo."


def test_a_second_change_on_one_day_replaces_the_first(cam_lac: Place, admin: Official) -> None:
    _set(Settler(office="committee"), admin)
    _set(Settler(office="committee_office"), admin)
    assert _body(cam_lac, TODAY) == "18748.committee_office"


def test_a_change_before_the_rule_in_force_began_is_refused(admin: Official) -> None:
    _set(Settler(office="committee", since=TOMORROW), admin)
    with pytest.raises(Invalid):
        _set(Settler(office="committee_office", since=TODAY), admin)


def test_loading_again_leaves_what_the_administrator_changed(
    cam_lac: Place, admin: Official, vietnam: Country
) -> None:
    _set(Settler(office="committee"), admin)
    loading.load(vietnam, province="Hà Tĩnh", by=admin, at=AT)
    assert _body(cam_lac, TODAY) == "18748.committee"


def test_the_database_refuses_two_rules_for_one_key_on_one_day(cam_lac: Place) -> None:
    field = Field.objects.get(code="irrigation")
    with pytest.raises(IntegrityError, match="one_a_day"), transaction.atomic():
        CompetenceRule.objects.create(
            field=field,
            petition_kind="recommendation",
            level="commune",
            office="committee",
            valid=opened(TODAY),
        )


@pytest.mark.parametrize(
    "settler", [Settler(), Settler(office="no_such_office"), Settler(body=Field().pk)]
)
def test_nobody_and_an_unknown_body_are_refused(admin: Official, settler: Settler) -> None:
    with pytest.raises(Invalid):
        _set(settler, admin)


def test_an_unknown_field_is_not_found(admin: Official) -> None:
    with pytest.raises(NotFound):
        _set(Settler(office="committee"), admin, field="football")


def test_a_clerk_may_not_change_competence(minh: Official) -> None:
    with pytest.raises(Denied, match=r"\w"):
        _set(Settler(office="committee"), minh)


def test_the_address_of_a_body_without_an_account_is_kept(admin: Official) -> None:
    company = Body.objects.get(code="42.power_company")
    commands.set_contact(company.pk, contact=Contact(address=" Số 1  đường Mẫu "), by=admin, at=AT)
    company.refresh_from_db()
    assert company.address == "Số 1 đường Mẫu"
    assert Entry.objects.filter(kind="units.contact_changed", body=company.pk).exists()


def test_an_unknown_body_has_no_address(admin: Official) -> None:
    with pytest.raises(NotFound):
        commands.set_contact(Field().pk, contact=Contact(), by=admin, at=AT)


def test_an_unknown_kind_of_petition_is_refused(admin: Official) -> None:
    with pytest.raises(Invalid):
        commands.set_competence(
            "land", petition_kind="song", level="commune",
            settler=Settler(office="committee"), by=admin, at=AT,
        )  # fmt: skip


def test_without_any_rule_nobody_is_competent(cam_lac: Place) -> None:
    assert queries.competent("land", kind="song", commune=cam_lac, today=TODAY) is None
