"""Two administrators at once: nothing is made twice, nothing overlaps."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import connection

from doithoai.accounts.actors import Official
from doithoai.units import commands, queries
from doithoai.units.commands import Settler
from doithoai.units.models import CompetenceRule, Place
from tests.conftest import become
from tests.units.conftest import AT, TODAY

AT_ONCE = 6


def _paste(commune: Place, by: Official, _turn: int) -> int:
    try:
        added = commands.add_villages(commune.pk, names="Đông\nTây\nNam", by=by, at=AT)
    finally:
        connection.close()
    return len(added.added)


def _change(by: Official, turn: int) -> None:
    office = "committee" if turn % 2 else "committee_office"
    try:
        commands.set_competence(
            "irrigation",
            petition_kind="recommendation",
            level="commune",
            settler=Settler(office=office),
            by=by,
            at=AT,
        )
    finally:
        connection.close()


def test_the_same_list_pasted_at_once_makes_each_village_once(committed_db: str) -> None:
    commune = Place.objects.in_force(TODAY).get(name="Xã Cẩm Bình")
    paste = partial(_paste, commune, become("admin"))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = list(pool.map(paste, range(AT_ONCE)))
    assert sorted(made) == [0] * (AT_ONCE - 1) + [3]
    assert len(queries.villages(commune, today=TODAY)) == 3


def test_competence_changed_at_once_leaves_one_rule_in_force(committed_db: str) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(partial(_change, become("admin")), range(AT_ONCE)))
    rules = CompetenceRule.objects.filter(
        field__code="irrigation", petition_kind="recommendation", level="commune"
    )
    assert rules.filter(valid__contains=TODAY).count() == 1
    assert rules.count() == 2
