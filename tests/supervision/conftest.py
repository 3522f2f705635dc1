"""The dialogue these pages watch over."""

from tests.reports.conftest import said

__all__ = ["said"]
