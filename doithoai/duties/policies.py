"""Who counts, excuses and reads duties of heads."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Post
from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no
from doithoai.core.workflow import Step
from doithoai.docket.models import Matter
from doithoai.duties import workflow
from doithoai.duties.models import Duty, Kind
from doithoai.duties.workflow import State
from doithoai.units.models import Body

Policy = Callable[[Actor, Duty], Decision]

HELD_HERE = frozenset({Kind.RECEPTION, Kind.DIALOGUE})  # counted when they are recorded as held


def may_keep_time(actor: Actor) -> Decision:
    """Only the clock begins and ends periods."""
    if actor.kind == "clock":
        return YES
    return no(_("Only time itself does this."))


def may_count(actor: Actor, about: Matter) -> Decision:
    """Whoever records that something was held, counts it for those who chaired or received."""
    if actor.kind == "clock" or Matter.objects.visible_to(actor).filter(pk=about.pk).exists():
        return YES
    return no(_("Only who records what was held counts it for the heads."))


def may_read(actor: Actor) -> Decision:
    """Heads with their offices, and supervisors."""
    if actor.may("duties.read"):
        return YES
    return no(_("Only heads, their offices and supervisors read how heads fulfil their duties."))


def may_note(actor: Actor, duty: Duty) -> Decision:
    """The post itself or its office, for what is not recorded in this product when it is held."""
    if duty.kind in HELD_HERE:
        return no(_("Reception days and dialogues are counted when they are recorded as held."))
    own = isinstance(actor, Official) and duty.post.body_id in actor.acts_for
    if actor.may("duties.note") and own:
        return YES
    return no(_("Only the post that owes it, or its office, notes that it was done."))


def may_excuse(actor: Actor, duty: Duty) -> Decision:
    """The post above or a supervisor; never the post itself nor anybody of its body."""
    if not actor.may("duties.excuse") or actor.body == duty.post.body_id:
        return no(_("Only the post above or a supervisor excuses a post from its duty."))
    if actor.may("duties.oversee") or _above(actor, duty.post):
        return YES
    return no(_("Only the post above or a supervisor excuses a post from its duty."))


def _above(actor: Actor, post: Post) -> bool:
    """Whether the actor sits in the post named above, or else heads the body one level up."""
    if post.above_id is not None:
        return actor.post == post.above_id
    heads = isinstance(actor, Official) and actor.is_head
    return heads and post.body.parent_id is not None and actor.body == post.body.parent_id


def may_disclose(actor: Actor, body: Body) -> Decision:
    """The head of the body or of the one above it records the decision."""
    heads = isinstance(actor, Official) and actor.is_head
    if actor.may("duties.disclose") and heads and actor.body in {body.pk, body.parent_id}:
        return YES
    return no(_("Only the head of the body, or of the one above it, records this decision."))


RIGHTS: Mapping[Step[State], Policy] = {
    workflow.NOTE: may_note,
    workflow.EXCUSE: may_excuse,
}


def offered(actor: Actor, duty: Duty) -> dict[str, Decision]:
    """Every act with whether it can be done now and, if not, why."""
    return {step.name: policy(actor, duty) and step.fits(duty) for step, policy in RIGHTS.items()}
