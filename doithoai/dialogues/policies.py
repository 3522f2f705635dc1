"""Who may do what to a dialogue."""

from collections.abc import Callable, Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from doithoai.accounts.actors import Official
from doithoai.cases.models import Case
from doithoai.cases.policies import may_reissue, may_serve
from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no
from doithoai.core.workflow import Step
from doithoai.dialogues import workflow
from doithoai.dialogues.models import Asked, Dialogue, Sheet
from doithoai.dialogues.workflow import State
from doithoai.units.models import Body

Policy = Callable[[Actor, Dialogue], Decision]


def may_plan(actor: Actor, host: Body) -> Decision:
    """Clerks and heads of the host plan its dialogues."""
    if actor.may("dialogues.plan") and isinstance(actor, Official) and host.pk in actor.acts_for:
        return YES
    return no(_("Only the office or the head of the body that holds the dialogue may plan it."))


def _with(right: str, sentence: str) -> Policy:
    def policy(actor: Actor, dialogue: Dialogue) -> Decision:
        hosts = {dialogue.host_id, *dialogue.organisers}
        if actor.may(right) and isinstance(actor, Official) and hosts & actor.acts_for:
            return YES
        return no(_(sentence))

    return policy


may_change = _with(
    "dialogues.plan",
    gettext_noop("Only the office or the head of the body that holds the dialogue may change it."),
)
may_take_down = _with(
    "dialogues.take_down",
    gettext_noop("Only a clerk of a body that holds the dialogue takes down what is said."),
)
may_import = _with(
    "dialogues.import",
    gettext_noop("Only a clerk of a body that holds the dialogue imports its list."),
)
may_prepare = _with(
    "dialogues.prepare", gettext_noop("Only a body that holds the dialogue prepares it.")
)
may_ask_draft = _with(
    "dialogues.prepare",
    gettext_noop("Only a body that holds the dialogue asks others for draft replies."),
)


def asked_of(actor: Actor, dialogue: Dialogue) -> QuerySet[Asked]:
    """What this official's bodies were asked about."""
    bodies = actor.acts_for if isinstance(actor, Official) else ()
    return Asked.objects.filter(item__dialogue=dialogue, body__in=bodies)


def may_send_draft(actor: Actor, dialogue: Dialogue) -> Decision:
    """Who works for a body that was asked for a draft reply."""
    if actor.may("dialogues.draft") and asked_of(actor, dialogue).exists():
        return YES
    return no(_("Only a body that was asked for a draft reply sends one."))


may_record = _with(
    "dialogues.record",
    gettext_noop("Only a body that holds the dialogue records its minutes and its conclusion."),
)


def may_approve(actor: Actor, dialogue: Dialogue) -> Decision:
    """Who chaired, or the head of a body that holds it: the promise is theirs."""
    if actor.may("dialogues.approve") and isinstance(actor, Official) and _chairs(actor, dialogue):
        return YES
    return no(_("Only who chairs the dialogue approves the wording of its conclusion."))


def _chairs(actor: Official, dialogue: Dialogue) -> bool:
    if actor.body in {dialogue.host_id, *dialogue.organisers}:
        return True
    return dialogue.chairs.filter(post=actor.post).exists()


def may_sign(actor: Actor, dialogue: Dialogue) -> Decision:
    """The office records what was signed, once who chaired has approved the wording."""
    allowed = may_record(actor, dialogue)
    if allowed and dialogue.state == State.HELD and dialogue.approved_at is None:
        return no(_("Who chairs the dialogue has not approved the wording of the conclusion yet."))
    return allowed


def may_write_minutes(actor: Actor, dialogue: Dialogue) -> Decision:
    """The office keeps the minutes; what was signed is not written anew."""
    allowed = may_record(actor, dialogue)
    if allowed and dialogue.minutes_number:
        return no(_("The minutes are signed; what was signed is not changed."))
    return allowed


def may_sign_minutes(actor: Actor, dialogue: Dialogue) -> Decision:
    """The office records the signed minutes, once, after they were written here."""
    allowed = may_write_minutes(actor, dialogue)
    if allowed and dialogue.minutes_document is None:
        return no(_("Write the minutes first; the Word file made of them is what is signed."))
    return allowed


def may_publish_minutes(actor: Actor, dialogue: Dialogue) -> Decision:
    """The office makes signed minutes public, by a decision of its own."""
    allowed = may_record(actor, dialogue)
    if allowed and not dialogue.minutes_number:
        return no(_("Record the signed minutes first."))
    if allowed and dialogue.minutes_published_at is not None:
        return no(_("The minutes are public already."))
    return allowed


def may_hand_out(actor: Actor, case: Case, *, again: bool) -> Decision:
    """A first slip by whoever routes the case; another one not by the body that answered."""
    return may_reissue(actor, case) if again else may_serve(actor, case)


