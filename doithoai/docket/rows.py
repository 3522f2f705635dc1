"""A run over many rows: one that fails is named for the operator, and the others go on."""

import logging
from collections.abc import Callable, Iterable
from typing import Final
from uuid import UUID

from django.db import DataError, IntegrityError

from doithoai.core.errors import DomainError

log = logging.getLogger(__name__)

# A fault of this row or of our own code about it. A database that is gone, a full disk or a stopped
# worker is none of these: it ends the run, which the next one repeats.
OF_THE_ROW: Final = (
    DomainError,
    AssertionError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    DataError,
    IntegrityError,
)


def one_by_one(rows: Iterable[UUID], act: Callable[[UUID], object], *, run: str) -> int:
    """Do ``act`` for every row, each in its own transaction; how many gave something true.

    The id of a row that fails is logged with the name of the ``run`` and the error; never its data.
    """
    return sum(_tried(row, act, run) for row in rows)


def _tried(row: UUID, act: Callable[[UUID], object], run: str) -> bool:
    try:
        return bool(act(row))
    except OF_THE_ROW as fault:
        log.error("%s: row %s failed: %s", run, row, type(fault).__name__)  # noqa: TRY400 - no data
        return False
