"""What nobody does to a sealed item, since its words would stand outside the vault (Law
25/2018/QH14, article 8).
"""

from django.utils.translation import gettext as _

from doithoai.cases import policies
from doithoai.cases.models import Case
from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no
from doithoai.docket import sealed_words


def in_vault(case: Case) -> bool:
    """Whether what is said about a case goes into the vault and nowhere else: its own words do not
    stand in its row any more. Why somebody opened a complaint that is only kept private lies in the
    vault, too; the complaint does not.
    """
    return not case.text and sealed_words.in_vault(case.matter)


def may_add_statement(actor: Actor, case: Case) -> Decision:
    """One more person's words join an open item; what is sealed takes none at the desk."""
    return policies.may_serve(actor, case) and (_open(case) and _unsealed(case))


def may_fan_out(actor: Actor, case: Case) -> Decision:
    """Further requests are split off an open item; of what is sealed nothing leaves the vault."""
    return policies.may_route(actor, case) and _open(case)


def may_wait(case: Case) -> Decision:
    """A draft of an open item waits to be approved; nothing sealed waits anywhere in clear."""
    if not in_vault(case):
        return YES
    return no(
        _(
            "This item is sealed, and a draft would stand in clear until it is approved. Agree on "
            "the wording on paper, then answer at once: the answer goes into the vault, and the "
            "person reads it with code and secret."
        )
    )


def may_draft(actor: Actor, case: Case) -> Decision:
    """What is said beside the button, where the steps would allow it."""
    del actor
    return may_wait(case)


def _unsealed(case: Case) -> Decision:
    if not case.matter.sealed:
        return YES
    return no(_("An item kept private takes no words of others. Take them down as a new item."))


def may_draft_letter(actor: Actor, case: Case) -> Decision:
    """A letter about what is sealed is written elsewhere; here are its number and day."""
    del actor
    if not in_vault(case):
        return YES
    return no(
        _(
            "This item is sealed, and the draft of a letter would stand in clear. Write the letter "
            "on paper, then record its number and date here; a scan goes into the vault."
        )
    )


def _open(case: Case) -> Decision:
    if not in_vault(case):  # what is only closed has parts as closed
        return YES
    return no(
        _(
            "This item is sealed, and words added here would stand in clear. The person adds to it "
            "with code and secret on the page of the sealed item; anything else is taken in as a "
            "new sealed item."
        )
    )
