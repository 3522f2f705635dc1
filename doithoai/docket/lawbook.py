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


def basis_said(basis: str, language: str) -> str:
    """A stored basis in the reader's language: an act's name stays, a sentence is said in it."""
    if language.startswith("vi"):
        return basis
    known = rulebook().rules
    return next((r.basis_en for r in known if r.basis == basis and r.basis_en), basis)
