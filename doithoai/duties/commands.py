"""Writes on duties of heads: open a period, count what was held, excuse, miss, make public."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.accounts.actors import Clock
from doithoai.accounts.models import Post
from doithoai.accounts.queries import head_of
from doithoai.core.actors import Actor, post_of
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.docket import lawbook
from doithoai.docket.codes import series
from doithoai.docket.commands import Opening, Said, enter, enter_all, escalate, open_matter
from doithoai.docket.events import Corrected
from doithoai.docket.models import Access, Matter, Obligation, Party, Reason
from doithoai.duties import events, periods, policies, workflow
from doithoai.duties.models import Disclosure, Duty, Excuse, Met
from doithoai.duties.workflow import FINAL, State
from doithoai.files.commands import keep
from doithoai.files.models import Purpose
from doithoai.law.periods import Opened
from doithoai.ledger.commands import Dimensions, record
from doithoai.ledger.models import Entry
from doithoai.units.models import Body
from doithoai.units.queries import upper
from doithoai.units.territory import country

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    Upload = UploadedFile[bytes]

CLOCK = Clock("duties")


# ------------------------------------------------------------------------------------- periods
@transaction.atomic
def open_periods(
    post_id: UUID, *, day: date, by: Actor, at: datetime, kind: str = ""
) -> tuple[Duty, ...]:
    """Open what a post owes in the periods around a day, each once however often it is asked;
    ``kind``: only duties of that kind. Says which were opened.
    """
    require(policies.may_keep_time(by))
    post = _post(post_id)
    opened = [one for one in periods.owed_on(post, day) if kind in {"", one.facts["duty"]}]
    there = set(Duty.objects.filter(post=post).values_list("rule", "first_day"))
    new = [one for one in opened if (one.rule.id, one.span.first) not in there]
    return tuple(_open(post, one, by, at) for one in new)


def _post(post_id: UUID) -> Post:
    """The post, locked: two who open its periods at one moment open each once."""
    found = (
        Post.objects.select_for_update(no_key=True, of=("self",))
        .select_related("body__place", "body__parent")
        .filter(pk=post_id)
        .first()
    )
    if found is None:
        raise NotFound("")
    return found


def _open(post: Post, opened: Opened, by: Actor, at: datetime) -> Duty:
    begins = min(periods.begins_at(opened.span.first, post), at)
    matter = _matter(post, opened)
    said = events.PeriodOpened(
        duty=str(opened.facts["duty"]),
        every=str(opened.facts["every"]),
        post_kind=str(opened.facts["post_kind"]),
        level=post.body.level,
        first_day=opened.span.first,
        last_day=opened.span.last,
    )
    head = Party(matter=matter, role="head", body=post.body, post=post, since=begins)
    opening = Opening(matter, (head,), _audience(matter, post, local_day(at)), matter.title)
    open_matter(opening, Said(said), by=by, at=begins)
    return Duty.objects.create(
        matter=matter,
        post=post,
        kind=said.duty,
        rule=opened.rule.id,
        every=said.every,
        first_day=said.first_day,
        last_day=said.last_day,
    )


def _matter(post: Post, opened: Opened) -> Matter:
    words = opened.rule.duty.of(settings.LANGUAGE_CODE)
    return Matter(
        kind="duty",
        procedure="duty",
        code=series(country().duty_numbers, opened.span.first),
        title=f"{post.title}, {post.body.short_name}: {words}"[:300],
        state=State.OPEN,
        state_label=_label(State.OPEN),
        body=post.body,
        place=post.body.place,
        received_on=opened.span.first,
    )


def _audience(matter: Matter, post: Post, today: date) -> tuple[Access, ...]:
    """The post's body (its supervisors see it by their role), the post, and the post above."""
    over = post.above or _head_above(post, today)
    own = (Access(matter=matter, body=post.body), Access(matter=matter, post=post))
    return (*own, Access(matter=matter, post=over)) if over else own


def _head_above(post: Post, today: date) -> Post | None:
    body = upper(post.body)
    return head_of(body.pk, today=today) if body else None


# ------------------------------------------------------------------------------- what was held
@dataclass(frozen=True)
class _Held:
    """What was done once: when, by whom, and what it rests on."""

    on: date
    in_person: bool
    about: Matter | None = None
    document: str = ""
    unposted: bool = False


