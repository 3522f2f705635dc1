"""Which acts a role may do, brought in line with a file of roles."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from doithoai.accounts import events, policies
from doithoai.accounts.commands.lists import SHIPPED
from doithoai.accounts.models import Right, Role
from doithoai.core.actors import Actor
from doithoai.core.decisions import require
from doithoai.ledger.commands import record


@dataclass(frozen=True)
class Difference:
    """An act that a role of the file has and the table lacks, or the other way round."""

    role: str
    act: str
    in_file: bool


def differences(path: Path = SHIPPED) -> list[Difference]:
    """Where the table of rights differs from a file of roles, role by role."""
    found: list[Difference] = []
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["role"]:
        name, wanted = str(row["name"]), set(map(str, row["acts"]))
        held = set(Right.objects.filter(role=name).values_list("act", flat=True))
        found += [Difference(name, act, in_file=True) for act in sorted(wanted - held)]
        found += [Difference(name, act, in_file=False) for act in sorted(held - wanted)]
    return found


@transaction.atomic
def write_roles(
    path: Path = SHIPPED, *, exact: bool = False, by: Actor, at: datetime
) -> list[Difference]:
    """Give every role the acts its file names; ``exact`` also takes those it does not name, which a
    province may have given on purpose. Returns what was written; again, nothing.
    """
    require(policies.may_manage(by))
    _make_missing(path)
    written = [each for each in differences(path) if each.in_file or exact]
    for each in written:
        _write(each)
        changed = (
            events.RightGiven(each.role, each.act)
            if each.in_file
            else events.RightTaken(each.role, each.act)
        )
        record(changed, by=by, at=at)
    return written


def _make_missing(path: Path) -> None:
    rows: Collection[dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))["role"]
    for row in rows:
        Role.objects.get_or_create(
            name=row["name"],
            defaults={"label_vi": row["vi"], "label_en": row["en"], "sees": row["sees"]},
        )


def _write(difference: Difference) -> None:
    if difference.in_file:
        Right.objects.create(role_id=difference.role, act=difference.act)
        return
    Right.objects.filter(role=difference.role, act=difference.act).delete()
