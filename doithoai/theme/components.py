"""The values that the components of a page are given: plain facts, never markup."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """One entry of a page's navigation; ``key`` is the letter that opens it."""

    url: str
    label: str
    current: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab, a page of its own; ``count`` follows the label, ``late`` marks it as overdue."""

    url: str
    label: str
    current: bool = False
    count: int | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: what, how much, the address of its rows, and a note such as a share."""

    label: str
    value: int | Decimal
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a timeline. ``words`` are somebody's own words and are shown as a quotation."""

    at: datetime
    text: str
    actor: str = ""
    words: str = ""
    detail: str = ""
    url: str = ""
    minor: bool = False


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar with its width, in hundredths of the widest one."""

    bar: Bar
    width: str


def draw(bars: Iterable[Bar]) -> tuple[DrawnBar, ...]:
    """Scale bars to the largest; a figure above nothing keeps a sliver that can be seen."""
    rows = tuple(bars)
    largest = max((row.value for row in rows), default=0)
    return tuple(DrawnBar(bar=row, width=_width(row.value, largest)) for row in rows)


def _width(value: int | Decimal, largest: int | Decimal) -> str:
    if value <= 0 or largest <= 0:
        return "0"
    share = Decimal(value) * 100 / Decimal(largest)
    return f"{max(share, Decimal(1)):.1f}"
