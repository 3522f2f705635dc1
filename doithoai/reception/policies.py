"""Who may plan reception days, receive people, refuse to, conclude, and read the register."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from doithoai.accounts.actors import Official
from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no
from doithoai.core.workflow import Step
from doithoai.docket.models import Matter
from doithoai.reception import workflow
from doithoai.reception.models import Form, Kind, Session, Visit
from doithoai.reception.workflow import State, VisitState
from doithoai.units.models import Body

Policy = Callable[[Actor, Session], Decision]
VisitPolicy = Callable[[Actor, Visit], Decision]


def _works_for(actor: Actor, body: UUID) -> bool:
    return isinstance(actor, Official) and body in actor.acts_for


def may_read(actor: Actor) -> Decision:
    """The reception pages are for those whose role receives people or answers for it."""
    if actor.may("reception.read"):
        return YES
    return no(_("Your role does not receive citizens; their register is not open to it."))


def may_plan(actor: Actor, host: Body) -> Decision:
    """The office or the head of the body sets its reception days."""
    if actor.may("reception.plan") and _works_for(actor, host.pk):
        return YES
    return no(_("Only the office or the head of the body sets its reception days."))


def may_receive_at(actor: Actor, body: Body) -> Decision:
    """Whoever receives citizens for this body."""
    if actor.may("reception.receive") and _works_for(actor, body.pk):
        return YES
    return no(_("Only who receives citizens for this body works at its reception desk."))


def may_keep_time(actor: Actor) -> Decision:
    """Only the clock silences what proved a denunciation after it was written down."""
    if actor.kind == "clock":
        return YES
    return no(_("Only time itself does this."))


def may_ask(actor: Actor) -> Decision:
    """Anybody may ask to be received on a posted day; time itself asks nothing."""
    if actor.kind != "clock":
        return YES
    return no(_("Only people ask to be received."))


def _with(right: str, sentence: str) -> Policy:
    def policy(actor: Actor, session: Session) -> Decision:
        """The body whose reception day it is, by who has the right there."""
        if actor.may(right) and _works_for(actor, session.host_id):
            return YES
        return no(_(sentence))

    return policy


may_change = _with(
    "reception.plan",
    gettext_noop("Only the office or the head of the body changes its reception days."),
)
may_record = _with(
    "reception.conclude",
    gettext_noop("Only the body that received records how it was held and its conclusion."),
)


def may_post(actor: Actor, session: Session) -> Decision:
    """Of what was held already nobody is told before."""
    allowed = may_change(actor, session)
    if allowed and session.late_on:
        return no(_("It was held already; record who really received."))
    return allowed


def may_go_online(actor: Actor, session: Session) -> Decision:
    """Notice and test are owed for an online reception only (Decree 154/2026, article 23)."""
    allowed = may_change(actor, session)
    if allowed and session.form != Form.ONLINE:
        return no(_("This reception is not held online."))
    return allowed


def may_tell_points(actor: Actor, session: Session) -> Decision:
    """Everybody who takes part is told once; of a new day anew."""
    allowed = may_go_online(actor, session)
    if allowed and session.notified_at:
        return no(_("It is recorded already that everybody was told."))
    return allowed


def may_test(actor: Actor, session: Session) -> Decision:
    """The points are told before they are tested with (Decree 154/2026, article 23)."""
    allowed = may_go_online(actor, session)
    if allowed and session.notified_at is None:
        return no(_("Tell everybody who takes part first; then the connection is tested."))
    if allowed and session.tested_at:
        return no(_("It is recorded already that the connection was tested."))
    return allowed


def may_connect(actor: Actor, session: Session) -> Decision:
    """After a test that succeeded (Decree 154/2026, article 23)."""
    allowed = may_go_online(actor, session)
    if allowed and session.tested_at is None:
        return no(_("Test the connection first."))
    if allowed and session.connected_at:
        return no(_("It is recorded already that all points were connected."))
    return allowed


def may_archive(actor: Actor, session: Session) -> Decision:
    """Sound and pictures of an online reception are recorded and archived."""
    allowed = may_record(actor, session)
    if allowed and session.form != Form.ONLINE:
        return no(_("This reception is not held online."))
    if allowed and session.recorded_at:
        return no(_("It is recorded already where the recording is kept."))
    return allowed


def may_replace_deputy(actor: Actor, session: Session) -> Decision:
    """Only where a deputy receives or takes part."""
    allowed = may_change(actor, session)
    if allowed and not session.deputy:
        return no(_("No deputy receives or takes part on this day."))
    return allowed


def may_notify_deputy(actor: Actor, session: Session) -> Decision:
    """The office that serves the deputy tells them (Law 42/2013, articles 21 and 22)."""
    allowed = may_replace_deputy(actor, session)
    if allowed and session.excused_on:
        return no(_("The deputy has excused themself. Name another one first."))
    return allowed


def may_excuse_deputy(actor: Actor, session: Session) -> Decision:
    """A deputy excuses themself once."""
    allowed = may_replace_deputy(actor, session)
    if allowed and session.excused_on:
        return no(_("The excuse of this deputy is on record already."))
    return allowed


def may_hold(actor: Actor, session: Session) -> Decision:
    """Of a deputy who cannot come nobody says that they received."""
    allowed = may_record(actor, session)
    if allowed and session.kind == Kind.DEPUTY and session.excused_on:
        return no(
            _(
                "The deputy has excused themself. Name another deputy, postpone the day or "
                "cancel it."
            )
        )
    return allowed


def may_conclude(actor: Actor, session: Session) -> Decision:
    """A conclusion notice follows a head's reception (Law 42/2013, article 25(2))."""
    allowed = may_record(actor, session)
    if allowed and not session.by_head:
        return no(_("Regular reception has no conclusion notice; each visit has its own result."))
    return allowed


