"""What every step on a case shares: write its state where the matter shows it, keep a reason's
words.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from doithoai.accounts.queries import bodies_with_accounts
from doithoai.cases import shut_out
from doithoai.cases.commands.naming import refuse_naming
from doithoai.cases.commands.vaulting import stow_letter, stow_words
from doithoai.cases.models import Case, Reason, Submission
from doithoai.cases.workflow import FINAL, State
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid, NotFound, Stale
from doithoai.core.events import Event
from doithoai.docket.commands import Said, enter_all
from doithoai.docket.models import Matter
from doithoai.ledger.models import Entry, Receipt
from doithoai.units.models import Body

PLACED = (State.OFFERED, State.FORWARDED, State.REDIRECTED)
# Asked of whoever passes on an item whose lead body has no account; sending the letter settles it.
BY_LETTER = gettext_noop("%(body)s has no account here: send it by letter, with number and date.")


def store(case: Case, *fields: str) -> None:
    """Save the case's own fields and show its state on the matter; what was left for a person and
    is settled by how the case stands now is left no longer.
    """
    if case.attention:
        case.attention, fields = _still_left(case), (*fields, "attention")
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


def left_after(case: Case, *settled: str) -> list[object]:
    """What is left for a person to look at once these were settled (``until`` of what was kept)."""
    return [each for each in case.attention if _until(each) not in settled]


def _until(kept: object) -> object:
    if not isinstance(kept, dict):
        return None
    # What was kept before it said what settles it: sending the letter did.
    return kept.get("until", "placed" if kept.get("message") == BY_LETTER else "")


def _still_left(case: Case) -> list[object]:
    """What its own records have not settled: nothing once the item has ended."""
    if case.state in FINAL:
        return []
    answer = case.answers.order_by("-id").first() if case.answered_at else None
    settled = {
        "decided": case.state != State.RECEIVED,
        "placed": case.handling_body_id is not None or case.state in PLACED,
        "answered": answer is not None,
        "documented": answer is not None and bool(answer.number and answer.signed_on),
    }
    return left_after(case, *(name for name, met in settled.items() if met))


def label(state: State) -> str:
    """The state's name as the matter keeps it: in English, translated where it is shown."""
    with override("en"):
        return str(state.label)


def somebody_acts_for(body: Body, *, at: datetime) -> bool:
    """Whether on that day a post of the body, or of an office of it, is held here."""
    offices = Body.objects.filter(parent=body.pk, place=body.place_id).values_list("pk", flat=True)
    return bool(bodies_with_accounts([body.pk, *offices], today=local_day(at)))


def not_shut_out(case: Case, *bodies: UUID | None, at: datetime) -> None:
    """A body the matter is about, or of what is sealed one whose head is shut out, neither handles
    it nor hears of it. Raises Invalid.
    """
    shut = shut_out.bodies(case, today=local_day(at)).intersection(b for b in bodies if b)
    if not shut:
        return
    named = Body.objects.filter(pk__in=shut).order_by("sort_key")[0]
    if case.matter.excluded.filter(body__isnull=False, body__in=[named.pk, named.parent_id]):
        raise Invalid(
            _("The item is about %(body)s, which therefore cannot handle it. Choose another body.")
            % {"body": named.short_name}
        )
    raise Invalid(
        _(
            "The head of %(body)s is shut out of the item, which nobody else there could open. "
            "Choose another body, or the one above."
        )
        % {"body": named.short_name}
    )


def end_transfers(case: Case, *, at: datetime) -> None:
    """An answer or a withdrawal ends the offer or letter that waits; its link opens nothing."""
    case.transfers.filter(ended="").update(ended="overtaken", ended_at=at)


def explain(entry: Entry, case: Case, text: str) -> None:
    """Keep the words behind an entry; of a sealed item in the vault. Raises Invalid without any, or
    where an official names who spoke in a sealed item beside it.
    """
    if not text.strip():
        raise Invalid(_("Give the reason in a sentence; the person will read it."))
    if stow_words(case, "reason", text, on=local_day(entry.at)):
        return
    if entry.actor_kind == "official":
        refuse_naming(case, text)
    Reason.objects.create(entry=entry.pk, case=case, text=text.strip())


def enter_for_person(
    case: Case, event: Event, text: str, *, called: str, by: Actor, at: datetime
) -> Entry:
    """Enter what happened with words the person is to read; of a sealed item a message that only
    their slip opens (``called``: see ``Message``). Raises Invalid without any.
    """
    sealed = stow_letter(case, called, text, at=at)
    entry = enter_all([Said(event, (text,)), *sealed], about=case.matter, by=by, at=at)[0]
    if not sealed:
        explain(entry, case, text)
    return entry


def kept_words(case: Case, text: str) -> str:
    """A text as its row keeps it: empty where the vault has it."""
    if stow_words(case, "transfer", text):
        return ""
    refuse_naming(case, text)
    return text


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
