"""What a bench found: figures with their targets, percentiles, and the table that shows them."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path
from statistics import median
from time import perf_counter

UNITS_OF_TIME = 1000.0  # milliseconds in a second


@dataclass(frozen=True)
class Figure:
    """One measured number. ``at_least`` and ``at_most`` are targets; without, it is only told."""

    bench: str
    name: str
    value: float
    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None

    @property
    def met(self) -> bool:
        """Whether every target holds; a figure without one is always met."""
        low = self.at_least is None or self.value >= self.at_least
        return low and (self.at_most is None or self.value <= self.at_most)

    @property
    def target(self) -> str:
        """The target in words, empty when there is none."""
        if self.at_least is not None:
            return f"≥ {shown(self.at_least)}"
        return f"≤ {shown(self.at_most)}" if self.at_most is not None else ""


def shown(value: float) -> str:
    """A number as a person reads it: 12,345 · 27.4 · 0.153."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3g}"


def p95(seconds: Sequence[float]) -> float:
    """The time, in milliseconds, that 95 of 100 did not exceed (nearest rank)."""
    return sorted(seconds)[ceil(0.95 * len(seconds)) - 1] * UNITS_OF_TIME


def middle(values: Sequence[float]) -> float:
    """The median: one disturbed round among several does not move it."""
    return median(values)


def timed(calls: Iterable[Callable[[], object]]) -> list[float]:
    """How long each call took, in seconds."""
    return [_once(call) for call in calls]


def _once(call: Callable[[], object]) -> float:
    began = perf_counter()
    call()
    return perf_counter() - began


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text, those that miss their target marked."""
    rows = [
        (f.bench, f.name, f"{shown(f.value)} {f.unit}".strip(), f.target, _mark(f)) for f in figures
    ]
    head = ("bench", "figure", "measured", "target", "")
    wide = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(r, wide, strict=True)) for r in (head, *rows)]
    return "\n".join(line.rstrip() for line in [lines[0], "-" * len(lines[0]), *lines[1:]])


def _mark(figure: Figure) -> str:
    if not figure.target:
        return ""
    return "ok" if figure.met else "MISSED"


def hand_over(figures: Sequence[Figure]) -> None:
    """Give the figures of one part to the run that started it, as JSON on standard output."""
    sys.stdout.write(json.dumps([asdict(f) for f in figures]) + "\n")


def taken_over(line: str) -> list[Figure]:
    """The figures a part handed over."""
    return [Figure(**each) for each in json.loads(line)]


def write(figures: Sequence[Figure], path: Path) -> None:
    """The figures as JSON for machines. Benches that were not run again keep what they found."""
    anew = {figure.bench for figure in figures}
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    rows = [row for row in kept if row["bench"] not in anew]
    rows += [{**asdict(f), "met": f.met} for f in figures]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
