"""The head's report asks the database as often for a thousand petitions as for one."""

from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from doithoai.accounts.actors import Official
from tests.reports.test_head_petitions import OWN, WISH, registered, report_of


def _asked(now: datetime) -> int:
    with CaptureQueriesContext(connection) as caught:
        report_of("chi", now)
    return len(caught)


def test_more_petitions_cost_no_more_queries(minh: Official, chi: Official, now: datetime) -> None:
    registered(now - timedelta(hours=2), "Khiếu nại thu hồi đất", nature=OWN)
    one = _asked(now)
    registered(now - timedelta(hours=1), "Đề nghị nạo vét kênh", nature=WISH)
    registered(now - timedelta(minutes=9), "Bảo vệ mùa màng")
    assert _asked(now) == one <= 70
