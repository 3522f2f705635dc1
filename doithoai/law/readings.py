"""From one table of a rulebook file to a Rule; whatever does not fit is refused with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from doithoai.law.rules import (
    EVENT,
    MATTER,
    PROVISIONAL,
    Conditions,
    Conversion,
    Debtor,
    Extension,
    Force,
    Kind,
    Life,
    Opening,
    Period,
    Rule,
    Source,
    Text,
    Transition,
    Unit,
)
from doithoai.law.tables import Table, WrongValue

IDENTIFIER = re.compile(r"[a-z0-9-]+(\.[A-Za-z0-9_-]+)+")
CERTAINTIES = ("A", "A-", "B", "C", "D")
GROUP = "@"
START = "start"
FIELDS = frozenset(
    {
        *("id", "kind", "duty", "basis", "certainty", "source", "overlays", "owed_by", "remind"),
        *("opens_on", "per", "when", "only_when", "only_after", "unless_after", "procedures"),
        *("counted_from", "within", "due", "rolls", "extend", "not_later_than"),
        *("paused_by", "resumed_by", "review", "discharged", "discharged_when", "closed_by"),
        *("on_lapse", "recurs_on", "gives_way_to", "count", "count_by", "every"),
        *("in_force", "applies", "transition"),
    }
)
UNIT_OF_LENGTH: Mapping[str, Unit] = {"days": "calendar", "hours": "hours", "months": "months"}


@dataclass(frozen=True, slots=True)
class Page:
    """What the rules of one file share: its name, its layer (0 is national), named event lists,
    and the procedures they are for when a rule does not say (none named: every procedure).
    """

    file: str
    layer: int
    groups: Mapping[str, tuple[str, ...]]
    procedures: frozenset[str]


def rule(table: Table, page: Page) -> Rule:
    """The rule of a `[[rule]]` table. Raises WrongValue with the reason."""
    table.only(FIELDS)
    certainty = _among(table.text("certainty"), CERTAINTIES, "certainty")
    basis = _basis(table)
    return Rule(
        id=identifier(table),
        file=page.file,
        kind=_kind(table),
        opening=_opening(table, page),
        counted_from=table.text("counted_from", EVENT),
        owed_by=_debtor(table),
        per=table.text("per", MATTER),
        within=period(table.table("within")) if table.has("within") else None,
        due=table.text_or_none("due"),
        rolls=table.flag("rolls", default=True),
        extend=_extension(table, page) if table.has("extend") else None,
        life=_life(table, page),
        force=_force(table),
        remind=table.numbers("remind"),
        not_later_than=table.texts("not_later_than"),
        duty=_text(table.table("duty")),
        basis=basis.vi,
        certainty=certainty,
        source=_source(table, page, certainty),
        overlays=table.flag("overlays", default=False),
        basis_en=basis.en if basis.en != basis.vi else "",
    )


def _basis(table: Table) -> Text:
    """An act keeps its name in every language; a sentence is written in each, `{ vi, en }`."""
    if isinstance(table.values.get("basis"), dict):
        return _text(table.table("basis"))
    name = table.text("basis")
    return Text(name, name)


def identifier(table: Table) -> str:
    """The rule's id: words joined by full stops, stable for ever."""
    found = table.text("id")
    if not IDENTIFIER.fullmatch(found):
        raise WrongValue(f"id {found} must be words joined by full stops")
    return found


def period(table: Table) -> Period:
    """`{ days = 7, count = "working" }`, `{ hours = 72 }` or `{ months = 6 }`."""
    table.only({"days", "hours", "months", "count"})
    lengths = [name for name in UNIT_OF_LENGTH if table.has(name)]
    if len(lengths) != 1:
        raise WrongValue(f"{table.place} must give days, hours or months")
    unit = _unit(table.text("count", UNIT_OF_LENGTH[lengths[0]]))
    return Period(table.number(lengths[0]), unit)


def conversion(table: Table, page: Page) -> Conversion:
    """`[[conversion]]`: `event = "…"`, `out_of = "fact"`, `undoes = ["…"]`."""
    table.only({"event", "out_of", "undoes"})
    undoes = events(table, "undoes", page)
    return Conversion(table.text("event"), table.text("out_of"), undoes)


