"""Obligations as a projection: entries of a matter, in order, through the law (design §1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from doithoai.core.days import local_day
from doithoai.core.identifiers import row_id
from doithoai.docket import lawbook
from doithoai.docket.models import Debtor, Matter, Obligation, Party
from doithoai.law.derivation import Owed, derive
from doithoai.law.timeline import Happening
from doithoai.ledger.inserting import insert
from doithoai.ledger.models import IN_ORDER, Entry

NOBODY = ("", "person")  # an alarm owes nothing; a person may, and never must
FIELDS = (
    "rule",
    "in_force_from",
    "kind",
    "role",
    "opened_by",
    "opened_at",
    "due_on",
    "due_at",
    "state",
    "ended_by",
    "ended_at",
    "late",
    "was_late",
    "paused_since",
    "review_on",
    "remind_on",
    "reminders",
    "escalated_on",
    "on_lapse",
    "source",
    "certainty",
    "basis",
    "duty_vi",
    "duty_en",
    "derivation",
    "body_id",
    "post_id",
    "unassigned",
    "moved_at",
)


@dataclass(frozen=True)
class Change:
    """A date that moved: which obligation, from when, to when."""

    key: str
    old: date | None
    new: date | None


def timeline(matter: UUID) -> list[Entry]:
    """The matter's entries in order, oldest first."""
    return list(Entry.objects.filter(matter=matter).order_by(*IN_ORDER))


