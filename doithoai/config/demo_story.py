"""What has happened in the demo's commune by the time a visitor arrives."""

from datetime import datetime


def tell(now: datetime) -> None:
    """Plan, hold and follow one dialogue."""
    del now
