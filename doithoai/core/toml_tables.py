"""Strict reading of TOML: every key asked for is there, every key there is asked for."""

from collections.abc import Mapping
from datetime import date


class BadFile(ValueError):
    """A file cannot be used; the message names the file and the key."""


class Table:
    """One TOML table, read key by key; what nobody asked for is refused at the end."""

    def __init__(self, rows: Mapping[str, object], where: str) -> None:
        self._rows = rows
        self._where = where
        self._seen: set[str] = set()

    def refuse(self, key: str, why: str) -> BadFile:
        """The error for this key, with the file and table it is in."""
        return BadFile(f"{self._where}: {key}: {why}")

    def _get(self, key: str, default: object) -> object:
        self._seen.add(key)
        value = self._rows.get(key, default)
        if value is None:
            raise self.refuse(key, "is missing")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Text."""
        value = self._get(key, default)
        if not isinstance(value, str):
            raise self.refuse(key, "must be text")
        return value

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """True or false."""
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise self.refuse(key, "must be true or false")
        return value

    def day(self, key: str) -> date:
        """A date."""
        value = self._get(key, None)
        if not isinstance(value, date):
            raise self.refuse(key, "must be a date")
        return value

    def _list(self, key: str, default: list[object] | None) -> list[object]:
        value = self._get(key, default)
        if not isinstance(value, list):
            raise self.refuse(key, "must be a list")
        return value

    def texts(self, key: str, default: list[object] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        values = self._list(key, default)
        if not all(isinstance(v, str) for v in values):
            raise self.refuse(key, "must be a list of texts")
        return tuple(str(v) for v in values)

    def weekdays(self, key: str) -> frozenset[int]:
        """ISO weekdays, 1 (Monday) to 7."""
        values = self._list(key, None)
        if not set(values) <= set(range(1, 8)):
            raise self.refuse(key, "must be ISO weekdays, 1 (Monday) to 7")
        return frozenset(v for v in values if isinstance(v, int))

    def words(self, key: str) -> Mapping[str, str]:
        """A table of word → text."""
        value = self._get(key, {})
        if not isinstance(value, dict):
            raise self.refuse(key, "must be a table")
        return {str(k): str(v) for k, v in value.items()}

    def labels(self, languages: tuple[str, ...]) -> Mapping[str, str]:
        """The text in each language, under the language's own key."""
        return {language: self.text(language) for language in languages}

    def tables(self, key: str) -> list["Table"]:
        """The tables of this name; none is an empty list."""
        found = []
        for i, row in enumerate(self._list(key, []), start=1):
            if not isinstance(row, dict):
                raise self.refuse(key, "must be tables")
            found.append(Table(row, f"{self._where}: {key} {row.get('code', i)}"))
        return found

    def one_of(self, key: str, known: Mapping[str, object], default: str | None = None) -> str:
        """Text that must be a key of ``known``; empty only by default."""
        value = self.text(key, default)
        if value and value not in known:
            raise self.refuse(key, f"{value!r} is not known")
        return value

    def some_of(self, key: str, known: Mapping[str, object]) -> tuple[str, ...]:
        """Texts that must be keys of ``known``."""
        values = self.texts(key, [])
        for value in values:
            if value not in known:
                raise self.refuse(key, f"{value!r} is not known")
        return values

    def done(self) -> None:
        """Refuse what nobody asked for."""
        for key in self._rows:
            if key not in self._seen:
                raise self.refuse(key, "is not known here")
