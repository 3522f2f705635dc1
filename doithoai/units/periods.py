"""Ranges of days as the database keeps them: the first day included, the last one not."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

__all__ = ["DateRange", "between", "is_open", "opened", "shown"]


def opened(day: date | None) -> DateRange:
    """From this day on; from the beginning when None."""
    return DateRange(day, None)


def between(first: date | None, end: date | None) -> DateRange:
    """From ``first`` to the day before ``end``; None is without bound."""
    return DateRange(first, end)


def is_open(valid: DateRange) -> bool:
    """Whether the range has no last day."""
    return valid.upper is None


def shown(day: date) -> str:
    """A day as people write it: 1/7/2025."""
    return f"{day.day}/{day.month}/{day.year}"
