"""The acts in the order in which a page offers them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from doithoai.cases import petition_rules, policies, sealed_rules
from doithoai.cases.acts import calls, petitions
from doithoai.cases.acts.act import Act, on
from doithoai.cases.danger import waits_for_a_measure
from doithoai.cases.forms.answering import Answering, Drafting, Extending, Publishing, Withholding
from doithoai.cases.forms.fields import Bare, SaidWords, Seen, Words
from doithoai.cases.forms.hearing import (
    Archiving,
    FanningOut,
    Hearing,
    Joining,
    Reissuing,
    Withdrawing,
)
from doithoai.cases.forms.intake import Adding
from doithoai.cases.forms.placing import (
    Assigning,
    Classifying,
    Coordinating,
    DraftingLetter,
    Forwarding,
    Offering,
    RecordingReply,
    Routing,
)
from doithoai.cases.models import Case
from doithoai.cases.workflow import STEPS, State
from doithoai.core.actors import Actor
from doithoai.core.decisions import Decision, no

_NOT_PLACED: Final = _("Not now: classify it first, or wait for the body asked.")
_NOT_OFFERED: Final = _("No body has been asked to take it.")
_NO_LETTER: Final = _("It is not with a body written to by letter.")
_NO_ANSWER: Final = _("There is no answer yet on which the person could be heard.")
_HEARD: Final = _("You write down the person's word; your name stands beside it.")
_ENDED: Final = _("It has ended.")
ACTS: Final[tuple[Act, ...]] = (
    Act(
        "accept", pgettext_lazy("act", "Accept"), on(Bare, calls.accept),
        steps=("accept",), key="t",
        not_yet=_("Only what another body has transferred can be accepted."),
        lead=_("From now on your body has the item and owes the answer by the same date."),
    ),
    Act(
        "return", pgettext_lazy("act", "Return, with the reason"),
        on(Words, calls.give_back),
        steps=("return", "refer"), key="l",
        not_yet=_("Only what another body has transferred can be returned."),
        ask=_("Why it is returned"),
        lead=_("The third return goes to the person who decides on the lead body."),
    ),
    Act(
        "classify", pgettext_lazy("act", "Classify"), on(Classifying, calls.classify),
        steps=("classify", "redirect"), key="p",
        not_yet=_("It has been classified and has gone on."),
    ),
    Act(
        "guide", pgettext_lazy("act", "Tell the person the right procedure"),
        on(Words, calls.guide), steps=("guide",),
        not_yet=_("Only for items classified as belonging to another procedure."),
        ask=_("What the person is told in writing"),
    ),
    Act(
        "answer", pgettext_lazy("act", "Answer, with evidence"),
        on(Answering, calls.answer), steps=("answer", "schedule"), key="a",
        not_yet=_("It cannot be answered now: nobody has it in hand, or it has ended."),
    ),
    Act(
        "route", pgettext_lazy("act", "Give to a body to settle"),
        on(Routing, calls.route),
        steps=("route", "route_above"), key="c",
        not_yet=_("Classify it first; what is with another body comes back before it goes on."),
    ),
    Act(
        "offer", pgettext_lazy("act", "Transfer to another body"),
        on(Offering, calls.offer),
        steps=("offer",), key="o",
        not_yet=_NOT_PLACED,
        lead=_("Until it accepts, your body still owes the answer."),
    ),
    Act(
        "take-back", pgettext_lazy("act", "Take the transfer back"),
        on(Words, calls.take_back), steps=("take_back", "take_back_in_hand"), key="u",
        not_yet=_NOT_OFFERED, ask=_("Why the transfer is taken back"),
        lead=_("Your body then settles it itself, or passes it on elsewhere. No date changes."),
    ),
    Act(
        "refer", pgettext_lazy("act", "Ask for a decision on the lead body"),
        on(Words, calls.refer), steps=("refer_unanswered",),
        not_yet=_NOT_OFFERED, ask=_("What was asked of the body, and when"),
        lead=_("The body asked let its time pass: the head names the lead body, which keeps it."),
    ),
    Act(
        "draft-letter", pgettext_lazy("act", "Draft the transfer letter"),
        on(DraftingLetter, calls.draft_letter), steps=("draft_letter",),
        besides=sealed_rules.may_draft_letter,
        not_yet=_NOT_PLACED,
        lead=_("A Word file to be numbered and signed; then it is recorded and the item is sent."),
    ),
    Act(
        "forward", pgettext_lazy("act", "Send by letter"),
        on(Forwarding, calls.forward),
        steps=("forward",),
        not_yet=_NOT_PLACED,
        lead=_("For a body without an account. You stay the one the person sees, and follow up."),
    ),
    Act(
        "coordinate", pgettext_lazy("act", "Name coordinating bodies"),
        on(Coordinating, calls.coordinate), policy=policies.may_coordinate,
        lead=_("They read the item and write their opinion as an internal note; "
               "the lead body answers."),
    ),
    Act(
        "decide-lead", pgettext_lazy("act", "Decide on the lead body"),
        on(Routing, calls.decide_lead), steps=("decide_lead",),
        not_yet=_("Only after a third return does somebody have to decide on the lead body."),
    ),
    Act(
        "assign", pgettext_lazy("act", "Say who works on it"),
        on(Assigning, calls.assign), steps=("assign",),
        not_yet=_("No body has it in hand, so nobody can be named to work on it."),
    ),
    Act(
        "act", pgettext_lazy("act", "Record a first measure"), on(Words, calls.act),
        steps=("act",), not_yet=_ENDED, ask=_("Who went, what was closed off or done"),
    ),
    Act(
        "ask", pgettext_lazy("act", "Ask the person"), on(Words, calls.ask),
        steps=("ask",), key="h",
        not_yet=_("The person is asked while a body is settling it."),
        ask=_("What you must know from the person"),
        lead=_("The date stands still until the reply, and the wait is reviewed."),
    ),
    Act(
        "hear-reply", pgettext_lazy("act", "Write down the person's reply"),
        on(SaidWords, calls.hear_reply), steps=("hear_reply", "hear_reply_above"),
        not_yet=_("No question to the person is open."), ask=_("What the person replied"),
    ),
    Act(
        "draft", pgettext_lazy("act", "Draft an answer"), on(Drafting, calls.draft),
        steps=("draft",), besides=sealed_rules.may_draft, key="d",
        not_yet=_("An answer is drafted while a body is settling it."),
    ),
    Act(
        "approve", pgettext_lazy("act", "Approve the draft"), on(Seen, calls.approve),
        steps=("approve",), besides=sealed_rules.may_draft,
        not_yet=_("There is no draft waiting for approval."),
    ),
    Act(
        "extend", pgettext_lazy("act", "Extend the time"), on(Extending, calls.extend),
        steps=("extend",), not_yet=_ENDED,
        lead=_("The law decides how far and how often; the person is told the reason."),
    ),
    Act(
        "urge", pgettext_lazy("act", "Urge the body asked or written to"), on(Words, calls.urge),
        steps=("urge", "urge_offered"), not_yet=_NO_LETTER,
        ask=_("What was written or said to the body"),
    ),
    Act(
        "record-reply", pgettext_lazy("act", "Record the reply of the body written to"),
        on(RecordingReply, calls.record_reply), steps=("record_reply",),
        not_yet=_NO_LETTER,
    ),
    Act(
        "inform", pgettext_lazy("act", "Tell the person how far it is"),
        on(Words, calls.inform), steps=("inform",),
        not_yet=_("Nobody has it in hand, or it has ended."), ask=_("How far it is, and what next"),
        lead=_("This is not an answer: what is owed stays owed, by the same date."),
    ),
    Act(
        "review", pgettext_lazy("act", "Review the roadmap"), on(Words, calls.review),
        steps=("review",), not_yet=_("It is not on a roadmap."), ask=_("What was found"),
    ),
    Act(
        "confirm", pgettext_lazy("act", "Agrees with the result"),
        on(Hearing, calls.confirm), steps=("confirm", "confirm_part"), key="y",
        not_yet=_NO_ANSWER, lead=_HEARD,
    ),
    Act(
        "confirm-part", pgettext_lazy("act", "Agrees in part"),
        on(Hearing, calls.confirm_part), steps=("confirm_part",),
        not_yet=_NO_ANSWER, lead=_HEARD,
    ),
    Act(
        "dispute", pgettext_lazy("act", "Does not agree, recommends again"),
        on(Hearing, calls.dispute), steps=("dispute",),
        not_yet=_NO_ANSWER,
        lead=_("The item then goes one level up, to be answered there."),
    ),
    Act(
        "publish", pgettext_lazy("act", "Publish, masked"),
        on(Publishing, calls.publish), steps=("publish",),
        not_yet=_("Only what has been answered is published."),
        lead=_("Masking of names and numbers is proposed. You decide what the public reads."),
    ),
    Act(
        "withhold", pgettext_lazy("act", "Do not publish"),
        on(Withholding, calls.withhold), policy=policies.may_publish,
        lead=_("What is withheld is counted by reason."),
    ),
    Act(
        "close", pgettext_lazy("act", "Close"), on(Bare, calls.close),
        steps=("close",), key="k",
        not_yet=_("It cannot be closed yet: there is no answer with evidence."),
    ),
    Act(
        "reopen", pgettext_lazy("act", "Take up again"), on(Words, calls.reopen),
        steps=("reopen",), not_yet=_("It has not ended."), ask=_("Why it is taken up again"),
    ),
    Act(
        "withdraw", pgettext_lazy("act", "Withdrawn by the person"),
        on(Withdrawing, calls.withdraw),
        steps=("withdraw",), not_yet=_ENDED,
        lead=_("Only from the person's own signed paper. The person is told, with the way back."),
    ),
    Act(
        "archive", pgettext_lazy("act", "Archive, with the legal ground"),
        on(Archiving, calls.archive), steps=("archive",),
        not_yet=_("It cannot be archived once it is answered, or while another body is asked."),
        lead=_("The person is told the ground. A date that has passed stays counted as late."),
    ),
    Act(
        "join", pgettext_lazy("act", "Handle together with another item"),
        on(Joining, calls.join), steps=("join",),
        not_yet=_("It can be joined only before it is answered."),
    ),
    Act(
        "part", pgettext_lazy("act", "Handle on its own again"), on(Words, calls.part),
        steps=("part",), not_yet=_("It is not handled with another item."), ask=_("Reason"),
    ),
    Act(
        "fan-out", pgettext_lazy("act", "Split off further requests"),
        on(FanningOut, calls.fan_out), policy=sealed_rules.may_fan_out,
        lead=_("One statement asks for several things: each becomes an item of its own."),
    ),
    Act(
        "add-statement", pgettext_lazy("act", "Add a further statement"),
        on(Adding, calls.add_submission), policy=sealed_rules.may_add_statement,
        lead=_("One more person says the same: they follow this item too."),
    ),
    Act(
        "look-over", pgettext_lazy("act", "Looked at"), on(Bare, calls.look_over),
        policy=policies.may_look_over,
        lead=_("You have looked at what was left for a person; the item leaves that list."),
    ),
    Act(
        "reissue", pgettext_lazy("act", "Replace a lost slip"),
        on(Reissuing, calls.reissue), policy=policies.may_reissue,
        lead=_("The old code and secret die at once; the new ones are shown a single time."),
    ),
    Act(
        "note", pgettext_lazy("act", "Internal note"), on(Words, calls.note),
        policy=policies.may_note, ask=_("Note"), key="n",
        lead=_("Officials who see the item read it; the person never does."),
    ),
)  # fmt: skip
# What is asked of somebody in each state: these stand on top, the first of them as the main act.
MAIN: Final[Mapping[str, tuple[str, ...]]] = {
    State.RECEIVED: ("classify", "act"),
    State.CLASSIFIED: ("route", "offer", "draft-letter", "forward", "answer"),
    State.ROUTED: ("answer", "ask", "offer", "act"),
    State.OFFERED: ("accept", "return", "urge", "take-back", "refer"),
    State.RETURNED: ("offer", "route", "forward"),
    State.DISPUTED_LEAD: ("decide-lead",),
    State.FORWARDED: ("record-reply", "urge", "answer"),
    State.ASKED: ("hear-reply", "answer"),
    State.DRAFTED: ("approve", "answer", "draft"),
    State.APPROVED: ("answer", "draft"),
    State.ANSWERED: ("confirm", "confirm-part", "dispute", "close", "publish", "answer"),
    State.ESCALATED: ("answer", "ask", "route"),
    State.SCHEDULED: ("review", "answer", "confirm", "confirm-part", "dispute"),
    State.REDIRECTED: ("guide",),
    State.CONFIRMED: ("publish", "reopen"),
    State.CLOSED: ("publish", "dispute", "reopen"),
    State.WITHDRAWN: ("reopen",),
    State.ARCHIVED: ("reopen",),
    State.JOINED: ("part",),
}
EVERY: Final[tuple[Act, ...]] = (*ACTS, *petitions.ACTS)
BY_NAME: Final[Mapping[str, Act]] = {each.name: each for each in EVERY}
# Nobody does these to what is settled by law as a complaint or a denunciation.
_NEVER_ON_PETITIONS: Final = frozenset(
    ("classify", "guide", "answer", "route", "draft-letter", "forward", "ask", "hear-reply",
     "draft", "approve", "urge", "record-reply", "inform", "review", "confirm", "confirm-part",
     "dispute", "publish", "withhold", "close", "fan-out", "coordinate")
)  # fmt: skip
_BY_STEP: Final = {each.name: each for each in STEPS}


@dataclass(frozen=True)
class Button:
    """An act as a page offers it: now, or with the reason why not."""

    act: Act
    decision: Decision


@dataclass(frozen=True)
class Offered:
    """A page's buttons: what this state asks for, what else can be done, what cannot and why."""

    main: tuple[Button, ...]
    others: tuple[Button, ...]
    refused: tuple[Button, ...]


