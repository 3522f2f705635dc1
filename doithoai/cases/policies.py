"""Who may do what to a case. *When* is in workflow; both answer with a reason."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.cases import deciding_lead, petition_rules, withdrawing_rules, workflow
from doithoai.cases.belonging import belongs_to_answerer, not_theirs
from doithoai.cases.extending import extensible, none_left
from doithoai.cases.models import Case
from doithoai.cases.proving import unproven
from doithoai.cases.workflow import Outcome, State
from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no
from doithoai.core.workflow import Step

Policy = Callable[[Actor, Case], Decision]


def acts_for(actor: Actor, body: object) -> bool:
    """Whether the official works for this body: their own, the committee whose office they are, or
    one they head.
    """
    return isinstance(actor, Official) and body is not None and body in actor.acts_for


def may_coordinate(actor: Actor, case: Case) -> Decision:
    """Whoever decides where it goes names who coordinates; nobody joins a case kept private."""
    if case.matter.sealed or case.other_procedure != "none":
        return no(_("An item kept private has no coordinating bodies."))
    if case.final:
        return no(_("It has ended."))
    if case.state == State.RECEIVED:
        return no(_("Classify it first, then name who coordinates."))
    return may_route(actor, case)


def may_erase(actor: Actor, case: Case) -> Decision:
    """The body that has the item answers for what it keeps of people; its head decides."""
    if actor.may("docket.correct") and acts_for(actor, case.matter.body_id):
        return YES
    return no(_("Only the head of the body that has the item decides that a person is erased."))


def may_receive(actor: Actor) -> Decision:
    """Anybody may say something; officials take it down only with the clerk's right."""
    if actor.kind == "citizen" or actor.may("cases.receive"):
        return YES
    return no(_("Only a reception clerk takes down what people say."))


def may_take_in(actor: Actor, case: Case) -> Decision:
    """An answer given elsewhere is entered by a clerk of the body that received or has the item."""
    if petition_rules.is_petition(case):
        return petition_rules.ordinary(case)
    bodies = {case.handling_body_id} if disputed(case) else {case.receiving_body_id}
    bodies |= {case.handling_body_id}
    if actor.may("cases.receive") and any(acts_for(actor, b) for b in bodies):
        return YES
    return no(_("Only a reception clerk takes down what people say."))


def may_set_date(actor: Actor, case: Case) -> Decision:
    """A conclusion's dates are entered by officials; whose dialogue it is was asked before."""
    del case
    if actor.may("cases.receive"):
        return YES
    return no(_("Only a reception clerk takes down what people say."))


def disputed(case: Case) -> bool:
    """Whether the person's objection waits for its answer, one level up."""
    return case.word == workflow.Word.DISAGREED


def may_relate(actor: Actor, case: Case) -> Decision:
    """See ``petition_rules``: of petitions only."""
    if case.final:
        return no(_("It has ended."))
    return petition_rules.may_relate(actor, case)


def may_serve(actor: Actor, case: Case) -> Decision:
    """The office of the body that received or has it does what a person at the desk needs."""
    if not actor.may("cases.route"):
        return no(_("Only a clerk or a head decides where an item goes."))
    if any(acts_for(actor, b) for b in (case.receiving_body_id, case.handling_body_id)):
        return YES
    return no(_("Only the body that received the item, or has it now, may pass it on."))


def may_route(actor: Actor, case: Case) -> Decision:
    """The office of the body that received or has it decides where it goes; once the person
    disputed the answer, only that of the upper body, which has it.
    """
    allowed = may_serve(actor, case)
    if allowed and disputed(case) and not acts_for(actor, case.handling_body_id):
        return no(
            _("The person disputed the answer: only the upper body, which has it now, decides.")
        )
    return allowed


def may_place(actor: Actor, case: Case) -> Decision:
    """Whoever passes it on does so as with a recommendation, where it is one."""
    return petition_rules.ordinary(case) and may_route(actor, case)


def may_offer(actor: Actor, case: Case) -> Decision:
    """Whoever passes it on asks another body; of a petition only what is that body's."""
    if petition_rules.is_petition(case):
        return petition_rules.may_transfer(actor, case)
    return may_route(actor, case)


def may_take_back(actor: Actor, case: Case) -> Decision:
    """Whoever passes it on may take an offer back or urge its answer: its office, or that of the
    body that owes until the offer is accepted. Not the body asked, which accepts or returns.
    """
    asked = next((t for t in case.transfers.all() if t.how == "offer" and not t.ended), None)
    if asked and acts_for(actor, asked.to_id):
        return no(_("Your body was asked to take the item: accept it, or return it."))
    return may_route(actor, case)


def may_act_first(actor: Actor, case: Case) -> Decision:
    """Danger waits for no transfer: the body that received it, which owes the first measure, may
    take it too.
    """
    if actor.may("cases.answer") and acts_for(actor, case.receiving_body_id):
        return YES
    return may_answer(actor, case)


