"""What every step on a case shares: write its state where the matter shows it, keep a reason's
words.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from doithoai.accounts.queries import bodies_with_accounts
from doithoai.cases.models import Case, Reason, Submission
from doithoai.cases.workflow import FINAL, State
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid, NotFound, Stale
from doithoai.docket.models import Matter
from doithoai.ledger.models import Entry, Receipt
from doithoai.units.models import Body

# Asked of whoever passes on an item whose lead body has no account; sending the letter settles it.
BY_LETTER = gettext_noop("%(body)s has no account here: send it by letter, with number and date.")


def store(case: Case, *fields: str) -> None:
    """Save the case's own fields and show its state on the matter."""
    case.save(update_fields=["state", *fields])
    matter = case.matter
    matter.state = case.state
    matter.final = case.state in FINAL
    matter.state_label = label(State(case.state))
    matter.save(
        update_fields=[
            "state",
            "state_label",
            "final",
            "body",
            "field",
            "procedure",
            "sealed",
            "title",
        ]
    )


def without_asked(case: Case, message: str) -> list[object]:
    """What is left for a person to look at once they did what this message asked for."""
    return [
        each
        for each in case.attention
        if not isinstance(each, dict) or each.get("message") != message
    ]


def label(state: State) -> str:
    """The state's name as the matter keeps it: in English, translated where it is shown."""
    with override("en"):
        return str(state.label)


def somebody_acts_for(body: Body, *, at: datetime) -> bool:
    """Whether on that day a post of the body, or of an office of it, is held here."""
    offices = Body.objects.filter(parent=body.pk, place=body.place_id).values_list("pk", flat=True)
    return bool(bodies_with_accounts([body.pk, *offices], today=local_day(at)))


def end_transfers(case: Case, *, at: datetime) -> None:
    """An answer or a withdrawal ends the offer or letter that waits; its link opens nothing."""
    case.transfers.filter(ended="").update(ended="overtaken", ended_at=at)


def explain(entry: Entry, case: Case, text: str) -> None:
    """Keep the words behind an entry. Raises Invalid when there are none."""
    if not text.strip():
        raise Invalid(_("Give the reason in a sentence; the person will read it."))
    Reason.objects.create(entry=entry.pk, case=case, text=text.strip())


def speaking(case: Case, named: UUID | None, by: Actor) -> Submission:
    """Whose words an act is about: a person's own, whatever a form names; else the one named.

    Raises NotFound for a person whose words it does not carry, Invalid when nobody is named among
    several.
    """
    said = Submission.objects.filter(carried__case=case, carried__until=None)
    if by.kind == "citizen":
        assert by.ref is not None, "policies ask for a receipt"
        own = Receipt.objects.filter(pk=by.ref).values("about")
        found = said.filter(pk__in=own).first()
        if found is None:
            raise NotFound("")
        return found
    several = list(said.filter(pk=named) if named else said.order_by("said_at")[:2])
    if not several:
        raise Invalid(_("This item carries no statement any more; look it up where it is handled."))
    if len(several) > 1:
        raise Invalid(_("Several people spoke. Say whose word it is."))
    return several[0]


def same_version(matter: Matter, seen: int | None, *, yours: str, theirs: str) -> None:
    """Refuse to overwrite what somebody else did meanwhile. Raises Stale with both versions."""
    if seen is not None and seen != matter.version:
        raise Stale(
            _(
                "Somebody else changed this item while you were writing. "
                "Both versions are below; nothing is lost."
            ),
            context={"yours": yours, "theirs": theirs},
        )
