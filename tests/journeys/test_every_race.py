"""Every command that locks, done by several at one moment: none is lost, none happens twice."""

import inspect
import pkgutil
import re
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from doithoai.accounts.actors import Clock
from doithoai.accounts.commands.lists import Line, take_list
from doithoai.accounts.models import Holding, Post, User
from doithoai.cases import commands as case_commands
from doithoai.cases.commands import hearing
from doithoai.cases.models import PersonsWord
from doithoai.cases.workflow import State
from doithoai.core.errors import DomainError
from doithoai.dialogues import commands as dialogue_commands
from doithoai.docket import commands as docket_commands
from doithoai.docket.models import Adoption, Obligation
from doithoai.ledger.models import Entry
from tests.cases.reaching import NOT_DONE, ON_A_SLIP, reach
from tests.conftest import become, own_database
from tests.journeys.racing import CASES, Race
from tests.journeys.racing_dialogues import DIALOGUES

AT_ONCE = 3
LOCKS = re.compile(r"\.lock\w*\(|\b_lock\(")
# What locks but has nothing of its own to lose, and where its race is run.
ELSEWHERE = {
    "sheets.keep_sheet": "keeps a file; nothing has happened before the import",
    "sheets.choose_columns": "the last choice of columns holds; the import is raced",
    "minutes.publish_minutes": "the last wording of public minutes holds; signing is raced",
}


@pytest.fixture(scope="module", autouse=True)
def _committed(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """One database for the module, in which commits stay: each race has a matter of its own."""
    del django_db_setup
    with own_database(worker_id, django_db_blocker), django_db_blocker.unblock():
        yield


def together(*acts: Callable[[], object]) -> list[str]:
    """All at one moment: ``kept``, or what each was told."""
    start, lock = threading.Barrier(len(acts)), threading.Lock()
    told: list[str] = []

    def run(act: Callable[[], object]) -> None:
        start.wait(timeout=60)
        try:
            act()
            outcome = "kept"
        except DomainError as refusal:
            outcome = type(refusal).__name__
        finally:
            connection.close()
        with lock:
            told.append(outcome)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return sorted(told)


def locking(package: ModuleType) -> set[str]:
    """``module.command`` of every public command of an app whose own lines take a lock."""
    found = set()
    for each in pkgutil.iter_modules(package.__path__):
        module = import_module(f"{package.__name__}.{each.name}")
        for name, command in inspect.getmembers(module, inspect.isfunction):
            ours = command.__module__ == module.__name__ and not name.startswith("_")
            if ours and "by" in inspect.signature(command).parameters:
                lines = inspect.getsource(command)
                if LOCKS.search(lines):
                    found.add(f"{each.name}.{name}")
    return found


def test_every_command_that_locks_has_its_race() -> None:
    commands = locking(case_commands) | locking(dialogue_commands)
    assert len(commands) >= 60
    assert commands - {*CASES, *DIALOGUES} - set(ELSEWHERE) == set()
    assert {*CASES, *DIALOGUES, *ELSEWHERE} - commands == set(), "no longer there, or never locked"


def _entries(matter: UUID, kind: str) -> int:
    return Entry.objects.filter(matter=matter, kind=kind).count()


@pytest.mark.parametrize("race", [*CASES.values(), *DIALOGUES.values()], ids=[*CASES, *DIALOGUES])
def test_what_several_do_at_once_is_kept_once_or_each_time_whole(race: Race) -> None:
    ready = race.ready()
    before = _entries(ready.matter, race.entry)
    told = together(*[ready.act] * AT_ONCE)
    made = _entries(ready.matter, race.entry) - before
    assert len(told) == AT_ONCE
    assert "kept" in told, told
    if race.once:
        assert made == 1
    elif race.entry:
        assert 1 <= made <= told.count("kept")
    keys = list(Obligation.objects.filter(matter=ready.matter).values_list("key", flat=True))
    assert len(keys) == len(set(keys))


def test_agreement_and_dispute_at_one_moment_are_one_word() -> None:
    story = reach(State.ANSWERED)
    lan, at = story.lan, story.later()
    told = together(
        lambda: hearing.confirm(story.case_id, ON_A_SLIP, by=lan, at=at),
        lambda: hearing.dispute(story.case_id, NOT_DONE, by=lan, at=at),
    )
    assert told.count("kept") == 1
    assert PersonsWord.objects.filter(case=story.case_id).count() == 1
    assert (
        _entries(story.case_id, "cases.confirmed") + _entries(story.case_id, "cases.disputed") == 1
    )


def test_a_rule_adopted_twice_at_once_has_one_document() -> None:
    rule = "vn.recommendation.classify"
    admin, at = become("admin"), timezone.now()
    told = together(
        *[
            lambda n=n: docket_commands.adopt(
                rule, document=f"{n}/QĐ-UBND", adopted_on=at.date(), by=admin, at=at
            )
            for n in range(2)
        ]
    )
    assert told == ["kept", "kept"]
    assert Adoption.objects.filter(rule=rule).count() == 1


def test_a_list_of_users_imported_twice_at_once_is_imported_once() -> None:
    at = timezone.now()
    line = Line(
        number=2, body=become("hoa").body, title="Chuyên viên mới", username="moi",
        name="Trần Văn Mới", roles=("case_officer",), since=at.date(),
    )  # fmt: skip
    told = together(
        *[lambda: take_list([line], today=at.date(), by=Clock("console"), at=at)] * AT_ONCE
    )
    assert "kept" in told
    assert Post.objects.filter(title="Chuyên viên mới").count() == 1
    assert User.objects.filter(username="moi").count() == 1
    assert Holding.objects.filter(user__username="moi").count() == 1
