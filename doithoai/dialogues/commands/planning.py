"""A dialogue before it is held: plan, change, announce, put off, call off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.accounts.models import Post
from doithoai.accounts.queries import holders
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.dialogues import events, policies, workflow
from doithoai.dialogues.commands import wording
from doithoai.dialogues.commands.preparing import asked_anew
from doithoai.dialogues.commands.settling import label, store
from doithoai.dialogues.models import Chair, Dialogue
from doithoai.dialogues.workflow import State
from doithoai.docket.codes import series
from doithoai.docket.commands import Opening, Said, admit, become, enter, enter_all, open_matter
from doithoai.docket.models import Access, Matter, Party
from doithoai.units.models import Body, Place
from doithoai.units.territory import country


@dataclass(frozen=True)
class Plan:
    """A dialogue as it is planned: who chairs, which duties it counts for, where, with whom, about
    what.
    """

    host: UUID
    title: str
    kind: str
    starts_at: datetime
    venue: str
    chairs: tuple[UUID, ...]
    form: str = "hall"
    organisers: tuple[UUID, ...] = ()
    villages: tuple[UUID, ...] = ()
    invited: str = ""
    agenda: str = ""
    party_head: bool = False
    commune_conference: bool = False
    other_regime: str = ""


@transaction.atomic
def plan(planned: Plan, *, by: Actor, at: datetime) -> Dialogue:
    """Set a dialogue. One event may meet several duties and is counted once. Raises Invalid without
    a chair.
    """
    host = Body.objects.select_related("place").get(pk=planned.host)
    require(policies.may_plan(by, host))
    chairs = _chairs(planned.chairs)
    day = local_day(planned.starts_at)
    matter = Matter(
        kind="dialogue",
        procedure="dialogue",
        code=series(country().dialogue_numbers, day),
        title=planned.title.strip(),
        state=State.PLANNED,
        state_label=label(State.PLANNED),
        body=host,
        place=host.place,
        received_on=local_day(at),
    )
    bodies = dict.fromkeys([host.pk, *planned.organisers, *(c.body_id for c in chairs)])
    opening = Opening(
        matter,
        (
            Party(matter=matter, role="host_body", body=host, since=at),
            Party(matter=matter, role="chair", body_id=chairs[0].body_id, post=chairs[0], since=at),
        ),
        tuple(Access(matter=matter, body_id=b) for b in bodies),
        f"{planned.title} {planned.venue} {planned.agenda}",
    )
    said = events.Planned(
        day, planned.party_head, planned.commune_conference, bool(planned.other_regime)
    )
    open_matter(opening, Said(said, (planned.title, planned.agenda)), by=by, at=at)
    dialogue = Dialogue(matter=matter, host=host)
    _write(dialogue, planned)
    dialogue.save(force_insert=True)
    dialogue.villages.set(Place.objects.filter(pk__in=planned.villages))
    _seat(dialogue, chairs, at)
    return dialogue


def _chairs(ids: Sequence[UUID]) -> list[Post]:
    found = list(Post.objects.filter(pk__in=ids).select_related("body"))
    if not found:
        raise Invalid(_("Name who chairs: at least one post."))
    return sorted(found, key=lambda p: list(ids).index(p.pk))


def _write(dialogue: Dialogue, planned: Plan) -> None:
    dialogue.title, dialogue.kind, dialogue.form = planned.title.strip(), planned.kind, planned.form
    dialogue.organisers = list(planned.organisers)
    dialogue.starts_at, dialogue.venue = planned.starts_at, planned.venue.strip()
    dialogue.invited, dialogue.agenda = planned.invited.strip(), planned.agenda.strip()
    dialogue.party_head, dialogue.commune_conference = (
        planned.party_head,
        planned.commune_conference,
    )
    dialogue.other_regime = planned.other_regime.strip()
    if not (dialogue.title and dialogue.venue):
        raise Invalid(_("A dialogue needs a title and a place to meet."))


def _seat(dialogue: Dialogue, chairs: Sequence[Post], at: datetime) -> None:
    names = {c.pk: holders([c.pk], today=local_day(at)).first() for c in chairs}
    dialogue.chairs.exclude(post__in=chairs).delete()
    for chair in chairs:
        holder = names[chair.pk]
        Chair.objects.get_or_create(
            dialogue=dialogue, post=chair, defaults={"name": holder.name if holder else ""}
        )


@transaction.atomic
def change(
    dialogue_id: UUID, planned: Plan, *, reason: str = "", by: Actor, at: datetime
) -> Dialogue:
    """Change what is planned; the law reads the new day and what it counts for.

    Another day, hour or place of what was announced is to be announced again. Raises Invalid for
    that without a reason.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_change(by, dialogue))
    workflow.CHANGE.take(dialogue)
    before, moved = _counts_for(dialogue), _moves(dialogue, planned)
    if moved:
        workflow.RESCHEDULE.take(dialogue)
        wording.unnamed(dialogue, reason, by=by)
        dialogue.announced_at, dialogue.why_not_held = None, _reason(reason)
    chairs = _chairs(planned.chairs)
    _write(dialogue, planned)
    dialogue.save()
    dialogue.villages.set(Place.objects.filter(pk__in=planned.villages))
    _seat(dialogue, chairs, at)
    become(dialogue.matter, role="chair", body=chairs[0].body_id, post=chairs[0].pk, at=at)
    _admit_all(dialogue, planned, chairs)
    store(dialogue)
    said = _changes(dialogue, before, moved=moved, reason=reason)
    enter_all(said, about=dialogue.matter, by=by, at=at)
    return dialogue


