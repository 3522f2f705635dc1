"""Who settles a complaint or a denunciation follows from kind, instance and level, not a tick."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from doithoai.cases import policies, settlers, workflow
from doithoai.cases.commands.petitions import deciding, sorting
from doithoai.cases.commands.petitions.deciding import Acceptance
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.forms.fields import Given
from doithoai.cases.forms.sending_on import Advising, Transferring
from doithoai.cases.models import Case
from doithoai.cases.queries import competence
from doithoai.cases.settlers import About
from doithoai.core.days import local_day
from doithoai.core.errors import Denied
from doithoai.units.models import Body
from tests.cases.reaching import committee, culture, department
from tests.cases.test_desk import address, signed_in
from tests.conftest import become
from tests.journeys.test_petitions import registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    return timezone.now() - timedelta(days=6)


def province() -> Body:
    return Body.objects.get(short_name="UBND tỉnh Hà Tĩnh")


def complaint(at: datetime, instance: str, *about: Body, competence: str = "own") -> Case:
    """A complaint at the commune, its conditions met, competence as the clerk ticked it."""
    case = registered(at).taken.case.pk
    nature = Nature("complaint", "land", instance=instance, competence=competence,
                    respondents=tuple(body.pk for body in about))  # fmt: skip
    sorting.sort(case, nature, by=become("minh"), at=at + timedelta(minutes=1))
    deciding.examine(case, by=become("minh"), at=at + timedelta(minutes=2))
    return read(case)


def read(case: UUID) -> Case:
    rows = Case.objects.select_related("matter", "receiving_body__place", "handling_body")
    return rows.get(pk=case)


def refused(case: Case, at: datetime) -> str:
    with pytest.raises(Denied) as refusal:
        deciding.admit(
            case.pk, Acceptance(local_day(at)), by=become("minh"), at=at + timedelta(hours=1)
        )
    return refusal.value.message


def test_a_commune_never_accepts_a_second_complaint_whatever_was_ticked(at: datetime) -> None:
    case = complaint(at, "second")
    said = refused(case, at)
    assert "Điều 21" in said
    assert "chuyển đơn" in said
    assert policies.RIGHTS[workflow.TRANSFER](become("minh"), case), "so it can go on"


def test_the_second_complaint_about_a_commune_is_for_the_province(at: datetime) -> None:
    case = complaint(at, "second", committee())
    assert province().short_name in refused(case, at)
    found = competence.elsewhere(case, today=local_day(at))
    assert found is not None
    assert found.body == province()
    assert "Điều 21" in found.why


def test_the_first_complaint_about_an_office_of_the_commune_is_the_communes(at: datetime) -> None:
    case = complaint(at, "first", culture())
    deciding.admit(
        case.pk, Acceptance(local_day(at)), by=become("minh"), at=at + timedelta(hours=1)
    )


def test_a_complaint_about_another_body_is_for_that_body(at: datetime) -> None:
    case = complaint(at, "first", department())
    assert department().short_name in refused(case, at)
    assert competence.elsewhere(case, today=local_day(at)).body == department()  # type: ignore[union-attr]  # named


@pytest.mark.parametrize(
    ("instance", "about", "settles"),
    [
        ("first", committee, committee), ("second", committee, province),
        ("first", culture, committee), ("second", culture, province),
        ("first", department, department), ("second", department, province),
        ("disciplinary", department, department), ("second", province, None),
    ],
)  # fmt: skip
def test_a_complaint_goes_first_to_whose_decision_it_is_then_one_level_up(
    instance: str, about: object, settles: object
) -> None:
    assert callable(about)
    found = settlers.settler(About("complaint", instance, (about(),)))
    assert found == (settles() if callable(settles) else None)


def test_a_denunciation_of_the_communes_own_head_is_not_the_communes() -> None:
    about = About("denunciation", bodies=(committee(),), out=frozenset({committee().pk}))
    assert settlers.settler(about) == province()
    assert not settlers.may_settle(about, committee())
    assert settlers.may_settle(about, province())


def test_a_denunciation_of_people_in_an_office_is_settled_by_the_committee() -> None:
    about = About("denunciation", bodies=(culture(),), out=frozenset({culture().pk}))
    assert settlers.may_settle(about, committee())
    assert settlers.may_settle(about, province()), "whom a relation raised it to"
    assert not settlers.may_settle(about, department())


@pytest.mark.parametrize("form", [Advising, Transferring])
def test_the_sender_is_neither_proposed_nor_among_the_choices(
    at: datetime, form: type[Advising] | type[Transferring]
) -> None:
    minh = become("minh")
    for case in (complaint(at, "first", competence="other"), complaint(at, "first", committee())):
        filled = form()
        filled.prepare(Given(case, minh, local_day(at)))
        assert "to" not in filled.initial
        assert "Khác" not in str(filled.initial)
        choices = {str(value) for value, _name in filled.fields["to"].choices}  # type: ignore[attr-defined]  # a ChoiceField
        assert str(committee().pk) not in choices


def test_the_page_derives_competence_and_refuses_a_tick_against_the_law(at: datetime) -> None:
    case, client = read(registered(at).taken.case.pk), signed_in("minh")
    given = {"kind": "complaint", "field": "land", "instance": "second",
             "respondents": [str(committee().pk)]}  # fmt: skip
    said = client.post(address(case, "sort"), {**given, "competence": "own"}).content.decode()
    assert province().short_name in said
    assert "Điều 21" in said
    assert client.post(address(case, "sort"), given).status_code == 302
    assert read(case.pk).competence == "other"


def test_the_page_asks_whose_decision_is_complained_of(at: datetime) -> None:
    case, client = read(registered(at).taken.case.pk), signed_in("minh")
    given = {"kind": "complaint", "field": "land", "instance": "first"}
    assert client.post(address(case, "sort"), given).status_code == 200
    given["competence"] = "other"
    assert client.post(address(case, "sort"), given).status_code == 302
