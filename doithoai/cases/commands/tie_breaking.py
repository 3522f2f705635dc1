"""Who names the lead body of a disputed item: called, and called again when seats change."""

from datetime import datetime

from doithoai.cases import deciding_lead
from doithoai.cases.models import Case
from doithoai.cases.workflow import State
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.docket import events as docket_events
from doithoai.docket.commands import Said, become, enter_all, open_debts, resign

DECIDING = "deciding_post"


def call_tie_break(case: Case, at: datetime) -> None:
    """The head where it was received decides who leads; whom it is about never does."""
    found = deciding_lead.decider(case, today=local_day(at))
    if found is None:
        resign(case.matter, role=DECIDING, at=at)
        return
    post = found.post.pk if found.post else None
    become(case.matter, role=DECIDING, body=found.body.pk, post=post, at=at)


def call_again(case: Case, *, by: Actor, at: datetime) -> bool:
    """Somebody may not decide any more: of a disputed item the head above does, with the day it is
    due; whether the debt moved.
    """
    if case.state != State.DISPUTED_LEAD:
        return False
    call_tie_break(case, at)
    now = case.matter.parties.filter(role=DECIDING, until=None).first()
    moved = [
        Said(docket_events.Moved(debt.key, now.body_id, now.post_id))
        for debt in open_debts(case.matter, role=DECIDING)
        if now is not None and (debt.body_id, debt.post_id) != (now.body_id, now.post_id)
    ]
    if moved:
        enter_all(moved, about=case.matter, by=by, at=at)
    return bool(moved)
