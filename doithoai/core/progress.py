"""How far a long command is: one line on standard error, when a person watches a terminal.

Written over itself and wiped at the end, so that output, logs and pipes never see it.
"""

import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final, TextIO, TypeVar

T = TypeVar("T")
WIDTH: Final = 24  # characters of a full bar
OFTEN: Final = 0.2  # seconds between two drawings
WIPE: Final = "\r\x1b[K"  # to the line's begin, and clear it (ECMA-48, EL)


def followed(things: Collection[T], label: str, *, on: TextIO | None = None) -> Iterator[T]:
    """Each of the things in order; a bar shows how many are behind us."""
    out = on or sys.stderr
    if not out.isatty() or not things:
        yield from things
        return
    drawn = 0.0
    try:
        for number, thing in enumerate(things):
            if time.monotonic() - drawn >= OFTEN:
                drawn = time.monotonic()
                _draw(out, f"{label} {_bar(number / len(things))} {number}/{len(things)}")
            yield thing
    finally:
        _draw(out, "")


@contextmanager
def during(label: str, *, on: TextIO | None = None) -> Iterator[None]:
    """For work whose length nobody knows beforehand: the seconds it has taken so far."""
    out = on or sys.stderr
    if not out.isatty():
        yield
        return
    ended = Event()
    clock = Thread(target=_count, args=(out, label, ended), daemon=True)
    clock.start()
    try:
        yield
    finally:
        ended.set()
        clock.join()
        _draw(out, "")


def _count(out: TextIO, label: str, ended: Event) -> None:
    began = time.monotonic()
    while not ended.is_set():
        _draw(out, f"{label} … {time.monotonic() - began:.0f} s")
        ended.wait(1)


def _bar(share: float) -> str:
    full = int(share * WIDTH)
    return f"[{'#' * full}{'.' * (WIDTH - full)}]"


def _draw(out: TextIO, text: str) -> None:
    out.write(WIPE + text)
    out.flush()