def may_reply_to_offer(actor: Actor, case: Case) -> Decision:
    """The body asked accepts or returns."""
    asked = next((t for t in case.transfers.all() if t.how == "offer" and not t.ended), None)
    if asked and acts_for(actor, asked.to_id) and actor.may("cases.answer"):
        return YES
    return no(_("Only the body that was asked to take the item may accept or return it."))


def may_reissue(actor: Actor, case: Case) -> Decision:
    """Whoever routes it replaces a lost slip; once answered, nobody of the body that answered:
    the slip speaks in the person's name.
    """
    allowed = may_serve(actor, case)
    if allowed and belongs_to_answerer(actor, case):
        return no(
            _("The body that answered hands out no new slip: the slip gives the person's own word.")
        )
    return allowed


def may_decide_lead(actor: Actor, case: Case) -> Decision:
    """The tie-break post names the lead body: the head where the case was received, or above."""
    may = actor.may("cases.decide_lead")
    if may and any(acts_for(actor, body) for body in deciding_lead.bodies(case)):
        return YES
    return no(_("Only the person who decides on the lead body may do this."))


def may_answer(actor: Actor, case: Case) -> Decision:
    """The body that has the case answers it, or the sender for a body without an account."""
    if petition_rules.is_petition(case):
        return petition_rules.ordinary(case)
    if not actor.may("cases.answer"):
        return no(_("Only a case officer or a head answers."))
    holder = case.handling_body_id or case.receiving_body_id
    if acts_for(actor, holder):
        return YES
    return no(_("Only the body that has the item may answer it."))


def may_approve(actor: Actor, case: Case) -> Decision:
    """A head of the body that has it approves the wording."""
    if petition_rules.is_petition(case):
        return petition_rules.ordinary(case)
    if actor.may("cases.approve") and acts_for(actor, case.handling_body_id):
        return YES
    return no(_("Only the head of the body that has the item may approve the answer."))


def may_reopen(actor: Actor, case: Case) -> Decision:
    """A head of the body that has it; of the one that received it when no body ever had it. And the
    person, when an official recorded a withdrawal that was not theirs and the time to say so runs.
    """
    if actor.kind == "citizen" and actor.ref is not None and deniable(case):
        return YES
    holder = case.handling_body_id or case.receiving_body_id
    if actor.may("cases.approve") and acts_for(actor, holder):
        return YES
    return no(_("Only the head of the body that has the item may take it up again."))


def deniable(case: Case) -> bool:
    """Whether the person may still say that they did not withdraw it."""
    if case.state != State.WITHDRAWN:
        return False
    windows = [row for row in case.matter.obligations.all() if row.kind == "window"]
    return any(row.role == "person" and row.state == "open" for row in windows)


def may_give_time(actor: Actor, case: Case) -> Decision:
    """A head of the body that has it, whatever it is."""
    if actor.may("cases.approve") and acts_for(actor, case.handling_body_id):
        return YES
    return no(_("Only the head of the body that has the item may extend the time."))


def may_extend(actor: Actor, case: Case) -> Decision:
    """A head of the body that has it gives more time, where the law still lets a date be moved."""
    allowed = may_give_time(actor, case)
    if not allowed:
        return allowed
    if case.final or extensible(case):
        return YES
    return no(none_left())


def may_look_over(actor: Actor, case: Case) -> Decision:
    """Whoever routes it says that what was left for a person to look at has been looked at."""
    if not case.attention:
        return no(_("Nothing is left to be looked at here."))
    return may_serve(actor, case)


def may_assign(actor: Actor, case: Case) -> Decision:
    """Heads and clerks of the body that has it say who works on it."""
    if (actor.may("cases.assign")) and acts_for(actor, case.handling_body_id):
        return YES
    return no(_("Only the head of the body that has the item may say who works on it."))


def may_publish(actor: Actor, case: Case) -> Decision:
    """A named person decides what the public reads; another procedure's matters never come out."""
    if petition_rules.is_petition(case):
        return petition_rules.ordinary(case)
    if case.other_procedure != "none" or case.matter.sealed:
        return no(
            _(
                "An item for another procedure is never published: it would tell who complains or "
                "denounces (Law on Denunciations 25/2018, article 8). If it is a recommendation "
                "after all, correct its kind first."
            )
        )
    bodies = (case.receiving_body_id, case.handling_body_id, case.answering_body_id)
    if actor.may("cases.publish") and any(acts_for(actor, b) for b in bodies):
        return YES
    return no(_("Only the person in charge of publishing may do this."))


def may_say(actor: Actor, case: Case) -> Decision:
    """The person who spoke, or somebody who writes their word down and does not belong to the body
    that answered.
    """
    if petition_rules.is_petition(case):
        return petition_rules.ordinary(case)
    if actor.kind == "citizen" and actor.ref is not None:
        return YES
    if not actor.may("cases.record_word"):
        return no(
            _(
                "Only the person who spoke may say this, or somebody "
                "entrusted to write their word down."
            )
        )
    if belongs_to_answerer(actor, case):
        return no(not_theirs())
    return YES


