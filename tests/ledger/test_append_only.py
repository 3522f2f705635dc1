"""No rewriting: not by the web's role, not by the owner's ordinary statements."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import connection, connections
from django.db.utils import ProgrammingError

from doithoai.accounts.actors import Clock
from doithoai.cases.events import Closed
from doithoai.core.errors import Invalid
from doithoai.ledger.commands import Item, forget, record, record_all
from doithoai.ledger.models import Entry, Salt

BY = Clock("test")
TABLES = ("ledger_entry", "ledger_sequence")


@pytest.mark.django_db
def test_the_tests_run_as_the_webs_own_role_which_owns_no_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("doithoai_app",)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET kind = 'x'",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
        "UPDATE ledger_sequence SET seq = seq + 1",
        "DELETE FROM ledger_sequence",
        "TRUNCATE ledger_sequence",
        "UPDATE ledger_salt SET salt = ''",
        "DELETE FROM ledger_salt",
        "TRUNCATE ledger_salt",
        "DELETE FROM ledger_receipt",
        "TRUNCATE ledger_receipt",
        "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
        "DROP TABLE ledger_entry",
    ],
)
def test_the_web_may_not_change_what_was_written(statement: str) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError) as refused:
        cursor.execute(statement)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


@pytest.fixture
def owner(committed_db: str, now: datetime) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """The owner's own connection to a database with an entry that was numbered."""
    assert committed_db
    entry = record(Closed(), by=BY, at=now)
    given = connections["owner"].get_connection_params()
    wanted = {k: given[k] for k in ("dbname", "user", "password", "host", "port") if k in given}
    with psycopg.connect(**wanted, autocommit=True) as made:
        made.execute("INSERT INTO ledger_sequence (seq, entry) VALUES (1, %s)", [entry.pk])
        yield made


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_owners_ordinary_statements_are_refused_by_a_trigger(
    owner: psycopg.Connection[tuple[object, ...]], table: str, verb: str
) -> None:
    column = "kind = 'x'" if table == "ledger_entry" else "seq = 7"
    statement = {
        "UPDATE": f"UPDATE {table} SET {column}",
        "DELETE": f"DELETE FROM {table}",
        "TRUNCATE": f"TRUNCATE {table}",
    }[verb]
    with pytest.raises(psycopg.errors.RaiseException, match="never changed"):
        owner.execute(statement.encode())


@pytest.mark.django_db
def test_nothing_happens_in_the_future(now: datetime) -> None:
    with pytest.raises(Invalid):
        record(Closed(), by=BY, at=now + timedelta(minutes=10))
    assert record(Closed(), by=BY, at=now - timedelta(days=900)).at < now


@pytest.mark.django_db
def test_when_it_was_entered_is_the_databases_clock_and_nobody_elses(now: datetime) -> None:
    entry = record(Closed(), by=BY, at=now - timedelta(days=30))
    entry.refresh_from_db()
    assert abs(entry.entered_at - now) < timedelta(minutes=5)


@pytest.mark.django_db
def test_several_entries_cost_two_statements(django_assert_num_queries, now: datetime) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(2):
        made = record_all([Item(Closed()) for _each in range(20)], by=BY, at=now)
    assert [e.pk for e in made] == sorted(e.pk for e in made)


@pytest.mark.django_db
def test_only_the_erasure_command_forgets_a_salt_and_the_entry_stays(now: datetime) -> None:
    kept, gone = (record(Closed(), by=BY, at=now, content=["lời nói"]) for _each in range(2))
    forget(gone.pk)
    left = Salt.objects.filter(entry__in=[kept.pk, gone.pk])
    assert [salt.entry for salt in left] == [kept.pk]
    assert Entry.objects.filter(pk=gone.pk).exists()
    forget(UUID(int=1))