def buttons(actor: Actor, case: Case) -> Offered:
    """Every act on its kind of item, whether it can be done now and, if not, why. Closing a
    recommendation always shows its reason.
    """
    offered = policies.offered(actor, case)
    every = {a.name: Button(a, _decision(a, actor, case, offered)) for a in _acts_on(case)}
    petition = petition_rules.is_petition(case)
    asked = (petitions.MAIN if petition else MAIN).get(case.state, ())
    if waits_for_a_measure(case):  # danger comes before everything else
        asked = ("act", *(name for name in asked if name != "act"))
    main = [every[name] for name in asked if every[name].decision]
    if not petition and not case.final and every["close"] not in main:
        main.append(every["close"])
    rest = [b for b in every.values() if b not in main]
    return Offered(
        main=tuple(main),
        others=tuple(b for b in rest if b.decision),
        refused=tuple(b for b in rest if not b.decision),
    )


def _acts_on(case: Case) -> tuple[Act, ...]:
    """A complaint is not offered what is a recommendation's, and the other way round; of either,
    whoever passed it on is told what became of it.
    """
    if petition_rules.is_petition(case):
        return tuple(a for a in EVERY if a.name not in _NEVER_ON_PETITIONS)
    never = petitions.ONLY
    if getattr(case, "came_as_petition", False) and petition_rules.forwarded(case):
        never = petitions.ONLY - petitions.FORWARDED
    return tuple(a for a in EVERY if a.name not in never)


def decide(act: Act, actor: Actor, case: Case) -> Decision:
    """Whether one act can be done now."""
    return _decision(act, actor, case, policies.offered(actor, case))


def _decision(act: Act, actor: Actor, case: Case, offered: Mapping[str, Decision]) -> Decision:
    if act.policy is not None:
        return act.policy(actor, case)
    found = [offered[name] for name in act.steps]
    allowed = next((decision for decision in found if decision), None)
    if allowed is not None:
        return act.besides(actor, case) if act.besides else allowed
    unfit = _BY_STEP[act.steps[0]].fits(case)
    if unfit or found[0].reason != unfit.reason:
        return found[0]
    return no(_ENDED if case.final and act.name != "reopen" else act.not_yet)