def may_close(actor: Actor, case: Case) -> Decision:
    """The body that answered closes, when it is settled with evidence and the person was heard."""
    allowed = may_answer(actor, case)
    if not allowed:
        return allowed
    if case.outcome in {Outcome.PARTLY, Outcome.IN_PROGRESS, Outcome.SCHEDULED, Outcome.NONE}:
        return no(
            _("It cannot be closed yet: the outcome is not final. Answer again when it is done.")
        )
    if case.word == workflow.Word.NONE:
        return no(
            _(
                "It cannot be closed yet: the person has not been heard and "
                "the time to hear them still runs."
            )
        )
    if unproven(case):
        return no(
            _(
                "It cannot be closed yet: the answer says settled and names no document or file. "
                "Answer again with the evidence."
            )
        )
    return YES


def may_archive(actor: Actor, case: Case) -> Decision:
    """Whoever passes it on; once a duty is past its date, only a head."""
    allowed = may_route(actor, case)
    if not allowed or actor.may("cases.approve") or not overdue(case):
        return allowed
    return no(
        _(
            "A date of this item has passed: only a head may put it on file. Give it to the head, "
            "with the ground (Circular 05/2021/TT-TTCP, article 6)."
        )
    )


def overdue(case: Case, *, role: str = "") -> bool:
    """Whether the post above was told that a running duty of the item is past its date."""
    owed = [row for row in case.matter.obligations.all() if row.kind == "duty"]
    running = [row for row in owed if row.state == "open" and role in {"", row.role}]
    return any(row.escalated_on is not None for row in running)


def may_refer(actor: Actor, case: Case) -> Decision:
    """Whoever passed it on asks for a decision once the body asked let its time pass."""
    allowed = may_take_back(actor, case)
    if not allowed or overdue(case, role="offered_body"):
        return allowed
    return no(_("The body asked still has time to accept or return it."))


def may_reply(actor: Actor, case: Case) -> Decision:
    """The person replies to what they were asked, or whoever works on it writes the reply down."""
    if actor.kind == "citizen" and actor.ref is not None:
        return YES
    return may_serve(actor, case)


def may_note(actor: Actor, case: Case) -> Decision:
    """Any official who sees the case and works on cases writes internal notes."""
    del case
    if actor.may("cases.note"):
        return YES
    return no(_("Your role may read the item but not write notes."))


def may_lapse(actor: Actor, case: Case) -> Decision:
    """Only the clock says that a time ran out."""
    del case
    return YES if actor.kind == "clock" else no(_("Only time itself does this."))


RIGHTS: Mapping[Step[State], Policy] = {
    workflow.CLASSIFY: may_place,
    workflow.REDIRECT: may_place,
    workflow.GUIDE: may_place,
    workflow.ROUTE: may_place,
    workflow.ROUTE_ABOVE: may_place,
    workflow.OFFER: may_offer,
    workflow.TAKE_BACK: may_take_back,
    workflow.TAKE_BACK_IN_HAND: may_take_back,
    workflow.ACCEPT: may_reply_to_offer,
    workflow.RETURN: may_reply_to_offer,
    workflow.REFER: may_reply_to_offer,
    workflow.REFER_UNANSWERED: may_refer,
    workflow.DECIDE_LEAD: may_decide_lead,
    workflow.DRAFT_LETTER: may_place,
    workflow.FORWARD: may_place,
    workflow.URGE: may_place,
    workflow.URGE_OFFERED: may_take_back,
    workflow.RECORD_REPLY: may_place,
    workflow.ASSIGN: may_assign,
    workflow.ACT: may_act_first,
    workflow.ASK: may_answer,
    workflow.HEAR_REPLY: may_reply,
    workflow.HEAR_REPLY_ABOVE: may_reply,
    workflow.DRAFT: may_answer,
    workflow.APPROVE: may_approve,
    workflow.ANSWER: may_answer,
    workflow.TAKE_IN: may_take_in,
    workflow.TAKE_IN_SCHEDULED: may_take_in,
    workflow.SCHEDULE: may_answer,
    workflow.INFORM: may_answer,
    workflow.REVIEW: may_answer,
    workflow.PUBLISH: may_publish,
    workflow.CONFIRM: may_say,
    workflow.CONFIRM_PART: may_say,
    workflow.DISPUTE: may_say,
    workflow.LAPSE: may_lapse,
    workflow.REOPEN: may_reopen,
    workflow.CLOSE: may_close,
    workflow.EXTEND: may_extend,
    **withdrawing_rules.RIGHTS,
    workflow.ARCHIVE: may_archive,
    workflow.JOIN: may_route,
    workflow.PART: may_route,
    **petition_rules.RIGHTS,
}


def offered(actor: Actor, case: Case) -> dict[str, Decision]:
    """Every act with whether it can be done now and, if not, why: one call for a page's buttons."""
    decided = {policy: policy(actor, case) for policy in set(RIGHTS.values())}
    return {each.name: (decided[policy] and each.fits(case)) for each, policy in RIGHTS.items()}
