"""Who may change what papers are made from."""

from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.decisions import YES, Decision, no

# Whoever records which document adopts a rule also records which text is the official one: both
# hold for the whole installation.
TEMPLATES: Final = "docket.adopt"
WRITING: Final = ("cases.route", "cases.answer")


def may_see_forms(actor: Actor) -> Decision:
    """Whoever writes papers may know what they are made from; administrators too."""
    if actor.may(TEMPLATES) or may_write(actor):
        return YES
    return no(_("Only those who write papers, and administrators, look at the forms."))


def may_replace(actor: Actor) -> Decision:
    """An administrator of the whole installation puts the official wording in place."""
    if actor.may(TEMPLATES):
        return YES
    return no(_("Only an administrator replaces the template of a form."))


def may_write(actor: Actor) -> Decision:
    """Whoever routes or answers writes papers."""
    if any(actor.may(right) for right in WRITING):
        return YES
    return no(_("Your role writes no papers and answers."))


def may_keep_paragraph(actor: Actor, body: UUID) -> Decision:
    """The officers of a body keep its own texts."""
    if may_write(actor) and actor.body == body:
        return YES
    return no(_("Only the officers of a body change its texts."))