def events(table: Table, name: str, page: Page) -> tuple[str, ...]:
    """A list of events in which `@name` stands for a list of the file's `[groups]`."""
    found: list[str] = []
    for item in table.texts(name):
        if not item.startswith(GROUP):
            found.append(item)
        elif item[1:] in page.groups:
            found.extend(page.groups[item[1:]])
        else:
            raise WrongValue(f"{name} names an unknown group of events: {item}")
    return tuple(dict.fromkeys(found))


def _opening(table: Table, page: Page) -> Opening:
    return Opening(
        events=events(table, "opens_on", page),
        when=table.table("when").facts(),
        only_when=_only_when(table),
        only_after=events(table, "only_after", page),
        unless_after=events(table, "unless_after", page),
        procedures=frozenset(table.texts("procedures")) or page.procedures,
        every=table.text_or_none("every"),
    )


def _only_when(table: Table) -> Conditions:
    """A recurring duty opens with a period of its own length only."""
    named = table.table("only_when").values
    every = {"every": table.text("every")} if table.has("every") else {}
    return Table({**named, **every}, "only_when").facts()


def _life(table: Table, page: Page) -> Life:
    return Life(
        paused_by=events(table, "paused_by", page),
        resumed_by=events(table, "resumed_by", page),
        review=period(table.table("review")) if table.has("review") else None,
        discharged=events(table, "discharged", page),
        discharged_when=table.table("discharged_when").facts(),
        closed_by=events(table, "closed_by", page),
        on_lapse=table.text_or_none("on_lapse"),
        recurs_on=events(table, "recurs_on", page),
        gives_way_to=table.texts("gives_way_to"),
        count=table.number("count", 1),
        count_by=table.text_or_none("count_by"),
    )


def _force(table: Table) -> Force:
    days = table.table("in_force")
    days.only({"from", "to"})
    applies = _among(table.text("applies", EVENT), (EVENT, "received", START), "applies")
    transition = tuple(_transition(item) for item in table.tables("transition"))
    return Force(
        days.day_or_none("from"),
        days.day_or_none("to"),
        applies == "received",
        transition,
        applies == START,
    )


def _transition(table: Table) -> Transition:
    table.only({"from", "takes_over", "basis"})
    return Transition(table.day("from"), table.text("takes_over"), table.text("basis"))


def _extension(table: Table, page: Page) -> Extension:
    extend = table.table("extend")
    extend.only({"days", "months", "hours", "count", "times", "events", "when", "document"})
    most = None
    if extend.has("days") or extend.has("months") or extend.has("hours"):
        lengths = {"days", "months", "hours", "count"}
        values = {name: value for name, value in extend.values.items() if name in lengths}
        if table.has("within") and "count" not in values:
            values["count"] = period(table.table("within")).unit
        most = period(Table(values, "extend"))
    return Extension(
        most,
        extend.number("times", 1),
        events(extend, "events", page),
        frozenset(extend.texts("when")),
        extend.flag("document", default=False),
    )


def _debtor(table: Table) -> Debtor | None:
    if not table.has("owed_by"):
        return None
    owed_by = table.table("owed_by")
    owed_by.only({"role", "each"})
    return Debtor(owed_by.text("role"), owed_by.flag("each", default=False))


def _text(table: Table) -> Text:
    table.only({"vi", "en"})
    return Text(table.text("vi"), table.text("en"))


def _kind(table: Table) -> Kind:
    found = table.text("kind")
    for kind in get_args(Kind):
        if kind == found:
            known: Kind = kind
            return known
    raise WrongValue(f"kind must be one of {', '.join(get_args(Kind))}, not {found}")


def _unit(found: str) -> Unit:
    for unit in get_args(Unit):
        if unit == found:
            known: Unit = unit
            return known
    raise WrongValue(f"count must be one of {', '.join(get_args(Unit))}, not {found}")


def _source(table: Table, page: Page, certainty: str) -> Source:
    """Said by the rule, or told from its place: a default of ours is never called law."""
    found = table.text_or_none("source")
    for source in get_args(Source):
        if source == found:
            known: Source = source
            return known
    if found is not None:
        raise WrongValue(f"source must be one of {', '.join(get_args(Source))}, not {found}")
    if table.has("due") and not table.has("every"):
        return "conclusion"
    return "regulation" if page.layer > 0 or certainty == PROVISIONAL else "law"


def _among(found: str, allowed: tuple[str, ...], name: str) -> str:
    if found not in allowed:
        raise WrongValue(f"{name} must be one of {', '.join(allowed)}, not {found}")
    return found
