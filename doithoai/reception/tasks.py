"""What time does to reception: a visit whose matter is sealed by now falls silent, and what a
petition was split into counts as raised in the visit.
"""

from datetime import datetime
from typing import Final

from doithoai.accounts.actors import Clock
from doithoai.docket.rows import one_by_one
from doithoai.reception.commands.raising import follow_split, split_off
from doithoai.reception.commands.vaulting import silence
from doithoai.reception.models import Raised

CLOCK: Final = Clock("reception")
BATCH: Final = 200  # of one run; the next one goes on


def silence_sealed(now: datetime) -> int:
    """Silence every visit that raised what is sealed by now. How many were."""
    sealed = Raised.objects.filter(matter__sealed=True, visit__sealed=False)
    visits = list(sealed.order_by("visit").values_list("visit", flat=True).distinct()[:BATCH])
    return one_by_one(visits, lambda pk: silence(pk, by=CLOCK, at=now), run="silence")


def follow_splits(now: datetime) -> int:
    """Add to their visits what petitions were split into. How many visits got more matters."""
    rows = split_off().order_by("target__raised_in__visit")
    visits = list(rows.values_list("target__raised_in__visit", flat=True).distinct()[:BATCH])
    return one_by_one(visits, lambda pk: follow_split(pk, by=CLOCK, at=now), run="follow_split")


def keep(now: datetime) -> None:
    """Both, in this order: what is silent by now is not followed. Safe to do twice."""
    silence_sealed(now)
    follow_splits(now)
