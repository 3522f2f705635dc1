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
from django.db import connection, connections, transaction
from django.utils import timezone

from doithoai.accounts.actors import Clock
from doithoai.accounts.commands.lists import Line, take_list
from doithoai.accounts.models import Holding, Post, User
from doithoai.cases import commands as case_commands
from doithoai.cases.commands import hearing, sealing
from doithoai.cases.commands.petitions import deciding, sorting
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.settling import store
from doithoai.cases.models import Case, PersonsWord
from doithoai.cases.workflow import State
from doithoai.core.errors import DomainError
from doithoai.dialogues import commands as dialogue_commands
from doithoai.docket import commands as docket_commands
from doithoai.docket.models import Adoption, Excluded, Matter, Obligation
from doithoai.ledger.models import Entry
from tests.cases.reaching import NOT_DONE, ON_A_SLIP, culture, reach
from tests.conftest import become, own_database
from tests.journeys.racing import CASES, Race, somebody_took_a_seat, take_a_seat
from tests.journeys.racing_dialogues import DIALOGUES
from tests.journeys.racing_petitions import EIGHT, PETITIONS

AT_ONCE = 3
EVERY = {**CASES, **DIALOGUES, **PETITIONS}
LOCKS = re.compile(r"\.lock\w*\(|\b_lock\w*\(")
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
            connections.close_all()
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
    inside = f"{package.__name__}."
    for each in pkgutil.walk_packages(package.__path__, inside):  # packages in it included
        module = import_module(each.name)
        for name, command in inspect.getmembers(module, inspect.isfunction):
            ours = command.__module__ == module.__name__ and not name.startswith("_")
            if ours and "by" in inspect.signature(command).parameters:
                lines = inspect.getsource(command)
                if LOCKS.search(lines):
                    found.add(f"{each.name.removeprefix(inside)}.{name}")
    return found


def test_every_command_that_locks_has_its_race() -> None:
    commands = locking(case_commands) | locking(dialogue_commands)
    assert len(commands) >= 70
    assert commands - set(EVERY) - set(ELSEWHERE) == set()
    assert {*EVERY, *ELSEWHERE} - commands == set(), "no longer there, or never locked"


def _entries(matter: UUID, kind: str) -> int:
    return Entry.objects.filter(matter=matter, kind=kind).count()


def _version(matter: UUID) -> int:
    return Matter.objects.get(pk=matter).version


@pytest.mark.parametrize("race", EVERY.values(), ids=EVERY)
def test_what_several_do_at_once_is_kept_once_or_each_time_whole(race: Race) -> None:
    ready = race.ready()
    before = _entries(ready.matter, race.entry)
    version = _version(ready.matter)
    told = together(*[ready.act] * race.at_once)
    made = _entries(ready.matter, race.entry) - before
    assert len(told) == race.at_once
    assert "kept" in told, told
    if race.once:
        assert made == 1
        assert race.at_once == AT_ONCE or told.count("kept") == 1, told
    elif race.entry:
        assert 1 <= made <= told.count("kept")
        # Each was written upon the last one's row: none read it before another changed it.
        assert race.at_once == AT_ONCE or _version(ready.matter) - version >= made
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


def test_somebody_who_took_a_seat_is_shut_out_once_however_many_look_again() -> None:
    ready = somebody_took_a_seat("thanh")
    changed: list[object] = []
    told = together(*[lambda: changed.append(ready.act())] * EIGHT)
    assert told == ["kept"] * EIGHT
    assert sorted(changed, key=bool) == [False] * (EIGHT - 1) + [True]
    thanh = become("thanh").user
    assert Excluded.objects.filter(matter=ready.matter, user=thanh).count() == 1
    assert _entries(ready.matter, "docket.shut_out") == 1


def test_who_looks_again_never_takes_a_decision_back() -> None:
    """A decision is being written when the clock comes: what it read before is not stored."""
    story = reach(State.RECEIVED)
    nature = Nature("denunciation", "other", respondents=(culture().pk,))
    Matter.objects.filter(pk=story.case_id).update(channel="letter")
    sorting.sort(story.case_id, nature, by=story.who("minh"), at=story.later())
    deciding.examine(story.case_id, by=story.who("chi"), at=story.later())
    seated = [take_a_seat(each, culture(), story) for each in ("minh", "chi")]
    clock, at, looking = story.who("clock"), story.later(), threading.Event()

    def look() -> None:
        looking.set()
        try:
            sealing.look_again(story.case_id, by=clock, at=at)
        finally:
            connections.close_all()

    looker = threading.Thread(target=look)
    with transaction.atomic():
        case = Case.objects.lock(story.case_id, seen_by=clock)
        looker.start()
        looking.wait(timeout=60)
        _until_somebody_waits()
        case.state = State.ADMITTED
        store(case)
    looker.join(timeout=120)
    Holding.objects.filter(post__title__startswith="Biệt phái", user__in=seated).delete()
    now = story.case
    assert (now.state, now.handling_body_id) == (State.ADMITTED, become("tinh").body)


def _until_somebody_waits() -> None:
    """Another connection waits for a row this one holds."""
    with connection.cursor() as cursor:
        for _each in range(100_000):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody came to wait")


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
