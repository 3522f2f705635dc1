"""A petition another body took over counts once for each of them, on the day each received it."""

from datetime import date

import pytest

from doithoai.law.periods import Span
from doithoai.reports.queries.head_rows import Scope, petitions_of
from doithoai.units.models import Body
from tests.cases.reaching import committee, department
from tests.cases.test_taken_over import taken_over
from tests.conftest import become

pytestmark = pytest.mark.django_db

JUNE = Span(date(2026, 6, 1), date(2026, 6, 30))
JULY = Span(date(2026, 7, 1), date(2026, 7, 31))


def counted(name: str, body: Body, span: Span) -> list[str]:
    scope = Scope(become(name), body, span, date(2026, 8, 1))
    return [line.code for line in petitions_of(("complaint",))(scope)]


def test_the_sender_counts_it_when_it_came_in_and_the_taker_when_it_took_it() -> None:
    code = taken_over().matter.code
    assert counted("minh", committee(), JUNE) == [code]
    assert counted("minh", committee(), JULY) == []
    assert counted("nong", department(), JUNE) == [], "June, once reported, does not change"
    assert counted("nong", department(), JULY) == [code]
