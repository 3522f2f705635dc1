"""A matter's timeline told in few words: what happened on which local day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from doithoai.law import calendars, rulebooks
from doithoai.law.calendars import Calendar
from doithoai.law.derivation import Owed, derive
from doithoai.law.rulebooks import Rulebook
from doithoai.law.rules import Facts
from doithoai.law.timeline import Happening
from doithoai.law.vocabulary import Vocabulary
from tests.law.words import VOCABULARY

VIET_NAM = calendars.load()
HA_TINH = rulebooks.load([rulebooks.NATIONAL, rulebooks.province("ha-tinh")], VOCABULARY)
RECEIVED = date(2026, 7, 15)

Step = tuple[str, str, Facts]


def timeline(steps: Sequence[Step], calendar: Calendar = VIET_NAM) -> list[Happening]:
    """Steps as (local day or moment in ISO, event, facts); ids count up from 1."""
    return [
        Happening(UUID(int=number), event, _moment(at, calendar), facts)
        for number, (at, event, facts) in enumerate(steps, start=1)
    ]


def owed(steps: Sequence[Step], procedure: str = "recommendation") -> dict[str, Owed]:
    """What the law of Hà Tĩnh makes of it, the last of each rule by its id without `vn.`."""
    found = derive(timeline(steps), HA_TINH, VIET_NAM, procedure=procedure, received=RECEIVED)
    return {one.rule.removeprefix("vn."): one for one in found}


def clocks(steps: Sequence[Step], procedure: str = "recommendation") -> set[str]:
    """The rules whose duty, window or effect is open or paused."""
    return {
        name
        for name, one in owed(steps, procedure).items()
        if one.state in {"open", "paused"} and one.kind in {"duty", "window", "effect"}
    }


def book(folder: Path, *rules: str, vocabulary: Vocabulary | None = None) -> Rulebook:
    """A rulebook of these `[[rule]]` bodies."""
    path = folder / "rules.toml"
    path.write_text("\n".join(f"[[rule]]\n{rule}" for rule in rules), encoding="utf-8")
    return rulebooks.load([path], vocabulary or SMALL)


def derived(
    rulebook: Rulebook, steps: Sequence[Step], received: date = RECEIVED, procedure: str = "matter"
) -> tuple[Owed, ...]:
    return derive(timeline(steps), rulebook, VIET_NAM, procedure=procedure, received=received)


def _moment(at: str, calendar: Calendar) -> datetime:
    moment = datetime.fromisoformat(at if "T" in at else f"{at}T09:00")
    return moment.replace(tzinfo=calendar.zone)


SMALL = Vocabulary(
    {
        "asked": {"request": "uuid", "remote": "bool", "level": "choice:low|high", "day": "date"},
        "again": {"day": "date"},
        "answered": {"request": "uuid", "outcome": "choice:done|partly"},
        "stopped": {},
        "resumed": {},
        "longer": {
            "rule": "text",
            "days": "int",
            "until": "date",
            "reason": "choice:complex|other",
        },
        "dropped": {},
        "lapsed": {},
    },
    frozenset({"body", "person"}),
)

DUTY = """id = "t.answer"
kind = "duty"
opens_on = "asked"
owed_by = { role = "body" }
within = { days = 10, count = "working" }
discharged = "answered"
closed_by = "dropped"
duty = { vi = "Trả lời", en = "Answer" }
basis = "Luật thử nghiệm, Điều 1"
certainty = "A"
"""


def duty(**changes: str) -> str:
    """The duty above with some lines replaced, added, or (for an empty text) left out."""
    lines = dict(line.split(" = ", 1) for line in DUTY.strip().splitlines())
    lines |= changes
    return "\n".join(f"{name} = {value}" for name, value in lines.items() if value)
