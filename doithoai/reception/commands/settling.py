"""What every step on a reception day shares."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.reception.models import Kind, Session
from doithoai.reception.workflow import FINAL, State
from doithoai.theme.formatting import day


def store(session: Session, *fields: str) -> None:
    """Save the day's own fields and show its state on the matter."""
    session.save(update_fields=["state", *fields])
    matter = session.matter
    matter.title = title(session.receiver.title, session.day)
    matter.state, matter.final = session.state, _ended(session)
    matter.state_label = label(State(session.state))
    matter.save(update_fields=["title", "state", "state_label", "final"])


def _ended(session: Session) -> bool:
    """Regular reception ends when it was held: no conclusion notice follows it."""
    regular = session.kind == Kind.REGULAR and session.state == State.HELD
    return regular or session.state in FINAL


def label(state: State) -> str:
    """The state's name as the matter keeps it: in English, translated where it is shown."""
    with override("en"):
        return str(state.label)


def title(receiver: str, on: date) -> str:
    """What lists call it, in the office's language: who receives, and when."""
    with override(settings.LANGUAGE_CODE):
        return _("Citizen reception by %(post)s on %(day)s") % {"post": receiver, "day": day(on)}
