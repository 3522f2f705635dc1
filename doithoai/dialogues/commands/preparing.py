"""Replies to questions collected beforehand: drafted by who holds the dialogue, or asked of other
bodies and sent by them.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from doithoai.accounts.models import User
from doithoai.cases import suspicions
from doithoai.cases.commands.naming import refuse_naming_in
from doithoai.cases.models import Case
from doithoai.cases.workflow import State as CaseState
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.dialogues import events, policies, workflow
from doithoai.dialogues.commands.hall import acting
from doithoai.dialogues.models import Asked, Dialogue, Item
from doithoai.docket.commands import Said, admit, enter, enter_all
from doithoai.docket.models import Obligation
from doithoai.docket.telling import debtors
from doithoai.notices.commands import Notice, Recipient, queue_all
from doithoai.units.models import Body


@transaction.atomic
def prepare(dialogue_id: UUID, *, item_id: UUID, draft_reply: str, by: Actor, at: datetime) -> Item:
    """Keep a draft reply to a question collected beforehand, for the chair's file."""
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_prepare(by, dialogue))
    workflow.PREPARE.take(dialogue)
    item = dialogue.items.get(pk=item_id)
    refuse_naming_in([item.case_id], draft_reply, by=by)
    item.draft_reply = draft_reply.strip()
    item.save(update_fields=["draft_reply"])
    enter(events.Prepared(item.pk), about=dialogue.matter, by=by, at=at, content=[draft_reply])
    return item


@transaction.atomic
def ask_drafts(
    dialogue_id: UUID, *, items: Sequence[UUID], body: UUID, by: Actor, at: datetime
) -> list[Asked]:
    """Ask a body to draft replies to these questions before the day; it sees them from now on, and
    who was asked already is not asked twice.

    Raises Invalid for a body nobody acts for here, for a question that may belong to another
    procedure, on the day of the dialogue, and when nothing new is asked.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_ask_draft(by, dialogue))
    workflow.ASK_DRAFT.take(dialogue)
    _check_body(dialogue, body, at)
    found = dialogue.items.readable(by).filter(pk__in=items, before_hand=True)
    wanted = list(found.exclude(asked__body=body).order_by("number"))
    if not wanted:
        raise Invalid(_("This body was asked already, or there is no such question."))
    assert by.post is not None, "the policy lets only officials ask"
    made = [Asked(item=item, body_id=body, by_id=by.post, at=at) for item in wanted]
    admit(dialogue.matter, body=body)
    for item in wanted:
        _show(item, body, by)
    Asked.objects.bulk_create(made)
    enter_all([Said(_asked(each)) for each in made], about=dialogue.matter, by=by, at=at)
    _tell(dialogue, made, at)
    return made


def _check_body(dialogue: Dialogue, body: UUID, at: datetime) -> None:
    if body == dialogue.host_id or body in dialogue.organisers:
        raise Invalid(_("Who holds the dialogue prepares replies itself. Choose another body."))
    if body not in acting([body], today=local_day(at)):
        raise Invalid(_("Nobody acts for this body here. Ask it by letter, and keep its reply."))
    if local_day(dialogue.starts_at) <= local_day(at):
        raise Invalid(_("Draft replies are asked for before the day of the dialogue."))


def _show(item: Item, body: UUID, by: Actor) -> None:
    """Let the body read the question, unless it may turn out to be another procedure's."""
    case = Case.objects.lock(item.case_id, seen_by=by)
    undecided = case.state == CaseState.RECEIVED
    if case.other_procedure != "none" or (
        undecided and suspicions.other_procedure(case.text) != "none"
    ):
        raise Invalid(
            _("Decide first on the procedure of no. %(number)s; until then nobody else reads it.")
            % {"number": item.number}
        )
    admit(case.matter, body=body)


def _asked(each: Asked) -> events.DraftAsked:
    return events.DraftAsked(each.pk, each.item_id, each.body_id)


def asked_anew(dialogue: Dialogue) -> list[Said]:
    """What is still asked, as it is entered again when the day of the dialogue moves."""
    still = Asked.objects.filter(item__dialogue=dialogue, sent_at=None).order_by("pk")
    return [Said(_asked(each)) for each in still]


def _tell(dialogue: Dialogue, made: Sequence[Asked], at: datetime) -> None:
    """One notice to each who works for the body, however many questions it is asked about."""
    owed = Obligation.objects.filter(
        matter=dialogue.matter, key__endswith=f":{made[0].pk}", state="open"
    ).first()
    if owed is None:
        return
    body = Body.objects.get(pk=made[0].body_id)
    notices = [_notice(dialogue, body, len(made), owed, user) for user in debtors(owed, at)]
    queue_all([each for each in notices if each.to.address], at=at)


def _notice(dialogue: Dialogue, body: Body, questions: int, owed: Obligation, user: User) -> Notice:
    assert owed.due_on is not None, "the day of a dialogue is known"
    context = {
        "code": dialogue.matter.code,
        "title": dialogue.title,
        "body": body.short_name,
        "host": dialogue.host.short_name,
        "questions": str(questions),
        "due": f"{owed.due_on:%d/%m/%Y}",
        "url": settings.SITE_URL + reverse("dialogue", args=[dialogue.matter.code]),
    }
    return Notice(
        template="dialogues/notices/draft_asked",
        to=Recipient("email", user.email.strip(), user.language),
        about=dialogue.matter_id,
        context=context,
    )


@transaction.atomic
def send_draft(dialogue_id: UUID, *, item_id: UUID, draft: str, by: Actor, at: datetime) -> Asked:
    """Send the draft reply the body was asked for; sent again, the later one holds. Raises NotFound
    for a question it was not asked about, Invalid when empty.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_send_draft(by, dialogue))
    workflow.SEND_DRAFT.take(dialogue)
    asked = policies.asked_of(by, dialogue).filter(item=item_id).first()
    if asked is None or not dialogue.items.readable(by).filter(pk=item_id).exists():
        raise NotFound(_("There is no such question."))
    if not draft.strip():
        raise Invalid(_("The draft is empty. Write the reply you propose."))
    refuse_naming_in([asked.item.case_id], draft, by=by)
    asked.draft, asked.sent_by_id, asked.sent_at = draft.strip(), by.post, at
    asked.save(update_fields=["draft", "sent_by", "sent_at"])
    sent = events.DraftSent(asked.pk, asked.item_id)
    enter(sent, about=dialogue.matter, by=by, at=at, content=[asked.draft])
    return asked
