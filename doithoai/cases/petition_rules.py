"""Who may decide what of a petition, and why a complaint is not answered like a recommendation.

``policies`` lists these beside the rest; nothing here writes.
"""

from collections.abc import Callable, Mapping
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.cases import settlers, workflow
from doithoai.cases.models import Case, Petition
from doithoai.cases.workflow import State
from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no
from doithoai.core.workflow import Step
from doithoai.docket.models import Excluded, Matter, Party
from doithoai.ledger.models import Entry

ORDINARY: Final = frozenset({"recommendation", "reflection"})
PRIVATE: Final = frozenset({"denunciation", "denunciation_info", "party_matter"})
SETTLED_HERE: Final = frozenset({"complaint", "denunciation"})
FORWARDER: Final = "forwarding_body"


def is_petition(case: Case) -> bool:
    """Whether it is settled by law as a complaint, a denunciation or a Party matter."""
    return case.matter.procedure not in ORDINARY


def ordinary(case: Case) -> Decision:
    """Only recommendations and reflections are answered, confirmed and published."""
    if not is_petition(case):
        return YES
    return no(
        _(
            "A complaint, a denunciation or a Party matter is not answered, confirmed or published "
            "like a recommendation: accept it, decline it, or pass it to the competent body (Law "
            "on Complaints 02/2011, article 27; Law on Denunciations 25/2018, article 24)."
        )
    )


def petition(case: Case) -> Decision:
    """Only what is settled by law as a petition is accepted, declined, stopped."""
    if is_petition(case):
        return YES
    return no(
        _(
            "A recommendation or a reflection is answered, not accepted or declined like a "
            "complaint. If it is one, convert it first."
        )
    )


def _holds(actor: Actor, case: Case) -> Decision:
    if not actor.may("cases.route"):
        return no(_("Only a clerk or a head decides where an item goes."))
    holder = case.handling_body_id or case.receiving_body_id
    if isinstance(actor, Official) and holder in actor.acts_for:
        return YES
    return no(_("Only the body that has the item now may decide on it."))


def may_sort(actor: Actor, case: Case) -> Decision:
    """Whoever has it says what kind of petition it is, splits it, converts it."""
    return _holds(actor, case)


def may_decide(actor: Actor, case: Case) -> Decision:
    """Whoever has it looks at the conditions, guides, hands back."""
    return petition(case) and _holds(actor, case)


def may_admit(actor: Actor, case: Case) -> Decision:
    """The competent body accepts what meets the conditions; nobody accepts without competence."""
    allowed = may_decide(actor, case)
    if not allowed:
        return allowed
    if case.matter.procedure not in SETTLED_HERE:
        return no(
            _(
                "Only complaints and denunciations are accepted for settlement; this is looked "
                "into, or passed to the body in charge."
            )
        )
    return _competent(case) and _eligible(case)


def _competent(case: Case) -> Decision:
    """By kind, instance and level, whatever the clerk ticked."""
    if case.competence != "own":
        return no(
            _(
                "It is not within your body's competence, so your body may not accept it (Law on "
                "Complaints 02/2011, articles 17 to 26; Law on Denunciations 25/2018, article 12). "
                "Transfer it to the competent body, or guide the person."
            )
        )
    if not workflow.ADMIT.fits(case):
        return YES  # the state says no; its page asks no more of the database
    return settlers.decided(case)


def _eligible(case: Case) -> Decision:
    last = case.examinations.order_by("-at").first()
    if last is None or case.rulings.filter(step="convert", at__gt=last.at).exists():
        return no(
            _("Look at the conditions of the petition first; what was found is kept with it.")
        )
    if last.eligible:
        return YES
    return no(
        _(
            "The petition does not meet the conditions to be handled. Guide the person, hand it "
            "back, or put it on file with its ground (Circular 05/2021/TT-TTCP, article 6)."
        )
    )


def may_decline(actor: Actor, case: Case) -> Decision:
    """The competent body does not accept, on a ground of the law."""
    allowed = may_decide(actor, case)
    if allowed and case.matter.procedure not in SETTLED_HERE:
        return no(_("Only complaints and denunciations are accepted or declined."))
    return allowed and _competent(case)


def may_transfer(actor: Actor, case: Case) -> Decision:
    """What another body is competent for goes there; what is one's own stays."""
    allowed = may_decide(actor, case)
    if allowed and case.competence == "own" and _competent(case):
        return no(
            _(
                "It is within your body's competence: accept it, or decline it with its ground. "
                "If that was a mistake, correct the classification first."
            )
        )
    return allowed


