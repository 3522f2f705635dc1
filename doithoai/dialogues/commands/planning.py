"""A dialogue before it is held: plan, change, announce, put off, call off, collect and prepare
questions.
"""

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
from doithoai.dialogues.commands.settling import label, store
from doithoai.dialogues.models import Chair, Dialogue, Item
from doithoai.dialogues.workflow import State
from doithoai.docket.codes import next_code
from doithoai.docket.commands import Opening, Said, admit, become, enter, open_matter
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
        code=next_code(country().dialogue_numbers, day),
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
        f"{matter.code} {planned.title} {planned.venue} {planned.agenda}",
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
def change(dialogue_id: UUID, planned: Plan, *, by: Actor, at: datetime) -> Dialogue:
    """Change what is planned; another day is a new date for the law as well."""
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_change(by, dialogue))
    workflow.CHANGE.take(dialogue)
    before = local_day(dialogue.starts_at)
    chairs = _chairs(planned.chairs)
    _write(dialogue, planned)
    dialogue.save()
    dialogue.villages.set(Place.objects.filter(pk__in=planned.villages))
    _seat(dialogue, chairs, at)
    become(dialogue.matter, role="chair", body=chairs[0].body_id, post=chairs[0].pk, at=at)
    _admit_all(dialogue, planned, chairs)
    store(dialogue)
    day = local_day(planned.starts_at)
    if day != before:
        enter(events.Rescheduled(day), about=dialogue.matter, by=by, at=at)
    return dialogue


def _admit_all(dialogue: Dialogue, planned: Plan, chairs: Sequence[Post]) -> None:
    for body in dict.fromkeys([*planned.organisers, *(c.body_id for c in chairs)]):
        admit(dialogue.matter, body=body)


@transaction.atomic
def announce(dialogue_id: UUID, *, by: Actor, at: datetime) -> Dialogue:
    """Make time, place and content public."""
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_change(by, dialogue))
    workflow.ANNOUNCE.take(dialogue)
    dialogue.announced_at = at
    store(dialogue, "announced_at")
    content = [dialogue.title, dialogue.venue, dialogue.agenda]
    enter(events.Announced(), about=dialogue.matter, by=by, at=at, content=content)
    return dialogue


@transaction.atomic
def postpone(dialogue_id: UUID, *, reason: str, by: Actor, at: datetime) -> Dialogue:
    """Put it off; the reason is announced, and a new date is owed."""
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_change(by, dialogue))
    workflow.POSTPONE.take(dialogue)
    dialogue.why_not_held = _reason(reason)
    store(dialogue, "why_not_held")
    enter(events.Postponed(), about=dialogue.matter, by=by, at=at, content=[reason])
    return dialogue


@transaction.atomic
def reschedule(dialogue_id: UUID, *, starts_at: datetime, by: Actor, at: datetime) -> Dialogue:
    """Set a new date; it is to be announced again."""
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_change(by, dialogue))
    workflow.RESCHEDULE.take(dialogue)
    dialogue.starts_at, dialogue.announced_at = starts_at, None
    store(dialogue, "starts_at", "announced_at")
    day: date = local_day(starts_at)
    enter(events.Rescheduled(day), about=dialogue.matter, by=by, at=at)
    return dialogue


@transaction.atomic
def cancel(dialogue_id: UUID, *, reason: str, by: Actor, at: datetime) -> Dialogue:
    """Call it off; the reason is announced."""
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_change(by, dialogue))
    workflow.CANCEL.take(dialogue)
    dialogue.why_not_held = _reason(reason)
    store(dialogue, "why_not_held")
    enter(events.Cancelled(), about=dialogue.matter, by=by, at=at, content=[reason])
    return dialogue


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Give the reason in a sentence; it is announced."))
    return reason.strip()


@transaction.atomic
def prepare(dialogue_id: UUID, *, item_id: UUID, draft_reply: str, by: Actor, at: datetime) -> Item:
    """Keep a draft reply to a question collected beforehand, for the chair's file."""
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_prepare(by, dialogue))
    workflow.PREPARE.take(dialogue)
    item = dialogue.items.get(pk=item_id)
    item.draft_reply = draft_reply.strip()
    item.save(update_fields=["draft_reply"])
    enter(events.Prepared(item.pk), about=dialogue.matter, by=by, at=at, content=[draft_reply])
    return item
