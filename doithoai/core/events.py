"""What happened, as a frozen value: past tense, ids and facts only, never names or free text."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar, TypeVar, dataclass_transform, get_type_hints
from uuid import UUID

from django.utils.functional import Promise

Fact = str | int | bool | None
E_ = TypeVar("E_", bound="Event")


@dataclass(frozen=True)
class Event:
    """Base of every event; the subclass is named by ``event("app.past_tense")``.

    A field may carry ``metadata={"choices": (...)}``: rulebooks are checked against its values.
    ``undone_by`` says which step mends it, for an event with which a state moved: taking its entry
    out of the record would leave the state where it is.
    """

    name: ClassVar[str] = ""
    undone_by: ClassVar[str | Promise] = ""

    def facts(self) -> dict[str, Fact]:
        """The event's facts as plain JSON values: days as ISO 8601, ids as text."""
        return {f.name: plain(getattr(self, f.name)) for f in fields(self)}


REGISTER: dict[str, type[Event]] = {}


@dataclass_transform(frozen_default=True)
def event(name: str, *, undone_by: str | Promise = "") -> Callable[[type[E_]], type[E_]]:
    """Name an event class ``app.past_tense`` and make it known to the vocabulary."""

    def named(cls: type[E_]) -> type[E_]:
        made = dataclass(frozen=True)(cls)
        made.name, made.undone_by = name, undone_by
        assert name not in REGISTER, name
        REGISTER[name] = made
        return made

    return named


def plain(value: object) -> Fact:
    """A fact as JSON holds it."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"{type(value).__name__} is not a fact")


KINDS: dict[Any, str] = {str: "text", int: "int", bool: "bool", date: "date", UUID: "uuid"}


def fact_types(cls: type[Event]) -> dict[str, str]:
    """Name → kind of each fact of an event: text, int, bool, date, uuid or ``choice:a|b``."""
    hints = get_type_hints(cls)
    found: dict[str, str] = {}
    for each in fields(cls):
        choices = each.metadata.get("choices")
        hint = hints[each.name]
        bare = next((k for k in KINDS if hint == k or hint == (k | None)), str)
        found[each.name] = "choice:" + "|".join(choices) if choices else KINDS[bare]
    return found
