"""Whoever was received and is erased is known no more; the line of the register stays."""

from datetime import date

import pytest
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.cases.commands.erasing import Ground, erase
from doithoai.reception.commands import raising
from doithoai.reception.commands.people import Who
from doithoai.reception.commands.raising import Brought
from doithoai.reception.models import Person, Visit
from tests.cases.tracing import traces_of
from tests.reception.receiving import received

pytestmark = pytest.mark.django_db
GROUND = Ground("Yêu cầu xóa", "Luật 91/2025/QH15", "1/ĐN", date(2026, 11, 20), despite_duty=True)
QUE = Who(name="Trịnh Thị Diệu Quế", phone="0912345678", address="nhà 17 ngõ Vườn Trám")
TRACES = (QUE.name, "trinh thi dieu que", "912345678", "Vườn Trám", "vuon tram")


def raised(minh: Official, text: str = "Kênh bị bồi lắng") -> tuple[Visit, raising.Taken]:
    """She comes, and raises a matter."""
    visit = received(minh, QUE)
    said = Brought(f"Tôi là {QUE.name}. {text}.")
    taken = raising.raise_matter(visit.pk, said, by=minh, at=timezone.now())
    return visit, taken


def test_nothing_of_the_reception_names_her_and_the_line_stays(
    minh: Official, chi: Official
) -> None:
    visit, taken = raised(minh)
    assert {"reception_person", "reception_visit", "cases_submission"} <= traces_of(*TRACES)
    erase(taken.submission.pk, GROUND, by=chi, at=timezone.now())
    assert traces_of(*TRACES) == set()
    line = Visit.objects.get(pk=visit.pk)
    assert (line.number, line.person) == (visit.number, None)


def test_who_came_for_something_else_too_is_still_known(minh: Official, chi: Official) -> None:
    _visit, taken = raised(minh)
    other, _taken = raised(minh, "Đèn đường hỏng")
    erase(taken.submission.pk, GROUND, by=chi, at=timezone.now())
    assert Person.objects.filter(name=QUE.name).exists()
    assert Visit.objects.get(pk=other.pk).person is not None