def may_read(actor: Actor) -> Decision:
    """Dialogues are read by those whose role works with them."""
    if actor.may("dialogues.read"):
        return YES
    return no(_("Your role does not read dialogues."))


def may_take_away(actor: Actor, sheet: Sheet) -> Decision:
    """A clerk's file as it came holds every row: it goes back to who brought it until it is
    imported, then to nobody, whatever is in it; a refusal for a reason would tell the reason.
    """
    if isinstance(actor, Official) and actor.post == sheet.by_id and sheet.result is None:
        return YES
    return no(
        _("A list that was read in is kept as it came and handed out to nobody. Export the list.")
    )


def may_read_papers(actor: Actor, dialogue: Dialogue) -> Decision:
    """Minutes and notices before they are public are not for a body that was only asked about some
    of the questions.
    """
    if dialogue.state == State.PUBLISHED or not isinstance(actor, Official):
        return YES
    within = {dialogue.host_id, *dialogue.organisers}
    within |= set(dialogue.chairs.values_list("post__body", flat=True))
    asked = Asked.objects.filter(item__dialogue=dialogue).exclude(body__in=within)
    audience = dialogue.matter.audience.exclude(body__in=asked.values("body"))
    reached = Q(body__in=actor.sees) | Q(post=actor.post) | Q(holder=actor.user)
    if audience.filter(reached).exists():
        return YES
    return no(
        _("Your body was asked about single questions; the papers are for those who hold it.")
    )


RIGHTS: Mapping[Step[State], Policy] = {
    workflow.CHANGE: may_change,
    workflow.ANNOUNCE: may_change,
    workflow.RESCHEDULE: may_change,
    workflow.POSTPONE: may_change,
    workflow.CANCEL: may_change,
    workflow.TAKE_DOWN: may_take_down,
    workflow.IMPORT: may_import,
    workflow.PREPARE: may_prepare,
    workflow.ASK_DRAFT: may_ask_draft,
    workflow.SEND_DRAFT: may_send_draft,
    workflow.HOLD: may_record,
    workflow.RECORD_MINUTES: may_write_minutes,
    workflow.SIGN_MINUTES: may_sign_minutes,
    workflow.PUBLISH_MINUTES: may_publish_minutes,
    workflow.CONCLUDE: may_record,
    workflow.APPROVE: may_approve,
    workflow.SIGN: may_sign,
    workflow.PUBLISH: may_record,
    workflow.POST_RESULTS: may_record,
}


WHEN: Mapping[Step[State], str] = {
    workflow.TAKE_DOWN: gettext_noop(
        "Statements are taken down until the conclusion is published, and not while the dialogue "
        "is put off or cancelled."
    ),
    workflow.IMPORT: gettext_noop("A dialogue that was put off or cancelled takes no list."),
    workflow.PREPARE: gettext_noop("Replies are prepared before the dialogue is held."),
    workflow.ASK_DRAFT: gettext_noop("Drafts are asked for before the dialogue is held."),
    workflow.SEND_DRAFT: gettext_noop("Replies are prepared before the dialogue is held."),
    workflow.HOLD: gettext_noop("It is held already, or it does not take place."),
    workflow.CHANGE: gettext_noop(
        "A dialogue that was held or does not take place is not changed."
    ),
    workflow.RECORD_MINUTES: gettext_noop(
        "Minutes are kept after it is held, until it is published."
    ),
    workflow.SIGN_MINUTES: gettext_noop("Signed minutes are recorded after the dialogue is held."),
    workflow.PUBLISH_MINUTES: gettext_noop(
        "Minutes become public only after the conclusion is published."
    ),
    workflow.CONCLUDE: gettext_noop(
        "The notice is worded after the dialogue is held and before it is signed."
    ),
    workflow.APPROVE: gettext_noop(
        "The wording is approved after the dialogue is held and before the notice is signed."
    ),
    workflow.SIGN: gettext_noop("The notice is recorded once, after the dialogue is held."),
    workflow.PUBLISH: gettext_noop("Record the signed conclusion notice first."),
    workflow.POST_RESULTS: gettext_noop("Publish the conclusion first."),
}


def offered(actor: Actor, dialogue: Dialogue) -> dict[str, Decision]:
    """Every act with whether it can be done now and, if not, why."""
    return {
        step.name: policy(actor, dialogue) and _now(step, dialogue)
        for step, policy in RIGHTS.items()
    }


def _now(step: Step[State], dialogue: Dialogue) -> Decision:
    """Whether it is the time for this step, with a reason of its own where there is one."""
    fits = step.fits(dialogue)
    return no(_(WHEN[step])) if not fits and step in WHEN else fits