def may_sign(actor: Actor, session: Session) -> Decision:
    """What was signed is recorded after it was worded here."""
    allowed = may_conclude(actor, session)
    if allowed and session.state == State.HELD and session.document is None:
        return no(_("Word the conclusion first; the Word file made of it is what is signed."))
    return allowed


def may_receive(actor: Actor, visit: Visit) -> Decision:
    """Whoever receives citizens for the body the visit was paid to."""
    if actor.may("reception.receive") and _works_for(actor, visit.body_id):
        return YES
    return no(_("Only who receives citizens for this body works at its reception desk."))


def may_speak(actor: Actor, visit: Visit) -> Decision:
    """Of a visit kept sealed nothing is written down here."""
    if visit.sealed:
        return no(_("This visit is kept sealed; nothing about it is written down here."))
    return may_receive(actor, visit)


def may_refuse(actor: Actor, visit: Visit) -> Decision:
    """Refusing is a right of its own: it must not be used to dodge responsibility."""
    if actor.may("reception.refuse") and _works_for(actor, visit.body_id):
        return YES
    return no(_("Your role may not refuse to receive; ask the head of the reception."))


def may_notify(actor: Actor, matter: Matter) -> Decision:
    """The notice of refusal is the business of the body that refused."""
    if actor.may("reception.refuse") and _works_for(actor, matter.body_id):
        return YES
    return no(_("Only the body that refused issues the written notice of refusal."))


RIGHTS: Mapping[Step[State], Policy] = {
    workflow.POST: may_post,
    workflow.POSTPONE: may_change,
    workflow.RESCHEDULE: may_change,
    workflow.MOVE: may_change,
    workflow.CANCEL: may_change,
    workflow.APPOINT: may_change,
    workflow.PREPARE: may_change,
    workflow.NOTIFY: may_tell_points,
    workflow.TEST: may_test,
    workflow.CONNECT: may_connect,
    workflow.ARCHIVE: may_archive,
    workflow.NOTIFY_DEPUTY: may_notify_deputy,
    workflow.EXCUSE_DEPUTY: may_excuse_deputy,
    workflow.REPLACE_DEPUTY: may_replace_deputy,
    workflow.HOLD: may_hold,
    workflow.CONCLUDE: may_conclude,
    workflow.SIGN: may_sign,
}
VISIT_RIGHTS: Mapping[Step[VisitState], VisitPolicy] = {
    workflow.CALL: may_receive,
    workflow.LEAVE: may_receive,
    workflow.WRITE_DOWN: may_speak,
    workflow.ADD_PAPERS: may_speak,
    workflow.RAISE: may_speak,
    workflow.SEAL: may_speak,
    workflow.REFUSE: may_refuse,
    workflow.END: may_receive,
}
WHEN: Mapping[Step[State], str] = {
    workflow.POST: gettext_noop("It is posted already, or another day has to be set first."),
    workflow.POSTPONE: gettext_noop("Only a day that is still to come is postponed."),
    workflow.RESCHEDULE: gettext_noop("A reception that was held or called off is not moved."),
    workflow.MOVE: gettext_noop("Only a day that was posted and is still to come is moved."),
    workflow.CANCEL: gettext_noop("A reception that was held or called off stays as it is."),
    workflow.PREPARE: gettext_noop("Matters are prepared before the reception is held."),
    workflow.NOTIFY_DEPUTY: gettext_noop("A deputy is told before the reception is held."),
    workflow.EXCUSE_DEPUTY: gettext_noop("A deputy excuses themself before the reception is held."),
    workflow.REPLACE_DEPUTY: gettext_noop("A deputy is named before the reception is held."),
    workflow.HOLD: gettext_noop("It is held already, or it does not take place."),
    workflow.CONCLUDE: gettext_noop(
        "The notice is worded after it is held and before it is signed."
    ),
    workflow.SIGN: gettext_noop("The notice is recorded once, after the reception is held."),
}


def offered(actor: Actor, session: Session) -> dict[str, Decision]:
    """Every act on a reception day with whether it can be done now and, if not, why."""
    return {
        step.name: policy(actor, session) and _now(step, session) for step, policy in RIGHTS.items()
    }


def _now(step: Step[State], session: Session) -> Decision:
    fits = step.fits(session)
    return no(_(WHEN[step])) if not fits and step in WHEN else fits


def offered_at_desk(actor: Actor, visit: Visit) -> dict[str, Decision]:
    """Every act on a visit with whether it can be done now and, if not, why."""
    return {
        step.name: policy(actor, visit) and step.fits(visit)
        for step, policy in VISIT_RIGHTS.items()
    }
