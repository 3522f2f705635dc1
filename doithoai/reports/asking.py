"""What a reader asks of a head's report, as a query string says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from doithoai.core.days import day_written
from doithoai.reports import periods
from doithoai.reports.periods import Period


@dataclass(frozen=True)
class Asked:
    """Whose report (None: the nearest body's), and the period around which day."""

    body: UUID | None
    period: Period
    day: date

    @classmethod
    def from_query(cls, given: Mapping[str, str], *, today: date) -> "Asked":
        """Read a query string; what is not understood asks for this month and one's own body."""
        day = day_written(given.get("day", "")) or today
        return cls(_id(given.get("body", "")), periods.named(given.get("period", "")), day)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
