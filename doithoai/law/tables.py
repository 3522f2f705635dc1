"""Typed reading of what a TOML or JSON document holds: each value is asked for by name and kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

Fact = str | int | bool


class WrongValue(ValueError):
    """A value that is missing, of the wrong kind, or not expected at all."""


def as_table(value: object, place: str) -> Table:
    """Take `value` as a table. Raises WrongValue when it is not one."""
    if not isinstance(value, dict):
        raise WrongValue(f"{place} must be a table")
    return Table({str(name): item for name, item in value.items()}, place)


@dataclass(frozen=True, slots=True)
class Table:
    """Named values; every reader raises WrongValue with the name of the field in its message."""

    values: Mapping[str, object]
    place: str = "the document"

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def only(self, names: Collection[str]) -> None:
        """Refuse fields that nobody reads: a misspelt field would silently change the law."""
        unknown = sorted(set(self.values) - set(names))
        if unknown:
            raise WrongValue(f"{self.place} has an unknown field: {', '.join(unknown)}")

    def text(self, name: str, default: str | None = None) -> str:
        value = self.values.get(name, default)
        if not isinstance(value, str) or not value.strip():
            raise WrongValue(f"{name} must be a text that is not empty")
        return value

    def text_or_none(self, name: str) -> str | None:
        return self.text(name) if self.has(name) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """One text or a list of texts, as a tuple; empty when the field is absent."""
        value = self.values.get(name)
        if value is None:
            return ()
        items = value if isinstance(value, list) else [value]
        found = tuple(item for item in items if isinstance(item, str))
        if len(found) != len(items):
            raise WrongValue(f"{name} must be a text or a list of texts")
        return found

    def number(self, name: str, default: int | None = None) -> int:
        value = self.values.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise WrongValue(f"{name} must be a whole number")
        return value

    def number_or_none(self, name: str) -> int | None:
        return self.number(name) if self.has(name) else None

    def numbers(self, name: str) -> tuple[int, ...]:
        value = self.values.get(name, [])
        items = value if isinstance(value, list) else [value]
        found = tuple(item for item in items if isinstance(item, int))
        if len(found) != len(items):
            raise WrongValue(f"{name} must be a list of whole numbers")
        return found

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.values.get(name, default)
        if not isinstance(value, bool):
            raise WrongValue(f"{name} must be true or false")
        return value

    def day_or_none(self, name: str) -> date | None:
        """A date of TOML, or a text in ISO form as JSON keeps it."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            return _iso(name, value)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        raise WrongValue(f"{name} must be a date")

    def day(self, name: str) -> date:
        value = self.day_or_none(name)
        if value is None:
            raise WrongValue(f"{name} must be a date")
        return value

    def table(self, name: str) -> Table:
        return as_table(self.values.get(name, {}), name)

    def tables(self, name: str) -> tuple[Table, ...]:
        value = self.values.get(name, [])
        if not isinstance(value, list):
            raise WrongValue(f"{name} must be a list of tables")
        return tuple(as_table(item, name) for item in value)

    def facts(self) -> tuple[tuple[str, frozenset[Fact]], ...]:
        """Each field with the set of values it allows: one value, or a list of them."""
        return tuple((name, _allowed(name, value)) for name, value in sorted(self.values.items()))


def _iso(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise WrongValue(f"{name} must be a date like 2026-07-15") from None


def _allowed(name: str, value: object) -> frozenset[Fact]:
    items = value if isinstance(value, list) else [value]
    found = frozenset(item for item in items if isinstance(item, str | int | bool))
    if not items or len(found) != len(items):
        raise WrongValue(f"{name} must be a text, a number, true or false, or a list of them")
    return found
