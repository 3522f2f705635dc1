"""Writes on any matter: open, enter what happened, correct, move a debt, tie matters together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Func, UUIDField, Value
from django.utils.translation import gettext as _

from doithoai.accounts.models import Post
from doithoai.core.actors import Actor
from doithoai.core.collation import folded
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.core.events import REGISTER, Event
from doithoai.core.identifiers import row_id, sealed_row
from doithoai.docket import events, policies, projection, telling
from doithoai.docket.codes import insert_coded
from doithoai.docket.models import Access, Adoption, Matter, Obligation, Party, Reason, Words
from doithoai.docket.projection import Change
from doithoai.docket.sealed_words import stow
from doithoai.ledger.commands import Dimensions, Item, record_all
from doithoai.ledger.inserting import insert
from doithoai.ledger.models import Entry, place_of
from doithoai.notices.commands import queue_all
from doithoai.units.models import Body

# A reminder changes nothing an official could overwrite: whoever is writing is not interrupted.
QUIET = frozenset({"docket.reminded", "docket.escalated", "docket.alarmed"})


@dataclass(frozen=True)
class Said:
    """An event with what people said in it: texts and files the entry commits to."""

    event: Event
    content: tuple[str | bytes, ...] = ()


@dataclass(frozen=True)
class Opening:
    """All a new matter starts with, so that it is written in few statements. ``words`` find it
    besides its code.
    """

    matter: Matter
    parties: tuple[Party, ...]
    audience: tuple[Access, ...]
    words: str


def open_matter(opening: Opening, *said: Said, by: Actor, at: datetime) -> tuple[Obligation, ...]:
    """Begin a matter with its parties, audience and first entries; what is owed from now."""
    matter = opening.matter
    insert_coded(matter)
    insert(opening.parties)
    _let_in(opening)
    found_by = f"{matter.code} {matter.code.replace('-', '')} {opening.words}"
    text = "" if matter.sealed else folded(found_by)
    words = Words(matter=matter, text=text, readers=_readers(opening.audience))
    insert([words])
    items = [Item(s.event, dimensions(matter), s.content) for s in said]
    entries = record_all(items, by=by, at=at)
    return projection.begin(matter, entries, opening.parties)


def _let_in(opening: Opening) -> None:
    if not opening.matter.sealed:
        insert(opening.audience)
        return
    for row in opening.audience:
        row.id = sealed_row()
    insert(opening.audience, also=frozenset({"id"}))


def enter(
    event: Event, *, about: Matter, by: Actor, at: datetime, content: Sequence[str | bytes] = ()
) -> Entry:
    """Say what happened to a matter; the law makes of it what is owed. The matter's row must be
    locked.
    """
    return enter_all([Said(event, tuple(content))], about=about, by=by, at=at)[0]


def enter_all(said: Sequence[Said], *, about: Matter, by: Actor, at: datetime) -> list[Entry]:
    """Enter several things that happened at one moment, and derive once."""
    before = projection.timeline(about.pk)
    made = record_all([Item(s.event, dimensions(about), s.content) for s in said], by=by, at=at)
    after = sorted([*before, *made], key=place_of)
    parties = list(Party.objects.filter(matter=about).order_by("since", "id"))
    changes = projection.project(about, after, parties)
    _tell_moved_dates(changes, [s.event.name for s in said], about, by, at)
    if any(s.event.name not in QUIET for s in said):
        about.version += 1
        Matter.objects.filter(pk=about.pk).update(version=about.version)
    return made


def _tell_moved_dates(
    changes: Sequence[Change], names: Sequence[str], about: Matter, by: Actor, at: datetime
) -> None:
    moved = [
        Item(events.DueChanged(c.key, c.old, c.new, ", ".join(names)), dimensions(about))
        for c in changes
    ]
    if moved:
        record_all(moved, by=by, at=at)


def dimensions(matter: Matter) -> Dimensions:
    """The snapshot an entry keeps of a matter."""
    return Dimensions(
        matter=matter.pk,
        procedure=matter.procedure,
        body=matter.body_id,
        place=matter.place_id,
        field=matter.field,
        channel=matter.channel,
        sealed=matter.sealed,
    )


def become(
    matter: Matter, *, role: str, at: datetime, body: UUID | None = None, post: UUID | None = None
) -> None:
    """Give a role to a body or a post from now on; the one who had it has it no longer, but may
    still look.
    """
    Party.objects.filter(matter=matter, role=role, until=None).update(until=at)
    row = row_id(sealed=matter.sealed)
    Party.objects.create(id=row, matter=matter, role=role, body_id=body, post_id=post, since=at)
    admit(matter, body=body, post=post)


def resign(matter: Matter, *, role: str, at: datetime) -> None:
    """Nobody has the role from now on."""
    Party.objects.filter(matter=matter, role=role, until=None).update(until=at)


def admit(
    matter: Matter,
    *,
    body: UUID | None = None,
    post: UUID | None = None,
    holder: UUID | None = None,
) -> None:
    """Let a body, a post or a holder see the matter."""
    number = sealed_row() if matter.sealed else None
    made = [Access(id=number, matter=matter, body_id=body, post_id=post, holder=holder)]
    Access.objects.bulk_create(made, ignore_conflicts=True)
    for reader in _readers(made):
        words = Words.objects.filter(matter=matter).exclude(readers__contains=[reader])
        added = Value(reader, output_field=UUIDField())
        words.update(readers=Func(F("readers"), added, function="array_append"))


def _readers(audience: Iterable[Access]) -> list[UUID]:
    """Whose search finds it: bodies, posts and users."""
    return [each for row in audience for each in (row.body_id, row.post_id, row.holder) if each]


@transaction.atomic
def rederive(matter_id: UUID, *, by: Actor, at: datetime) -> list[Change]:
    """Derive a matter's obligations again from all its entries: after a late entry, a new holiday
    or rule.
    """
    matter = Matter.objects.lock(matter_id, seen_by=by)
    require(policies.may_rederive(by))
    parties = list(Party.objects.filter(matter=matter).order_by("since", "id"))
    changes = projection.project(matter, projection.timeline(matter.pk), parties)
    _tell_moved_dates(changes, ["rederive"], matter, by, at)
    return changes


@transaction.atomic
def correct(matter_id: UUID, *, entry: UUID, reason: str, by: Actor, at: datetime) -> Entry:
    """Take a mistaken entry out of the timeline. It is never touched; the reason is kept beside
    it, of a sealed matter in the vault.

    Raises NotFound for an entry of another matter; Invalid without a reason, and for an entry with
    which a state moved: a further step mends that, and the message says which.
    """
    matter = Matter.objects.lock(matter_id, seen_by=by)
    require(policies.may_correct(by, matter))
    if not reason.strip():
        raise Invalid(_("Give the reason of the correction in a sentence."))
    _check_correctable(matter, entry)
    made = enter(events.Corrected(entry), about=matter, by=by, at=at, content=[reason.strip()])
    if not stow(matter, "reason", reason, on=local_day(at)):
        Reason.objects.create(entry=made.pk, matter=matter, text=reason.strip())
    return made


def _check_correctable(matter: Matter, entry: UUID) -> None:
    mistaken = Entry.objects.filter(pk=entry, matter=matter.pk).first()
    if mistaken is None:
        raise NotFound(_("There is no such entry."))
    kind = REGISTER.get(mistaken.kind)
    if kind is not None and kind.undone_by:
        raise Invalid(
            _("This entry cannot be taken out: the item moved on with it. %(instead)s")
            % {"instead": kind.undone_by}
        )


@transaction.atomic
def move(
    obligation_id: UUID, *, body: UUID | None, post: UUID | None, by: Actor, at: datetime
) -> Entry:
    """Give an open obligation to another debtor; the days it was late stay with the former one.

    Raises NotFound for an obligation that is not there or not theirs to see; Invalid for one that
    has ended, or without a debtor.
    """
    obligation = Obligation.objects.filter(pk=obligation_id).first()
    if obligation is None:
        raise NotFound(_("There is no such due date."))
    matter = Matter.objects.lock(obligation.matter_id, seen_by=by)
    require(policies.may_move(by, matter, obligation.body_id))
    obligation.refresh_from_db(fields=["state"])
    _check_movable(obligation, body, post)
    admit(matter, body=body, post=post)
    return enter(events.Moved(obligation.key, body, post), about=matter, by=by, at=at)


def _check_movable(obligation: Obligation, body: UUID | None, post: UUID | None) -> None:
    if obligation.kind != "duty" or obligation.state not in {"open", "paused"}:
        raise Invalid(_("Only what is still owed can be given to somebody else."))
    known = Body.objects.filter(pk=body).exists() if body else post is not None
    if not known or (post and not Post.objects.filter(pk=post).exists()):
        raise Invalid(_("Choose the body or post that is to owe it."))


def open_debts(matter: Matter, *, role: str) -> list[Obligation]:
    """The obligations of a role that still run."""
    return list(Obligation.objects.filter(matter=matter, role=role, state__in=["open", "paused"]))


@transaction.atomic
def adopt(rule: str, *, document: str, adopted_on: date, by: Actor, at: datetime) -> None:
    """Record the document by which the province adopts a rule of certainty D.

    From then on its dates are shown as regulation and counted in on-time shares.
    """
    require(policies.may_adopt(by))
    assert by.ref is not None, "a policy lets only officials adopt"
    Adoption.objects.update_or_create(
        rule=rule,
        defaults={"document": document, "adopted_on": adopted_on, "by_id": by.ref, "at": at},
    )
    record_all([Item(events.Adopted(rule, document, adopted_on))], by=by, at=at)


@transaction.atomic
def remind(obligation_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Remind whoever owes, before the date. False when it is not the day, or was done already."""
    row = _locked(obligation_id, by)
    require(policies.may_tell(by))
    if row.state != Obligation.State.OPEN or not row.remind_on or row.remind_on > local_day(at):
        return False
    queue_all(telling.notices("reminded", row, telling.debtors(row, at), at), at=at)
    enter(events.Reminded(row.key, row.reminders + 1), about=row.matter, by=by, at=at)
    return True


