"""What an official owes: the page Việc cần xử lý, and why each date is what it is."""

from datetime import datetime

import pytest
from django.test import Client

from doithoai.accounts.actors import Citizen, Official
from doithoai.accounts.models import User
from doithoai.cases.commands import intake, placing
from doithoai.cases.models import Case
from doithoai.units.models import Body

pytestmark = pytest.mark.django_db


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(
        User.objects.get(username=username),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


@pytest.fixture
def committee(db: None) -> Body:
    return Body.objects.get(short_name="UBND xã Cẩm Lạc")


@pytest.fixture
def canal(committee: Body, now: datetime) -> Case:
    """A recommendation as it came in on the web."""
    said = intake.Statement(
        text="Hệ thống kênh mương nội đồng vùng Đồng Lều bị bồi lắng, đề nghị nạo vét trước vụ.",
        channel="web",
        occasion="web",
        speaker="Nguyễn Văn An",
        phone="0912345678",
    )
    return intake.submit(said, to=committee, by=Citizen(), at=now).case


def test_what_came_in_is_in_the_clerks_inbox(canal: Case, minh: Official) -> None:
    page = signed_in("minh").get("/desk/", headers={"accept-language": "vi"}).content.decode()
    print(page)
    assert canal.matter.code in page
    assert "Phân loại ý kiến, kiến nghị" in page

def test_case_page(canal: Case, minh: Official, django_assert_max_num_queries) -> None:
    c = signed_in("minh")
    c.get(f"/desk/cases/{canal.matter.code}/")
    with django_assert_max_num_queries(10) as q:
        page = c.get(f"/desk/cases/{canal.matter.code}/").content.decode()
    for x in q.captured_queries: print(x["sql"][:100])
    print(page)
    assert 0
