"""Rows imported before that a later list no longer has: the clerk says what becomes of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from doithoai.cases.commands.ending import SignedPaper, archive, withdraw
from doithoai.cases.workflow import FINAL
from doithoai.core.actors import Actor, post_of
from doithoai.core.decisions import require
from doithoai.core.errors import DomainError
from doithoai.core.sentences import Sentence
from doithoai.dialogues import events, policies, workflow
from doithoai.dialogues.models import Dialogue, Fate, Item, Missing
from doithoai.docket.commands import enter


@dataclass(frozen=True)
class Decided:
    """What the clerk decided of one row: kept as it is, unless a ground or a paper says more."""

    fate: str = Fate.KEPT
    ground: str = ""
    why: str = ""
    paper: SignedPaper | None = None


@dataclass(frozen=True)
class NotDone:
    """A row whose decision was refused: the code of its case, and why."""

    code: str
    why: Sentence


KEEP = Decided()


@transaction.atomic
def decide(
    dialogue_id: UUID,
    *,
    missing: Sequence[str],
    decided: Mapping[str, Decided],
    by: Actor,
    at: datetime,
) -> list[NotDone]:
    """Decide of the rows whose cases have the codes ``missing``; what is not named is kept as it
    is. A row decided once is not asked about again until a list has it back. What the law or the
    right does not allow is refused by itself, with its reason; the others are done.
    """
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_import(by, dialogue))
    workflow.IMPORT.take(dialogue)
    rows = dialogue.items.readable(by)
    back = rows.exclude(case__matter__code__in=missing)
    Missing.objects.filter(item__in=back, fate=Fate.KEPT).delete()
    refused, done = [], []
    for item in undecided(rows, missing):
        wish = decided.get(item.case.matter.code, KEEP)
        why = _refused(item, wish, by, at)
        if why is None:
            done.append(wish.fate)
        else:
            refused.append(NotDone(item.case.matter.code, why))
    if done:
        kept = done.count(Fate.KEPT)
        said = events.MissingDecided(kept, len(done) - kept)
        enter(said, about=dialogue.matter, by=by, at=at)
    return refused


def undecided(rows: QuerySet[Item], missing: Sequence[str]) -> list[Item]:
    """Of the rows a list no longer has, those somebody has to decide on: what has ended stays."""
    asked = rows.filter(case__matter__code__in=missing, missing=None)
    open_rows = asked.exclude(case__state__in=FINAL).select_related("case__matter")
    return list(open_rows.order_by("number"))


def _refused(item: Item, wish: Decided, by: Actor, at: datetime) -> Sentence | None:
    """Why a decision could not be carried out; each row in a savepoint of its own."""
    try:
        with transaction.atomic():
            _carry_out(item, wish, by, at)
    except DomainError as refusal:  # the only way a row is told apart from its list
        return Sentence(refusal.message)
    return None


def _carry_out(item: Item, wish: Decided, by: Actor, at: datetime) -> None:
    if wish.fate == Fate.ARCHIVED:
        archive(item.case_id, ground=wish.ground, why=wish.why, by=by, at=at)
    if wish.fate == Fate.WITHDRAWN:
        withdraw(
            item.case_id, reason=wish.why, submission=item.submission_id, paper=wish.paper,
            by=by, at=at,
        )  # fmt: skip
    Missing.objects.create(item=item, fate=wish.fate, by_id=post_of(by), at=at)
