"""No figure without its rows: every number opens exactly as many cases as it says, for each reader."""

from datetime import datetime

import pytest

from doithoai.accounts.actors import Official
from doithoai.cases.queries.selection import select
from doithoai.core.days import local_day
from doithoai.core.errors import NotFound
from doithoai.reports.queries import dialogue as reading
from doithoai.reports.queries.counting import Figure
from doithoai.reports.queries.dialogue import Report
from tests.reports.story import Story


def every_figure(report: Report) -> list[Figure]:
    """All figures of a report: its sections, its tables and their totals."""
    found = [figure for section in report.sections for _measure, figure in section.figures]
    found += [f for table in report.tables for row in table.rows for f in row.figures]
    return [*found, *report.total.figures]


@pytest.mark.parametrize("name", ["minh", "chi", "quang", "thanh"])
def test_every_figure_is_the_number_of_its_rows(
    told: Story, readers: dict[str, Official], now: datetime, name: str
) -> None:
    reader = readers[name]
    report = reading.report(told.dialogue.matter.code, reader, at=now)
    figures = every_figure(report)
    assert len(figures) > 100
    for figure in figures:
        rows = select(reader, figure.selection, today=local_day(now)).count()
        assert figure.count == rows, figure