@transaction.atomic
def meet(  # noqa: PLR0913 - the facts of what was held, each named by its caller
    post_id: UUID,
    *,
    duty: str,
    about: Matter,
    held_on: date,
    in_person: bool,
    document: str = "",
    unposted: bool = False,
    by: Actor,
    at: datetime,
) -> tuple[Duty, ...]:
    """Count for a post what was held: for each of its duties of that kind whose period the day lies
    in, once, however often it is said. None for a post that owes no such duty.

    ``about``: the matter of the dialogue or reception day; one may count for several posts. Only
    what the law asks counts: a deputy's day is written down and shown, and discharges nothing where
    the head must do it in person. What is entered more than one working day later is counted and
    marked, with its ``document``; so is a day nobody was told of (``unposted``).
    """
    require(policies.may_count(by, about))
    open_periods(post_id, day=held_on, kind=duty, by=CLOCK, at=at)
    running = Duty.objects.filter(
        post=post_id, kind=duty, first_day__lte=held_on, last_day__gte=held_on
    )
    held = _Held(held_on, in_person, about, document.strip(), unposted)
    ids = list(running.order_by("pk").values_list("pk", flat=True))
    return tuple(_count_in(pk, held, by, at) for pk in ids)


def _count_in(duty_id: UUID, held: _Held, by: Actor, at: datetime) -> Duty:
    """Who records a dialogue of several bodies need not see what each of their heads owes."""
    return _count(Duty.objects.lock(duty_id, seen_by=CLOCK), held, by, at)


@transaction.atomic
def note(
    duty_id: UUID, *, held_on: date, in_person: bool, document: str, by: Actor, at: datetime
) -> Duty:
    """Note, with its document, that a duty was done which nothing here records when it is held: a
    meeting, a hearing, a report.

    Raises Invalid without the document, and for a day that is still to come or lies before the
    period.
    """
    duty = Duty.objects.lock(duty_id, seen_by=by)
    require(policies.may_note(by, duty))
    workflow.NOTE.take(duty)
    if not document.strip():
        raise Invalid(_("Name the document that shows it: its kind, number and date."))
    if held_on > local_day(at) or held_on < duty.first_day:
        raise Invalid(_("Give a day of this period that has passed."))
    return _count(duty, _Held(held_on, in_person, document=document.strip()), by, at)


def _count(duty: Duty, held: _Held, by: Actor, at: datetime) -> Duty:
    workflow.MEET.take(duty)
    same = {"about": held.about} if held.about else {"about": None, "held_on": held.on}
    late = _entered_late(held.on, at)
    facts = {
        "held_on": held.on,
        "in_person": held.in_person,
        "document": held.document,
        "entered_late": late,
        "unposted": held.unposted,
    }
    _row, new = Met.objects.get_or_create(duty=duty, **same, defaults=facts)
    if not new:
        return duty
    said = events.Met(held.on, held.in_person, held.about.pk if held.about else None, late)
    # Entered where it happened: what was held in its period and written down after it was on time.
    when = min(at, periods.ends_at(held.on))
    enter(said, about=duty.matter, by=by, at=when, content=[held.document])
    return _settle(duty)


def _entered_late(held_on: date, at: datetime) -> bool:
    """More than one working day before it was entered (design §1)."""
    return lawbook.calendar().working_between(held_on, local_day(at)) > 1


def _settle(duty: Duty) -> Duty:
    """The law has counted: done in full, or not yet."""
    done = Obligation.objects.filter(
        matter=duty.matter, rule=duty.rule, state=Obligation.State.DISCHARGED
    )
    if workflow.FULFIL.fits(duty) and done.exists():
        workflow.FULFIL.take(duty)
        _store(duty)
    return duty


def _store(duty: Duty) -> None:
    duty.save(update_fields=["state", "was_missed"])
    matter = duty.matter
    matter.state, matter.final = duty.state, duty.state in FINAL
    matter.state_label = _label(State(duty.state))
    matter.save(update_fields=["state", "state_label", "final"])


def _label(state: State) -> str:
    with override("en"):
        return str(state.label)


# ------------------------------------------------------------------------------- how it ended
@transaction.atomic
def miss(duty_id: UUID, *, by: Actor, at: datetime) -> bool:
    """The period is over and it was not done in full; the post above and the supervisors are told.
    False while the period runs.
    """
    duty = Duty.objects.lock(duty_id, seen_by=by)
    require(policies.may_keep_time(by))
    workflow.MISS.take(duty)
    if local_day(at) <= duty.last_day:
        return False
    for owed in Obligation.objects.filter(matter=duty.matter, state=Obligation.State.OPEN):
        escalate(owed.pk, by=by, at=at)
    enter(events.Missed(), about=duty.matter, by=by, at=at)
    duty.was_missed = True
    _store(duty)
    return True