def _counts_for(dialogue: Dialogue) -> events.Changed:
    """The day and what it counts for, as the law reads them."""
    return events.Changed(
        local_day(dialogue.starts_at),
        dialogue.party_head,
        dialogue.commune_conference,
        bool(dialogue.other_regime),
    )


def _moves(dialogue: Dialogue, planned: Plan) -> bool:
    """Whether what was announced no longer holds: day, hour or place. Nobody announces seconds."""
    before, after = (
        moment.replace(second=0, microsecond=0)
        for moment in (dialogue.starts_at, planned.starts_at)
    )
    other = before != after or dialogue.venue != planned.venue.strip()
    return dialogue.state == State.ANNOUNCED and other


def _changes(dialogue: Dialogue, before: events.Changed, *, moved: bool, reason: str) -> list[Said]:
    now = _counts_for(dialogue)
    texts = (dialogue.title, dialogue.venue, dialogue.agenda, dialogue.other_regime)
    said = [Said(now, (*texts, dialogue.starts_at.isoformat()))]
    if moved or now.dialogue_day != before.dialogue_day:
        why = (reason.strip(),) if moved else ()
        return [*said, Said(events.Rescheduled(now.dialogue_day), why), *asked_anew(dialogue)]
    if now != before and dialogue.state == State.PLANNED:
        said.append(Said(events.CountedAnew()))
    return said


def _admit_all(dialogue: Dialogue, planned: Plan, chairs: Sequence[Post]) -> None:
    for body in dict.fromkeys([*planned.organisers, *(c.body_id for c in chairs)]):
        admit(dialogue.matter, body=body)


@transaction.atomic
def announce(dialogue_id: UUID, *, by: Actor, at: datetime) -> Dialogue:
    """Make time, place and content public; why an earlier day was given up is over with it."""
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_change(by, dialogue))
    workflow.ANNOUNCE.take(dialogue)
    wording.unnamed(dialogue, dialogue.title, dialogue.venue, dialogue.agenda, by=by)
    dialogue.announced_at, dialogue.why_not_held = at, ""
    dialogue.first_announced_at = dialogue.first_announced_at or at
    store(dialogue, "announced_at", "first_announced_at", "why_not_held")
    content = [dialogue.title, dialogue.venue, dialogue.agenda]
    enter(events.Announced(), about=dialogue.matter, by=by, at=at, content=content)
    return dialogue


@transaction.atomic
def postpone(dialogue_id: UUID, *, reason: str, by: Actor, at: datetime) -> Dialogue:
    """Put it off; the reason is announced, and a new date is owed."""
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_change(by, dialogue))
    workflow.POSTPONE.take(dialogue)
    wording.unnamed(dialogue, reason, by=by)
    dialogue.why_not_held = _reason(reason)
    store(dialogue, "why_not_held")
    enter(events.Postponed(), about=dialogue.matter, by=by, at=at, content=[reason])
    return dialogue


@transaction.atomic
def reschedule(dialogue_id: UUID, *, starts_at: datetime, by: Actor, at: datetime) -> Dialogue:
    """Set a new date; it is to be announced again. The reason of the postponing stays until then:
    people who read the first announcement ask for it.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_change(by, dialogue))
    workflow.RESCHEDULE.take(dialogue)
    dialogue.starts_at, dialogue.announced_at = starts_at, None
    store(dialogue, "starts_at", "announced_at")
    day: date = local_day(starts_at)
    said = [Said(events.Rescheduled(day)), *asked_anew(dialogue)]
    enter_all(said, about=dialogue.matter, by=by, at=at)
    return dialogue


@transaction.atomic
def cancel(dialogue_id: UUID, *, reason: str, by: Actor, at: datetime) -> Dialogue:
    """Call it off; the reason is announced."""
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_change(by, dialogue))
    workflow.CANCEL.take(dialogue)
    wording.unnamed(dialogue, reason, by=by)
    dialogue.why_not_held = _reason(reason)
    store(dialogue, "why_not_held")
    enter(events.Cancelled(), about=dialogue.matter, by=by, at=at, content=[reason])
    return dialogue


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Give the reason in a sentence; it is announced."))
    return reason.strip()
