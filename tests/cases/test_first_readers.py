"""What looks like a matter for another procedure is read by few until somebody classifies it."""

from datetime import datetime

import pytest

from doithoai.accounts.actors import Official
from doithoai.cases.commands import intake, placing
from doithoai.cases.commands.petitions import sorting
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.placing import Kind
from doithoai.cases.commands.sealing import first_readers
from doithoai.cases.models import Case
from doithoai.docket import queries
from doithoai.docket.models import Access, Matter, Obligation
from doithoai.docket.telling import debtors, notices
from doithoai.units.models import Body
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


def test_a_petition_sorted_as_a_recommendation_is_opened_likewise(
    doubtful: Case, minh: Official, now: datetime
) -> None:
    sorting.sort(doubtful.pk, Nature("recommendation", "other"), by=minh, at=now)
    for who in ("minh", "chi", "quang"):
        assert _sees(who, doubtful), who


def test_what_is_for_another_procedure_stays_private(
    doubtful: Case, minh: Official, now: datetime
) -> None:
    placing.classify(doubtful.pk, Kind("other", other_procedure="conduct"), by=minh, at=now)
    assert _sees("minh", doubtful)
    assert not _sees("quang", doubtful)


def _taken(text: str, now: datetime) -> Case:
    said = intake.Statement(text=text, channel="counter", occasion="counter")
    return intake.submit(said, to=committee(), by=become("minh"), at=now).case


@pytest.mark.parametrize(
    "text",
    [
        "Tôi tố cáo Chủ tịch xã nhận tiền khi cấp đất",
        "Tố cáo ông Trần Quốc Chi lạm quyền",
        "To cao ong TRAN QUOC CHI tham nhung",
        "Chủ tịch UBND xã nhũng nhiễu người dân",
    ],
)
def test_a_head_whom_the_words_name_does_not_read_them_and_the_head_above_does(
    text: str, now: datetime
) -> None:
    case = _taken(text, now)
    assert [who for who in ("minh", "chi", "tinh") if _sees(who, case)] == ["minh", "tinh"]


def test_a_clerk_whom_the_words_name_does_not_read_them(now: datetime) -> None:
    case = _taken("Tố cáo bà Phan Thị Minh, cán bộ tiếp nhận, nhũng nhiễu", now)
    assert [who for who in ("minh", "chi", "tinh") if _sees(who, case)] == ["chi"]


def test_a_complaint_about_the_chairs_decision_is_for_the_chair(now: datetime) -> None:
    case = _taken("Khiếu nại quyết định thu hồi đất của Chủ tịch UBND xã", now)
    assert _sees("chi", case)


def test_words_that_name_the_highest_head_are_not_opened_to_everybody(now: datetime) -> None:
    province = Body.objects.get(pk=become("tinh").body)
    words = "Tố cáo Chủ tịch UBND tỉnh Đinh Công Tĩnh tham nhũng"
    assert first_readers(province, words, by=become("son"), at=now)


def _mailed(case: Case, now: datetime) -> list[str]:
    owed = Obligation.objects.filter(matter=case.pk, kind="duty", state="open")
    row = owed.exclude(due_on=None)[0]
    return [n.context["title"] for n in notices("reminded", row, debtors(row, now), now)]


def test_a_mail_about_what_few_may_read_does_not_say_its_words(
    doubtful: Case, minh: Official, now: datetime
) -> None:
    assert set(_mailed(doubtful, now)) == {""}
    placing.classify(doubtful.pk, Kind("other"), by=minh, at=now)
    assert Access.objects.filter(matter=doubtful.pk, body__isnull=False).exists()
    assert all("hách sách" in title for title in _mailed(doubtful, now))