@transaction.atomic
def release(duty_id: UUID, *, by: Actor, at: datetime) -> bool:
    """The post, or its body, ended before the period did: nobody owes it any more. False for a post
    that is there to the period's end.
    """
    duty = Duty.objects.lock(duty_id, seen_by=by)
    require(policies.may_keep_time(by))
    workflow.RELEASE.take(duty)
    last = min(duty.last_day, local_day(at))
    if periods.holds_on(duty.post, last) and Body.objects.in_force(last).filter(
        pk=duty.post.body_id
    ):
        return False
    Excuse.objects.create(duty=duty, at=at)
    enter(events.Excused(), about=duty.matter, by=by, at=at)
    _store(duty)
    return True


@transaction.atomic
def excuse(duty_id: UUID, *, reason: str, document: str, by: Actor, at: datetime) -> Duty:
    """Excuse a post from its duty for one period, also when it is over: an illness, a flood.

    Raises Invalid without the reason and the document that says so.
    """
    duty = Duty.objects.lock(duty_id, seen_by=by)
    require(policies.may_excuse(by, duty))
    workflow.EXCUSE.take(duty)
    if not (reason.strip() and document.strip()):
        raise Invalid(_("Give the reason in a sentence, and the document that excuses the post."))
    words = (reason.strip(), document.strip())
    Excuse.objects.create(duty=duty, reason=words[0], document=words[1], by_id=post_of(by), at=at)
    taken_out = [Said(Corrected(entry), words) for entry in _missed(duty)]
    made = enter_all([*taken_out, Said(events.Excused(), words)], about=duty.matter, by=by, at=at)
    for entry in made[: len(taken_out)]:
        Reason.objects.create(entry=entry.pk, matter=duty.matter, text=words[0])
    duty.was_missed = False
    _store(duty)
    return duty


def _missed(duty: Duty) -> list[UUID]:
    """The entry that said it was missed: what is excused was not."""
    found = Entry.objects.filter(matter=duty.pk, kind=events.Missed.name)
    return list(found.values_list("pk", flat=True))


# ------------------------------------------------------------------------------------- public
@transaction.atomic
def disclose(
    body_id: UUID,
    *,
    number: str,
    decided_on: date,
    upload: "Upload | None",
    by: Actor,
    at: datetime,
) -> Disclosure:
    """Record the decision by which the fulfilment of a body's head is public from now on.

    Raises NotFound for no such body; Invalid without number, day and signed file, or a second time.
    """
    body = Body.objects.select_for_update(no_key=True).filter(pk=body_id).first()
    if body is None:
        raise NotFound("")
    require(policies.may_disclose(by, body))
    if Disclosure.objects.standing().filter(body=body).exists():
        raise Invalid(_("The decision is recorded already; the page is public."))
    signed = _signed(number, decided_on, upload, at)
    made = Disclosure(body=body, number=number.strip(), decided_on=decided_on, at=at)
    made.by_id = post_of(by)
    made.file = keep(signed, about=made.pk, purpose=Purpose.SIGNED, by=by, at=at)
    made.save(force_insert=True)
    said = events.Disclosed(made.pk, body.pk, decided_on)
    record(said, by=by, at=at, dimensions=Dimensions(body=body.pk, place=body.place_id))
    return made


@transaction.atomic
def withdraw_disclosure(
    body_id: UUID,
    *,
    number: str,
    decided_on: date,
    upload: "Upload | None",
    by: Actor,
    at: datetime,
) -> Disclosure:
    """Record the decision by which it is public no longer; both decisions are kept.

    Raises NotFound where nothing is public; Invalid without number, day and signed file, or for one
    dated before the decision it withdraws.
    """
    body = Body.objects.select_for_update(no_key=True).filter(pk=body_id).first()
    found = Disclosure.objects.standing().filter(body=body_id).first()
    if body is None or found is None:
        raise NotFound("")
    require(policies.may_disclose(by, body))
    signed = _signed(number, decided_on, upload, at)
    if decided_on < found.decided_on:
        raise Invalid(_("It is dated before the decision it withdraws. Correct the date."))
    found.withdrawn_number, found.withdrawn_on = number.strip(), decided_on
    found.withdrawn_by_id, found.withdrawn_at = post_of(by), at
    found.withdrawn_file = keep(signed, about=found.pk, purpose=Purpose.SIGNED, by=by, at=at)
    found.save()
    said = events.DisclosureWithdrawn(found.pk, body.pk, decided_on)
    record(said, by=by, at=at, dimensions=Dimensions(body=body.pk, place=body.place_id))
    return found


def _signed(number: str, decided_on: date, upload: "Upload | None", at: datetime) -> "Upload":
    if upload is None or not number.strip() or decided_on > local_day(at):
        raise Invalid(_("Give the decision's number, a date that has passed, and its signed file."))
    return upload
