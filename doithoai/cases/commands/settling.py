"""What every step on a case shares: write its state where the matter shows it, keep a reason's
words.
"""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.cases.models import Case, Reason
from doithoai.cases.workflow import FINAL, State
from doithoai.core.errors import Invalid, Stale
from doithoai.docket.models import Matter
from doithoai.ledger.models import Entry


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


def label(state: State) -> str:
    """The state's name as the matter keeps it: in English, translated where it is shown."""
    with override("en"):
        return str(state.label)


def end_transfers(case: Case, *, at: datetime) -> None:
    """An answer or a withdrawal ends the offer or letter that waits; its link opens nothing."""
    case.transfers.filter(ended="").update(ended="overtaken", ended_at=at)


def explain(entry: Entry, case: Case, text: str) -> None:
    """Keep the words behind an entry. Raises Invalid when there are none."""
    if not text.strip():
        raise Invalid(_("Give the reason in a sentence; the person will read it."))
    Reason.objects.create(entry=entry.pk, case=case, text=text.strip())


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
