"""What the worker does in a loop: send what is due, release what a crash left, make digests."""

import logging
from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from doithoai.notices import commands, queries, sending
from doithoai.notices.models import DIGEST, Outbox
from doithoai.notices.rendering import words
from doithoai.notices.sending import Outcome, Result

BATCH = 20
log = logging.getLogger(__name__)


def send_due(now: datetime, *, limit: int = BATCH) -> Counter[str]:
    """Send up to ``limit`` due notices one by one; how many were sent, put off, failed, uncertain.

    Call again at once while it returns as many as ``limit``. Each result is committed before the
    next notice is touched, so a crash concerns one notice only.
    """
    done: Counter[str] = Counter()
    for row in commands.claim(limit, channels=sending.channels(), at=now):
        outcome = _delivered(row)
        _mark(row, outcome, now)
        done[outcome.result.value] += 1
    return done


def release_stuck(now: datetime) -> int:
    """Give back, or set aside, what was in ``sending`` for ten minutes; the number of notices."""
    return commands.release_stuck(at=now)


def digest_due(now: datetime) -> int:
    """Make the day's one mail for each official with something waiting; the number of mails.

    Once a local day for each address, however often it is called; the caller decides the hour.
    """
    morning = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    addresses = queries.digest_addresses(since=morning)
    return sum(commands.merge_digest(address, at=now) is not None for address in addresses)


def forget_words(now: datetime) -> int:
    """Messages whose days are over lose sender and words; 0 days keeps them. How many."""
    days: int = settings.SMS_KEPT_DAYS
    if not days:
        return 0
    return commands.forget_words(came_before=now - timedelta(days=days), at=now)


def _mark(row: Outbox, outcome: Outcome, now: datetime) -> None:
    if outcome.result is Result.SENT:
        commands.mark_sent(row.pk, at=now)
        return
    log.warning("notice %s %s: %s", row.pk, outcome.result.value, outcome.error)
    if outcome.result is Result.RETRY:
        commands.mark_retry(row.pk, error=outcome.error, at=now)
    elif outcome.result is Result.FAILED:
        commands.mark_failed(row.pk, error=outcome.error)
    else:
        commands.mark_uncertain(row.pk, error=outcome.error)


def _delivered(row: Outbox) -> Outcome:
    if row.template != DIGEST:
        return sending.deliver(row)
    carried = queries.merged(row.pk)
    if not carried:
        return Outcome(Result.FAILED, "nothing left to tell")
    return sending.deliver(row, extra=_digest_lines(carried))


def _digest_lines(carried: list[Outbox]) -> dict[str, str]:
    """The words of each, and how many: fewer than were gathered, if some were emptied since."""
    said = [words(each) for each in carried]
    lines = "\n\n".join(f"- {each.subject}\n{each.text}".strip() for each in said)
    return {"rows": str(len(said)), "lines": lines}
