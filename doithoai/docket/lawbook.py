"""The rulebook and the calendar in force in this installation, put here by ``config`` at the
start.
"""

from collections.abc import Callable
from dataclasses import dataclass

from doithoai.law.calendars import Calendar
from doithoai.law.rulebooks import Rulebook


@dataclass
class _Kept:
    load: Callable[[], tuple[Rulebook, Calendar]] | None = None
    pair: tuple[Rulebook, Calendar] | None = None


_KEPT = _Kept()


def install(load: Callable[[], tuple[Rulebook, Calendar]]) -> None:
    """Say where the law comes from; read on first use."""
    _KEPT.load = load
    _KEPT.pair = None


def _pair() -> tuple[Rulebook, Calendar]:
    if _KEPT.pair is None:
        assert _KEPT.load is not None, "config installs the lawbook"
        _KEPT.pair = _KEPT.load()
    return _KEPT.pair


def rulebook() -> Rulebook:
    """The rules in force, national and local."""
    return _pair()[0]


def calendar() -> Calendar:
    """Working days and days off, with their sources."""
    return _pair()[1]
