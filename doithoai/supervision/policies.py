"""Who may watch over settlement, tell people by hand, and write down what they said."""

from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no


def may_supervise(actor: Actor) -> Decision:
    """Front supervisors, inspectors and heads see what is late among what they may see."""
    if actor.may("supervision.read"):
        return YES
    return no(_("Only a supervisor, an inspector or a head reads the list of what is late."))


def may_urge(actor: Actor, *, chosen: bool) -> Decision:
    """Whoever supervises may write to one body at a time about what it has let pass."""
    if not chosen:
        return no(_("Choose one body with something past its date; the letter is written to it."))
    return may_supervise(actor)


def may_tell_by_hand(actor: Actor) -> Decision:
    """Clerks and the Front go to people who have neither telephone nor mail."""
    if actor.may("notices.by_hand"):
        return YES
    return no(_("Only a clerk or the Front's board tells people by hand."))


def may_record_words(actor: Actor) -> Decision:
    """Somebody entrusted to write down what people say of an answer."""
    if actor.may("cases.record_word"):
        return YES
    return no(_("Only the Front writes down what people say of a result."))
