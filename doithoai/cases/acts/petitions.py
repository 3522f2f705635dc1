"""The acts on petitions, in the order in which a page offers them."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from doithoai.cases import policies
from doithoai.cases.acts import petition_calls as calls
from doithoai.cases.acts.act import Act, on
from doithoai.cases.forms import petitions as forms
from doithoai.cases.forms import sending_on
from doithoai.cases.forms.fields import Bare, Words
from doithoai.cases.workflow import State

_SORTED: Final = _("Say first what kind of petition it is; it may have gone on since.")
_ENDED: Final = _("It has ended.")
_GONE: Final = _("It was not transferred by letter.")
ACTS: Final[tuple[Act, ...]] = (
    Act(
        "sort", pgettext_lazy("act", "Classify as a complaint, a denunciation or another kind"),
        on(forms.Sorting, calls.sort), steps=("sort",),
        not_yet=_("It has been classified and has gone on."),
        lead=_("A denunciation is sealed at once, and those it is about are shut out."),
    ),
    Act(
        "split", pgettext_lazy("act", "Split a mixed petition"),
        on(forms.Splitting, calls.split), steps=("split",),
        not_yet=_("It has been decided on, or is with another body."),
        lead=_("Each matter is handled under its own procedure; the person is told."),
    ),
    Act(
        "examine", pgettext_lazy("act", "Look at the conditions"),
        on(forms.Examining, calls.examine), steps=("examine",), not_yet=_SORTED,
    ),
    Act(
        "admit", pgettext_lazy("act", "Accept for settlement"),
        on(forms.Admitting, calls.admit), steps=("admit",), not_yet=_SORTED,
        lead=_("The law counts the time to settle from this day; nobody types that date."),
    ),
    Act(
        "decline", pgettext_lazy("act", "Do not accept, with the ground"),
        on(forms.Declining, calls.decline), steps=("decline",), not_yet=_SORTED,
    ),
    Act(
        "advise", pgettext_lazy("act", "Guide to the competent body"),
        on(sending_on.Advising, calls.advise), steps=("advise",), not_yet=_SORTED,
        lead=_("Once only on the same content; a second petition on it is put on file."),
    ),
    Act(
        "transfer", pgettext_lazy("act", "Transfer by letter to the competent body"),
        on(sending_on.Transferring, calls.transfer), steps=("transfer",), not_yet=_SORTED,
        lead=_("The person is told, and you follow up what becomes of it."),
    ),
    Act(
        "hand-back", pgettext_lazy("act", "Hand back with the originals"),
        on(sending_on.HandingBack, calls.hand_back), steps=("hand_back",), not_yet=_SORTED,
    ),
    Act(
        "convert", pgettext_lazy("act", "Handle as another kind"),
        on(forms.Converting, calls.convert), steps=("convert",),
        not_yet=_("It has not been classified yet, or has ended."),
        lead=_("The item stays the same; the clocks of the other procedure count from receipt."),
    ),
    Act(
        "notify-acceptance", pgettext_lazy("act", "Record the notice of acceptance"),
        on(Bare, calls.notify_acceptance), steps=("notify_acceptance",),
        not_yet=_("It has not been accepted for settlement."),
        lead=_("Whom it is about learns of the content, never of who wrote."),
    ),
    Act(
        "urge-transferred", pgettext_lazy("act", "Urge the body it was transferred to"),
        on(Words, calls.urge), steps=("urge_transferred",), not_yet=_GONE,
        ask=_("What was written or said to the body"),
    ),
    Act(
        "record-settled", pgettext_lazy("act", "Record that the body has settled it"),
        on(Words, calls.record_settled), steps=("record_settled",), not_yet=_GONE,
        ask=_("What that body decided, and by which document"),
    ),
    Act(
        "tell-forwarder", pgettext_lazy("act", "Record that whoever passed it on was told"),
        on(Bare, calls.tell_forwarder), steps=("tell_forwarder",),
    ),
    Act(
        "citizen-told", pgettext_lazy("act", "Record that whoever passed it on told the person"),
        on(Bare, calls.citizen_told), steps=("citizen_told",),
        lead=_("Law on the Reception of Citizens 42/2013, article 28: within 5 working days."),
    ),
    Act(
        "stop", pgettext_lazy("act", "Stop the settlement, as the person asked"),
        on(forms.Stopping, calls.stop), steps=("stop",), not_yet=_ENDED,
        lead=_("You sign the decision; it is sent to those concerned within the days of the law."),
    ),
    Act(
        "go-on", pgettext_lazy("act", "Go on in spite of the withdrawal"),
        on(forms.GoingOn, calls.go_on), steps=("go_on",), not_yet=_ENDED,
        lead=_("Only on a ground of the law. Every date stays as it is."),
    ),
    Act(
        "send-stop", pgettext_lazy("act", "Record that the decision to stop was sent"),
        on(Bare, calls.send_stop), steps=("send_stop",),
        not_yet=_("Its settlement has not been stopped."),
    ),
    Act(
        "relation", pgettext_lazy("act", "Declare a relation between an official and a party"),
        on(forms.Relating, calls.relation), policy=policies.may_relate,
        lead=_(
            "That official neither handles the item nor sees it any more, in whatever post; what "
            "was theirs to settle goes one level up (Decree 31/2019, article 5)."
        ),
    ),
)  # fmt: skip
# What a complaint or a denunciation asks for in each state.
MAIN: Final[Mapping[str, tuple[str, ...]]] = {
    State.RECEIVED: ("sort", "split"),
    State.REDIRECTED: ("sort", "split"),
    State.CLASSIFIED: ("examine", "admit", "decline", "transfer", "offer", "advise"),
    State.RETURNED: ("offer", "transfer", "examine", "admit", "advise"),
    State.ROUTED: ("examine", "admit", "decline", "transfer", "offer", "advise"),
    State.OFFERED: ("accept", "return"),
    State.DISPUTED_LEAD: ("decide-lead",),
    State.ADMITTED: ("assign", "extend", "notify-acceptance"),
    State.TERMINATED: ("send-stop", "reopen"),
    State.TRANSFERRED: ("record-settled", "urge-transferred"),
    State.WITHDRAWN: ("reopen",),
    State.ARCHIVED: ("reopen",),
    State.JOINED: ("part",),
}
# Shown where it is a petition, or could become one; not beside the acts of a recommendation.
ONLY: Final = frozenset(each.name for each in ACTS) - {"sort", "split", "convert"}
# Whatever kind it is, where somebody passed it on.
FORWARDED: Final = frozenset({"tell-forwarder", "citizen-told"})