@transaction.atomic
def escalate(obligation_id: UUID, *, by: Actor, at: datetime) -> bool:
    """The date has passed: tell those above, once for a date. False when nothing is to be told.

    The post above is admitted to what it is told of; of a sealed matter only its audience hears.
    """
    row = _locked(obligation_id, by)
    require(policies.may_tell(by))
    if row.kind != "duty" or not _passed_untold(row, at):
        return False
    for post in telling.to_admit(row, at):
        admit(row.matter, post=post)
    queue_all(telling.notices("escalated", row, telling.above(row, at), at), at=at)
    enter(events.Escalated(row.key), about=row.matter, by=by, at=at)
    return True


@transaction.atomic
def alarm(obligation_id: UUID, *, by: Actor, at: datetime) -> bool:
    """The day of an alarm has passed: tell the head and the supervisor, once. False when nothing is
    to be told.
    """
    row = _locked(obligation_id, by)
    require(policies.may_tell(by))
    if row.kind != "alarm" or not _passed_untold(row, at):
        return False
    queue_all(telling.notices("alarmed", row, telling.watchers(row, at), at), at=at)
    enter(events.Alarmed(row.key), about=row.matter, by=by, at=at)
    return True


def _passed_untold(row: Obligation, at: datetime) -> bool:
    passed = row.due_on is not None and row.due_on < local_day(at)
    return row.state == Obligation.State.OPEN and passed and row.escalated_on is None


def _locked(obligation_id: UUID, by: Actor) -> Obligation:
    """An obligation as it stands now, its matter locked."""
    about = Obligation.objects.get(pk=obligation_id).matter_id
    matter = Matter.objects.lock(about, seen_by=by)
    row = Obligation.objects.select_related("body", "post__body").get(pk=obligation_id)
    row.matter = matter
    return row
