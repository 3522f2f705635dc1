"""What happened to a matter, as the law sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from doithoai.law.rules import Facts


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of a timeline. `at` is aware; dates and ids among the facts are ISO texts.

    Raises ValueError when `at` has no time zone: a local day could not be told.
    """

    id: UUID
    event: str
    at: datetime
    facts: Facts

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a happening needs a moment with a time zone")