def standing(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that still count: those a correction names are out, and so are corrections."""
    out = {e.data["entry"] for e in entries if e.kind == "docket.corrected"}
    return [e for e in entries if str(e.pk) not in out and e.kind != "docket.corrected"]


def happenings(entries: Sequence[Entry]) -> list[Happening]:
    """Entries as the law reads them."""
    return [Happening(id=e.pk, event=e.kind, at=e.at, facts=e.data) for e in standing(entries)]


def owed(matter: Matter, entries: Sequence[Entry]) -> tuple[Owed, ...]:
    """What the law makes of a matter's entries. Pure: reads nothing but its arguments and the
    lawbook.
    """
    return derive(
        happenings(entries),
        lawbook.rulebook(),
        lawbook.calendar(),
        procedure=matter.procedure,
        received=matter.received_on,
    )


def begin(
    matter: Matter, entries: Sequence[Entry], parties: Sequence[Party]
) -> tuple[Obligation, ...]:
    """Store what is owed from the first moment of a matter, and say what that is."""
    wanted = [_row(matter, each, entries, parties) for each in owed(matter, entries)]
    _create(wanted)
    return tuple(wanted)


@dataclass(frozen=True)
class Difference:
    """What is owed now beside what is stored: in both, newly owed, and stored but owed no more."""

    both: tuple[tuple[Obligation, Obligation], ...]  # stored, wanted
    begun: tuple[Obligation, ...]
    gone: tuple[Obligation, ...]


def compared(matter: Matter, entries: Sequence[Entry], parties: Sequence[Party]) -> Difference:
    """Derive anew and lay it beside what is stored. Writes nothing."""
    wanted = {each.key: _row(matter, each, entries, parties) for each in owed(matter, entries)}
    stored = {o.key: o for o in Obligation.objects.filter(matter=matter)}
    return Difference(
        both=tuple((stored[key], new) for key, new in wanted.items() if key in stored),
        begun=tuple(new for key, new in wanted.items() if key not in stored),
        gone=tuple(old for key, old in stored.items() if key not in wanted),
    )


def project(matter: Matter, entries: Sequence[Entry], parties: Sequence[Party]) -> list[Change]:
    """Store the difference between what is owed now and what was stored; say which dates moved."""
    found = compared(matter, entries, parties)
    changes = [_update(old, new) for old, new in found.both]
    _create(list(found.begun))
    _void(list(found.gone))
    return [c for c in changes if c is not None]


def _create(rows: list[Obligation]) -> None:
    insert(rows)


def _void(rows: list[Obligation]) -> None:
    for row in rows:
        if row.state != Obligation.State.VOID:
            Obligation.objects.filter(pk=row.pk).update(state=Obligation.State.VOID)


def _update(old: Obligation, new: Obligation) -> Change | None:
    new.was_late = new.was_late or old.was_late or old.late
    changed = {f: getattr(new, f) for f in FIELDS if getattr(old, f) != getattr(new, f)}
    if not changed:
        return None
    if {"body_id", "post_id"} & set(changed):
        _keep_former(old, new.moved_at or new.opened_at)
    Obligation.objects.filter(pk=old.pk).update(**changed)
    return Change(new.key, old.due_on, new.due_on) if "due_on" in changed else None


def _keep_former(old: Obligation, until: datetime) -> None:
    """The row says who owes now; ``Debtor`` rows say who did before, so that lateness stays with
    them.
    """
    last = Debtor.objects.filter(obligation=old).order_by("-until").first()
    since = last.until if last else old.opened_at
    Debtor.objects.create(
        obligation=old, body_id=old.body_id, post_id=old.post_id, since=since, until=until
    )


def _row(
    matter: Matter, each: Owed, entries: Sequence[Entry], parties: Sequence[Party]
) -> Obligation:
    row = Obligation(
        id=row_id(sealed=matter.sealed),
        matter=matter,
        key=each.key,
        rule=each.rule,
        in_force_from=each.in_force_from,
        kind=each.kind,
        role=each.role or "",
        opened_by=each.opened_by,
        opened_at=each.opened_at,
        due_on=each.due_on,
        due_at=each.due_at,
        state=each.state,
        ended_by=each.ended_by,
        ended_at=each.ended_at,
        late=each.late,
        was_late=_ended_past_its_date(each),
        paused_since=each.paused_since,
        review_on=each.review_on,
        on_lapse=each.on_lapse or "",
        source=each.source,
        certainty=each.certainty,
        basis=each.basis,
        duty_vi=each.duty.vi,
        duty_en=each.duty.en,
        derivation=each.derivation.to_json(),
    )
    _charge(row, matter, entries, parties)
    _tell(row, each.remind_on, entries)
    return row


def _ended_past_its_date(each: Owed) -> bool:
    """A duty that ended without being fulfilled, and was past its date by then, keeps that mark:
    to withdraw, archive or join a matter takes no lateness off the record.
    """
    if each.kind != "duty" or each.state != "closed" or each.ended_at is None:
        return False
    return each.due_on is not None and local_day(each.ended_at) > each.due_on


def _tell(row: Obligation, ladder: Sequence[date], entries: Sequence[Entry]) -> None:
    """What was told already, and the next day to remind; a moved date begins its ladder anew."""
    told = _days(entries, "docket.reminded", row.key)
    row.reminders = len(told)
    row.remind_on = min((day for day in ladder if not told or day > told[-1]), default=None)
    said = "docket.alarmed" if row.kind == "alarm" else "docket.escalated"
    after = [d for d in _days(entries, said, row.key) if row.due_on and d > row.due_on]
    row.escalated_on = after[-1] if after else None


def _days(entries: Sequence[Entry], kind: str, key: str) -> list[date]:
    return [local_day(e.at) for e in entries if e.kind == kind and e.data["key"] == key]


def _charge(
    row: Obligation, matter: Matter, entries: Sequence[Entry], parties: Sequence[Party]
) -> None:
    """Say who owes: the last ``docket.moved``, else whom the opening event names by the role, else
    who had the role when it opened, else the head.
    """
    moved = [e for e in standing(entries) if e.kind == "docket.moved" and e.data["key"] == row.key]
    if moved:
        row.body_id, row.post_id = _uuid(moved[-1].data["body"]), _uuid(moved[-1].data["post"])
        row.moved_at = moved[-1].at
        return
    if row.role in NOBODY:
        return
    named = _named(entries, row)
    if named is not None:
        row.body_id = named
        return
    party = _holder(parties, row.role, row.opened_at)
    row.body_id = party.body_id if party else matter.body_id
    row.post_id = party.post_id if party else None
    row.unassigned = party is None


def _named(entries: Sequence[Entry], row: Obligation) -> UUID | None:
    """The body an event asks by name: several can be asked at once, each for its own."""
    opening = next(e for e in entries if e.pk == row.opened_by)
    named = opening.data.get(row.role)
    return UUID(named) if isinstance(named, str) else None


def _holder(parties: Sequence[Party], role: str, at: datetime) -> Party | None:
    fitting = [
        p for p in parties if p.role == role and p.since <= at and (p.until is None or at < p.until)
    ]
    return fitting[-1] if fitting else None


def _uuid(value: str | None) -> UUID | None:
    return UUID(value) if value else None
