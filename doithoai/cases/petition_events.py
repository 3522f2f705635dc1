"""What happens to a petition: examined, divided, admitted, declined, passed on, handed back."""

import dataclasses
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from doithoai.cases.events import COMPETENCES, INSTANCES, KINDS
from doithoai.core.events import Event, event

COMPLEXITIES = ("normal", "complex", "special")
# What mends a mistaken entry with which the state moved (``docket.commands.correct``).
_AGAIN = _("Do the same once more with what is right; the later entry counts.")
_NEXT = _("Go on with the next step, and say there what was wrong.")
_ANEW = _("Take down what was said anew.")


@event("cases.examined")
class Examined(Event):
    """It was looked at whether the petition meets the conditions to be handled."""

    eligible: bool


@event("cases.divided", undone_by=_NEXT)
class Divided(Event):
    """A mixed petition was split into matters, each with its own procedure; the person was told."""

    parts: int


@event("cases.converted", undone_by=_AGAIN)
class Converted(Event):
    """It is handled as another kind from now on; the clocks follow, counted from receipt."""

    kind: str = dataclasses.field(metadata={"choices": KINDS})
    was: str = dataclasses.field(metadata={"choices": KINDS})
    instance: str | None = dataclasses.field(default=None, metadata={"choices": INSTANCES})
    competence: str | None = dataclasses.field(default=None, metadata={"choices": COMPETENCES})
    administrative_rules: bool = False


@event("cases.admitted", undone_by=_NEXT)
class Admitted(Event):
    """Accepted for settlement (thụ lý)."""

    accepted_on: date
    remote_area: bool
    complexity: str = dataclasses.field(default="normal", metadata={"choices": COMPLEXITIES})


@event("cases.declined", undone_by=_ANEW)
class Declined(Event):
    """Not accepted for settlement, on a ground of the law, in writing."""

    ground: str


@event("cases.transferred", undone_by=_NEXT)
class Transferred(Event):
    """Passed on to the competent body, and the person told. ``by_letter``: the sender follows
    up; otherwise the body took it over here, and what it owes from receipt counts from the day it
    was registered there.
    """

    body: UUID
    request: UUID
    by_letter: bool
    registered_on: date | None = None


@event("cases.handed_back", undone_by=_ANEW)
class HandedBack(Event):
    """Handed back to the person with the originals; how many papers."""

    papers: int


@event("cases.settled", undone_by=_NEXT)
class Settled(Event):
    """The body it was transferred to has settled it."""


@event("cases.acceptance_notified")
class AcceptanceNotified(Event):
    """The denouncer was told of the acceptance; the denounced of the content, never of who."""


@event("cases.forwarder_informed")
class ForwarderInformed(Event):
    """Whoever forwarded it was told the result."""


@event("cases.citizen_informed")
class CitizenInformed(Event):
    """Whoever forwarded it has told the person the result."""


@event("cases.forwarder_answered")
class ForwarderAnswered(Event):
    """The press or the agency that forwarded a denunciation was answered."""


@event("cases.protection_asked")
class ProtectionAsked(Event):
    """Whoever denounces asks that nobody learns who they are."""


@event("cases.withdrawal_asked")
class WithdrawalAsked(Event):
    """The person asks to withdraw: with their own slip, or on paper signed that day."""

    by_self: bool
    signed_on: date | None = None


@event("cases.withdrawal_not_followed", undone_by=_NEXT)
class WithdrawalNotFollowed(Event):
    """It is settled in spite of the withdrawal, on a ground of the law."""

    ground: str


@event("cases.terminated", undone_by=_NEXT)
class Terminated(Event):
    """The settlement was stopped by decision (đình chỉ giải quyết)."""

    decided_on: date


@event("cases.suspension_sent")
class SuspensionSent(Event):
    """The decision to suspend or stop was sent."""
