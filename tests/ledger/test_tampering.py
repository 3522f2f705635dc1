"""What was changed in the database behind everybody's back is found, entry by entry."""

import json

import psycopg
import pytest
from django.db import connections

from doithoai.config import verifying
from doithoai.ledger.commands import number_entries
from doithoai.ledger.models import Entry
from tests.cases.reaching import begin
from tests.conftest import _addresses


def as_superuser(statement: str, *values: object) -> None:
    """Do what no role of ours may, with the triggers asleep."""
    name = str(connections["default"].settings_dict["NAME"])
    admin = psycopg.conninfo.make_conninfo(_addresses()[0], dbname=name)
    with psycopg.connect(admin) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(statement.encode(), values)


def test_an_entry_that_was_changed_or_taken_out_is_named(
    committed_db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    begin()
    begin()
    number_entries()
    first, second = Entry.objects.order_by("pk")[:2]
    assert verifying.main([]) == 0
    as_superuser("UPDATE ledger_entry SET data = data || '{\"odd\": 1}' WHERE id = %s", first.pk)
    as_superuser("DELETE FROM ledger_entry WHERE id = %s", second.pk)
    capsys.readouterr()
    assert verifying.main(["--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["changed"] == [str(first.pk)]
    assert len(told["missing"]) == 1
    assert told["whole"] is False
    assert verifying.main([]) == 1
    assert str(first.pk) in capsys.readouterr().out
