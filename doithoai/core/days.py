"""Local days. A day is where people live, not where the server's clock stands."""

from datetime import date, datetime

from django.utils import timezone


def local_day(at: datetime) -> date:
    """The day on the wall of the people served (setting TIME_ZONE) at this moment."""
    return timezone.localtime(at).date()