def may_relate(actor: Actor, case: Case) -> Decision:
    """Whoever works in the body that has it says who stands too near to a party."""
    allowed = petition(case)
    if not allowed:
        return allowed
    holders = {case.handling_body_id, case.receiving_body_id}
    if isinstance(actor, Official) and holders & set(actor.acts_for):
        return YES
    return no(_("Only officials of the body that has the item declare a relation to its parties."))


def may_end_withdrawn(actor: Actor, case: Case) -> Decision:
    """Whoever settles it, the head of the body that has it, decides on a withdrawal."""
    allowed = petition(case)
    if not allowed:
        return allowed
    holder = case.handling_body_id or case.receiving_body_id
    if not actor.may("cases.approve") or not _acts_for(actor, holder):
        return no(
            _(
                "Whoever settles it decides on a withdrawal: the head of the body that has it (Law "
                "on Complaints 02/2011, article 10; Law on Denunciations 25/2018, article 33)."
            )
        )
    if case.withdrawal_asked_on is None:
        return no(_("The person has not asked to withdraw it."))
    return YES


def _acts_for(actor: Actor, body: object) -> bool:
    return isinstance(actor, Official) and body in actor.acts_for


def may_send_stop(actor: Actor, case: Case) -> Decision:
    """Whoever has it records that the decision was sent."""
    return may_decide(actor, case)


def may_tell_forwarder(actor: Actor, case: Case) -> Decision:
    """The body that has it tells whoever passed it on, whatever kind it is by now."""
    if not forwarded(case):
        return no(_("Nobody passed this petition on; there is nobody to tell."))
    return _holds(actor, case)


def may_record_citizen_told(actor: Actor, case: Case) -> Decision:
    """A body that passed it on and works here says itself that it told the person; from anybody
    else the body that told them hears it.
    """
    allowed = _speaks_for_forwarder(actor, case)
    if not allowed:
        return allowed
    if Entry.objects.filter(matter=case.pk, kind="cases.forwarder_informed").exists():
        return YES
    return no(_("Whoever passed it on has not been told the result yet; record that first."))


def passed_on_by(actor: Official) -> QuerySet[Case]:
    """What a body of the official passed on to another: nothing sealed, nothing they are shut out
    of. Of these it hears the code, where they stand and what it was told, whether or not it sees
    them.
    """
    about_them = Excluded.objects.filter(matter=OuterRef("matter"), body=OuterRef("body"))
    theirs = Party.objects.filter(role=FORWARDER, until=None, body__in=actor.acts_for)
    parties = theirs.exclude(Exists(about_them))
    known = Matter.objects.not_hidden_from(actor).filter(sealed=False)
    return Case.objects.filter(matter__in=known.filter(pk__in=parties.values("matter")))


def _speaks_for_forwarder(actor: Actor, case: Case) -> Decision:
    allowed = may_tell_forwarder(actor, case)
    if not forwarded(case):
        return allowed
    party = case.matter.parties.filter(role=FORWARDER, until=None).first()
    if party is None:
        return allowed
    if actor.may("docket.inbox") and _acts_for(actor, party.body_id):
        return YES
    return no(_("Whoever passed it on works here too, and records this at its own desk."))


def forwarded(case: Case) -> bool:
    """Whether a body, a deputy or the press passed it on."""
    if not getattr(case, "came_as_petition", True):
        return False  # read with the case, so that its page asks no more of the database
    rows = Petition.objects.filter(submission__carried__case=case)
    return rows.exclude(forwarder=Petition.Forwarder.NONE).exists()


RIGHTS: Final[Mapping[Step[State], Callable[[Actor, Case], Decision]]] = {
    workflow.SORT: may_sort,
    workflow.SPLIT: may_sort,
    workflow.CONVERT: may_sort,
    workflow.EXAMINE: may_decide,
    workflow.ADMIT: may_admit,
    workflow.DECLINE: may_decline,
    workflow.ADVISE: may_decide,
    workflow.TRANSFER: may_transfer,
    workflow.HAND_BACK: may_decide,
    workflow.URGE_TRANSFERRED: may_decide,
    workflow.RECORD_SETTLED: may_decide,
    workflow.NOTIFY_ACCEPTANCE: may_decide,
    workflow.TELL_FORWARDER: may_tell_forwarder,
    workflow.CITIZEN_TOLD: may_record_citizen_told,
    workflow.GO_ON: may_end_withdrawn,
    workflow.STOP: may_end_withdrawn,
    workflow.SEND_STOP: may_send_stop,
}
