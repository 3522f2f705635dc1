"""Local days. A day is where people live, not where the server's clock stands."""

import re
from datetime import date, datetime, time
from typing import Final

from django.utils import timezone

# Nobody's deadline or report lies outside; beyond them Python's calendar ends and counting fails.
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2199, 12, 31)
_WRITTEN: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


def local_day(at: datetime) -> date:
    """The day on the wall of the people served (setting TIME_ZONE) at this moment."""
    return timezone.localtime(at).date()


def coarse(at: datetime) -> datetime:
    """The local day of a moment and nothing finer: its midnight, where people live."""
    return timezone.make_aware(datetime.combine(local_day(at), time()))


def sensible(day: date) -> date:
    """The day itself, or the nearest one that can be counted with (``EARLIEST`` to ``LATEST``)."""
    return min(max(day, EARLIEST), LATEST)


def day_written(text: str) -> date | None:
    """A day as an address or a person writes it, 2026-11-22 or 22/11/2026, moved to the nearest
    sensible one; None for anything else.
    """
    written = _WRITTEN.fullmatch(text.strip())
    iso = "{2}-{1:0>2}-{0:0>2}".format(*written.groups()) if written else text.strip()
    try:
        return sensible(date.fromisoformat(iso))
    except ValueError:
        return None
