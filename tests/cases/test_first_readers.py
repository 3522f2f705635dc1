"""What looks like a matter for another procedure is read by few until somebody classifies it."""

from datetime import datetime

import pytest

from doithoai.accounts.actors import Official
from doithoai.cases.commands import intake, placing
from doithoai.cases.commands.placing import Kind
from doithoai.cases.models import Case
from doithoai.docket import queries
from doithoai.docket.models import Matter
from tests.cases.reaching import committee
from tests.conftest import become

pytestmark = pytest.mark.django_db
CONDUCT = "Thái độ của cán bộ bộ phận một cửa hách sách, đề nghị chấn chỉnh."


@pytest.fixture
def doubtful(minh: Official, now: datetime) -> Case:
    """Words about an official's conduct, from a clerk's sheet."""
    said = intake.Statement(text=CONDUCT, channel="import", occasion="dialogue")
    return intake.submit(said, to=committee(), by=minh, at=now, slip=False).case


def _sees(who: str, case: Case) -> bool:
    return Matter.objects.visible_to(become(who)).filter(pk=case.pk).exists()


def test_clerks_of_the_receiving_office_and_the_head_read_it(doubtful: Case) -> None:
    assert _sees("minh", doubtful)
    assert _sees("chi", doubtful)


@pytest.mark.parametrize("who", ["hoa", "kien", "quang", "nong", "tinh"])
def test_nobody_else_reads_or_finds_it(who: str, doubtful: Case) -> None:
    assert not _sees(who, doubtful)
    assert queries.search(become(who), "hách sách") == ()


def test_an_ordinary_recommendation_is_opened_again(
    doubtful: Case, minh: Official, now: datetime
) -> None:
    placing.classify(doubtful.pk, Kind("other"), by=minh, at=now)
    for who in ("minh", "chi", "quang"):
        assert _sees(who, doubtful), who
    assert [h.matter.pk for h in queries.search(become("quang"), "hách sách")] == [doubtful.pk]


def test_what_is_for_another_procedure_stays_private(
    doubtful: Case, minh: Official, now: datetime
) -> None:
    placing.classify(doubtful.pk, Kind("other", other_procedure="conduct"), by=minh, at=now)
    assert _sees("minh", doubtful)
    assert not _sees("quang", doubtful)
