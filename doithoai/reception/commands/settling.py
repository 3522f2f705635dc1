"""What every step on a reception day shares."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.reception.models import Form, Session
from doithoai.reception.workflow import FINAL, State
from doithoai.theme.formatting import day


def store(session: Session, *fields: str) -> None:
    """Save the day's own fields and show its state on the matter."""
    session.save(update_fields=["state", *fields])
    matter = session.matter
    matter.title = title(session)
    matter.state, matter.final = session.state, _ended(session)
    matter.state_label = label(State(session.state))
    matter.save(update_fields=["title", "state", "state_label", "final"])


def _ended(session: Session) -> bool:
    """A conclusion notice follows a head's reception that was held; its recording, one online."""
    over = session.state == State.HELD and not session.by_head
    waits = session.form == Form.ONLINE and session.held_on is not None
    if waits and session.recorded_at is None:
        return False
    return over or session.state in FINAL


def label(state: State) -> str:
    """The state's name as the matter keeps it: in English, translated where it is shown."""
    with override("en"):
        return str(state.label)


def title(session: Session) -> str:
    """What lists call it, in the office's language: who receives, and when."""
    with override(settings.LANGUAGE_CODE):
        facts = {"post": session.who, "day": day(session.day)}
        return _("Citizen reception by %(post)s on %(day)s") % facts
